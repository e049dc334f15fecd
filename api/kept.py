"""Look-ups that are kept as long as the state of the store that they are of: who asks the same again is answered at once.

What the engine does for queries (``kg.store.engine.answers``), this does for what is made of them. Only what has an ETag is kept, so that
it is the same for everybody who asks for the same address with the same Accept header.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.snapshots import Snapshots, is_known, not_modified_headers

LARGEST = 2**16
"""How many bytes an answer may have that is kept."""

_ROOT = "/api/v1/"
_OVERHEAD = 1000

RawHeaders = tuple[tuple[bytes, bytes], ...]
Key = tuple[str, str, bytes, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    route: object
    headers: RawHeaders
    body: bytes
    tag: str


class KeptLookups:
    """Middleware that gives look-ups again, from at most ``most`` bytes of them; 0 keeps none."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most
        self._used = 0
        self._number: int | None = None
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(_ROOT) or not self._most:
            await self._app(scope, receive, send)
            return
        snapshots: Snapshots = scope["app"].state.snapshots
        number = snapshots.number()
        if number is None:
            await self._app(scope, receive, send)
            return
        if number != self._number:
            self._number, self._used = number, 0
            self._kept.clear()
        key = _key(scope)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            scope["route"] = kept.route
            await _give(kept, scope, send)
            return
        headers: RawHeaders = ()
        tag = ""

        async def send_and_keep(message: Message) -> None:
            nonlocal headers, tag
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = tuple(message["headers"])  # before others add what is of this one answer
                tag = Headers(raw=list(headers)).get("etag", "")
            elif tag and not message.get("more_body", False):
                if number == snapshots.number() == self._number:  # else it may be of the state behind
                    self._add(key, _Kept(scope.get("route"), headers, message.get("body", b""), tag))
            else:
                tag = ""
            await send(message)

        await self._app(scope, receive, send_and_keep)

    def _add(self, key: Key, kept: _Kept) -> None:
        if key in self._kept or len(kept.body) > min(LARGEST, self._most):
            return
        self._kept[key] = kept
        self._used += _size(key, kept.body)
        while self._used > self._most:
            gone, its = self._kept.popitem(last=False)
            self._used -= _size(gone, its.body)


async def _give(kept: _Kept, scope: Scope, send: Send) -> None:
    if is_known(kept.tag, Headers(scope=scope).get("if-none-match", "")):
        headers = Headers(not_modified_headers(kept.tag)).raw
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    await send({"type": "http.response.body", "body": kept.body})


def _key(scope: Scope) -> Key:
    accept = tuple(value for name, value in scope["headers"] if name == b"accept")
    return scope.get("root_path", ""), scope["path"], scope["query_string"], accept


def _size(key: Key, body: bytes) -> int:
    return len(body) + len(key[1]) + len(key[2]) + _OVERHEAD
