"""Who stands how to what, whoever it is; and the ways from one to another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import AnswersOfRequest
from api.dependencies import StoreOfApp
from api.models.entities import PathsModel
from api.models.records import RelationListModel
from api.paging import PAGED, TAGGED, SliceOfQuery
from api.parameters import ModalityQuery, RelationsAsked
from api.problems import responses
from api.scalars import IN_DIGITS
from api.snapshots import Tagged
from kg.graph.find import resolve_thing
from kg.graph.lookups.neighbours import MOST_LENGTH, paths_between
from kg.graph.lookups.relations import find_relations

router = APIRouter(prefix="/api/v1", tags=["relations"], dependencies=[Tagged])


@router.get(
    "/relations", summary="Find relations", response_model=RelationListModel, responses={**PAGED, **responses(400, 404, 406)}
)
def relations(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    part: SliceOfQuery,
    filters: RelationsAsked,
) -> Response:
    """Find what is said of who stands how to what, by the documents' days and places in the text."""
    found = find_relations(store, part=part, **filters)
    return answers.page(found, RelationListModel)


@router.get(
    "/paths",
    summary="Find the shortest ways between two things",
    response_model=PathsModel,
    responses={**TAGGED, **responses(400, 404, 406)},
)
def paths(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    source: Annotated[
        str, Query(max_length=500, description="Where they begin: an entity, issue or meeting.", examples=["Ostravia"])
    ],
    target: Annotated[str, Query(max_length=500, description="Where they end.", examples=["Tomas Brek"])],
    length: Annotated[int, Query(ge=1, le=MOST_LENGTH, description="How many ties at most.", examples=[4]), IN_DIGITS] = 4,
    modality: ModalityQuery = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many ways to give at most.", examples=[10]), IN_DIGITS] = 10,
) -> Response:
    """Find the shortest ways from one thing to another along assertions, meetings and issues, whichever way these point."""
    ends = (resolve_thing(store, end, base=answers.base) for end in (source, target))
    return answers.one(paths_between(store, *ends, length=length, modality=modality, limit=limit), PathsModel)
