"""What a server asks of the store that it serves: queries that can be stopped, writes that are told when they can be seen.

``kg.store.engine.served.ServedStore`` is the engine over a folder. Each snapshot has a number, which only grows: what was written in one is
seen by every query that is asked after the write was acknowledged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, Self, TypeVar

from kg.store.protocol import AnswerKind, GraphChange, Store

T = TypeVar("T")

ANY_FORM = "*/*"
"""As a media type: JSON for SELECT and ASK, N-Triples for CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryJob:
    """A query, how it is to be answered, and what it may cost.

    ``default_graphs`` and ``named_graphs`` are the dataset of the SPARQL protocol, which takes the place of the query's own FROM; None:
    not given. ``union_default`` says that the default graph is the union of all named graphs. ``timeout`` is in seconds, counted from the
    moment that a worker takes the query until its last byte is taken; None: the engine's own; more than the engine's cap: the cap.
    ``max_rows`` is the largest number of rows, or of triples, that are answered. ``client`` is whose turn it is when many wait.
    """

    text: str
    media_type: str = ANY_FORM
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    union_default: bool = True
    timeout: float | None = None
    max_rows: int | None = None
    client: str = ""
    keep: bool = True


class Chunks(Protocol):
    """The bytes of an answer as they come; to close them, or to let go of them, stops the query.

    Where the query fails late, the next chunk raises: what came before is no whole answer.
    """

    def __aiter__(self) -> Self:
        """Return the chunks themselves."""
        ...

    async def __anext__(self) -> bytes:
        """Return the next chunk. Raise the errors of ``Engine.query`` for a query that fails late."""
        ...

    async def aclose(self) -> None:
        """Stop the query, if it still runs."""
        ...


@dataclass(slots=True, kw_only=True)
class QueryResult:
    """An answer that has begun: what it is, and its bytes.

    ``whole`` are all the bytes where the answer is small and already complete; ``chunks`` yields the same ones then. ``truncated``
    says that there are more rows or triples than ``max_rows``, and is known before the first byte.
    """

    snapshot: int
    chunks: Chunks
    kind: AnswerKind = "solutions"
    media_type: str = "application/sparql-results+json"
    truncated: bool = False
    whole: bytes | None = field(default=None, repr=False)


class Engine(Protocol):
    """A store that is asked and written by many at once."""

    @property
    def snapshot(self) -> int:
        """The number of the newest snapshot; 0 where the store cannot tell one state from another."""
        ...

    def kept(self, job: QueryJob) -> QueryResult | None:
        """Return the answer to a query where it is kept from an earlier time; it is the one that ``query`` would give. None: it is not."""
        ...

    async def query(self, job: QueryJob) -> QueryResult:
        """Return once the first bytes of the answer, or all of them, are there.

        Raise QueryError for a query that is malformed or cannot be evaluated; its kinds QueryTimeoutError and QueryMemoryError for
        one past its limits; WorkerDiedError where the process that evaluated it ended by itself; BusyError where too many wait.
        """
        ...

    async def update(
        self,
        text: str,
        *,
        using: tuple[str, ...] | None = None,
        using_named: tuple[str, ...] | None = None,
        timeout: float | None = None,
    ) -> int:
        """Evaluate a SPARQL update, all of it or nothing; return the number of the snapshot that shows it, once there is one.

        ``using`` and ``using_named`` are the dataset of the SPARQL protocol. Raise what ``query`` raises.
        """
        ...

    async def write(self, change: GraphChange) -> int:
        """Put, add or remove a graph, and return as ``update`` does.

        Raise ReadingError for content that is no RDF, NotFoundError for a graph to remove that is not there, StoreError.
        """
        ...

    async def run(self, operation: Callable[[Store], T]) -> tuple[T, int]:
        """Let the writer call ``operation`` with the store; return what it returned, and the number of the snapshot that shows what it did.

        Both the operation and what it returns or raises must pickle.
        """
        ...

    def store(self) -> Store:
        """Return the newest snapshot as a store to look things up in; not for the thread of the event loop, and not for writing."""
        ...
