"""What every request passes: limits on its size and on how many there may be; and what every answer bears: headers for browsers.

Bodies that come packed by gzip are unpacked as they are read, and held to the same limit then.
"""

from __future__ import annotations

import ipaddress
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemError

MOST_CLIENTS = 10_000
"""How many clients' rates are kept; who came longest ago is forgotten first."""

LONGEST_ADDRESS = 16_384
"""How many bytes of parameters an address may have."""

_BURST_SECONDS = 2.0
_BODILESS = ("GET", "HEAD", "OPTIONS")
"""What these methods bring along is never read."""

_POLICY = b"content-security-policy"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (_POLICY, b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"),
)
_DOCUMENTATION = (
    *_HEADERS[:-1],
    (
        _POLICY,
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        b"frame-ancestors 'none'",
    ),
)


class SafeHeaders:
    """Middleware that tells browsers not to guess types, not to frame, not to load anything from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _DOCUMENTATION if scope["path"].startswith("/docs") else _HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class RateLimited:
    """Middleware that lets each client make ``rate`` requests a second on average, and some more at a time; 0: any number.

    A client is an address, of IPv6 the network that it lies in. A bucket of its own for each: it holds what may be asked at once, and
    fills at the rate.
    """

    def __init__(self, app: ASGIApp, *, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._rate = rate
        self._most = max(1.0, rate * _BURST_SECONDS)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer it with 429."""
        wait = self._take(_client_of(scope)) if scope["type"] == "http" and self._rate > 0 else 0.0
        if wait <= 0:
            await self._app(scope, receive, send)
            return
        problem = ProblemError(
            429,
            "too-many-requests",
            f"More than {self._rate:g} requests a second.",
            advice="Ask again after the seconds of Retry-After.",
            headers={"Retry-After": str(int(wait) + 1)},
        )
        await problem.response(instance=scope["path"])(scope, receive, send)

    def _take(self, client: str) -> float:
        """Take one from the client's bucket; return for how many seconds there is none."""
        now = self._clock()
        held, since = self._buckets.pop(client, (self._most, now))
        held = min(self._most, held + (now - since) * self._rate)
        wait = 0.0 if held >= 1 else (1 - held) / self._rate
        self._buckets[client] = (held - 1 if wait == 0 else held, now)
        while len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return wait


class SizeLimited:
    """Middleware that answers 414 to too long an address, and 413 to a body of more than ``max_body`` bytes, unpacked or not."""

    def __init__(self, app: ASGIApp, *, max_body: int) -> None:
        self._app = app
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] in _BODILESS and len(scope["query_string"]) <= LONGEST_ADDRESS:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
            unpacker = _unpacker(headers.get("content-encoding", "identity").strip().lower())
        except ProblemError as problem:
            await problem.response(instance=scope["path"])(scope, receive, send)
            return
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] != "http.request":
                return message
            body = message.get("body", b"")
            if unpacker is not None:
                body = _unpack(unpacker, body, room=self._max_body - received, last=not message.get("more_body", False))
            received += len(body)
            if received > self._max_body:
                raise self._too_large()
            return {**message, "body": body}

        if unpacker is not None:
            kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-encoding", b"content-length")]
            scope = {**scope, "headers": kept}
        await self._app(scope, receive_bounded, send)

    def _check(self, scope: Scope, headers: Headers) -> None:
        if len(scope["query_string"]) > LONGEST_ADDRESS:
            raise ProblemError(
                414,
                "address-too-long",
                f"The parameters of the address have more than {LONGEST_ADDRESS} bytes.",
                advice="Send them in the body of a POST.",
            )
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._max_body:
            raise self._too_large()

    def _too_large(self) -> ProblemError:
        return ProblemError(
            413,
            "body-too-large",
            f"The body has more than {self._max_body} bytes.",
            advice="Send it in parts, or raise max_body on the server.",
            headers={"Connection": "close"},
        )


def _unpacker(encoding: str) -> zlib._Decompress | None:
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    raise ProblemError(
        415,
        "unsupported-encoding",
        f"A body packed as {encoding!r} is not read.",
        advice="Send it as it is, or packed by gzip.",
        headers={"Accept-Encoding": "gzip"},
    )


def _unpack(unpacker: zlib._Decompress, body: bytes, *, room: int, last: bool) -> bytes:
    """Unpack a piece, but no more than one byte past the room that there is."""
    try:
        unpacked = unpacker.decompress(body, room + 1)
    except zlib.error as error:
        raise ProblemError(400, "malformed-body", f"The body is no gzip: {error}.", advice="Pack it anew.") from error
    if len(unpacked) <= room and (unpacker.unused_data or (last and not unpacker.eof and (body or not unpacked))):
        raise ProblemError(400, "malformed-body", "The body is no whole gzip file, or more than one.", advice="Pack it anew.")
    return unpacked


def _client_of(scope: Scope) -> str:
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))
    return host
