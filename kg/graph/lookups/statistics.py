"""How much of what there is: by class, modality, predicate, status and document."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.rows import local, number
from kg.store.protocol import Store

_CLASSES = """
SELECT ?value (COUNT(*) AS ?n) WHERE { ?thing a ?value } GROUP BY ?value ORDER BY DESC(?n) ?value
"""
_OF_ASSERTIONS = (
    "SELECT ?value (COUNT(*) AS ?n) WHERE {{ ?one a dem:Assertion ; {} ?value }} GROUP BY ?value ORDER BY DESC(?n) ?value"
)
_STATUSES = (
    "SELECT ?value (COUNT(*) AS ?n) WHERE { ?one a dem:IssueStatus ; dem:status ?value } GROUP BY ?value ORDER BY DESC(?n) ?value"
)
_DOCUMENTS = """
SELECT ?value (COUNT(*) AS ?n) WHERE {
  ?one a dem:Assertion ; prov:wasDerivedFrom/dem:inDocument ?value } GROUP BY ?value ORDER BY DESC(?n) ?value LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something: a term of the ontology without its namespace, or a document's IRI."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts, the greatest first; of assertions by modality, predicate and document, of issues' statuses by what they say."""

    triples: int
    classes: tuple[Count, ...]
    modalities: tuple[Count, ...]
    predicates: tuple[Count, ...]
    statuses: tuple[Count, ...]
    documents: tuple[Count, ...]


def statistics(store: Store, *, documents: int = 50) -> Statistics:
    """Count what a store holds; at most so many documents, those that say the most."""
    return Statistics(
        triples=store.triple_count(),
        classes=tuple(one for one in _counts(store, _CLASSES) if "://" not in one.name),
        modalities=_counts(store, _OF_ASSERTIONS.format("dem:modality")),
        predicates=_counts(store, _OF_ASSERTIONS.format("rdf:predicate")),
        statuses=_counts(store, _STATUSES),
        documents=_counts(store, _DOCUMENTS.replace("$limit", str(documents))),
    )


def _counts(store: Store, query: str) -> tuple[Count, ...]:
    return tuple(Count(local(row, "value"), number(row, "n")) for row in store.query(query).texts())
