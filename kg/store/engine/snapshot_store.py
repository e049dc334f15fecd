"""The newest snapshot as a store to look things up in, from other threads than that of the event loop.

Its queries go through the pool, as everybody's do, so none of them can hang who asks: what takes too long is an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat
from rdflib import Dataset, Graph, URIRef

from kg.errors import QueryError, StoreError
from kg.store.answer import EmbeddedAnswer, text_rows
from kg.store.engine.protocol import ANY_FORM, QueryJob
from kg.store.engine.workers import WorkerPool
from kg.store.protocol import AnswerKind, Edit, GraphChange
from kg.store.terms import as_dataset
from kg.store.writing import write_whole

MOST_BYTES = 2**28
"""How large an answer may be that is held in memory here."""

_TSV = "text/tab-separated-values"


class SnapshotStore:
    """See ``kg.store.protocol.Store``. Each query sees the newest snapshot of its moment, and is evaluated once, at once."""

    full_text = True
    """Queries may have ``dem:matches``."""

    def __init__(self, pool: WorkerPool, loop: asyncio.AbstractEventLoop, *, counts: dict[int, int]) -> None:
        self._pool = pool
        self._counts = counts
        self._loop = loop

    def query(
        self, query: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> EmbeddedAnswer:
        """Evaluate a SPARQL 1.1 query; the usual prefixes need no declaration, SERVICE is refused.

        Raise QueryError, also for an answer of more than ``MOST_BYTES``, and what ``kg.store.engine.protocol.Engine.query`` raises.
        """
        default = None if default_graphs is None else tuple(default_graphs)
        named = None if named_graphs is None else tuple(named_graphs)
        kind, answer = self._ask(
            QueryJob(text=query, media_type=ANY_FORM, default_graphs=default, named_graphs=named, client="look-ups")
        )
        if kind == "triples":
            return EmbeddedAnswer(lambda: _triples(answer), kind=kind)
        result = _table(answer)
        variables = tuple(variable.value for variable in result.variables) if isinstance(result, QuerySolutions) else ()
        return _Table(answer, kind=kind, variables=variables)

    def replace_graph(self, graph: Graph) -> None:  # noqa: ARG002  # as the protocol has it
        """Raise StoreError: a snapshot is not written."""
        raise _not_here()

    def remove_graph(self, name: URIRef) -> bool:  # noqa: ARG002  # as the protocol has it
        """Raise StoreError: a snapshot is not written."""
        raise _not_here()

    def change(self, graphs: Iterable[Graph], *, removed: Iterable[URIRef] = (), edits: Iterable[Edit] = ()) -> None:  # noqa: ARG002
        """Raise StoreError: a snapshot is not written."""
        raise _not_here()

    def update(self, text: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Raise StoreError: a snapshot is not written."""
        raise _not_here()

    def write(self, change: GraphChange) -> None:  # noqa: ARG002
        """Raise StoreError: a snapshot is not written."""
        raise _not_here()

    def graph_names(self) -> list[URIRef]:
        """Return the names of all graphs, sorted."""
        return sorted(URIRef(str(row["graph"])) for row in self.query("SELECT DISTINCT ?graph { GRAPH ?graph {} }").rows())

    def triple_count(self) -> int:
        """Return how many different triples the union has; counted once for each snapshot."""
        number = self._pool.snapshot
        if number not in self._counts:
            (row,) = self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
            self._counts[number] = int(row["n"])
        return self._counts[number]

    def dataset(self) -> Dataset:
        """Return a copy of everything as rdflib's Dataset, whose default graph is the union too."""
        return as_dataset(self.graph_names(), self._quads())

    def dump(self, media_type: str) -> bytes:
        """Return everything in an RDF format: graphs by name in TriG, N-Quads and JSON-LD, their union in those for triples."""
        return write_whole(media_type, quads=self._quads, union=self._union)

    def close(self) -> None:
        """Do nothing: the snapshot belongs to the engine."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Do nothing: the snapshot belongs to the engine."""

    def _quads(self) -> Iterator[Quad]:
        _, answer = self._ask(
            QueryJob(text="SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", media_type=_TSV, client="look-ups")
        )
        found = pyoxigraph.parse_query_results(answer, format=QueryResultsFormat.TSV)
        return (Quad(row["s"], row["p"], row["o"], row["g"]) for row in found) if isinstance(found, QuerySolutions) else iter(())

    def _union(self) -> Iterator[pyoxigraph.Triple]:
        _, answer = self._ask(QueryJob(text="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", client="look-ups"))
        return _triples(answer)

    def _ask(self, job: QueryJob) -> tuple[AnswerKind, bytes]:
        try:
            here: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is self._loop:
            raise StoreError("The event loop would wait for itself: look things up from another thread.")
        return asyncio.run_coroutine_threadsafe(self._gather(job), self._loop).result()

    async def _gather(self, job: QueryJob) -> tuple[AnswerKind, bytes]:
        result = await self._pool.query(job)
        if result.whole is not None:
            return result.kind, result.whole
        gathered = bytearray()
        async for chunk in result.chunks:
            gathered += chunk
            if len(gathered) > MOST_BYTES:
                await result.chunks.aclose()
                raise QueryError(f"The answer is larger than {MOST_BYTES} bytes. Ask for less, or ask /sparql, which streams.")
        return result.kind, bytes(gathered)


class _Table(EmbeddedAnswer):
    """What SELECT or ASK found, as SPARQL's JSON."""

    def __init__(self, written: bytes, *, kind: AnswerKind, variables: Sequence[str]) -> None:
        super().__init__(lambda: _table(written), kind=kind, variables=variables)
        self._written = written

    def texts(self) -> list[dict[str, str]]:
        return text_rows(self._written) if self.kind == "solutions" else []


def _table(answer: bytes) -> QuerySolutions | QueryBoolean:
    return pyoxigraph.parse_query_results(answer, format=QueryResultsFormat.JSON)


def _triples(answer: bytes) -> Iterator[pyoxigraph.Triple]:
    return (quad.triple for quad in pyoxigraph.parse(answer, format=RdfFormat.N_TRIPLES))


def _not_here() -> StoreError:
    return StoreError("A snapshot is not written. Give the change to the engine, whose writer carries it out.")
