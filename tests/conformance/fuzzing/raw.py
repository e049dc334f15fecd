"""Requests byte by byte, as no client that minds the rules would send them, and the answers to them."""

from __future__ import annotations

import gzip
import json
import socket
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

PATIENCE = 60.0
"""Seconds that an answer may take before the server is taken for hung."""

_LONG = 2000
NO_HTTP = b"Invalid HTTP request received."
"""What the HTTP server itself says to what is none."""


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request as it is sent. Headers are added that any client sends: Host, Connection and Content-Length, where they are not given."""

    method: bytes
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""

    def __repr__(self) -> str:
        """Tell what can be read by a person."""
        body = self.body if len(self.body) < _LONG else self.body[: _LONG // 2] + b" ... " + self.body[-_LONG // 2 :]
        headers = tuple((name, value[:_LONG]) for name, value in self.headers)
        return f"RawRequest({self.method!r}, {self.target[:_LONG]!r}, {headers!r}, {body!r})"

    def head(self, host: bytes) -> bytes:
        """Return the request's lines, up to its body."""
        given = {name.lower() for name, _ in self.headers}
        headers = list(self.headers)
        for name, value in ((b"Host", host), (b"Connection", b"close")):
            if name.lower() not in given:
                headers.append((name, value))
        if self.body and not given & {b"content-length", b"transfer-encoding"}:
            headers.append((b"Content-Length", str(len(self.body)).encode()))
        lines = [b" ".join((self.method, self.target, b"HTTP/1.1")), *(b": ".join(header) for header in headers)]
        return b"\r\n".join([*lines, b"", b""])


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer, whole or broken off; status 0 stands for a connection that was closed without one."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True


def exchange(address: str, request: RawRequest) -> RawAnswer:
    """Send a request, then nothing more, and read what comes."""
    host = urlsplit(address)
    assert host.hostname is not None
    with socket.create_connection((host.hostname, host.port or 80), timeout=PATIENCE) as connection:
        try:
            connection.sendall(request.head(host.netloc.encode()) + request.body)
            if any(name.lower() in (b"content-length", b"transfer-encoding") for name, _ in request.headers):
                connection.shutdown(socket.SHUT_WR)  # there may be less than is promised
        except OSError:
            pass  # the server has hung up, but may have answered before
        return _read(connection, request.method)


def _read(connection: socket.socket, method: bytes) -> RawAnswer:
    response = HTTPResponse(connection, method=method.decode("latin-1"))
    try:
        response.begin()
    except (HTTPException, ConnectionError):
        return RawAnswer(0)
    headers = {name.lower(): value for name, value in response.getheaders()}
    try:
        body = response.read()
        packed = headers.get("content-encoding") == "gzip" and method != b"HEAD"
        return RawAnswer(response.status, headers, gzip.decompress(body) if packed else body)
    except (HTTPException, ConnectionError):
        return RawAnswer(response.status, headers, whole=False)
    finally:
        response.close()


def fault_of(answer: RawAnswer, request: RawRequest) -> str | None:
    """Tell what is wrong with an answer, whatever was asked: None if nothing is."""
    if answer.status == 0 or answer.status < 400:
        return None
    if answer.status == 400 and answer.body == NO_HTTP:
        return None
    if answer.status >= 500 and answer.status not in (503, 504, 507):
        return f"status {answer.status}: {answer.body[:2000]!r}"
    if request.method == b"HEAD":
        return None
    if answer.headers.get("content-type") != "application/problem+json":
        return f"status {answer.status} as {answer.headers.get('content-type')}"
    try:
        problem = json.loads(answer.body)
    except ValueError:
        return f"no JSON: {answer.body[:2000]!r}"
    lacking = {"type", "title", "status", "detail", "instance", "advice"} - problem.keys()
    if lacking or problem["status"] != answer.status or not problem["advice"]:
        return f"lacks {sorted(lacking)}: {problem}"
    if answer.status == 503 and not problem["type"].endswith("#busy"):
        return f"what was asked broke something: {problem}"
    return None
