"""Pages of what documents say, document by document: a list in the order of the text need not be known whole to be cut into pages.

The order is that of ``kg.graph.lookups.patterns.IN_TEXT_ORDER``: the document's day, the document, the place. So what stands in the
documents of a page is looked up, and nothing else. Only for lists that nothing narrows: who knows how many documents one would have to
walk through for what is rare.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from rdflib import URIRef

from kg.graph.lookups.paging import Mark, Page, Slice, marks_of, page_of, page_of_marks
from kg.graph.lookups.patterns import DAY, among
from kg.graph.queries import fill
from kg.graph.rows import number
from kg.store.protocol import Store

_DOCUMENTS = f"""
SELECT DISTINCT ?thing ?key WHERE {{
  ?document a dem:Document . {DAY} BIND(?document AS ?thing)
  BIND(CONCAT(COALESCE(STR(?day), ""), " ", STR(?document), " ") AS ?key) }}
"""
_COUNT = "SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a $kind }"
_WITHIN = """
SELECT DISTINCT ?thing WHERE { VALUES ?document { $documents } ?span dem:inDocument ?document . ?thing prov:wasDerivedFrom ?span ; a $kind }
"""
_MORE_THAN_USUAL = 1.5
_MOST_AT_ONCE = 500


def page_by_documents(store: Store, kind: URIRef, select: Callable[[str], str], part: Slice) -> Page[Mark]:
    """Return a page of all things of a class; ``select`` makes the list of those that a pattern keeps ``?thing`` to.

    Their number is that of the class: each has words in a document, as the shapes have it.
    """
    (row,) = store.query(fill(_COUNT, kind=kind)).texts()
    total = number(row, "count")
    documents = _documents(store, part)
    usual = max(1.0, total / max(1, len(documents)))
    step = int((part.limit + 1) / usual * _MORE_THAN_USUAL) + 1
    if step >= len(documents):
        return page_of(store, select(fill("?thing a $kind .", kind=kind)), part)
    left = _left(documents, part)
    found: list[Mark] = []
    while left and len(found) <= part.limit:
        now, left = left[:step], left[step:]
        step = min(2 * step, _MOST_AT_ONCE)
        found += sorted(_within(store, kind, select, now, part), reverse=part.descending)
    return page_of_marks(found, part, total=total)


def _documents(store: Store, part: Slice) -> list[Mark]:
    """Return the documents in their order: the key of each is what those of its things begin with."""
    known = part.known.get(_DOCUMENTS) if part.known is not None else None
    if known is not None:
        return known
    documents = sorted(marks_of(store, _DOCUMENTS))
    if part.known is not None:
        part.known.put(_DOCUMENTS, documents)
    return documents


def _left(documents: Sequence[Mark], part: Slice) -> list[Mark]:
    """Return the documents that are to be walked through, from the one in which the page before ended."""
    if part.after is None:
        return list(documents[::-1] if part.descending else documents)
    begin = part.after.key.rpartition(" ")[0] + " "
    if part.descending:
        return list(documents[: bisect.bisect_right(documents, begin, key=_key)][::-1])
    return list(documents[bisect.bisect_left(documents, begin, key=_key) :])


def _within(store: Store, kind: URIRef, select: Callable[[str], str], documents: Sequence[Mark], part: Slice) -> list[Mark]:
    within = fill(_WITHIN, documents=[URIRef(document.iri) for document in documents], kind=kind)
    narrowing = among(URIRef(row["thing"]) for row in store.query(within).texts())
    begins = {document.key for document in documents}
    # What has words in several documents stands in the first of them.
    marks = [mark for mark in marks_of(store, select(narrowing)) if mark.key.rpartition(" ")[0] + " " in begins]
    if part.after is None:
        return marks
    return [mark for mark in marks if (mark < part.after if part.descending else mark > part.after)]


def _key(mark: Mark) -> str:
    return mark.key
