"""A store in memory that is filled as it is made, to test what is asked of stores without a disk."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph

from kg.store.embedded import EmbeddedStore


class MemoryStore(EmbeddedStore):
    """Graphs in an embedded store that keeps nothing on disk."""

    def __init__(self, graphs: Iterable[Graph] = ()) -> None:
        super().__init__(None)
        for graph in graphs:
            self.replace_graph(graph)
