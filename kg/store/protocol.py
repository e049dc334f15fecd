"""What a store can do, whichever keeps the graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from rdflib import Graph, URIRef
from rdflib.term import Identifier


class Answer(Protocol):
    """The result of a query of any form.

    ``kind`` is "solutions" (SELECT), "boolean" (ASK) or "triples" (CONSTRUCT, DESCRIBE).
    """

    @property
    def kind(self) -> str:
        """The form of the query, as above."""
        ...

    @property
    def variables(self) -> Sequence[str]:
        """The variables of a SELECT in their order; empty for the other forms."""
        ...

    def rows(self) -> Iterable[Mapping[str, Identifier]]:
        """Yield the solutions; an unbound variable is not in the mapping. Empty for the other forms."""
        ...

    def __bool__(self) -> bool:
        """Return the truth of an ASK; for the other forms, whether there is any result."""
        ...

    def serialize(self, media_type: str) -> bytes:
        """Return the result in a format: one of ``formats()``. Raise ValueError for a format that does not fit the kind."""
        ...


class Store(Protocol):
    """Named graphs that can be replaced whole and queried together.

    The default graph of a query is the union of all named graphs.
    """

    def query(self, query: str) -> Answer:
        """Evaluate a SPARQL 1.1 query; the prefixes of ``kg.graph.vocabulary`` need no declaration. Raise QueryError."""
        ...

    def replace_graph(self, graph: Graph) -> None:
        """Make ``graph`` (named by its identifier) the whole content of the named graph, in one transaction."""
        ...

    def remove_graph(self, name: URIRef) -> bool:
        """Drop a named graph; tell whether there was one."""
        ...

    def graph_names(self) -> list[URIRef]:
        """Return the names of all graphs, sorted."""
        ...

    def dump(self, media_type: str) -> bytes:
        """Return everything in an RDF format; triples formats lose the graph names."""
        ...

    def close(self) -> None:
        """Flush, and let go of what is held."""
        ...
