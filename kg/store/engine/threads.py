"""The engine over any store, in this process: nothing to start, and nothing that could be stopped.

For a store on a server of its own, which has limits of its own, and for a program that serves a small store that it has open. A query
runs in a thread to its end, whoever waits for it, and its answer is held whole; ``timeout`` and ``max_rows`` are not heeded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from kg.errors import QueryError, StoreError
from kg.store.engine.answers import WholeAnswer
from kg.store.engine.protocol import ANY_FORM, Engine, QueryJob, QueryResult
from kg.store.protocol import GraphChange, Store

T = TypeVar("T")


class ThreadEngine(Engine):
    """An engine over ``store``, which stays the caller's to close. ``read_only`` refuses every change."""

    def __init__(self, store: Store, *, read_only: bool = False) -> None:
        self._store = store
        self._read_only = read_only
        self._writing = asyncio.Lock()

    @property
    def snapshot(self) -> int:
        """The number of changes that the store has counted, and one; 0 for a store that cannot count them."""
        changes: int | None = getattr(self._store, "changes", None)
        return 0 if changes is None else changes + 1

    def kept(self, job: QueryJob) -> QueryResult | None:  # noqa: ARG002  # as the protocol has it
        """Keep nothing: who else writes the store is not known."""
        return None

    async def query(self, job: QueryJob) -> QueryResult:
        """Let the store evaluate a query."""
        return await asyncio.to_thread(self._answer, job)

    async def update(
        self,
        text: str,
        *,
        using: tuple[str, ...] | None = None,
        using_named: tuple[str, ...] | None = None,
        timeout: float | None = None,  # noqa: ARG002  # nothing here can be stopped
    ) -> int:
        """Let the store evaluate an update."""
        _, number = await self.run(lambda store: store.update(text, using=using or (), using_named=using_named or ()))
        return number

    async def write(self, change: GraphChange) -> int:
        """Let the store put, add or remove a graph."""
        _, number = await self.run(lambda store: store.write(change))
        return number

    async def run(self, operation: Callable[[Store], T]) -> tuple[T, int]:
        """Call ``operation`` with the store."""
        if self._read_only:
            raise StoreError("The store is served for reading only. Start the server with a token for writing.")
        async with self._writing:
            returned = await asyncio.to_thread(operation, self._store)
            return returned, self.snapshot

    def store(self) -> Store:
        """Return the store itself."""
        return self._store

    def _answer(self, job: QueryJob) -> QueryResult:
        default = () if job.default_graphs is None and not job.union_default else job.default_graphs
        if job.default_graphs is None and job.named_graphs is not None:
            default = ()
        named = () if job.named_graphs is None and job.default_graphs is not None else job.named_graphs
        answer = self._store.query(job.text, default_graphs=default, named_graphs=named)
        media_type = job.media_type
        if media_type == ANY_FORM:
            media_type = "application/n-triples" if answer.kind == "triples" else "application/sparql-results+json"
        if media_type not in answer.formats():
            raise QueryError(f"The answer cannot be given as {media_type!r}. Ask for one of: {', '.join(answer.formats())}.")
        snapshot = self.snapshot
        whole = answer.serialize(media_type)
        return QueryResult(snapshot=snapshot, chunks=WholeAnswer(whole), kind=answer.kind, media_type=media_type, whole=whole)
