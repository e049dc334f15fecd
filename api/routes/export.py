"""A graph, or a part of it, as one file in the format of another tool."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.dependencies import SettingsOfApp, StoreOfApp
from api.problems import ProblemError, responses
from api.scalars import IN_DIGITS, Day
from kg.export import FORMATS, MODALITY_NAMES, VIEWS, Selection, export, media_type

router = APIRouter(tags=["export"])


@router.get(
    "/export/{format}",
    summary="Download the graph, or a part of it",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {form.media_type: {} for form in FORMATS.values()}},
        **responses(400, 404),
    },
)
def export_graph(
    *,
    store: StoreOfApp,
    settings: SettingsOfApp,
    format: Annotated[str, Path(description=f"One of: {', '.join(FORMATS)}.", examples=["graphml"])],  # noqa: A002
    around: Annotated[
        str | None,
        Query(description="An entity, by id, IRI, Wikidata id or name: only what is near it.", examples=["Ilena Varo"]),
    ] = None,
    depth: Annotated[int, Query(ge=0, le=100, description="How many edges around it.", examples=[1]), IN_DIGITS] = 1,
    since: Annotated[
        Day | None, Query(description="What was stated, or holds, on this day or later.", examples=["2031-02-01"])
    ] = None,
    until: Annotated[
        Day | None, Query(description="What was stated, or holds, on this day or before.", examples=["2031-02-28"])
    ] = None,
    document: Annotated[
        list[str], Query(description="Only what this document says, by its id or IRI; may be repeated.", examples=[["port-lys"]])
    ] = [],  # noqa: B006  # FastAPI copies it
    predicate: Annotated[
        list[str], Query(description="Only edges of this predicate; may be repeated.", examples=[["metWith"]])
    ] = [],  # noqa: B006
    modality: Annotated[
        list[str], Query(description=f"One of: {', '.join(MODALITY_NAMES)}; may be repeated.", examples=[["asserted"]])
    ] = [],  # noqa: B006
    confidence: Annotated[
        float | None, Query(ge=0, le=1, description="Only what has at least this confidence.", examples=[0.6])
    ] = None,
    view: Annotated[
        str | None,
        Query(description=f"For RDF, how assertions are written: {' or '.join(VIEWS)} (RDF 1.2).", examples=["reified"]),
    ] = None,
) -> Response:
    """Give all that meets every criterion as one file; without criteria, everything in the store."""
    form = FORMATS.get(format)
    if form is None:
        raise ProblemError(
            404, "unknown-format", f"There is no export format {format!r}.", advice=f"Take one of: {', '.join(FORMATS)}."
        )
    selection = Selection(
        around=around,
        depth=depth,
        since=since,
        until=until,
        documents=tuple(document),
        predicates=tuple(predicate),
        modalities=tuple(modality),
        confidence=confidence,
    )
    return Response(
        export(store, format, selection=selection, view=view, base=settings.base),
        media_type=media_type(format, view=view),
        headers={"Content-Disposition": f'attachment; filename="demarche{form.suffix}"'},
    )
