"""Answers of the engine on their way to a client: whole or as they come, given up when it goes away, broken off when they fail late."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.problems import CLIENT_GONE, ProblemError
from kg.store.engine.protocol import QueryResult

T = TypeVar("T")

_GRACE = 0.02

_log = logging.getLogger(__name__)


class AnswerResponse(Response):
    """An answer that is passed on as it comes.

    If it fails after its first byte, the body is left without its end, on which the server breaks the connection off: no client
    takes what it has for the whole. For HTTP/1.0, where the end of the connection is the end of the body, the answer is gathered first.
    """

    def __init__(self, result: QueryResult, *, media_type: str, headers: Mapping[str, str]) -> None:
        self.status_code = 200
        self.background = None
        self.media_type = media_type
        self._result = result
        kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
        self.raw_headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.raw_headers.append((b"content-type", kind.encode()))
        if result.whole is not None:
            self.raw_headers.append((b"content-length", str(len(result.whole)).encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer; close it, which stops the query, whenever that ends."""
        if self._result.whole is not None:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": self._result.whole})
            return
        gone = asyncio.ensure_future(_disconnected(receive))
        sending = asyncio.ensure_future(self._send(scope, send))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not sending.done():
                sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await self._result.chunks.aclose()
        if not sending.cancelled() and (error := sending.exception()) is not None:
            if scope["http_version"] == "1.0":
                raise error
            _log.error("an answer was broken off: %a", str(error))

    async def _send(self, scope: Scope, send: Send) -> None:
        chunks = self._result.chunks
        if scope["http_version"] == "1.0":
            gathered = b"".join([chunk async for chunk in chunks])
            self.headers["content-length"] = str(len(gathered))
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": gathered})
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do the work; give it up when the client goes away meanwhile. The request's body must have been read."""
    loop = asyncio.get_running_loop()
    working = asyncio.current_task()
    assert working is not None
    watching: list[asyncio.Task[None]] = []
    left = False

    async def watch() -> None:
        nonlocal left
        await _disconnected(request.receive)
        left = True
        working.cancel()

    # Most answers are there before it is worth to look.
    timer = loop.call_later(_GRACE, lambda: watching.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if not left:
            raise
        working.uncancel()
        raise ProblemError(CLIENT_GONE, "client-gone", "The client went away.", advice="Wait for the answer.") from None
    finally:
        timer.cancel()
        for task in watching:
            task.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
