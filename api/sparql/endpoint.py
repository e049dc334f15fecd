"""Answer ``/sparql``: straight from the server to the engine, since small queries take less time than a framework's way to a route.

The routes in ``api.routes.sparql`` describe it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace

from rdflib import Graph
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import respond_to
from api.negotiation import accept_of, choose
from api.problems import ProblemError
from api.security.access import require
from api.sparql.answers import AnswerResponse, while_connected
from api.sparql.description import describe_service
from api.sparql.requests import UPDATE, SparqlRequest, read_request
from kg.config import Settings
from kg.errors import MalformedQueryError, QueryError
from kg.store.engine.protocol import ANY_FORM, Engine, QueryJob
from kg.store.engine.served import ServedStore
from kg.store.protocol import AnswerKind
from kg.store.sparql.lexing import tokens
from kg.store.sparql.screening import MAY_CALL, refuse_services, screen_query

PATH = "/sparql"
METHODS = "GET, HEAD, OPTIONS, POST"

_ROUTE = SimpleNamespace(path=PATH)
_INLINE = 20_000
"""How many characters are screened at once; more, in a thread."""

_PLAIN_QUERY = re.compile(
    r"""\s*(?:(?:PREFIX\s+[\w.-]*:\s*<[^<>"{}|^`\\\s]*>|BASE\s+<[^<>"{}|^`\\\s]*>)\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b""",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\s]*>")
_FORMS: dict[str, AnswerKind] = {"SELECT": "solutions", "ASK": "boolean", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
_LONGEST_CHARACTER = 4
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?", re.ASCII)


class SparqlEndpoint:
    """Middleware that answers requests for ``/sparql`` itself, and leaves the others to the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in ("GET", "POST", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        scope["route"] = _ROUTE
        request = Request(scope, receive)
        try:
            response = await respond(request)
        except Exception as error:
            response = respond_to(request, error)
        await response(scope, receive, send)


async def respond(request: Request) -> Response:
    """Answer a request to ``/sparql``. Raise ProblemError and DemarcheError."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": METHODS})
    engine: Engine = request.app.state.engine
    settings: Settings = request.app.state.settings
    asked = await read_request(request)
    if asked.text is None:
        return _description(request, settings, format=asked.format)
    if asked.operation == "update":
        return await _update(request, engine, settings, asked)
    _check_length(asked.text, settings)
    base = _base(asked.text, request)
    job = QueryJob(
        text=base + asked.text,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        union_default=settings.default_graph == "union" if asked.union is None else asked.union,
        timeout=asked.timeout,
    )
    with _placed_without(base):
        return await answer(request, job, format=asked.format)


async def answer(request: Request, job: QueryJob, *, format: str | None) -> Response:  # noqa: A002  # as the URL has it
    """Evaluate a query; give the answer in the form of this name, or else in the one that the request accepts."""
    engine: Engine = request.app.state.engine
    settings: Settings = request.app.state.settings
    kind = await _screened(job.text, reaching=_reaches(engine))
    media_type = serialized_as = ANY_FORM
    if kind is not None:
        media_type, serialized_as = choose(accept_of(request), triples=kind == "triples", name=format)
    job = QueryJob(
        text=job.text,
        media_type=serialized_as,
        default_graphs=job.default_graphs,
        named_graphs=job.named_graphs,
        union_default=job.union_default,
        timeout=job.timeout,
        max_rows=settings.max_rows or None,
        client=request.client.host if request.client is not None else "",
    )
    result = engine.kept(job)
    if result is None:
        result = await while_connected(request, engine.query(job))
    if kind is None:
        await result.chunks.aclose()
        raise MalformedQueryError(
            "The query is malformed: it begins with no SELECT, ASK, CONSTRUCT or DESCRIBE. Put white space around its words."
        )
    headers = {"Vary": "Accept", "Demarche-Snapshot": str(result.snapshot)}
    if result.truncated:
        headers["Demarche-Rows-Limited"] = str(job.max_rows)
    return AnswerResponse(result, media_type=media_type, headers=headers)


def public_url(request: Request) -> str:
    """Return the address of the request as clients know it, without its parameters."""
    settings: Settings = request.app.state.settings
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.decode("ascii", errors="replace")
    if settings.public_url is not None:
        return settings.public_url + path
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):  # what a client says of itself stands in queries and descriptions
        host = ":".join(str(part) for part in request.scope.get("server") or ("localhost",))
    return f"{request.scope['scheme']}://{host}{path}"


def _reaches(engine: Engine) -> bool:
    """Tell whether an engine may ask other hosts; one over a server or a store that was given never does."""
    return isinstance(engine, ServedStore) and engine.outreach is not None


async def _screened(text: str, *, reaching: bool) -> AnswerKind | None:
    """Return the form of a query, None where it is not plain to see. Raise RefusedError where it uses SERVICE and the
    store is not ``reaching`` any host.
    """
    plain = _plain_form(text) if len(text) < _INLINE else None
    if plain is not None:
        return plain
    screened = screen_query(text) if len(text) < _INLINE else await asyncio.to_thread(screen_query, text)
    if not reaching:
        refuse_services(text, screened.clauses)
    return screened.form


@lru_cache(maxsize=1024)
def _plain_form(text: str) -> AnswerKind | None:
    begin = _PLAIN_QUERY.match(text)
    return _FORMS[begin[1].upper()] if begin is not None and not MAY_CALL.search(text) else None


async def _update(request: Request, engine: Engine, settings: Settings, asked: SparqlRequest) -> Response:
    if request.method != "POST":
        raise ProblemError(
            405,
            "method-not-allowed",
            "An update is sent by POST alone.",
            advice=f"Send it as {UPDATE}, or as the field 'update' of a form.",
            headers={"Allow": METHODS},
        )
    require(request, "write")
    text = asked.text or ""
    _check_length(text, settings)
    base = _base(text, request)
    text = base + text
    with _placed_without(base):
        number = await engine.update(text, using=asked.default_graphs, using_named=asked.named_graphs, timeout=asked.timeout)
    return Response(status_code=204, headers={"Demarche-Snapshot": str(number)})


def _check_length(text: str, settings: Settings) -> None:
    if len(text) > settings.max_query or (len(text) * 4 > settings.max_query and len(text.encode()) > settings.max_query):
        raise ProblemError(
            413,
            "query-too-large",
            f"The query or update has more than {settings.max_query} bytes.",
            advice="Send it in parts, or graphs to /graphs; or raise max_query on the server.",
        )


def _base(text: str, request: Request) -> str:
    """Return a line that declares the service's address as the base; "" unless an IRI is relative and the text declares none."""
    if len(text) > _INLINE or not _RELATIVE.search(text):
        return ""
    words = tokens(text)
    if any(token.is_word("BASE") for token in words):
        return ""
    relative = any(token.kind == "iri" and _RELATIVE.match(token.text) for token in words)
    return f"BASE <{public_url(request)}>\n" if relative else ""


@contextmanager
def _placed_without(base: str) -> Iterator[None]:
    """Count the lines of an error without the one that was put before the text."""
    try:
        yield
    except QueryError as error:
        if not base or error.line is None:
            raise
        message = error.message.replace(f"line {error.line}, column", f"line {error.line - 1}, column")
        raise type(error)(message, error.line - 1, error.column) from None


def _description(request: Request, settings: Settings, *, format: str | None) -> Response:  # noqa: A002
    media_type, written_as = choose(accept_of(request), triples=True, name=format)
    described: Graph = describe_service(
        public_url(request),
        union=settings.default_graph == "union",
        updates=bool(request.app.state.tokens),
        federated=_reaches(request.app.state.engine),
    )
    names = {
        "text/turtle": "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
    }
    return Response(
        described.serialize(format=names[written_as], encoding="utf-8"),
        media_type=media_type,
        headers={"Vary": "Accept", "Allow": METHODS},
    )
