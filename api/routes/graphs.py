"""The SPARQL 1.1 Graph Store HTTP Protocol: whole graphs, by ``?graph=``, by ``?default``, or by an address of their own."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Query
from pyoxigraph import RdfFormat
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from api.dependencies import EngineOfApp, SettingsOfApp
from api.problems import ProblemError, responses
from api.security.access import needs
from api.sparql.endpoint import answer, public_url
from api.sparql.requests import content_type_of
from kg.store.engine.protocol import ANY_FORM, Engine, QueryJob
from kg.store.formats import TRIPLE_FORMATS
from kg.store.protocol import GraphChange
from kg.store.sparql.naming import graph_node, resolved

router = APIRouter(tags=["graphs"])

PATH = "/graphs"
_MULTIPART = "multipart/form-data"
_MOST_FILES = 100
_EXAMPLE = '<https://w3id.org/demarche/id/person/ilena-varo> rdfs:label "Ilena Varo" .\n'
_GRAPH = Query(description="The name of the graph.", examples=["https://w3id.org/demarche/id/graph/reference"])
_DEFAULT = Query(description="The default graph: the union of all, unless the server says otherwise.", examples=[""])

GraphParameter = Annotated[str | None, _GRAPH]
DefaultParameter = Annotated[str | None, _DEFAULT]
_CONTENT: dict[str, Any] = {media_type: {} for media_type in TRIPLE_FORMATS} | {"text/turtle": {"example": _EXAMPLE}}
_BODY = {"requestBody": {"required": True, "content": {**_CONTENT, _MULTIPART: {}}}}
_WRITTEN: dict[int | str, dict[str, Any]] = {
    201: {"description": "The graph is new."},
    204: {"description": "The graph was there already."},
    **responses(400, 401, 403, 413, 415, 503),
}


@router.get(
    PATH,
    summary="Get a graph",
    response_class=Response,
    responses={200: {"description": "The whole graph.", "content": _CONTENT}, **responses(400, 404, 406, 503, 504)},
)
@router.get(PATH + "/{path:path}", include_in_schema=False)
async def get_graph(
    request: Request, engine: EngineOfApp, graph: GraphParameter = None, default: DefaultParameter = None
) -> Response:
    """Give the triples of one graph, in Turtle, N-Triples, JSON-LD or RDF/XML."""
    name = _named(request, graph, default)
    if name is None:
        return await answer(
            request, QueryJob(text="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", union_default=_union(request)), format=None
        )
    if not await _is_there(engine, name):
        raise _absent(name)
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph_node(name)} {{ ?s ?p ?o }} }}"
    return await answer(request, QueryJob(text=text), format=None)


@router.put(
    PATH, summary="Put a graph", response_class=Response, responses=_WRITTEN, dependencies=[needs("write")], openapi_extra=_BODY
)
@router.put(PATH + "/{path:path}", include_in_schema=False, dependencies=[needs("write")])
async def put_graph(
    request: Request, engine: EngineOfApp, graph: GraphParameter = None, default: DefaultParameter = None
) -> Response:
    """Make what is sent the whole content of a graph."""
    name = _named(request, graph, default)
    parts = await _parts(request)
    there = name is None or await _is_there(engine, name)
    for number, (content, media_type) in enumerate(parts):
        change = GraphChange(
            action="put" if number == 0 else "add",
            graph=name,
            content=content,
            media_type=media_type,
            base=name or public_url(request),
        )
        snapshot = await engine.write(change)
    return _written(snapshot, new=not there)


@router.post(
    PATH,
    summary="Add to a graph",
    response_class=Response,
    responses=_WRITTEN,
    dependencies=[needs("write")],
    openapi_extra=_BODY,
)
@router.post(PATH + "/{path:path}", include_in_schema=False, dependencies=[needs("write")])
async def add_to_graph(
    request: Request,
    engine: EngineOfApp,
    settings: SettingsOfApp,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """Add what is sent to a graph; without the name of one, to a new graph, whose name is in the header Location."""
    nameless = request.url.path == PATH and not request.query_params.keys() & {"graph", "default"}
    name = f"{settings.base}graph/{uuid4()}" if nameless else _named(request, graph, default)
    parts = await _parts(request)
    there = name is None or (not nameless and await _is_there(engine, name))
    for content, media_type in parts:
        snapshot = await engine.write(
            GraphChange(action="add", graph=name, content=content, media_type=media_type, base=name or public_url(request))
        )
    return _written(snapshot, new=not there, location=name if nameless else None)


@router.delete(
    PATH,
    summary="Remove a graph",
    response_class=Response,
    status_code=204,
    responses={204: {"description": "The graph is gone."}, **responses(400, 401, 403, 404, 503)},
    dependencies=[needs("write")],
)
@router.delete(PATH + "/{path:path}", include_in_schema=False, dependencies=[needs("write")])
async def remove_graph(
    request: Request, engine: EngineOfApp, graph: GraphParameter = None, default: DefaultParameter = None
) -> Response:
    """Remove a graph, with all its triples."""
    name = _named(request, graph, default)
    return _written(await engine.write(GraphChange(action="remove", graph=name)), new=False)


def _named(request: Request, graph: str | None, default: str | None) -> str | None:
    """Return the name of the graph that is meant; None for the default graph. Raise ProblemError unless it is one."""
    if len(request.query_params.getlist("graph")) > 1 or (graph is not None and default is not None):
        raise ProblemError(400, "bad-parameter", "There is more than one graph.", advice="Name one: ?graph=IRI, or ?default.")
    if default is not None:
        return None
    if graph is not None:
        return graph_node(resolved(public_url(request), graph) or graph).value
    if request.url.path != PATH:
        return graph_node(public_url(request)).value
    raise ProblemError(400, "bad-parameter", "No graph is named.", advice="Name one: /graphs?graph=IRI, or /graphs?default.")


def _union(request: Request) -> bool:
    return bool(request.app.state.settings.default_graph == "union")


async def _is_there(engine: Engine, name: str) -> bool:
    result = await engine.query(QueryJob(text=f"ASK {{ GRAPH {graph_node(name)} {{ }} }}", media_type="text/csv"))
    return b"true" in b"".join([chunk async for chunk in result.chunks])


async def _parts(request: Request) -> list[tuple[bytes, str]]:
    """Return what was sent: bodies with their media types. Raise ProblemError 415 for a type that is not read."""
    content_type = content_type_of(request)
    if content_type != _MULTIPART:
        return [(await request.body(), _readable(content_type))]
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES) as form:
        sent = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
        parts = [(await part.read(), _readable(_type_of(part))) for part in sent]
    if not parts:
        raise ProblemError(400, "malformed-form", "The form holds no file.", advice="Send each graph as a file of the form.")
    return parts


def _type_of(part: UploadFile) -> str:
    """Return the media type of a file: what it is said to be, or else what its name ends with."""
    given = (part.content_type or "").partition(";")[0].strip().lower()
    if given not in ("", "application/octet-stream", "text/plain"):
        return given
    form = RdfFormat.from_extension((part.filename or "").rpartition(".")[2])
    return form.media_type if form is not None else given


def _readable(media_type: str) -> str:
    if media_type == ANY_FORM or RdfFormat.from_media_type(media_type) is None:
        raise ProblemError(
            415,
            "unsupported-media-type",
            f"A graph cannot be read from {media_type or 'a body without a Content-Type'}.",
            advice=f"Send one of: {', '.join(TRIPLE_FORMATS)}.",
            headers={"Accept": ", ".join(TRIPLE_FORMATS)},
        )
    return media_type


def _written(snapshot: int, *, new: bool, location: str | None = None) -> Response:
    headers = {"Demarche-Snapshot": str(snapshot)}
    if location is not None:
        headers["Location"] = location
    return Response(status_code=201 if new else 204, headers=headers)


def _absent(name: str) -> ProblemError:
    return ProblemError(
        404,
        "not-found",
        f"There is no graph <{name}>.",
        advice="List them with: SELECT DISTINCT ?graph { GRAPH ?graph {} }",
    )
