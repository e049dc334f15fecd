"""Which state of the store an answer is of: ETags that need no look at the store, and what is kept until it changes.

A store that counts its changes tells the number of its state. The ETag of an address is made of this number, of when the server
started, and of the request, so that one which fits tells that the same answer would be given again. A store that others may write to,
on a server of its own, cannot count: its answers have no ETag, and nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.lookups.paging import MarkCache
from kg.store.engine.protocol import Engine


@dataclass
class Snapshots:
    """The number of the state that is served, and the lists that were read from it."""

    engine: Engine
    start: str = field(default_factory=lambda: secrets.token_hex(4))
    _lists: tuple[int, MarkCache] | None = None

    def number(self) -> int | None:
        """Return the number of the present state; None where it cannot be told from another."""
        return self.engine.snapshot or None

    def lists(self) -> MarkCache:
        """Return the lists of the present state."""
        number = self.number()
        if number is None:
            return MarkCache()
        if self._lists is None or self._lists[0] != number:
            self._lists = number, MarkCache()
        return self._lists[1]


class NotModifiedError(Exception):
    """The client has the answer already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def lists_of(request: Request) -> MarkCache:
    """Return the lists that are kept of the present state."""
    snapshots: Snapshots = request.app.state.snapshots
    return snapshots.lists()


async def _tagged(request: Request, response: Response) -> str | None:
    snapshots: Snapshots = request.app.state.snapshots
    if snapshots.number() is None:
        response.headers.update({"Cache-Control": "no-cache", "Vary": "Accept"})
        return None
    accept = ",".join(request.headers.getlist("accept"))
    asked = f"{snapshots.start} {snapshots.number()} {request.url.path}?{request.url.query} {accept}"
    tag = f'W/"{hashlib.blake2b(asked.encode(), digest_size=12).hexdigest()}"'
    if is_known(tag, request.headers.get("if-none-match", "")):
        raise NotModifiedError(tag)
    response.headers.update({"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"})
    return tag


def is_known(tag: str, written: str) -> bool:
    """Tell whether an ETag is among those of If-None-Match."""
    return any(tag.removeprefix("W/") == one.strip().removeprefix("W/") for one in written.split(","))


Tagged = Depends(_tagged)
"""Answers 304 where the client has the present answer already, and tags it otherwise."""


def not_modified(request: Request, error: Exception) -> Response:  # noqa: ARG001  # as handlers are called
    """Answer that nothing has changed."""
    tag = error.tag if isinstance(error, NotModifiedError) else ""
    return Response(status_code=304, headers=not_modified_headers(tag))


def not_modified_headers(tag: str) -> dict[str, str]:
    """Return the headers of an answer with this ETag that nothing has changed."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
