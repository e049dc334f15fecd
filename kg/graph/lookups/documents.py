"""Documents: a list of them, and one with its text and all that was found in it, by the places where it stands."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.errors import NotFoundError
from kg.graph import names
from kg.graph.lookups.paging import EVERYTHING, Page, Slice, page_of, present
from kg.graph.lookups.patterns import among, between
from kg.graph.lookups.search import NameSearch, Search, searched
from kg.graph.queries import Row, fill
from kg.graph.rows import local, nodes, number, text
from kg.graph.views import Node
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.protocol import Store

_DETAILS = """
SELECT DISTINCT ?document ?identifier ?title ?date ?source ?language ?model (STRLEN(?text) AS ?length)
WHERE {
  VALUES ?document { $things }
  ?document dcterms:identifier ?identifier ; dem:text ?text .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:date ?date }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:language ?language }
  OPTIONAL { ?document dem:model ?model }
}
"""
_COUNTS = """
SELECT ?document ?class (COUNT(DISTINCT ?found) AS ?n) WHERE {
  VALUES ?document { $things }
  ?span dem:inDocument ?document . ?found prov:wasDerivedFrom ?span ; a ?class .
  FILTER(?class IN (dem:Statement, dem:Assertion, dem:MeetingStatus, dem:IssueStatus, dem:Event))
} GROUP BY ?document ?class
"""
_TEXT = "SELECT ?text WHERE { $document dem:text ?text } LIMIT 1"
_MENTIONS = """
SELECT DISTINCT ?begin ?end ?thing ?kind WHERE {
  ?span dem:inDocument $document ; dem:mentions ?thing ; dem:mentionKind ?kind ; dem:begin ?begin ; dem:end ?end . }
"""
_RECORDS = """
SELECT DISTINCT ?begin ?end ?record ?class ?thing ?subject ?predicate ?object ?speaker ?modality ?status WHERE {
  ?span dem:inDocument $document ; dem:begin ?begin ; dem:end ?end . ?record prov:wasDerivedFrom ?span ; a ?class .
  FILTER(?class IN (dem:Statement, dem:Assertion, dem:MeetingStatus, dem:IssueStatus, dem:ProposalStatus, dem:Negotiation,
    dem:Event, dem:Deadline, dem:TimeExpression))
  OPTIONAL { ?thing dem:hasStatus ?record }
  OPTIONAL { ?record rdf:subject ?subject }
  OPTIONAL { ?record rdf:predicate ?predicate }
  OPTIONAL { ?record rdf:object ?object }
  OPTIONAL { ?record dem:speaker ?speaker }
  OPTIONAL { ?record dem:modality ?modality }
  OPTIONAL { ?record dem:status ?status }
}
"""
_IDENTIFIERS = "SELECT DISTINCT ?identifier WHERE { ?document a dem:Document ; dcterms:identifier ?identifier } LIMIT 5000"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document by itself; ``length`` counts the characters of its text, ``found`` what was found in it by kind of record."""

    iri: str
    identifier: str
    title: str | None
    date: str | None
    source: str | None
    language: str | None
    model: str | None
    length: int
    found: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A place in a text and what stands there: ``kind`` is "mention", or the class of a record such as "Assertion".

    ``iri`` is the record's, or the entity's; ``thing`` what it is about: who is mentioned, what has the status, who speaks. An
    assertion has ``subject``, ``predicate`` and ``object`` beside; ``value`` is a modality, a status or the kind of a mention.
    """

    start: int
    end: int
    kind: str
    iri: str
    thing: Node | None = None
    subject: Node | None = None
    predicate: str | None = None
    object: Node | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetail:
    """A document with its text and all that was found in it, in the order of the text."""

    document: DocumentSummary
    text: str
    spans: tuple[Highlight, ...]


def find_documents(
    store: Store,
    *,
    text: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    about: URIRef | None = None,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[DocumentSummary]:
    """Return documents by their days, those without one first; ``about`` keeps to those that mention an entity."""
    found = searched(search or NameSearch(store), text, (DEM.Document,))
    select = "\n".join(
        [
            "SELECT DISTINCT ?thing ?key WHERE {",
            among(found),
            fill("$entity dem:mentionedIn ?thing .", entity=about) if about is not None else "",
            "?thing a dem:Document ." if found is None else "",
            "OPTIONAL { ?thing dcterms:date ?date }",
            between("date", since, until),
            'BIND(COALESCE(STR(?date), "") AS ?key)',
            "}",
        ]
    )
    return present(page_of(store, select, part), lambda iris: describe_documents(store, iris))


def resolve_document(store: Store, name: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of a document by its id or IRI. Raises NotFoundError, with ids that are near."""
    iri = URIRef(name) if name.startswith(base) else names.document_iri(name.removeprefix("document/"), base=base)
    if store.query(fill("ASK { $document a dem:Document }", document=iri)):
        return iri
    ids = sorted(str(row["identifier"]) for row in store.query(_IDENTIFIERS).texts())
    near = difflib.get_close_matches(name, ids, n=3, cutoff=0.5)
    advice = f"Did you mean {', '.join(map(repr, near))}?" if near else "List those that there are, or look for one by its words."
    raise NotFoundError(f"document {name!r}: not in the store. {advice}")


def get_document(store: Store, iri: URIRef) -> DocumentDetail:
    """Return a document with all that was found in it. Raises NotFoundError for an IRI that is none here."""
    summary = describe_documents(store, [iri]).get(str(iri))
    if summary is None:
        raise NotFoundError(f"document {str(iri)!r}: not in the store. List those that there are, or look for one by its words.")
    (row,) = store.query(fill(_TEXT, document=iri)).texts()
    mentions = list(store.query(fill(_MENTIONS, document=iri)).texts())
    records = list(store.query(fill(_RECORDS, document=iri)).texts())
    known = nodes(store, [*mentions, *records], "thing", "subject", "object", "speaker")
    spans = [*(_mention(row, known) for row in mentions), *_one_a_place(_record(row, known) for row in records)]
    return DocumentDetail(
        document=summary,
        text=str(row["text"]),
        spans=tuple(sorted(spans, key=lambda one: (one.start, -one.end, one.kind, one.iri))),
    )


def describe_documents(store: Store, iris: Sequence[URIRef]) -> dict[str, DocumentSummary]:
    """Return these documents by themselves, by their IRIs."""
    counts: dict[str, dict[str, int]] = {}
    for row in store.query(fill(_COUNTS, things=iris)).texts():
        counts.setdefault(str(row["document"]), {})[local(row, "class")] = number(row, "n")
    return {
        str(row["document"]): DocumentSummary(
            iri=str(row["document"]),
            identifier=str(row["identifier"]),
            title=text(row, "title"),
            date=text(row, "date"),
            source=text(row, "source"),
            language=text(row, "language"),
            model=text(row, "model"),
            length=number(row, "length"),
            found=dict(sorted(counts.get(str(row["document"]), {}).items())),
        )
        for row in store.query(fill(_DETAILS, things=iris)).texts()
    }


def _mention(row: Row, known: dict[str, Node]) -> Highlight:
    thing = known[str(row["thing"])]
    return Highlight(
        start=number(row, "begin"), end=number(row, "end"), kind="mention", iri=thing.iri, thing=thing, value=text(row, "kind")
    )


def _record(row: Row, known: dict[str, Node]) -> Highlight:
    about = text(row, "thing") or text(row, "speaker")
    return Highlight(
        start=number(row, "begin"),
        end=number(row, "end"),
        kind=local(row, "class"),
        iri=str(row["record"]),
        thing=known.get(about) if about is not None else None,
        subject=known.get(text(row, "subject") or ""),
        predicate=local(row, "predicate") if "predicate" in row else None,
        object=known.get(text(row, "object") or ""),
        value=next((local(row, name) for name in ("modality", "status") if name in row), None),
    )


def _one_a_place(found: Iterable[Highlight]) -> list[Highlight]:
    """Keep one of each record in each place: a deadline is a time expression too."""
    return list({(one.start, one.end, one.iri): one for one in sorted(found, key=lambda one: one.kind, reverse=True)}.values())
