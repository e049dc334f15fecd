"""A host for tests, on loopback: it answers as it is told, and tells what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import h11

TURTLE = {"Content-Type": "text/turtle"}
RESULTS = {"Content-Type": "application/sparql-results+json"}


@dataclass(slots=True)
class Page:
    """What is answered at a path; ``waits`` for ever with the end of it if told to, and has no end then."""

    data: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False


@dataclass(slots=True)
class Host:
    """A host that runs: its address (without a scheme), its pages by path, and the requests that came, in order."""

    address: str
    pages: dict[str, Page | Callable[[bytes], Page]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.asked]


@asynccontextmanager
async def a_host(address: str = "127.0.0.1") -> AsyncIterator[Host]:
    """Run a host at an address of this machine while the block runs."""
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await _answer(host, reader, writer)
        except OSError:
            pass
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(connected, address, 0)
    port = server.sockets[0].getsockname()[1]
    host = Host(f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
    try:
        yield host
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def results(*rows: Mapping[str, str]) -> Page:
    """Return the rows, of literals, as the answer of an endpoint."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return Page(json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode(), headers=RESULTS)


async def _answer(host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    connection = h11.Connection(h11.SERVER)
    content = b""
    asked: h11.Request | None = None
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            asked = event
        elif isinstance(event, h11.Data):
            content += event.data
        elif isinstance(event, h11.ConnectionClosed):
            return
    assert asked is not None
    path = asked.target.decode()
    headers = {name.decode(): value.decode() for name, value in asked.headers}
    host.asked.append((asked.method.decode(), path, headers, content))
    given = host.pages.get(path, Page(status=404))
    page = given(content) if callable(given) else given
    length = {} if page.waits else {"Content-Length": str(len(page.data))}
    answer = h11.Response(status_code=page.status, headers=list({**length, **page.headers}.items()))
    writer.write(connection.send(answer) or b"")
    writer.write(connection.send(h11.Data(data=page.data)) or b"")
    await writer.drain()
    if page.waits:
        await reader.read()
        host.left.set()
        return
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    await writer.drain()
