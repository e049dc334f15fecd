"""What the names of the graph lead to: a page for people, or RDF, by the Accept header (303)."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from pyoxigraph import RdfFormat
from rdflib import URIRef
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import SettingsOfApp, StoreOfApp
from api.negotiation import TRIPLE_NAMES, accept_of, choose, choose_of
from api.pages import page_of_thing
from api.problems import ProblemError, responses
from api.snapshots import Tagged
from kg.graph.lookups.description import describe, is_there
from kg.graph.names import entity_id
from kg.graph.ontology_files import read_ontology_file
from kg.store.protocol import Store
from kg.store.terms import triples_to_oxigraph
from kg.store.writing import write_triples

router = APIRouter(tags=["linked data"], dependencies=[Tagged])

_HTML = "text/html"
ThingPath = Annotated[str, Path(description="What follows the base in the IRI.", examples=["person/ilena-varo"])]
_RDF: dict[str, Any] = {
    "text/turtle": {"example": '<https://w3id.org/demarche/id/person/ilena-varo> a dem:Person ; rdfs:label "Ilena Varo" .'},
    "application/n-triples": {},
    "application/ld+json": {},
    "application/rdf+xml": {},
}


@router.get(
    "/id/{id:path}",
    summary="Lead to what a name stands for",
    status_code=303,
    response_class=Response,
    responses={
        303: {
            "description": "The page or the RDF.",
            "headers": {"Location": {"description": "Where it is.", "schema": {"type": "string"}}},
        },
        **responses(404, 406),
    },
)
def lead(request: Request, store: StoreOfApp, settings: SettingsOfApp, id: ThingPath) -> Response:  # noqa: A002, ARG001  # read as it was encoded
    """Lead to a page for people, or to RDF for machines, by the Accept header: what is named is neither."""
    iri = _there(store, request, "/id/", base=settings.base)
    wanted = choose_of(request, [_HTML, *TRIPLE_NAMES.values(), "application/json"])
    place = "page" if wanted == _HTML else "data"
    local = quote(str(iri).removeprefix(settings.base), safe="/%=,;:@")
    target = f"{request.scope.get('root_path', '')}/{place}/{local}"
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})


@router.get(
    "/page/{id:path}",
    summary="Show a page of a thing",
    response_class=HTMLResponse,
    responses={200: {"description": "The page.", "content": {_HTML: {"example": "<h1>Ilena Varo</h1>"}}}, **responses(404)},
)
def page(request: Request, response: Response, store: StoreOfApp, settings: SettingsOfApp, id: ThingPath) -> Response:  # noqa: A002, ARG001  # read as it was encoded
    """Show what the graph knows of a thing: its labels, roles, relations with their words and documents, and links."""
    iri = _there(store, request, "/page/", base=settings.base)
    html = page_of_thing(store, iri, base=settings.base, root=request.scope.get("root_path", ""))
    return HTMLResponse(html, headers={"ETag": response.headers["etag"], "Cache-Control": "no-cache"})


@router.get(
    "/data/{id:path}",
    summary="Give a thing as RDF",
    response_class=Response,
    responses={200: {"description": "Its triples.", "content": _RDF}, **responses(400, 404, 406)},
)
def data(
    *,
    request: Request,
    response: Response,
    store: StoreOfApp,
    settings: SettingsOfApp,
    id: ThingPath,  # noqa: A002, ARG001
    format: Annotated[  # noqa: A002
        str | None, Query(description=f"In place of Accept: {', '.join(TRIPLE_NAMES)}.", examples=["turtle"])
    ] = None,
) -> Response:
    """Give all triples about a thing, with those of its referents, statuses and words, and the assertions about it."""
    iri = _there(store, request, "/data/", base=settings.base)
    media_type, written_as = choose(accept_of(request), triples=True, name=format)
    form = RdfFormat.from_media_type(written_as) or RdfFormat.TURTLE
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(write_triples(triples_to_oxigraph(describe(store, iri)), form), media_type=media_type, headers=headers)


@router.get(
    "/context.jsonld",
    summary="Give the JSON-LD context",
    response_class=Response,
    responses={
        200: {
            "description": "The context.",
            "content": {"application/ld+json": {"example": {"@context": {"dem": "https://w3id.org/demarche/ontology#"}}}},
        },
        **responses(),
    },
)
def context(response: Response) -> Response:
    """Give the short names that JSON-LD is written with here."""
    text = json.dumps(json.loads(read_ontology_file("context.jsonld")))
    return Response(text, media_type="application/ld+json", headers={"ETag": response.headers["etag"]})


def _there(store: Store, request: Request, place: str, *, base: str) -> URIRef:
    """Return the IRI that a path stands for, as it was encoded. Raises ProblemError, 404, where nothing is known of it."""
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii").partition("?")[0]
    iri = URIRef(base + raw.partition(place)[2])
    if not is_there(store, iri):
        raise ProblemError(
            404,
            "not-found",
            f"Nothing is known of {entity_id(iri, base=base).removeprefix('id:')!r}.",
            advice="Find names and ids with /api/v1/entities?q=WORDS, /api/v1/documents or /api/v1/timeline.",
        )
    return iri
