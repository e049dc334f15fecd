"""From what look-ups return to the bodies of answers: the same facts, with the ids that the paths of this API take."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rdflib import URIRef

from api.models import EntityModel, EntitySummaryModel, RelationModel
from kg.graph.names import entity_id
from kg.graph.views import EntityDetail, EntitySummary, RelationView


def entity_summary(found: EntitySummary, *, base: str) -> EntitySummaryModel:
    """Present one line of a list of entities."""
    return EntitySummaryModel(id=path_id(found.iri, base=base), **asdict(found))


def entity(found: EntityDetail, *, base: str) -> EntityModel:
    """Present an entity."""
    return EntityModel(id=path_id(found.iri, base=base), **asdict(found))


def relation(found: RelationView, *, base: str) -> RelationModel:
    """Present a relation, with ids for all that takes part in it."""
    return RelationModel.model_validate(_with_ids(asdict(found), base=base))


def path_id(iri: str, *, base: str) -> str:
    """Return what stands for a resource in a path: ``person/ilena-varo`` under the base, elsewhere the whole IRI."""
    return entity_id(URIRef(iri), base=base).removeprefix("id:")


def _with_ids(fields: dict[str, Any], *, base: str) -> dict[str, Any]:
    nodes = {name: fields[name] for name in ("subject", "object", "speaker") if fields[name] is not None}
    return fields | {name: node | {"id": path_id(node["iri"], base=base)} for name, node in nodes.items()}
