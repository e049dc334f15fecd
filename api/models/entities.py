"""Entities: lists of them, one with its roles, and what is near it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from api.models.common import NodeModel, PageModel, PassageModel
from api.models.terms import Term, Thing
from kg.graph.terms import ENTITY_CLASSES
from kg.graph.vocabulary import DEM
from kg.records import EntityType, Modality


class EntitySummaryModel(Thing):
    """One line of a list of entities."""

    model_config = ConfigDict(title="EntitySummary")

    type: EntityType = Field(description="What it is.", examples=["Person"])
    label: Annotated[str, Term("prefLabel")] = Field(description="Its name.", examples=["Ilena Varo"])
    aliases: Annotated[list[str], Term("altLabel")] = Field(description="What else it is called.", examples=[["Varo"]])
    mentions: int = Field(description="How many places speak of it.", examples=[3])

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [ENTITY_CLASSES[self.type].removeprefix(DEM)]


class EntityListModel(PageModel):
    """A page of entities."""

    model_config = ConfigDict(title="EntityList")

    items: list[EntitySummaryModel] = Field(description="The entities of this page.")


class MentioningModel(Thing):
    """A document that speaks of an entity."""

    model_config = ConfigDict(title="MentioningDocument")
    node_type: ClassVar[str] = "Document"

    title: Annotated[str | None, Term("title")] = Field(description="Its title.", examples=["Talks in Port Lys"])
    date: Annotated[str | None, Term("documentDate")] = Field(description="Its date.", examples=["2031-02-26"])
    mentions: int = Field(description="How often it speaks of the entity.", examples=[3])


class MentionModel(BaseModel):
    """One place that speaks of an entity."""

    model_config = ConfigDict(title="Mention")

    passage: PassageModel = Field(description="The words in their place.")
    kind: str = Field(description='"name", "nominal" or "pronoun".', examples=["name"])


class RoleModel(Thing):
    """A role that an entity holds or held, by one assertion."""

    model_config = ConfigDict(title="Role")
    node_type: ClassVar[str] = "Assertion"

    role: Annotated[NodeModel, Term("object")] = Field(description="The office or function.")
    organization: Annotated[NodeModel | None, Term("roleOf")] = Field(description="The state or organization that it is of.")
    begin: Annotated[str | None, Term("beginDate", "when")] = Field(description="Since when.", examples=["2029"])
    end_date: Annotated[str | None, Term("endDate", "when")] = Field(description="Until when.", examples=["2030-06"])
    modality: Annotated[Modality, Term("modality")] = Field(description="How firmly it is said.", examples=["asserted"])
    confidence: Annotated[float, Term("confidence", "decimal")] = Field(description="How sure the extraction is.", examples=[0.8])
    date: str | None = Field(description="The day of the document that says so.", examples=["2031-02-26"])
    evidence: Annotated[PassageModel, Term("wasDerivedFrom")] = Field(description="The words that say so.")


class EntityModel(Thing):
    """All that is known of one entity by itself."""

    model_config = ConfigDict(title="Entity")

    # `types` is what every body answers with its classes in the ontology.
    entity_types: list[EntityType] = Field(alias="types", description="What the documents take it for.", examples=[["Person"]])
    label: Annotated[str, Term("prefLabel")] = Field(description="Its name.", examples=["Ilena Varo"])
    aliases: Annotated[list[str], Term("altLabel")] = Field(description="What else it is called.", examples=[["Varo"]])
    roles: Annotated[list[str], Term("roleTitle")] = Field(
        description="Offices and functions that it is named with.", examples=[["Foreign Minister"]]
    )
    held: list[RoleModel] = Field(description="Roles that it is said to hold or have held, those that began first in front.")
    same_as: Annotated[list[str], Term("exactMatch", "iri")] = Field(
        description="IRIs of the same thing elsewhere.", examples=[["http://www.wikidata.org/entity/Q159"]]
    )
    named: Annotated[bool, Term("named")] = Field(
        description="Whether any document gives its name, not a description alone.", examples=[True]
    )
    documents: Annotated[list[MentioningModel], Term("mentionedIn")] = Field(
        description="The documents that speak of it, by date."
    )
    mention_count: int = Field(description="How many places speak of it.", examples=[3])
    mentions: list[MentionModel] = Field(description="The first of these places.")

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [ENTITY_CLASSES[kind].removeprefix(DEM) for kind in self.entity_types]


class TieModel(BaseModel):
    """How two things stand to each other."""

    model_config = ConfigDict(title="Tie")

    subject: str = Field(description="The IRI of who or what.", examples=["https://w3id.org/demarche/id/person/ilena-varo"])
    predicate: str = Field(description="A term of the ontology, without its prefix.", examples=["metWith"])
    object: str = Field(description="The IRI of to whom or what.", examples=["https://w3id.org/demarche/id/person/tomas-brek"])
    modality: Modality | None = Field(
        description="How firmly it is said; none for a part in a meeting or an issue.", examples=["asserted"]
    )


class NeighbourModel(BaseModel):
    """A thing, and how far away it is."""

    model_config = ConfigDict(title="Neighbour")

    node: NodeModel = Field(description="The thing.")
    distance: int = Field(description="How many ties away.", examples=[1])


class NeighbourhoodModel(BaseModel):
    """What is near an entity, and the ties among it."""

    model_config = ConfigDict(title="Neighbourhood")

    centre: NodeModel = Field(description="Whose neighbourhood it is.")
    nodes: list[NeighbourModel] = Field(description="What is near, the nearest first.")
    ties: list[TieModel] = Field(description="The ties among all of these.")
    truncated: bool = Field(description="Whether there is more than fits the bounds.", examples=[False])


class PathModel(BaseModel):
    """A way from one thing to another."""

    model_config = ConfigDict(title="Path")

    nodes: list[NodeModel] = Field(description="What it leads through, from end to end.")
    steps: list[list[TieModel]] = Field(description="For each step the ties that it may take.")


class PathsModel(BaseModel):
    """The shortest ways between two things."""

    model_config = ConfigDict(title="Paths")

    source: NodeModel = Field(description="Where they begin.")
    target: NodeModel = Field(description="Where they end.")
    length: int | None = Field(
        description="How many ties long they are; none where there is no way within the bounds.", examples=[2]
    )
    paths: list[PathModel] = Field(description="The ways.")
    truncated: bool = Field(description="Whether the bounds were met before all had been looked at.", examples=[False])
