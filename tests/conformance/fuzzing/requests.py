"""Requests to ``/sparql`` and ``/graphs`` that may be right, a little wrong, or wrong altogether."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from tests.conformance.fuzzing.raw import RawRequest
from tests.conformance.fuzzing.texts import GRAPHS, QUERIES, UPDATES, texts

_LONGEST_TARGET = 60_000
Header = tuple[bytes, bytes]
T = TypeVar("T")

_ACCEPTS = [
    *(
        "*/*",
        "text/csv",
        "text/turtle",
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "application/ld+json",
    ),
    *(
        "application/rdf+xml",
        "application/trig;q=0.5, */*;q=0",
        "text/html",
        "",
        ",",
        ";",
        "a/b/c",
        "*/csv",
        "text/csv;q=x",
        "text/*;q=2",
    ),
    *(
        "q=1",
        "text/csv;q=0.00000001",
        "text/turtle;version=1.2",
        ", ".join(["a/b"] * 500),
        "/" * 1000,
        "é",
        "*",
        "text/csv;" * 50,
    ),
]
_TYPES = [
    *(
        "application/sparql-query",
        "application/sparql-update",
        "application/x-www-form-urlencoded",
        "text/turtle",
        "application/n-triples",
    ),
    *(
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
        "text/n3",
        "application/json",
        "text/plain",
    ),
    *(
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        'multipart/form-data; boundary="x',
    ),
    *(
        "",
        "nonsense",
        "a/b; charset=latin-1",
        "application/sparql-query; charset=utf-16",
        'text/turtle; charset="utf-8',
        "text/turtle;;;",
    ),
    *('application/ld+json; profile="http://127.0.0.1:9/"', "application/sparql-query, text/turtle", "*/*", "a" * 5000),
]
_RDF_TYPES = [
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
]
_HEADERS: list[Header] = [
    *((b"Content-Encoding", value) for value in (b"gzip", b"x-gzip", b"br", b"identity", b"gzip, gzip", b"", b"\xff")),
    *((b"Content-Length", value) for value in (b"0", b"5", b"99999", b"-1", b"1e3", b"99999999999999999999999", b"x", b"")),
    *((b"Transfer-Encoding", value) for value in (b"chunked", b"gzip, chunked", b"identity", b"x")),
    *((b"Host", value) for value in (b"", b"a b", b"127.0.0.1:99999", b"[::1", b"<x>", b"'\"", b"h" * 3000, b"\xe9")),
    *(
        (b"Authorization", value)
        for value in (b"", b"Bearer", b"Bearer " + b"x" * 20, b"Basic eDp4", b"\xff\xfe", b"Bearer " + b"x" * 9000)
    ),
    *((b"X-Request-Id", value) for value in (b"", b"a" * 65, b"\xff", b"a b")),
    *((b"Expect", value) for value in (b"100-continue", b"x")),
    *((b"If-None-Match", value) for value in (b"*", b'"1"', b"W/", b",")),
    *((b"Accept-Encoding", value) for value in (b"gzip", b"*;q=0", b"br", b",,;q=")),
    *(
        (b"Origin", b"null"),
        (b"Range", b"bytes=0-1"),
        (b"Connection", b"upgrade"),
        (b"Upgrade", b"h2c"),
        (b"Forwarded", b"host=x"),
    ),
    *(
        (b"X-Forwarded-For", b"x"),
        (b"X-Forwarded-Proto", b"javascript"),
        (b"Cookie", b"a=" + b"b" * 3000),
        (b"X-HTTP-Method-Override", b"PUT"),
    ),
]
_METHODS = [b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"QUERY", b"get", b"X" * 100]
_IRIS = st.sampled_from(
    [
        *(
            "x:g",
            "https://w3id.org/demarche/id/graph/curation",
            "file:///etc/passwd",
            "http://127.0.0.1:9/",
            "",
            "relative",
            "//h/p",
            "?a#b",
        ),
        *(
            "a b",
            "<x:g>",
            "x:g> } CLEAR ALL #",
            "x:\n",
            "x:\x00",
            "x:é",
            "x:\u202e",
            "http://[::1",
            "urn:" + "x" * 5000,
            "x:%zz",
            "\\u0041:b",
        ),
    ]
) | st.text(max_size=30)


@st.composite
def sparql_requests(draw: st.DrawFn, token: str) -> RawRequest:
    """Return a request to ``/sparql``."""
    name = draw(st.sampled_from(["query", "query", "query", "query", "update", "update", "update", "update", "Query", ""]))
    text = draw(texts(*(QUERIES if name == "query" else UPDATES if name == "update" else (*QUERIES, *UPDATES))))
    fields = draw(_seldom(st.lists(_fields(), min_size=1, max_size=3), list[tuple[str, str]]()))
    headers = draw(_common(token))
    way = draw(st.sampled_from(["get", "form", "direct", "direct", "direct", "any"]))
    if way == "get":
        target = _target("/sparql", [(name, text), *fields], draw)
        return RawRequest(draw(_seldom(st.sampled_from(_METHODS), b"GET")), target, headers)
    if way == "form":
        split = draw(st.integers(0, len(fields)))
        body = _encoded([(name, text), *fields[split:]], draw)
        headers = ((b"Content-Type", b"application/x-www-form-urlencoded"), *headers)
        return RawRequest(b"POST", _target("/sparql", fields[:split], draw), headers, body)
    if way == "direct":
        headers = ((b"Content-Type", f"application/sparql-{name or 'query'}".lower().encode()), *headers)
        return RawRequest(b"POST", _target("/sparql", fields, draw), headers, _bytes(text, draw))
    kind = draw(st.sampled_from(_TYPES)).encode()
    body = draw(st.binary(max_size=300) | st.just(_bytes(text, draw)))
    return RawRequest(
        draw(st.sampled_from(_METHODS)), _target("/sparql", fields, draw), ((b"Content-Type", kind), *headers), body
    )


@st.composite
def graph_requests(draw: st.DrawFn, token: str) -> RawRequest:
    """Return a request to ``/graphs``."""
    path = draw(
        st.sampled_from(["/graphs", "/graphs", "/graphs/", "/graphs/people/1", "/graphs//", "/graphs/%2e%2e/%00", "/graphs/é"])
    )
    named = st.tuples(st.sampled_from(["graph", "graph", "default", "Graph", "format"]), _IRIS)
    target = _target(path, draw(st.lists(named, max_size=2)), draw)
    headers = draw(_common(token))
    method = draw(_seldom(st.sampled_from(_METHODS), draw(st.sampled_from([b"GET", b"PUT", b"POST", b"DELETE"]))))
    if method in (b"GET", b"HEAD", b"DELETE"):
        return RawRequest(method, target, headers)
    kind = draw(st.sampled_from(_TYPES) | st.sampled_from(_RDF_TYPES))
    body = draw(_seldom(st.binary(max_size=300), b"")) or _bytes(draw(texts(*GRAPHS)), draw)
    if kind.startswith("multipart"):
        body = b"".join(draw(_part()) for _ in range(draw(st.integers(0, 3)))) + draw(
            st.sampled_from([b"--x--\r\n", b"--x", b""])
        )
    return RawRequest(method, target, ((b"Content-Type", kind.encode()), *headers), body)


@st.composite
def _part(draw: st.DrawFn) -> bytes:
    disposition = draw(
        st.sampled_from(['form-data; name="a"; filename="a.ttl"', 'form-data; name="a"', "form-data", "x", 'form-data; name="'])
    )
    kind = draw(st.sampled_from(_TYPES))
    body = draw(st.binary(max_size=100)) if draw(st.booleans()) else draw(texts(*GRAPHS)).encode(errors="replace")
    end = draw(st.sampled_from([b"\r\n", b"\r\n", b"\n", b""]))
    return (
        b"--x"
        + end
        + f"Content-Disposition: {disposition}".encode()
        + end
        + f"Content-Type: {kind}".encode()
        + end
        + end
        + body
        + end
    )


def _fields() -> st.SearchStrategy[tuple[str, str]]:
    others = [
        *("format", "default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri", "union-default-graph"),
        *("timeout", "query", "update", "unknown", ""),
    ]
    values = [
        *(
            "csv",
            "xml",
            "turtle",
            "jsonld",
            "nope",
            "",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "1e999",
            "nan",
            "0.001",
            "99999999",
            "x:g",
        ),
        *("ASK{}", "CLEAR ALL", "text/csv", "\x00", "é"),
    ]
    return st.tuples(st.sampled_from(others), st.sampled_from(values) | _IRIS)


def _common(token: str) -> st.SearchStrategy[tuple[Header, ...]]:
    """Return headers that any request may have, with the token more often than not."""
    accepts = st.sampled_from(_ACCEPTS).map(lambda value: [(b"Accept", value.encode())])
    odd = st.lists(st.sampled_from(_HEADERS), min_size=1, max_size=2)
    groups = st.tuples(
        _seldom(st.just(list[Header]()), [(b"Authorization", f"Bearer {token}".encode())]),
        accepts | st.just([]),
        _seldom(odd, []),
    )
    return groups.map(lambda parts: tuple(header for part in parts for header in part))


def _target(path: str, fields: list[tuple[str, str]], draw: st.DrawFn) -> bytes:
    query = _encoded(fields, draw)
    target = quote(path, safe="/%").encode() + (b"?" + query if query else b"")
    return target[:_LONGEST_TARGET]


def _encoded(fields: list[tuple[str, str]], draw: st.DrawFn) -> bytes:
    pairs = [f"{name}={quote_plus(value, errors='replace')}" for name, value in fields if name or value]
    encoded = draw(_seldom(st.sampled_from(["&&", ";"]), "&")).join(pairs)
    harm = draw(_seldom(st.sampled_from(["%", "%zz", "%ff%fe", "%00", "&=&", "+", "%C3%28", "#x"]), ""))
    at = draw(st.integers(0, len(encoded))) if harm else 0
    return (encoded[:at] + harm + encoded[at:]).encode()


def _bytes(text: str, draw: st.DrawFn) -> bytes:
    """Encode a text, mostly as UTF-8."""
    return text.encode(draw(_seldom(st.sampled_from(["utf-8-sig", "utf-16", "latin-1"]), "utf-8")), errors="replace")


def _seldom(odd: st.SearchStrategy[T], plain: T) -> st.SearchStrategy[T]:
    """Return something odd now and then: all at once would only ever show what is refused first."""
    return st.integers(0, 7).flatmap(lambda chance: odd if chance == 0 else st.just(plain))
