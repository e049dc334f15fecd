"""The graphs of a store that holds the shipped samples, read with the shipped pipeline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph

from kg.config import Settings
from kg.graph.mapping import to_graph
from kg.reading.sources import read_all
from tests.readers import extractor

SAMPLES = Path(__file__).parents[2] / "kg" / "samples" / "statements.jsonl"


@cache
def sample_graphs() -> tuple[Graph, ...]:
    """Return every graph of the store, each by itself. Shared by all callers: do not change them."""
    return tuple(to_graph(extractor().extract(document)) for document in read_all([str(SAMPLES)], settings=Settings()))
