"""Who stands how to what: the assertions about an entity, page by page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal as OneOf

from rdflib import Literal, URIRef

from kg.graph.literals import decimal
from kg.graph.lookups.paging import EVERYTHING, Page, Slice, page_of, present
from kg.graph.lookups.patterns import DAY, IN_TEXT_ORDER, PASSAGE, concept, narrowed, stated_or_held
from kg.graph.lookups.walking import page_by_documents
from kg.graph.queries import Row, fill
from kg.graph.rows import local, node, nodes, passage, text
from kg.graph.terms import MODALITIES
from kg.graph.views import Node, RelationView
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

Direction = OneOf["out", "in", "both"]

_ENDS = {
    "out": "?thing rdf:subject $value .",
    "in": "?thing rdf:object $value .",
    "both": "?thing ?place $value . FILTER(?place IN (rdf:subject, rdf:object))",
}
_RELATIONS = f"""
SELECT DISTINCT ?assertion ?subject ?predicate ?object ?modality ?speaker ?confidence ?organization ?since ?until
  ?document ?begin ?end ?exact ?day
WHERE {{
  VALUES ?assertion {{ $things }}
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    dem:modality ?modality ; dem:confidence ?confidence ; prov:wasDerivedFrom ?span .
  {PASSAGE}
  OPTIONAL {{ ?assertion dem:speaker ?speaker }}
  OPTIONAL {{ ?assertion dem:roleOf ?organization }}
  OPTIONAL {{ ?assertion dem:beginDate ?since }}
  OPTIONAL {{ ?assertion dem:endDate ?until }}
  {DAY}
}}
"""


def find_relations(
    store: Store,
    iri: URIRef | None = None,
    *,
    predicate: str | None = None,
    direction: Direction = "both",
    modality: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    speaker: URIRef | None = None,
    confidence: float | None = None,
    part: Slice = EVERYTHING,
) -> Page[RelationView]:
    """Return the assertions that an entity is the subject of (``out``), the object of (``in``) or either; without one, all.

    ``predicate`` is a name of the ontology ("metWith"), with or without ``dem:``, or an IRI; one that nobody uses has no relations.
    ``modality`` is a name ("asserted"). ``since`` and ``until`` keep to what was stated, or holds, between these days; ``speaker`` to
    whose words they stand in; ``confidence`` to those that have at least so much. They are in the order of the documents' days, then
    of the text. Raises NotFoundError for an unknown modality.
    """
    dated = since is not None or until is not None
    narrowing = [
        narrowed(_ENDS[direction], iri),
        narrowed("?thing rdf:predicate $value .", _term(predicate)),
        narrowed("?thing dem:speaker $value .", speaker),
        narrowed("?thing dem:modality $value .", concept(modality, MODALITIES, kind="modality")),
        narrowed(
            "?thing dem:confidence ?sure . FILTER(?sure >= $value)", decimal(confidence) if confidence is not None else None
        ),
        stated_or_held(since, until),
    ]
    if not any(narrowing):
        page = page_by_documents(store, DEM.Assertion, _select, part)
    else:
        # Only assertions have a subject, an object or a predicate; asked for beside these, the class would come first, and cost.
        kind = "?thing a dem:Assertion ." if iri is None and predicate is None else ""
        lasting = "OPTIONAL { ?thing dem:beginDate ?since } OPTIONAL { ?thing dem:endDate ?until }" if dated else ""
        page = page_of(store, _select("\n".join([*narrowing[:-1], kind]), lasting, narrowing[-1]), part)
    return present(page, lambda iris: describe_relations(store, iris))


def _select(narrowing: str, lasting: str = "", within: str = "") -> str:
    return f"""SELECT ?thing (MIN(?k) AS ?key) WHERE {{
{narrowing}
?thing prov:wasDerivedFrom ?span . ?span dem:inDocument ?document ; dem:begin ?begin .
{lasting} {DAY} {within} {IN_TEXT_ORDER}
}} GROUP BY ?thing"""


def describe_relations(store: Store, iris: Sequence[URIRef]) -> dict[str, RelationView]:
    """Return what these assertions say, by their IRIs."""
    rows = list(store.query(fill(_RELATIONS, things=iris)).texts())
    known = nodes(store, rows, "subject", "object", "speaker", "organization")
    return {str(row["assertion"]): _relation(row, known) for row in rows}


def _relation(row: Row, known: dict[str, Node]) -> RelationView:
    return RelationView(
        iri=str(row["assertion"]),
        subject=known[str(row["subject"])],
        predicate=local(row, "predicate"),
        object=known[str(row["object"])],
        modality=local(row, "modality"),
        speaker=node(row, "speaker", known),
        confidence=float(str(row["confidence"])),
        evidence=passage(row),
        date=text(row, "day"),
        begin=text(row, "since"),
        end_date=text(row, "until"),
        organization=node(row, "organization", known),
    )


def _term(predicate: str | None) -> URIRef | Literal | None:
    if predicate is None:
        return None
    return URIRef(predicate) if "://" in predicate else DEM[predicate.removeprefix("dem:")]
