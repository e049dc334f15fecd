"""URLs, against a server in this process."""

from __future__ import annotations

import datetime
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.config import Settings
from kg.errors import ReadingError
from kg.reading.sources import read
from kg.reading.web import fetch
from kg.records import Document

SETTINGS = Settings(max_bytes=2_000)
Answer = Callable[[BaseHTTPRequestHandler], None]


def say(body: bytes, media_type: str | None = "text/plain; charset=utf-8", *, status: int = 200, **headers: str) -> Answer:
    """An answer with this body; a header is given with ``_`` for ``-``."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if media_type is not None:
            request.send_header("Content-Type", media_type)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/plain")
    request.end_headers()
    try:
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.02)
    except OSError:  # the client has hung up, as it should
        pass


PAGE = b'<title>Call</title><meta name="date" content="2025-11-23"><p>Talks in Z\xfcrich.</p>'
ANSWERS: dict[str, Answer] = {
    "/call.txt": say("Talks in Zürich.\r\n".encode()),
    "/latin": say(b"Z\xfcrich", "text/plain; charset=ISO-8859-1"),
    "/call.html": say(PAGE, "text/html; charset=windows-1252"),
    "/octets": say(b"Talks.", "application/octet-stream"),
    "/lines": say(b'{"text": "One."}\n{"text": "Two."}\n', "application/x-ndjson"),
    "/moved": say(b"", status=302, Location="/call.txt"),
    "/away": say(b"", status=302, Location="file:///etc/hostname"),
    "/files": say(b"", status=302, Location="ftp://127.0.0.1/call.txt"),
    "/ring": say(b"", status=302, Location="/ring"),
    "/gone": say(b"No.", status=410),
    "/image": say(b"\x89PNG", "image/png"),
    "/large": say(b"x" * 2_001),
    "/stream": say(b"x" * 2_001, Content_Length="", Connection="close"),
    "/short": say(b"Talks", Content_Length="500"),
    "/packed": say(b"\x1f\x8b", Content_Encoding="gzip"),
    "/empty": say(b""),
    "/drip": drip,
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the table above."""

    def do_GET(self) -> None:
        ANSWERS.get(self.path.partition("?")[0], say(b"Not here.", status=404))(self)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "name", "document"),
    [
        ("/call.txt", "127.0.0.1-call", Document(id="", text="Talks in Zürich.\n")),
        ("/moved", "127.0.0.1-moved", Document(id="", text="Talks in Zürich.\n")),
        ("/latin", "127.0.0.1-latin", Document(id="", text="Zürich")),
        ("/octets", "127.0.0.1-octets", Document(id="", text="Talks.")),
        (
            "/call.html",
            "127.0.0.1-call",
            Document(id="", text="Talks in Zürich.", title="Call", date=datetime.date(2025, 11, 23)),
        ),
    ],
)
def test_read_takes_a_url(server: str, path: str, name: str, document: Document) -> None:
    [got] = read(server + path, settings=SETTINGS)
    assert (got.id, got.source, got.text, got.title, got.date) == (
        name,
        server + path,
        document.text,
        document.title,
        document.date,
    )


def test_read_takes_json_lines_of_a_url(server: str) -> None:
    assert [document.id for document in read(f"{server}/lines", settings=SETTINGS)] == ["127.0.0.1-lines-1", "127.0.0.1-lines-2"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the server answered 404 Not Found"),
        ("/gone", "the server answered 410 Gone"),
        ("/ring", "the server answered 302"),
        ("/image", "image/png, no text"),
        ("/large", "larger than 2000 bytes"),
        ("/stream", "larger than 2000 bytes"),
        ("/short", "broke off after 5 of 500 bytes"),
        ("/packed", "packed as 'gzip'"),
        ("/empty", "empty, or only white space"),
    ],
)
def test_read_raises_for_what_the_server_has_not(server: str, path: str, message: str) -> None:
    with pytest.raises(ReadingError, match=f"^{server}{path}: .*{message}"):
        list(read(server + path, settings=SETTINGS))


def test_fetch_follows_no_redirect_off_the_web(server: str) -> None:
    with pytest.raises(ReadingError, match="Redirection to url 'file:///etc/hostname' is not allowed"):
        fetch(f"{server}/away", max_bytes=2_000)
    with pytest.raises(ReadingError, match="unknown url type: ftp"):
        fetch(f"{server}/files", max_bytes=2_000)


def test_fetch_raises_where_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(ReadingError, match=f"^{url}: no answer "):
            fetch(url, max_bytes=2_000)


def test_fetch_raises_where_the_server_keeps_silent() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(ReadingError, match=r"no answer \(timed out\)"):
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", max_bytes=2_000, silence=0.1)


def test_fetch_raises_where_the_server_drips(server: str) -> None:
    with pytest.raises(ReadingError, match="still not all there"):
        fetch(f"{server}/drip", max_bytes=2_000, deadline=0.2)
