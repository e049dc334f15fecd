"""Actors, places and what else the documents name: finding them, and how they stand to each other."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api import present
from api.dependencies import SettingsOfApp, StoreOfApp
from api.models import EntityListModel, EntityModel, RelationListModel
from api.paging import link_header
from api.problems import responses
from kg.graph.lookup import Direction, count_entities, count_relations, find_entities, get_entity, relations_of, resolve_entity
from kg.records import EntityType, Modality

router = APIRouter(prefix="/api/v1/entities", tags=["entities"])

Limit = Annotated[int, Query(ge=1, le=1000, description="How many to give at most.", examples=[20])]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000, description="How many to pass over.", examples=[0])]
EntityPath = Annotated[
    str,
    Path(
        description="The entity: its id (person/ilena-varo), a Wikidata id (Q159), its IRI, or a name of it.",
        examples=["person/ilena-varo"],
    ),
]
_PAGED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"Link": {"description": "The first, previous, next and last page.", "schema": {"type": "string"}}}}
}


@router.get("", summary="Find entities", responses={**_PAGED, **responses(400)})
def find(
    *,
    request: Request,
    response: Response,
    store: StoreOfApp,
    settings: SettingsOfApp,
    q: Annotated[
        str | None, Query(max_length=200, description="Words in a name, whatever the case; none: all.", examples=["varo"])
    ] = None,
    type: Annotated[EntityType | None, Query(description="Only entities of this type.", examples=["Person"])] = None,  # noqa: A002
    limit: Limit = 20,
    offset: Offset = 0,
) -> EntityListModel:
    """Find entities by a part of a name.

    Those with the words as a whole name come first, then as the beginning of one, then those that are mentioned most.
    """
    total = count_entities(store, text=q, type=type)
    found = find_entities(store, text=q, type=type, limit=limit, offset=offset)
    response.headers["Link"] = link_header(request, total=total, limit=limit, offset=offset)
    items = [present.entity_summary(entity, base=settings.base) for entity in found]
    return EntityListModel(total=total, limit=limit, offset=offset, items=items)


@router.get("/{id:path}/relations", summary="Give an entity's relations", responses={**_PAGED, **responses(400, 404)})
def relations(
    *,
    request: Request,
    response: Response,
    store: StoreOfApp,
    settings: SettingsOfApp,
    id: EntityPath,  # noqa: A002
    predicate: Annotated[
        str | None, Query(max_length=200, description="Only this relation of the ontology.", examples=["metWith"])
    ] = None,
    direction: Annotated[
        Direction, Query(description="out: it is the subject; in: it is the object.", examples=["out"])
    ] = "both",
    modality: Annotated[Modality | None, Query(description="Only what is said so firmly.", examples=["asserted"])] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> RelationListModel:
    """Give what is said of how an entity stands to others, each with its words, its speaker and its modality.

    What is denied, wished or only possible is here too; ``modality=asserted`` leaves it out.
    """
    iri = resolve_entity(store, id, base=settings.base)
    total = count_relations(store, iri, predicate=predicate, direction=direction, modality=modality)
    found = relations_of(store, iri, predicate=predicate, direction=direction, modality=modality, limit=limit, offset=offset)
    response.headers["Link"] = link_header(request, total=total, limit=limit, offset=offset)
    items = [present.relation(relation, base=settings.base) for relation in found]
    return RelationListModel(total=total, limit=limit, offset=offset, items=items)


@router.get("/{id:path}", summary="Describe an entity", responses=responses(404))
def describe(store: StoreOfApp, settings: SettingsOfApp, id: EntityPath) -> EntityModel:  # noqa: A002
    """Give all that the documents say of one entity by itself, with the places that speak of it."""
    return present.entity(get_entity(store, resolve_entity(store, id, base=settings.base)), base=settings.base)
