"""Everything at once, in the formats of other tools."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.dependencies import StoreOfApp
from api.problems import ProblemError, responses
from kg.export import FORMATS, export

router = APIRouter(tags=["export"])


@router.get(
    "/export/{format}",
    summary="Download the whole graph",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {form.media_type: {} for form in FORMATS.values()}},
        **responses(404),
    },
)
def export_graph(
    store: StoreOfApp,
    format: Annotated[str, Path(description=f"One of: {', '.join(FORMATS)}.", examples=["graphml"])],  # noqa: A002
) -> Response:
    """Give everything in the store as one file."""
    form = FORMATS.get(format)
    if form is None:
        raise ProblemError(
            404, "unknown-format", f"There is no export format {format!r}.", advice=f"Take one of: {', '.join(FORMATS)}."
        )
    file_name = f"demarche.{form.suffix.lstrip('.')}"
    return Response(
        export(store, format),
        media_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
