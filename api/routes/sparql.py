"""The SPARQL 1.1 protocol, for queries: by GET, by a form, and by a body that is the query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.dependencies import StoreOfApp
from api.negotiation import RESULT_NAMES, TRIPLE_NAMES, choose
from api.problems import ProblemError, responses
from kg.store.protocol import Store

router = APIRouter(tags=["sparql"])

EXAMPLE_QUERY = "SELECT ?name WHERE { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name"
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_DATASET_PARAMETERS = ("default-graph-uri", "named-graph-uri")
_MOST_FIELDS = 100

_CONTENT = {
    "application/sparql-results+json": {
        "example": {
            "head": {"vars": ["name"]},
            "results": {"bindings": [{"name": {"type": "literal", "value": "Ilena Varo"}}]},
        }
    },
    "application/sparql-results+xml": {},
    "text/csv": {"example": "name\r\nIlena Varo\r\n"},
    "text/tab-separated-values": {"example": '?name\n"Ilena Varo"\n'},
    "text/turtle": {"example": '<https://w3id.org/demarche/id/person/ilena-varo> a dem:Person ;\n\trdfs:label "Ilena Varo" .\n'},
    "application/n-triples": {},
    "application/ld+json": {},
    "application/rdf+xml": {},
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole answer, in the form that was asked for.", "content": _CONTENT},
    **responses(400, 403, 406),
}
_FORMAT_DESCRIPTION = (
    f"The form of the answer, in place of the Accept header: {', '.join(RESULT_NAMES)} for SELECT and ASK; "
    f"{', '.join(TRIPLE_NAMES)} for CONSTRUCT and DESCRIBE; or a media type."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """A query as it came, by whichever way, and the name of the format if one was given."""

    query: str
    format: str | None


async def _from_url(request: Request) -> QueryRequest:
    return _read(request.query_params.multi_items())


async def _from_body(request: Request) -> QueryRequest:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    in_url = request.query_params.multi_items()
    if content_type == _FORM:
        return _read([*in_url, *_form_fields(await request.body())])
    if content_type == _DIRECT:
        return _read([*in_url, ("query", _text(await request.body()))])
    if content_type == _UPDATE:
        raise _update_refused()
    raise ProblemError(
        415,
        "unsupported-media-type",
        f"A query cannot be read from {content_type or 'a body without a Content-Type'}.",
        advice=f"Send the query itself as {_DIRECT}, or a form with the field 'query' as {_FORM}.",
        headers={"Accept": f"{_DIRECT}, {_FORM}"},
    )


@router.get(
    "/sparql",
    summary="Ask a query, in the address",
    responses=_RESPONSES,
    response_class=Response,
    operation_id="query_by_get",
)
def query_by_get(
    request: Request,
    store: StoreOfApp,
    asked: Annotated[QueryRequest, Depends(_from_url)],
    query: Annotated[  # noqa: ARG001  # read by _from_url; here it tells OpenAPI
        str | None, Query(description="A SPARQL 1.1 query; the usual prefixes need no declaration.", examples=[EXAMPLE_QUERY])
    ] = None,
    format: Annotated[str | None, Query(description=_FORMAT_DESCRIPTION, examples=["csv"])] = None,  # noqa: A002, ARG001
) -> Response:
    """Evaluate a SPARQL 1.1 query over all graphs; the default graph is their union.

    SELECT and ASK answer in JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE in Turtle, N-Triples, JSON-LD or RDF/XML. SERVICE is
    refused. A malformed query is answered with the line and the column at fault.
    """
    return answer(request, store, asked.query, format=asked.format)


@router.post(
    "/sparql",
    summary="Ask a query, in the body",
    responses={**_RESPONSES, **responses(415)},
    response_class=Response,
    operation_id="query_by_post",
    openapi_extra={
        "parameters": [
            {"name": "format", "in": "query", "schema": {"type": "string"}, "description": _FORMAT_DESCRIPTION, "example": "csv"}
        ],
        "requestBody": {
            "required": True,
            "content": {
                _DIRECT: {"schema": {"type": "string"}, "example": EXAMPLE_QUERY},
                _FORM: {
                    "schema": {
                        "type": "object",
                        "properties": {"query": {"type": "string"}, "format": {"type": "string"}},
                        "required": ["query"],
                    },
                    "example": {"query": EXAMPLE_QUERY, "format": "csv"},
                },
            },
        },
    },
)
def query_by_post(request: Request, store: StoreOfApp, asked: Annotated[QueryRequest, Depends(_from_body)]) -> Response:
    """Evaluate a SPARQL 1.1 query that is the body itself or the form field ``query``; for long queries. Updates are refused."""
    return answer(request, store, asked.query, format=asked.format)


def answer(request: Request, store: Store, query: str, *, format: str | None) -> Response:  # noqa: A002  # as the URL has it
    """Evaluate a query; give the answer in the form of this name, or else in the one that the request accepts."""
    found = store.query(query)
    media_type, serialized_as = choose(request, triples=found.kind == "triples", name=format)
    return Response(found.serialize(serialized_as), media_type=media_type, headers={"Vary": "Accept"})


def _read(fields: list[tuple[str, str]]) -> QueryRequest:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _update_refused()
    unserved = [name for name in _DATASET_PARAMETERS if name in values]
    if unserved:
        raise ProblemError(
            400,
            "bad-parameter",
            f"The parameter {unserved[0]!r} is not served.",
            advice="Name the graphs in the query itself, with FROM and FROM NAMED.",
        )
    if len(values.get("query", [])) != 1:
        raise ProblemError(
            400,
            "bad-parameter",
            "There is no query." if "query" not in values else "There is more than one query.",
            advice="Give the parameter 'query' once: /sparql?query=SELECT… (percent-encoded), or POST it.",
        )
    return QueryRequest(query=values["query"][0], format=values.get("format", [None])[-1] or None)


def _form_fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(body), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProblemError(
            400, "malformed-form", f"The form is malformed: {error}.", advice="Percent-encode its fields as UTF-8."
        ) from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, "malformed-text", f"The body is not UTF-8: {error}.", advice="Send it as UTF-8.") from error


def _update_refused() -> ProblemError:
    return ProblemError(
        403,
        "read-only",
        "The store is served for reading only, so updates are refused.",
        advice="Add documents with 'kg build' while the server is stopped. Queries go into the parameter 'query'.",
    )
