"""Parameters that several routes take."""

from __future__ import annotations

import datetime
from typing import Annotated, TypedDict

from fastapi import Depends, Path, Query
from rdflib import URIRef

from api.answers import AnswersOfRequest
from api.dependencies import StoreOfApp
from api.scalars import IN_DIGITS, Day
from kg.graph.find import resolve_entity
from kg.records import Modality
from kg.store.protocol import Store

_NAMED = "by id (person/ilena-varo), Wikidata id, IRI or name"

EntityPath = Annotated[
    str,
    Path(
        description="The entity: its id (person/ilena-varo), a Wikidata id (Q159), its IRI, or a name of it.",
        examples=["person/ilena-varo"],
    ),
]
Since = Annotated[Day | None, Query(description="Only what was stated, or holds, on this day or later.", examples=["2031-02-01"])]
Until = Annotated[
    Day | None, Query(description="Only what was stated, or holds, on this day or before.", examples=["2031-02-28"])
]
Words = Annotated[
    str | None, Query(max_length=200, description="Words in it, whatever the case; none: all.", examples=["fisheries"])
]
ModalityQuery = Annotated[Modality | None, Query(description="Only what is said so firmly.", examples=["asserted"])]
Confidence = Annotated[float | None, Query(ge=0, le=1, description="Only what has at least this confidence.", examples=[0.6])]
Predicate = Annotated[str | None, Query(max_length=200, description="Only this relation of the ontology.", examples=["metWith"])]
Speaker = Annotated[
    str | None,
    Query(max_length=500, description=f"Only what stands in the words of this entity, {_NAMED}.", examples=["Ilena Varo"]),
]
Party = Annotated[
    str | None,
    Query(max_length=500, description=f"Only those between which and others it stands, {_NAMED}.", examples=["Ostravia"]),
]
Context = Annotated[
    int, Query(ge=0, le=200, description="How many words of the text to give around each.", examples=[12]), IN_DIGITS
]


class RelationFilter(TypedDict):
    """Which relations are asked for; see ``kg.graph.lookups.relations.find_relations``."""

    predicate: str | None
    modality: Modality | None
    since: datetime.date | None
    until: datetime.date | None
    speaker: URIRef | None
    confidence: float | None


def _relation_filter(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    predicate: Predicate = None,
    modality: ModalityQuery = None,
    since: Since = None,
    until: Until = None,
    speaker: Speaker = None,
    confidence: Confidence = None,
) -> RelationFilter:
    return RelationFilter(
        predicate=predicate,
        modality=modality,
        since=since,
        until=until,
        speaker=entity_named(store, speaker, base=answers.base),
        confidence=confidence,
    )


RelationsAsked = Annotated[RelationFilter, Depends(_relation_filter)]


def entity_named(store: Store, name: str | None, *, base: str) -> URIRef | None:
    """Return the entity that a parameter names, or None where it is not given. Raises NotFoundError."""
    return resolve_entity(store, name, base=base) if name is not None else None
