"""How many there are of what look-ups return by the page."""

from __future__ import annotations

from rdflib import URIRef

from kg.graph import queries
from kg.graph.lookup import Direction
from kg.graph.queries import fill
from kg.graph.rows import number
from kg.graph.terms import MODALITIES
from kg.graph.vocabulary import DEM
from kg.records import Modality
from kg.store.protocol import Store

_ALL = 2**31 - 1


def count_relations(
    store: Store,
    iri: URIRef,
    *,
    predicate: str | None = None,
    direction: Direction = "both",
    modality: Modality | None = None,
) -> int:
    """Return how many relations ``kg.graph.lookup.relations_of`` would return without a limit."""
    modalities = [term for term, name in MODALITIES.items() if modality in {None, name}]
    if predicate is None:
        pages = fill(queries.RELATIONS_OF[direction], entity=iri, modalities=modalities, limit=_ALL, offset=0)
    else:
        term = URIRef(predicate) if "://" in predicate else DEM[predicate.removeprefix("dem:")]
        pages = fill(queries.RELATIONS_OF_BY[direction], entity=iri, predicate=term, modalities=modalities, limit=_ALL, offset=0)
    return sum(number(row, "count") for row in store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {{ {pages} }} }}").rows())
