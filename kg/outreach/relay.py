"""Between a query process and other hosts: a server on loopback that asks them in its stead.

Oxigraph's own client follows where it is pointed. So a query that may ask a host is given an address of this server in its place, which
is good for that query alone, as long as it runs, and known to nobody else. What is asked here is fetched by the guarded fetcher, within
what the query has left of its time, and of bytes and requests. An answer is passed on when it is there as a whole: Oxigraph does not
always come to an end over one that breaks off.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import h11

from kg.errors import ReadingError
from kg.outreach.fetching import Asked, Fetched, GuardedFetcher
from kg.outreach.hosts import shown

Asking = tuple[str, bool]
"""A URL that a query asks, and whether its failing is passed over."""

MOST_REQUESTS = 100
"""How many requests one query may make."""

MOST_QUESTION = 2_000_000
"""How many bytes a request may have."""

_RESULTS = ("json", "xml")
"""How the media types end that Oxigraph asks for, and those that servers call them."""

_PATIENCE = 30.0
_CHUNK = 1 << 16


class Errand:
    """What one query may ask while it runs.

    ``addresses`` say where it asks instead, for each URL and whether its failing is passed over; ``faults`` what went wrong, by address.
    """

    def __init__(self, relay: Relay, asked: Iterable[Asking], *, seconds: float, most_bytes: int) -> None:
        self._relay = relay
        self._seconds = seconds
        self._until: float | None = None
        self._bytes = most_bytes
        self._requests = MOST_REQUESTS
        self._running: set[asyncio.Task[Fetched]] = set()
        self.addresses = {asking: f"{relay.address}/{secrets.token_urlsafe(18)}" for asking in dict.fromkeys(asked)}
        self.faults: dict[str, str] = {}

    @property
    def failed(self) -> str | None:
        """What went wrong and may not be passed over, though an answer may have come of it all the same; None: nothing."""
        return next(
            (self.faults[address] for (_, silent), address in self.addresses.items() if address in self.faults and not silent),
            None,
        )

    async def fetch(self, address: str, url: str, asked: Asked) -> Fetched | None:
        """Return the answer; None where there is none, or when the query has ended meanwhile."""
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + self._seconds
        self._requests -= 1
        try:
            if self._requests < 0:
                raise ReadingError(f"the query makes more than {MOST_REQUESTS} requests. Ask for less at a time.")
            with self._run(self._relay.fetcher, url, asked, seconds=self._until - now) as task:
                await asyncio.wait({task})
                fetched = None if task.cancelled() else task.result()
            if fetched is not None and not fetched.media_type.endswith(_RESULTS):
                raise ReadingError(
                    f"{shown(url)}: answered with {fetched.media_type!r}, which holds no results. Name its endpoint."
                )
        except ReadingError as error:
            self.faults[address] = str(error)
            return None
        if fetched is not None:
            self._bytes -= len(fetched.data)
        return fetched

    def close(self) -> None:
        """Give up what runs; from now on the addresses lead nowhere."""
        self._relay.forget(self)
        for task in self._running:
            task.cancel()

    @contextmanager
    def _run(self, fetcher: GuardedFetcher, url: str, asked: Asked, *, seconds: float) -> Iterator[asyncio.Task[Fetched]]:
        task = asyncio.create_task(fetcher.fetch(url, asked, most_bytes=self._bytes, seconds=seconds))
        self._running.add(task)
        try:
            yield task
        finally:
            self._running.discard(task)
            task.cancel()


class Relay:
    """The server; lives on one event loop. ``most_bytes`` is how much the answers to one query may have together."""

    def __init__(self, fetcher: GuardedFetcher, *, most_bytes: int) -> None:
        self.fetcher = fetcher
        self.address = ""
        self._most_bytes = most_bytes
        self._errands: dict[str, tuple[Errand, str]] = {}
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen, on a port of the system's choice."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Give up what runs, and stop listening."""
        for errand, _ in list(self._errands.values()):
            errand.close()
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self.fetcher.close()

    def send(self, asked: Iterable[Asking], *, seconds: float) -> Errand:
        """Let a query ask these, for so many seconds from its first request on."""
        errand = Errand(self, asked, seconds=seconds, most_bytes=self._most_bytes)
        self._errands |= {address: (errand, url) for (url, _), address in errand.addresses.items()}
        return errand

    def forget(self, errand: Errand) -> None:
        """Let the addresses of an errand lead nowhere."""
        for address in errand.addresses.values():
            self._errands.pop(address, None)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        connection = h11.Connection(h11.SERVER)
        try:
            async with asyncio.timeout(_PATIENCE):
                request, content = await _read(connection, reader)
            status, media_type, data = await self._answer(request, content)
            headers = [("Content-Length", str(len(data))), ("Connection", "close")]
            if media_type:
                headers.append(("Content-Type", media_type))
            for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=data), h11.EndOfMessage()):
                writer.write(connection.send(event) or b"")
            await writer.drain()
        except (OSError, TimeoutError, h11.ProtocolError):
            return  # whoever asked has gone, or asks for nothing that could be answered
        finally:
            self._serving.discard(task)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, request: h11.Request, content: bytes) -> tuple[int, str, bytes]:
        address = self.address + request.target.decode("ascii", "replace")
        known = self._errands.get(address)
        if known is None or request.method != b"POST":
            return 404, "", b""
        errand, url = known
        headers = {name: value.decode("latin-1") for name, value in request.headers}
        asked = Asked(accept=headers.get(b"accept", "*/*"), content=content, content_type=headers.get(b"content-type", ""))
        fetched = await errand.fetch(address, url, asked)
        return (502, "", b"") if fetched is None else (200, fetched.media_type, fetched.data)


async def _read(connection: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request, bytes]:
    """Return a request and its body. Raise ProtocolError for one that is malformed or too long."""
    request: h11.Request | None = None
    content = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            content += event.data
        if len(content) > MOST_QUESTION or isinstance(event, h11.ConnectionClosed):
            raise h11.RemoteProtocolError("The request is too long, or broke off.")
        if isinstance(event, h11.EndOfMessage) and request is not None:
            return request, bytes(content)
