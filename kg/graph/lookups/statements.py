"""What was said: by speaker, words and document, page by page, with some of the text around it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from kg.graph.find import not_found
from kg.graph.lookups.paging import EVERYTHING, Page, Slice, page_of, present
from kg.graph.lookups.patterns import DAY, IN_TEXT_ORDER, PASSAGE, among, narrowed, stated_or_held
from kg.graph.lookups.search import NameSearch, Search, searched
from kg.graph.lookups.walking import page_by_documents
from kg.graph.queries import Row, fill
from kg.graph.rows import node, nodes, passage, text, truth
from kg.graph.views import Node, Passage
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_CHARACTERS_A_WORD = 12
_DETAILS = f"""
SELECT DISTINCT ?statement ?speaker ?addressee ?direct ?text ?cue ?confidence ?document ?begin ?end ?exact ?day ?before ?behind
WHERE {{
  VALUES ?statement {{ $things }}
  ?statement dem:direct ?direct ; dem:text ?text ; dem:confidence ?confidence ; prov:wasDerivedFrom ?span .
  {PASSAGE}
  ?document dem:text ?whole .
  BIND(IF(?begin > $width, ?begin - $width, 0) AS ?from)
  BIND(SUBSTR(?whole, ?from + 1, ?begin - ?from) AS ?before)
  BIND(SUBSTR(?whole, ?end + 1, $width) AS ?behind)
  OPTIONAL {{ ?statement dem:speaker ?speaker }}
  OPTIONAL {{ ?statement dem:addressee ?addressee }}
  OPTIONAL {{ ?statement dem:cue ?cue }}
  {DAY}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """Words that somebody said, with the words of the text before and behind them; ``date`` is the document's."""

    iri: str
    speaker: Node | None
    addressee: Node | None
    direct: bool
    text: str
    cue: str | None
    confidence: float
    date: str | None
    before: str
    behind: str
    evidence: Passage


def find_statements(
    store: Store,
    *,
    text: str | None = None,
    speaker: URIRef | None = None,
    addressee: URIRef | None = None,
    document: URIRef | None = None,
    direct: bool | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    context: int = 12,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[SaidView]:
    """Return statements in the order of the documents' days, then of the text; ``context`` is how many words to give around each.

    ``direct`` keeps to quotations or, where it is false, to reported speech.
    """
    found = searched(search or NameSearch(store), text, (DEM.Statement,))
    narrowing = [
        among(found),
        narrowed("?thing dem:speaker $value .", speaker),
        narrowed("?thing dem:addressee $value .", addressee),
        narrowed("?span dem:inDocument $value .", document),
        narrowed("?thing dem:direct $value .", Literal(direct) if direct is not None else None),
        stated_or_held(since, until),
    ]
    if not any(narrowing):
        page = page_by_documents(store, DEM.Statement, _select, part)
    else:
        kind = "?thing a dem:Statement ." if found is None else ""  # a search keeps to the class; again, it would cost
        page = page_of(store, _select("\n".join([*narrowing[:-1], kind]), narrowing[-1]), part)
    return present(page, lambda iris: describe_statements(store, iris, context=context))


def _select(narrowing: str, within: str = "") -> str:
    return f"""SELECT ?thing (MIN(?k) AS ?key) WHERE {{
{narrowing}
?thing prov:wasDerivedFrom ?span . ?span dem:inDocument ?document ; dem:begin ?begin .
{DAY} {within} {IN_TEXT_ORDER}
}} GROUP BY ?thing"""


def get_statement(store: Store, iri: URIRef, *, context: int = 40) -> SaidView:
    """Return a statement. Raises NotFoundError for an IRI that is none here."""
    said = describe_statements(store, [iri], context=context).get(str(iri))
    if said is None:
        raise not_found(store, iri, kind="statement")
    return said


def describe_statements(store: Store, iris: Sequence[URIRef], *, context: int) -> dict[str, SaidView]:
    """Return these statements by their IRIs, with so many words around each."""
    rows = list(store.query(fill(_DETAILS, things=iris, width=context * _CHARACTERS_A_WORD)).texts())
    known = nodes(store, rows, "speaker", "addressee")
    return {str(row["statement"]): _said(row, known, context) for row in rows}


def _said(row: Row, known: dict[str, Node], context: int) -> SaidView:
    before, behind = str(row["before"]), str(row["behind"])
    return SaidView(
        iri=str(row["statement"]),
        speaker=node(row, "speaker", known),
        addressee=node(row, "addressee", known),
        direct=truth(row["direct"]),
        text=str(row["text"]),
        cue=text(row, "cue"),
        confidence=float(str(row["confidence"])),
        date=text(row, "day"),
        before=_last_words(before, context, cut=len(before) < int(str(row["begin"]))),
        behind=_last_words(behind[::-1], context, cut=len(behind) == context * _CHARACTERS_A_WORD)[::-1],
        evidence=passage(row),
    )


def _last_words(text: str, count: int, *, cut: bool) -> str:
    """Return the last words of a text with the space around them; a first one that was cut in two is left out."""
    starts = [place for place in range(len(text)) if not text[place].isspace() and (place == 0 or text[place - 1].isspace())]
    if cut and starts and starts[0] == 0:
        starts = starts[1:]
    return text[starts[-count] :] if count and len(starts) >= count else text[starts[0] :] if count and starts else ""
