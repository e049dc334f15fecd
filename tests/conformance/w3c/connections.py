"""Read the requests that the W3C's protocol tests describe, send them, and hold the responses to what is expected of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import httpx2
import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from tests.conformance.w3c.comparing import same_rows
from tests.conformance.w3c.manifests import MF, RDFS, UT, Description, Loaded, Suite
from tests.conformance.w3c.results import read_answer

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"

_STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
_TABULAR = (
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/tab-separated-values",
    "text/csv",
)
_FORMS = {
    "boolean": _TABULAR[:2],
    "tabular": _TABULAR,
    "RDF": ("application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"),
}


class Sender(Protocol):
    """What sends a request to a server."""

    def request(self, method: str, target: str, *, headers: dict[str, str], content: bytes | None) -> httpx2.Response:
        """Send a request."""
        ...

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of a response; None: anything.

    ``statuses`` are status codes, or their first digits; ``form`` is the kind of answer; ``location`` is what the address in the Location
    header is called in the requests that follow; ``graph`` is RDF of the expected media type.
    """

    statuses: frozenset[int]
    boolean: bool | None = None
    form: str | None = None
    location: str | None = None
    media_type: str | None = None
    graph: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request, and what is expected of its response."""

    method: str
    target: str
    headers: dict[str, str]
    content: bytes | None
    expected: Expected

    @property
    def is_update(self) -> bool:
        """Whether this is meant for where a server takes updates."""
        content = self.content or b""
        direct = self.headers.get("content-type", "").startswith("application/sparql-update")
        return self.method == "POST" and (direct or content.startswith((b"update=", b"CLEAR")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One test: data to be there before it, and its requests in their order."""

    iri: str
    before: tuple[Loaded, ...]
    exchanges: tuple[Exchange, ...]


def read_connections(suite: Suite, manifest: str) -> Iterator[Connection]:
    """Yield the tests of a manifest."""
    for entry, described in suite.entries(manifest):
        assert isinstance(entry, NamedNode)
        requests = described.items(described.one(described.one(entry, MF + "action"), HT + "requests"))
        yield Connection(
            iri=entry.value,
            before=tuple(
                Loaded(suite.file(described.one(data, UT + "graph")), described.text(data, RDFS + "label"))
                for data in described.all(entry, UT + "graphData")
            ),
            exchanges=tuple(_exchange(request, described) for request in requests),
        )


def run_connection(connection: Connection, server: Sender, *, begins: str, path: Callable[[Exchange], str]) -> None:
    """Send the requests, with the server's own ``path`` in place of how the manifest's ones begin. Fails by an AssertionError."""
    names: dict[str, str] = {}
    for exchange in connection.exchanges:
        target, content = exchange.target, exchange.content
        for name, value in names.items():
            target = target.replace(name, value)
            content = content and content.replace(name.encode(), value.encode())
        assert target.startswith(begins), target
        target = path(exchange) + target.removeprefix(begins)
        response = server.request(exchange.method, target, headers=exchange.headers, content=content)
        _check(response, exchange.expected, base=server.address(target))
        if exchange.expected.location is not None:
            names[exchange.expected.location] = response.headers["Location"]


def _check(response: httpx2.Response, expected: Expected, *, base: str) -> None:
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
    request = response.request
    said = f"{request.method} {request.url}: {response.status_code} {media_type}: {response.text[:1000]}"
    assert expected.statuses & {response.status_code, response.status_code // 100}, said
    if expected.form is not None:
        assert media_type in _FORMS[expected.form], said
    if expected.boolean is not None:
        assert read_answer(response.content, media_type).boolean == expected.boolean, said
    if expected.media_type is not None:
        assert media_type == expected.media_type, said
    if expected.location is not None:
        assert response.headers.get("Location"), said
    if expected.graph is not None:
        found, wanted = (_triples(content, media_type, base) for content in (response.content, expected.graph))
        assert same_rows(found, wanted), said


def _triples(content: bytes, media_type: str, base: str) -> list[tuple[object, ...]]:
    form = RdfFormat.from_media_type(media_type)
    return [tuple(quad.triple) for quad in pyoxigraph.parse(content, format=form, base_iri=base)]


def _exchange(request: object, described: Description) -> Exchange:
    response = described.one(request, HT + "resp")
    boolean = described.optional(response, MF + "expectedBoolean")
    statuses = (described.name(status) for status in described.all(response, MF + "expectedStatus"))
    media_type = _headers(response, described).get("content-type")
    return Exchange(
        method=described.text(request, HT + "methodName"),
        target=described.text(request, HT + "absolutePath"),
        headers=_headers(request, described),
        content=_body(request, described),
        expected=Expected(
            statuses=frozenset(_STATUSES.get(status) or int(status.removeprefix("StatusCode")[0]) for status in statuses),
            boolean=None if boolean is None else boolean == "true",
            form=described.optional(response, MF + "expectedFormat"),
            location=described.optional(response, MF + "expectedLocation"),
            media_type=None if media_type is None else media_type.partition(";")[0],
            graph=_body(response, described),
        ),
    )


def _headers(message: object, described: Description) -> dict[str, str]:
    headers = described.items(described.one(message, HT + "headers"))
    return {described.text(header, HT + "fieldName"): described.text(header, HT + "fieldValue") for header in headers}


def _body(message: object, described: Description) -> bytes | None:
    body = described.one(message, HT + "body")
    if body is None:
        return None
    return described.text(body, CNT + "chars").encode(described.text(body, CNT + "characterEncoding"))
