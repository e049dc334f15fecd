"""Attacks on a running server, from this machine against itself: calls to elsewhere, forged headers and lines of log, slow clients."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from kg.graph.knowledge_base import KnowledgeBase
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction
from tests.conformance.fuzzing.raw import RawAnswer, RawRequest, exchange
from tests.engines import PATIENCE
from tests.servers import demarche_server, free_port

TOKEN = "w" * 20
BEARER = (b"Authorization", f"Bearer {TOKEN}".encode())
UNFINISHED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVIL = "\r\nX-Evil: 1\r\n\r\n<p>"
HOSTS = {
    "name": "localhost:{port}",
    "IPv4": "127.0.0.1:{port}",
    "short": "127.1:{port}",
    "decimal": "2130706433:{port}",
    "hexadecimal": "0x7f000001:{port}",
    "octal": "0177.0.0.1:{port}",
    "IPv6": "[::1]:{port}",
    "IPv4 in IPv6": "[::ffff:127.0.0.1]:{port}",
    "user": "example.org@127.0.0.1:{port}",
}


def filled(folder: Path) -> Path:
    """Make a store of one invented statement."""
    with EmbeddedStore(folder / "store") as store:
        KnowledgeBase(store).add([an_extraction()])
    return folder / "store"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demarche_server(filled(tmp_path_factory.mktemp("safety")), tokens=f"write {TOKEN}") as served:
        yield served


def query(address: str, text: str, *, parameters: str = "") -> RawAnswer:
    headers = ((b"Content-Type", b"application/sparql-query"), (b"Accept", b"text/csv"))
    return exchange(address, RawRequest(b"POST", b"/sparql" + parameters.encode(), headers, text.encode()))


def update(address: str, text: str, *, parameters: str = "") -> RawAnswer:
    headers = ((b"Content-Type", b"application/sparql-update"), BEARER)
    return exchange(address, RawRequest(b"POST", b"/sparql" + parameters.encode(), headers, text.encode()))


def told(answer: RawAnswer) -> tuple[int, str]:
    kind = json.loads(answer.body)["type"] if answer.headers.get("content-type") == "application/problem+json" else ""
    return answer.status, kind.partition("#")[2]


# Calls to elsewhere


class Elsewhere:
    """A server that sends everybody on, and counts them."""

    def __init__(self, stack: ExitStack) -> None:
        self.callers = 0
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0)))]
        self.port = int(sockets[0].getsockname()[1])
        if socket.has_ipv6:
            with suppress(OSError):  # there is no such address on this machine, or somebody has the port
                sockets.append(stack.enter_context(socket.create_server(("::1", self.port), family=socket.AF_INET6)))
        threads = [threading.Thread(target=self._send_on, args=(listening,)) for listening in sockets]
        for thread in threads:
            thread.start()
            stack.callback(thread.join)
        for listening in sockets:
            stack.callback(listening.shutdown, socket.SHUT_RDWR)

    def _send_on(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            self.callers += 1
            with caller:
                caller.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with ExitStack() as stack:
        yield Elsewhere(stack)


def test_server_elsewhere_is_one_that_can_be_called(elsewhere: Elsewhere) -> None:
    with socket.create_connection(("127.0.0.1", elsewhere.port), timeout=PATIENCE) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 302")
    assert elsewhere.callers == 1


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_nobody_elsewhere_is_called(address: str, elsewhere: Elsewhere, host: str) -> None:
    iri = f"http://{host.format(port=elsewhere.port)}/there"
    pattern = "{ ?s ?p ?o }"
    for service in (
        f"SERVICE <{iri}> {pattern}",
        f"SERVICE SILENT <{iri}> {pattern}",
        f"BIND(<{iri}> AS ?x) SERVICE ?x {pattern}",
    ):
        assert told(query(address, f"SELECT * {{ {service} }}")) == (400, "refused"), service
        changed = update(address, f"INSERT {{ GRAPH <x:s> {pattern} }} WHERE {{ {service} }}")
        assert told(changed) == (400, "refused"), service
    assert told(update(address, f"LOAD <{iri}> INTO GRAPH <x:s>")) == (400, "refused")
    assert update(address, f"LOAD SILENT <{iri}> INTO GRAPH <x:s>").status == 204
    for nothing in (f"SELECT * FROM <{iri}> {pattern}", f"SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {pattern} }}"):
        answer = query(address, nothing)
        assert (answer.status, answer.body.count(b"\n")) == (200, 1), nothing
    asked = f"?default-graph-uri={quote(iri, safe='')}&named-graph-uri={quote(iri, safe='')}"
    answer = query(address, f"SELECT * {pattern}", parameters=asked)
    assert (answer.status, answer.body.count(b"\n")) == (200, 1)
    content = json.dumps({"@context": iri, "@id": "x:a", "p": 1}).encode()
    typed = (b"Content-Type", b"application/ld+json")
    assert exchange(address, RawRequest(b"PUT", b"/graphs?graph=x:s", (typed, BEARER), content)).status == 400
    assert exchange(address, RawRequest(b"GET", f"/graphs?graph={quote(iri, safe='')}".encode())).status == 404
    assert elsewhere.callers == 0


@pytest.mark.parametrize("file", ["file:///etc/passwd", "file://localhost/etc/passwd", "FILE:/etc/passwd", "file:etc/passwd"])
def test_no_file_is_read(address: str, file: str) -> None:
    for text in (f"SELECT * FROM <{file}> {{ ?s ?p ?o }}", f"SELECT * FROM NAMED <{file}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"):
        answer = query(address, text)
        assert (answer.status, answer.body.count(b"\n")) == (200, 1), text
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = query(address, "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", parameters=f"?{name}={file}")
        assert (answer.status, answer.body.count(b"\n")) == (200, 1), name
    assert told(query(address, f"SELECT * {{ SERVICE <{file}> {{ ?s ?p ?o }} }}")) == (400, "refused")
    assert told(update(address, f"LOAD <{file}>")) == (400, "refused")
    assert update(address, f"LOAD SILENT <{file}>").status == 204
    assert exchange(address, RawRequest(b"GET", f"/graphs?graph={file}".encode())).status == 404


# Forged headers


def line_ends(text: str) -> list[bytes]:
    """Write a text as parts of an address that end a line, in some ways."""
    return [quote(text, safe="").encode(), quote(text.replace("\r", ""), safe="").encode(), quote("č\u010a", safe="").encode()]


@pytest.mark.parametrize(
    "path",
    [
        "/id/person/ilena-varo{}",
        "/id/{}",
        "/page/{}",
        "/data/{}",
        "/api/v1/entities?q=a&limit=1&x={}",
        "/api/v1/entities/{}/relations",
        "/api/v1/relations?limit=1&fields=iri&x={}",
        "/graphs?graph=x:{}",
        "/graphs/{}",
        "/sparql?query=ASK%7B%7D&format={}",
        "/export/{}",
        "/nothing{}",
    ],
)
def test_addresses_make_no_headers(address: str, path: str) -> None:
    for part in line_ends(EVIL):
        for method in (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE"):
            request = RawRequest(method, path.encode().replace(b"{}", part), ((b"Content-Type", b"text/turtle"), BEARER))
            answer = exchange(address, request)
            assert answer.status not in (0, 500), request
            assert "x-evil" not in answer.headers, request


def test_links_and_locations_are_headers_of_one_line(address: str) -> None:
    moved = exchange(address, RawRequest(b"GET", b"/id/person/ilena-varo%0d%0aX-Evil:1"))
    page = exchange(address, RawRequest(b"GET", b"/api/v1/relations?limit=1&x=%0d%0aX-Evil:1"))
    assert "%0d%0a" in page.headers["link"].lower()
    assert all("\n" not in value and "\r" not in value for answer in (moved, page) for value in answer.headers.values())


@pytest.mark.parametrize("name", [b"X-Request-Id", b"Host", b"Accept", b"Origin", b"Content-Type", b"If-None-Match"])
@pytest.mark.parametrize(
    "value", [b"a\r\nX-Evil: 1", b"a\nX-Evil: 1", b"a\rX-Evil: 1", b"a\r\n\r\nX-Evil: 1", b"a\x00\x0bX-Evil: 1"]
)
def test_headers_make_no_headers(address: str, name: bytes, value: bytes) -> None:
    for method, target in ((b"GET", b"/sparql?query=ASK%7B%7D"), (b"GET", b"/sparql"), (b"POST", b"/graphs")):
        answer = exchange(address, RawRequest(method, target, ((name, value), (b"Authorization", BEARER[1]))))
        assert "x-evil" not in answer.headers
        assert answer.status != 500
        assert not any("Evil" in header for header in answer.headers.values())


def test_host_of_another_is_in_no_query_but_as_an_iri(address: str) -> None:
    for host in (b"x> } # ", b"a'b", b'a"b', b"a\\u003eb", b"<"):
        answer = exchange(address, RawRequest(b"GET", b"/sparql?query=ASK%7B%3Ca%3E%20%3Fp%20%3Fo%7D", ((b"Host", host),)))
        assert (answer.status, json.loads(answer.body)["boolean"]) == (200, False), host


# Forged lines of log


def test_every_line_of_the_log_is_json(tmp_path: Path) -> None:
    log = tmp_path / "log"
    forged = quote('\n{"status": 200, "path": "/forged"}\n\u2028\x1b[2J', safe="").encode()
    requests = [
        RawRequest(b"GET", b"/" + forged),
        RawRequest(b"GET", b"/graphs/" + forged),
        RawRequest(b"GET", b"/sparql?query=" + forged),
        RawRequest(b"G\nET", b"/"),
        RawRequest(b"GET", b"/health/live", ((b"X-Request-Id", b'a\n{"status": 1}'),)),
        RawRequest(b"GET", b"/health/live", ((b"X-Request-Id", b'a", "path": "/forged'),)),
        RawRequest(b"\xff\n{}", b"/"),
        RawRequest(b"POST", b"/sparql", ((b"Content-Type", b"\x1b[2J"),), b"x"),
        RawRequest(b"GET", b"/sparql?query=ASK%20" + b"%7B" * 3000),
    ]
    with a_served_store(filled(tmp_path), log) as served:
        answered = sum(exchange(served, request).status > 0 for request in requests)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert all(isinstance(line, dict) for line in lines)
    assert sum("status" in line for line in lines) >= answered - 4  # what is no HTTP is answered ahead of the service
    assert not any(line.get("path") == "/forged" for line in lines)


@contextmanager
def a_served_store(folder: Path, log: Path) -> Iterator[str]:
    """Run ``kg serve`` with its log in a file while the block runs."""
    port = free_port()
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(folder), "--port", str(port)]
    with log.open("wb") as file, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=file) as process:
        served = f"http://127.0.0.1:{port}"
        try:
            eventually(lambda: is_up(served))
            yield served
        finally:
            process.terminate()


def is_up(address: str) -> bool:
    try:
        return exchange(address, RawRequest(b"GET", b"/health/ready")).status == 200
    except OSError:
        return False


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until something holds, which no event tells of."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


# Slow clients


def running(address: str) -> int:
    """Return how many queries run."""
    metrics = exchange(address, RawRequest(b"GET", b"/metrics")).body.decode()
    found = re.search(r"^demarche_queries_running ([0-9]+)", metrics, re.MULTILINE)
    assert found is not None
    return int(found[1])


def connected(address: str) -> socket.socket:
    host = urlsplit(address)
    return socket.create_connection((host.hostname or "", host.port or 80), timeout=PATIENCE)


def test_client_that_writes_byte_by_byte_holds_nobody_up(address: str) -> None:
    request = RawRequest(b"GET", b"/sparql?query=ASK%7B%7D&format=csv").head(b"localhost")
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(address)) for _ in range(50)]
        for place in range(len(request) - 1):
            for connection in slow:
                connection.sendall(request[place : place + 1])
            if place % 10 == 0:
                assert query(address, "ASK {}").body == b"true"
        for connection in slow:
            connection.sendall(request[-1:])
            assert b"200 OK" in connection.recv(1000)


def test_client_that_never_reads_holds_nobody_up_and_its_query_is_stopped_when_it_goes(address: str) -> None:
    body = UNFINISHED.encode()
    request = RawRequest(b"POST", b"/sparql", ((b"Content-Type", b"application/sparql-query"),), body).head(b"localhost") + body
    assert running(address) == 0
    with ExitStack() as stack:
        for _ in range(3):
            silent = stack.enter_context(connected(address))
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            silent.sendall(request)
        eventually(lambda: running(address) == 3)
        for _ in range(20):
            assert query(address, "ASK {}").body == b"true"
        assert update(address, "INSERT DATA { GRAPH <x:meanwhile> { <x:a> <x:p> 1 } }").status == 204
        assert running(address) == 3
    eventually(lambda: running(address) == 0)


def test_client_that_goes_in_the_middle_of_its_request_leaves_nothing(address: str) -> None:
    for sent in (
        b"GET /spa",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
    ):
        with connected(address) as connection:
            connection.sendall(sent)
    assert query(address, "ASK {}").body == b"true"
    eventually(lambda: running(address) == 0)
    metrics = exchange(address, RawRequest(b"GET", b"/metrics")).body.decode()
    assert not re.search(r'^demarche_http_requests_total\{.*status="5', metrics, re.MULTILINE)
