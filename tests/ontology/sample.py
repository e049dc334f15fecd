"""The graphs of a store that holds the shipped samples, read with the shipped pipeline, and decisions of each kind on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef

from kg.build import add_extractions
from kg.config import Settings
from kg.graph.curation import merge, rename, split
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.vocabulary import DEFAULT_BASE
from kg.reading.sources import read_all
from tests.memory_store import MemoryStore
from tests.readers import extractor

SAMPLES = Path(__file__).parents[2] / "kg" / "samples" / "statements.jsonl"
REFERENCE = URIRef(f"{DEFAULT_BASE}graph/reference")


@cache
def sample_store() -> MemoryStore:
    """Return the store. Shared by all callers: do not change it."""
    store = MemoryStore()
    extractions = [extractor().extract(document) for document in read_all([str(SAMPLES)], settings=Settings())]
    assert add_extractions(extractions, extractor=extractor(), store=store) == {}
    knowledge = KnowledgeBase(store)
    first, second, third = _people(store)[:3]
    merge(knowledge, first, second, reason="One person under two names.")
    split(knowledge, first)
    rename(knowledge, third, "Somebody else")
    return store


@cache
def sample_graphs() -> dict[URIRef, Graph]:
    """Return every graph of the store by its name. Shared by all callers: do not change them."""
    store = sample_store()
    dataset = store.dataset()
    return {name: dataset.graph(name) for name in store.graph_names()}


def _people(store: MemoryStore) -> list[URIRef]:
    rows = store.query("SELECT DISTINCT ?person { ?person a dem:Person ; dem:mentionedIn ?document } ORDER BY ?person").rows()
    return [URIRef(str(row["person"])) for row in rows]
