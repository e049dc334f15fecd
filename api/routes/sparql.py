"""The SPARQL 1.1 protocol as it is described to those who use it; ``api.sparql.endpoint`` answers, ahead of the routes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import RESULT_NAMES, TRIPLE_NAMES
from api.problems import responses
from api.sparql.endpoint import respond
from api.sparql.requests import FORM, QUERY, UPDATE

router = APIRouter(tags=["sparql"])

EXAMPLE_QUERY = "SELECT ?name WHERE { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name"

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
    "application/trig": {},
    "application/n-quads": {},
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole answer, in the form that was asked for.", "content": _CONTENT},
    **responses(400, 406, 413, 429, 503, 504, 507),
}
_FORMAT_DESCRIPTION = (
    f"The form of the answer, in place of the Accept header: {', '.join(RESULT_NAMES)} for SELECT and ASK; "
    f"{', '.join(TRIPLE_NAMES)} for CONSTRUCT and DESCRIBE; or a media type."
)
_DEFAULT_GRAPHS = "A graph of the store that the default graph is made of; may be repeated. Goes before FROM."
_NAMED_GRAPHS = "A graph of the store that GRAPH can find; may be repeated. Goes before FROM NAMED."
_UNION = "Whether the default graph is the union of all named graphs, where the query and the request name none."
_GRAPHS = ["https://w3id.org/demarche/id/graph/reference"]
_TIMEOUT = "After how many seconds to give up."

DefaultGraphs = Annotated[list[str], Query(alias="default-graph-uri", description=_DEFAULT_GRAPHS, examples=[_GRAPHS])]
NamedGraphs = Annotated[list[str], Query(alias="named-graph-uri", description=_NAMED_GRAPHS, examples=[_GRAPHS])]


@router.get(
    "/sparql",
    summary="Ask a query, in the address",
    responses=_RESPONSES,
    response_class=Response,
    operation_id="query_by_get",
)
async def query_by_get(
    request: Request,
    query: Annotated[  # noqa: ARG001  # read by the endpoint; here it tells OpenAPI
        str | None, Query(description="A SPARQL 1.1 query; the usual prefixes need no declaration.", examples=[EXAMPLE_QUERY])
    ] = None,
    format: Annotated[str | None, Query(description=_FORMAT_DESCRIPTION, examples=["csv"])] = None,  # noqa: A002, ARG001
    default_graph_uri: DefaultGraphs = [],  # noqa: ARG001, B006
    named_graph_uri: NamedGraphs = [],  # noqa: ARG001, B006
    union_default_graph: Annotated[str | None, Query(alias="union-default-graph", description=_UNION, examples=["false"])] = None,  # noqa: ARG001
    timeout: Annotated[str | None, Query(description=_TIMEOUT, examples=["2.5"])] = None,  # noqa: ARG001
) -> Response:
    """Evaluate a SPARQL 1.1 query over all graphs; the default graph is their union.

    SELECT and ASK answer in JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE in Turtle, N-Triples, JSON-LD, RDF/XML, TriG or N-Quads. SERVICE
    is refused. A malformed query is answered with the line and the column at fault. Without a query, the service is described.
    """
    return await respond(request)


@router.post(
    "/sparql",
    summary="Ask a query or make an update, in the body",
    responses={**_RESPONSES, 204: {"description": "The update is made, and can be seen."}, **responses(401, 403, 415)},
    response_class=Response,
    operation_id="query_by_post",
    openapi_extra={
        "parameters": [
            {"name": "format", "in": "query", "schema": {"type": "string"}, "description": _FORMAT_DESCRIPTION, "example": "csv"},
            {
                "name": "union-default-graph",
                "in": "query",
                "schema": {"type": "boolean"},
                "description": _UNION,
                "example": False,
            },
            {"name": "timeout", "in": "query", "schema": {"type": "number"}, "description": _TIMEOUT, "example": 2.5},
        ],
        "requestBody": {
            "required": True,
            "content": {
                QUERY: {"schema": {"type": "string"}, "example": EXAMPLE_QUERY},
                UPDATE: {
                    "schema": {"type": "string"},
                    "example": 'INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/a> rdfs:label "A" } }',
                },
                FORM: {
                    "schema": {
                        "type": "object",
                        "properties": {name: {"type": "string"} for name in ("query", "update", "format")},
                    },
                    "example": {"query": EXAMPLE_QUERY, "format": "csv"},
                },
            },
        },
    },
)
async def query_by_post(request: Request) -> Response:
    """Evaluate a SPARQL 1.1 query or update that is the body itself, or the form field ``query`` or ``update``.

    An update needs a token with the scope write, and is answered once every later query sees what it did.
    """
    return await respond(request)
