"""A query on its way through the pool: from the queue to the last byte that its reader takes."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self, cast

from kg import errors
from kg.errors import DemarcheError, QueryError, QueryMemoryError
from kg.store.engine.protocol import Chunks, QueryJob, QueryResult
from kg.store.protocol import AnswerKind

MOST_HELD = 8
"""How many chunks are held for a reader that is slower than the query, before the query has to wait."""


class Ticket:
    """What was asked, and what has come of it so far.

    The pool sets ``flow`` while the query runs: called with False it holds the query up, with
    True it lets it go on; and ``cancel``, which stops it, wherever it is.
    """

    def __init__(self, job: QueryJob, *, seconds: float, cancel: Callable[[Ticket], None]) -> None:
        self.job = job
        self.seconds = seconds
        self._head: asyncio.Future[QueryResult] | None = asyncio.get_running_loop().create_future()
        self.snapshot = 0
        self.done = False
        self.flow: Callable[[bool], None] | None = None
        self._cancel = cancel
        self._chunks: deque[bytes] = deque()
        self._error: DemarcheError | None = None
        self._arrival: asyncio.Event | None = None

    def heard(self, letter: bytes, payload: bytes) -> bool:
        """Take a frame of the worker; tell whether it was the last one."""
        if letter == b"a":
            self.done = True
            self._begin(payload, whole=True)
        elif letter == b"h":
            self._begin(payload, whole=False)
        elif letter == b"c":
            self._add(payload)
        elif letter == b"e":
            self.done = True
            self._wake()
        else:
            self.fail(_error(json.loads(payload)))
        return self.done

    def fail(self, error: DemarcheError) -> None:
        """End with an error: for who waits for the answer, or else for who reads it."""
        if self.done:
            return
        self.done = True
        head, self._head = self._head, None
        if head is None:
            self._error = error
            self._wake()
        elif not head.done():
            head.set_exception(error)

    def cancel(self) -> None:
        """Stop the query, if it is not over."""
        if not self.done:
            self._cancel(self)

    async def begun(self) -> QueryResult:
        """Wait for the answer to begin, and return it; raise what it failed with. Once only."""
        assert self._head is not None
        return await self._head

    async def next(self) -> bytes:
        """Return the next chunk; raise StopAsyncIteration after the last, or the error that the query failed with."""
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self.done:
                raise StopAsyncIteration
            self._arrival = self._arrival or asyncio.Event()
            self._arrival.clear()
            await self._arrival.wait()
        chunk = self._chunks.popleft()
        if self.flow is not None and len(self._chunks) < MOST_HELD // 2:
            self.flow(True)
        return chunk

    def _begin(self, payload: bytes, *, whole: bool) -> None:
        line, _, data = payload.partition(b"\n")
        kind, media_type, truncated = _head(line)
        if data:
            self._chunks.append(data)
        # The ticket lets go of the answer, which holds the ticket: so it is gone as soon as nobody reads it.
        head, self._head = self._head, None
        if head is not None and not head.done():
            head.set_result(
                QueryResult(
                    snapshot=self.snapshot,
                    chunks=TicketChunks(self),
                    kind=kind,
                    media_type=media_type,
                    truncated=truncated,
                    whole=data if whole else None,
                )
            )

    def _add(self, data: bytes) -> None:
        self._chunks.append(data)
        if self.flow is not None and len(self._chunks) >= MOST_HELD:
            self.flow(False)
        self._wake()

    def _wake(self) -> None:
        if self._arrival is not None:
            self._arrival.set()


class TicketChunks(Chunks):
    """The bytes of one answer; see ``kg.store.engine.protocol.Chunks``."""

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._loop = asyncio.get_running_loop()

    def __aiter__(self) -> Self:
        """Return the chunks themselves."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk."""
        try:
            return await self._ticket.next()
        except asyncio.CancelledError:
            self._ticket.cancel()
            raise

    async def aclose(self) -> None:
        """Stop the query, if it still runs."""
        self._ticket.cancel()

    def __del__(self) -> None:
        """Stop the query of an answer that somebody has let go of, from whichever thread."""
        if not self._ticket.done and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ticket.cancel)


@lru_cache(maxsize=64)
def _head(line: bytes) -> tuple[AnswerKind, str, bool]:
    kind, media_type, truncated = line.decode().split(" ")
    return cast(AnswerKind, kind), media_type, truncated == "1"


def _error(fault: dict[str, Any]) -> DemarcheError:
    if fault["kind"] == "QueryMemoryError":
        return out_of_memory()
    kind = getattr(errors, str(fault["kind"]), QueryError)
    if issubclass(kind, QueryError):
        return kind(fault["message"], fault["line"], fault["column"])
    return kind(fault["message"]) if issubclass(kind, DemarcheError) else QueryError(fault["message"])


def out_of_memory() -> QueryMemoryError:
    """Return the error of a query that outgrew its memory."""
    return QueryMemoryError(
        "The query needed more memory than it may have, and was stopped. Ask for less: fewer combinations, a LIMIT, no ORDER BY over all."
    )
