"""Actors, places and what else the documents name: finding them, and all that is known of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import AnswersOfRequest
from api.dependencies import SettingsOfApp, StoreOfApp
from api.models.entities import EntityListModel, EntityModel, NeighbourhoodModel
from api.models.records import IssueListModel, MeetingListModel, RelationListModel, StatementListModel
from api.paging import PAGED, TAGGED, SliceOfQuery
from api.parameters import Context, EntityPath, ModalityQuery, RelationsAsked, Since, Until, entity_named
from api.problems import responses
from api.scalars import IN_DIGITS
from api.searching import SearchOfApp
from api.snapshots import Tagged
from kg.graph.find import resolve_entity
from kg.graph.lookups.entities import find_entities
from kg.graph.lookups.entity import find_entity
from kg.graph.lookups.issues import find_issues
from kg.graph.lookups.meetings import find_meetings
from kg.graph.lookups.neighbours import MOST_DEPTH, neighbours_of
from kg.graph.lookups.relations import Direction, find_relations
from kg.graph.lookups.search import Match, NameSearch
from kg.graph.lookups.statements import find_statements
from kg.records import EntityType

router = APIRouter(prefix="/api/v1/entities", tags=["entities"], dependencies=[Tagged])


@router.get("", summary="Find entities", response_model=EntityListModel, responses={**PAGED, **responses(400, 404, 406)})
def find(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Annotated[
        str | None,
        Query(max_length=200, description="Words in a name, the last perhaps only begun; none: all.", examples=["varo"]),
    ] = None,
    match: Annotated[
        Match | None,
        Query(description="Read all names through for the whole, a beginning, any part, or what is alike.", examples=["fuzzy"]),
    ] = None,
    type: Annotated[EntityType | None, Query(description="Only entities of this type.", examples=["Person"])] = None,  # noqa: A002
    country: Annotated[
        str | None,
        Query(
            max_length=500, description="Only what lies in, represents or has an office of this entity.", examples=["Ostravia"]
        ),
    ] = None,
    role: Annotated[
        str | None, Query(max_length=200, description="Only who is named with these words in a role.", examples=["minister"])
    ] = None,
) -> Response:
    """Find entities by a name, a type, a state or a role.

    Those with the words as a whole name come first, then as the beginning of one, then those that are mentioned most.
    """
    found = find_entities(
        store,
        text=q,
        type=type,
        country=entity_named(store, country, base=answers.base),
        role=role,
        search=NameSearch(store, match=match) if match is not None else search,
        part=part,
    )
    return answers.page(found, EntityListModel)


@router.get(
    "/{id:path}/relations",
    summary="Give an entity's relations",
    response_model=RelationListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def relations(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    id: EntityPath,  # noqa: A002
    part: SliceOfQuery,
    filters: RelationsAsked,
    direction: Annotated[
        Direction, Query(description="out: it is the subject; in: it is the object.", examples=["out"])
    ] = "both",
) -> Response:
    """Give what is said of how an entity stands to others, each with its words, its speaker and its modality.

    What is denied, wished or only possible is here too; ``modality=asserted`` leaves it out.
    """
    iri = resolve_entity(store, id, base=answers.base)
    found = find_relations(store, iri, direction=direction, part=part, **filters)
    return answers.page(found, RelationListModel)


@router.get(
    "/{id:path}/neighbours",
    summary="Give what is near an entity",
    response_model=NeighbourhoodModel,
    responses={**TAGGED, **responses(400, 404, 406)},
)
def neighbours(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    id: EntityPath,  # noqa: A002
    depth: Annotated[int, Query(ge=1, le=MOST_DEPTH, description="How many ties away at most.", examples=[1]), IN_DIGITS] = 1,
    modality: ModalityQuery = None,
    limit: Annotated[
        int, Query(ge=1, le=1000, description="How many to give at most, the nearest first.", examples=[200]), IN_DIGITS
    ] = 200,
) -> Response:
    """Give what an entity is tied to by assertions, meetings and issues, and the ties among all of these. Roles are no ties."""
    iri = resolve_entity(store, id, base=answers.base)
    return answers.one(neighbours_of(store, iri, depth=depth, modality=modality, limit=limit), NeighbourhoodModel)


@router.get(
    "/{id:path}/meetings",
    summary="Give an entity's meetings",
    response_model=MeetingListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def meetings(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    id: EntityPath,  # noqa: A002
    part: SliceOfQuery,
    since: Since = None,
    until: Until = None,
    modality: ModalityQuery = None,
) -> Response:
    """Give the meetings that an entity took part in, by their days."""
    iri = resolve_entity(store, id, base=answers.base)
    found = find_meetings(store, participants=[iri], since=since, until=until, modality=modality, part=part)
    return answers.page(found, MeetingListModel)


@router.get(
    "/{id:path}/statements",
    summary="Give what an entity said",
    response_model=StatementListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def statements(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    id: EntityPath,  # noqa: A002
    part: SliceOfQuery,
    since: Since = None,
    until: Until = None,
    context: Context = 12,
) -> Response:
    """Give the words of an entity, quoted or reported, each with some of the text around it."""
    iri = resolve_entity(store, id, base=answers.base)
    return answers.page(
        find_statements(store, speaker=iri, since=since, until=until, context=context, part=part), StatementListModel
    )


@router.get(
    "/{id:path}/issues",
    summary="Give an entity's issues",
    response_model=IssueListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def issues(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    id: EntityPath,  # noqa: A002
    part: SliceOfQuery,
) -> Response:
    """Give the matters to which an entity is a party, by the day of the latest news of them."""
    iri = resolve_entity(store, id, base=answers.base)
    return answers.page(find_issues(store, party=iri, part=part), IssueListModel)


@router.get("/{id:path}", summary="Describe an entity", response_model=EntityModel, responses={**TAGGED, **responses(404, 406)})
def describe(*, answers: AnswersOfRequest, store: StoreOfApp, settings: SettingsOfApp, id: EntityPath) -> Response:  # noqa: A002
    """Give all that the documents say of one entity by itself, its roles over time, and the places that speak of it."""
    return answers.one(find_entity(store, id, base=settings.base), EntityModel)
