"""What a store can do, whichever keeps the graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

from rdflib import Dataset, Graph, URIRef
from rdflib.term import Identifier

AnswerKind = Literal["solutions", "boolean", "triples"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a named graph gains and loses; both graphs have its name, and no blank nodes."""

    gained: Graph
    lost: Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphChange:
    """A whole graph to put in place of what there is, to add to it, or to remove.

    ``graph`` None is the default graph, which takes changes only where it is no union. ``content`` is RDF in ``media_type``; relative
    IRIs in it are resolved against ``base``.
    """

    action: Literal["put", "add", "remove"]
    graph: str | None
    content: bytes = b""
    media_type: str = "application/n-triples"
    base: str | None = None


class Answer(Protocol):
    """The result of a query of any form.

    ``kind`` is "solutions" (SELECT), "boolean" (ASK) or "triples" (CONSTRUCT, DESCRIBE). A fault that shows only while the
    query is evaluated raises QueryError from whichever method meets it.
    """

    @property
    def kind(self) -> AnswerKind:
        """The form of the query, as above."""
        ...

    @property
    def variables(self) -> Sequence[str]:
        """The variables of a SELECT in their order; empty for the other forms."""
        ...

    def rows(self) -> Iterable[Mapping[str, Identifier]]:
        """Yield the solutions; an unbound variable is not in the mapping. Empty for the other forms."""
        ...

    def texts(self) -> Iterable[Mapping[str, str]]:
        """Yield the solutions as ``rows`` does, but of each term its text alone, without what kind of term it is: that is much faster."""
        ...

    def graph(self) -> Graph:
        """Return the triples as a graph; empty for the other forms."""
        ...

    def __bool__(self) -> bool:
        """Return the truth of an ASK; for the other forms, whether there is any result."""
        ...

    def formats(self) -> Sequence[str]:
        """Return the media types that ``serialize`` takes for this kind, the preferred one first."""
        ...

    def serialize(self, media_type: str) -> bytes:
        """Return the result in a format: one of ``formats()``. Raise ValueError for a format that does not fit the kind."""
        ...


class Store(Protocol):
    """Named graphs that can be replaced whole and queried together.

    The default graph of a query is the union of all named graphs: a triple that stands in three graphs is there once. A store
    is a context manager that closes itself.
    """

    def query(
        self, query: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> Answer:
        """Take a SPARQL 1.1 query; SERVICE is refused. Raise QueryError for one that is malformed.

        ``default_graphs`` and ``named_graphs`` are the dataset of the SPARQL protocol, which goes before FROM; None: as the store has it.
        """
        ...

    def replace_graph(self, graph: Graph) -> None:
        """Make ``graph`` (named by its identifier) the whole content of the named graph, in one transaction."""
        ...

    def remove_graph(self, name: URIRef) -> bool:
        """Drop a named graph; tell whether there was one."""
        ...

    def change(self, graphs: Iterable[Graph], *, removed: Iterable[URIRef] = (), edits: Iterable[Edit] = ()) -> None:
        """Replace some named graphs, drop and edit others, in one transaction."""
        ...

    def update(self, text: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Evaluate a SPARQL update over this dataset of the SPARQL protocol, keeping the union. Raise QueryError, StoreError."""
        ...

    def write(self, change: GraphChange) -> None:
        """Put, add or remove one graph. Raise ReadingError, NotFoundError, QueryError, StoreError."""
        ...

    def graph_names(self) -> list[URIRef]:
        """Return the names of all graphs, sorted."""
        ...

    def triple_count(self) -> int:
        """Return how many different triples the union of the graphs has."""
        ...

    def dataset(self) -> Dataset:
        """Return a copy of everything, whose default graph is the union too."""
        ...

    def dump(self, media_type: str) -> bytes:
        """Return everything in an RDF format; triples formats lose the graph names. Raise ValueError for an unknown format."""
        ...

    def close(self) -> None:
        """Flush, and let go of what is held."""
        ...

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close the store."""
        ...
