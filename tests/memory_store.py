"""A store in memory, to test what is asked of stores without a disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Identifier

from kg.graph.vocabulary import PREFIXES


class MemoryAnswer:
    """The result of a query, read whole."""

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self.kind = "boolean" if isinstance(result, ox.QueryBoolean) else "solutions"
        self.variables: Sequence[str] = ()
        self._rows: list[Mapping[str, Identifier]] = []
        self._truth = bool(result) if isinstance(result, ox.QueryBoolean) else False
        if isinstance(result, ox.QuerySolutions):
            names = [variable.value for variable in result.variables]
            self.variables = names
            self._rows = [{name: _term(value) for name in names if (value := solution[name]) is not None} for solution in result]

    def rows(self) -> Iterator[Mapping[str, Identifier]]:
        return iter(self._rows)

    def __bool__(self) -> bool:
        return self._truth or bool(self._rows)

    def serialize(self, media_type: str) -> bytes:
        raise NotImplementedError(media_type)


class MemoryStore:
    """Graphs in an engine that keeps nothing on disk; queries see the union of all."""

    def __init__(self, graphs: Iterable[Graph] = ()) -> None:
        self._engine = ox.Store()
        self.queries: list[str] = []
        for graph in graphs:
            self.replace_graph(graph)

    def query(self, query: str) -> MemoryAnswer:
        self.queries.append(query)
        return MemoryAnswer(self._engine.query(query, prefixes=PREFIXES, use_default_graph_as_union=True))

    def replace_graph(self, graph: Graph) -> None:
        name = ox.NamedNode(str(graph.identifier))
        self._engine.remove_graph(name)
        self._engine.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES, to_graph=name)

    def remove_graph(self, name: URIRef) -> bool:
        there = self._engine.contains_named_graph(ox.NamedNode(str(name)))
        self._engine.remove_graph(ox.NamedNode(str(name)))
        return there

    def graph_names(self) -> list[URIRef]:
        return sorted(URIRef(graph.value) for graph in self._engine.named_graphs())

    def dump(self, media_type: str) -> bytes:
        rdf_format = ox.RdfFormat.from_media_type(media_type)
        assert rdf_format is not None
        dumped = self._engine.dump(format=rdf_format)
        assert dumped is not None
        return dumped

    def close(self) -> None:
        pass


def _term(term: object) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    assert isinstance(term, ox.Literal)
    return (
        Literal(term.value, datatype=URIRef(term.datatype.value), lang=term.language, normalize=False)
        if term.language is None
        else Literal(term.value, lang=term.language)
    )
