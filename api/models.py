"""The bodies of the answers under ``/api/v1``, as OpenAPI shows them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from kg.graph.questions import Kind
from kg.records import EntityType, Modality


class Alive(BaseModel):
    """That the server answers."""

    status: str = Field(description='"ok", or the request fails.', examples=["ok"])


class Health(BaseModel):
    """The state of the server."""

    status: str = Field(description='"ok", or the request fails.', examples=["ok"])
    version: str = Field(description="The version of Demarche.", examples=["0.1.0"])
    graphs: int = Field(description="How many named graphs the store holds.", examples=[4])
    documents: int = Field(description="How many documents were read into it.", examples=[3])
    triples: int = Field(description="How many different triples the graphs have together.", examples=[2150])


class NodeModel(BaseModel):
    """A resource and what to call it."""

    model_config = ConfigDict(title="Node")

    iri: str = Field(description="Its IRI in the graph.", examples=["https://w3id.org/demarche/id/city/port-lys"])
    id: str = Field(description="What stands for it in the paths here.", examples=["city/port-lys"])
    label: str = Field(description="Its name.", examples=["Port Lys"])


class PassageModel(BaseModel):
    """Words in their place in a document."""

    model_config = ConfigDict(title="Passage")

    document: str = Field(description="The IRI of the document.", examples=["https://w3id.org/demarche/id/document/port-lys"])
    start: int = Field(description="Where the words begin, in Unicode code points from 0.", examples=[17])
    end: int = Field(description="Where they end, exclusive.", examples=[27])
    text: str = Field(description="The words.", examples=["Ilena Varo"])


class EntitySummaryModel(BaseModel):
    """One line of a list of entities."""

    model_config = ConfigDict(title="EntitySummary")

    iri: str = Field(description="Its IRI in the graph.", examples=["https://w3id.org/demarche/id/person/ilena-varo"])
    id: str = Field(description="What stands for it in the paths here.", examples=["person/ilena-varo"])
    type: EntityType = Field(description="What it is.", examples=["Person"])
    label: str = Field(description="Its name.", examples=["Ilena Varo"])
    aliases: list[str] = Field(description="What else it is called.", examples=[["Varo"]])
    mentions: int = Field(description="How many places speak of it.", examples=[3])


class EntityListModel(BaseModel):
    """A page of entities."""

    model_config = ConfigDict(title="EntityList")

    total: int = Field(description="How many fit, on all pages.", examples=[1])
    limit: int = Field(description="How many a page holds at most.", examples=[20])
    offset: int = Field(description="How many come before this page.", examples=[0])
    items: list[EntitySummaryModel] = Field(description="The entities of this page.")


class DocumentModel(BaseModel):
    """A document that speaks of an entity."""

    model_config = ConfigDict(title="Document")

    iri: str = Field(description="Its IRI in the graph.", examples=["https://w3id.org/demarche/id/document/port-lys"])
    title: str | None = Field(description="Its title.", examples=["Talks in Port Lys"])
    date: str | None = Field(description="Its date.", examples=["2031-02-26"])
    mentions: int = Field(description="How often it speaks of the entity.", examples=[3])


class MentionModel(BaseModel):
    """One place that speaks of an entity."""

    model_config = ConfigDict(title="Mention")

    passage: PassageModel = Field(description="The words in their place.")
    kind: str = Field(description='"name", "nominal" or "pronoun".', examples=["name"])


class EntityModel(BaseModel):
    """All that is known of one entity by itself."""

    model_config = ConfigDict(title="Entity")

    iri: str = Field(description="Its IRI in the graph.", examples=["https://w3id.org/demarche/id/person/ilena-varo"])
    id: str = Field(description="What stands for it in the paths here.", examples=["person/ilena-varo"])
    types: list[EntityType] = Field(description="What the documents take it for.", examples=[["Person"]])
    label: str = Field(description="Its name.", examples=["Ilena Varo"])
    aliases: list[str] = Field(description="What else it is called.", examples=[["Varo"]])
    roles: list[str] = Field(description="Offices and functions that it is named with.", examples=[["Foreign Minister"]])
    same_as: list[str] = Field(
        description="IRIs of the same thing elsewhere.", examples=[["http://www.wikidata.org/entity/Q159"]]
    )
    named: bool = Field(description="Whether any document gives its name, not a description alone.", examples=[True])
    documents: list[DocumentModel] = Field(description="The documents that speak of it, by date.")
    mention_count: int = Field(description="How many places speak of it.", examples=[3])
    mentions: list[MentionModel] = Field(description="The first of these places.")


class RelationModel(BaseModel):
    """One assertion: who stands how to what, who says so, how firmly, and in which words."""

    model_config = ConfigDict(title="Relation")

    iri: str = Field(
        description="The IRI of the assertion.", examples=["https://w3id.org/demarche/id/document/port-lys/assertion/3"]
    )
    subject: NodeModel = Field(description="Who or what.")
    predicate: str = Field(description="A term of the ontology, without its prefix.", examples=["metWith"])
    object: NodeModel = Field(description="To whom or what.")
    modality: Modality = Field(description="How firmly it is said.", examples=["asserted"])
    speaker: NodeModel | None = Field(description="Who says so, where somebody is quoted.")
    confidence: float = Field(description="How sure the extraction is, from 0 to 1.", examples=[0.8])
    evidence: PassageModel = Field(description="The words that say so.")


class RelationListModel(BaseModel):
    """A page of relations."""

    model_config = ConfigDict(title="RelationList")

    total: int = Field(description="How many fit, on all pages.", examples=[1])
    limit: int = Field(description="How many a page holds at most.", examples=[100])
    offset: int = Field(description="How many come before this page.", examples=[0])
    items: list[RelationModel] = Field(description="The relations of this page, by date and place in the text.")


class ParameterModel(BaseModel):
    """What can be put into a question."""

    model_config = ConfigDict(title="Parameter")

    name: str = Field(description="Its name in the address.", examples=["on"])
    kind: Kind = Field(description="What its value is; an entity or issue is given by name, id or IRI.", examples=["date"])
    description: str = Field(description="What it is for.", examples=["the day"])
    default: str = Field(description="Its value where none is given.", examples=["2025-11-24"])


class ColumnModel(BaseModel):
    """One variable of the answer."""

    model_config = ConfigDict(title="Column")

    name: str = Field(description="Its name.", examples=["who"])
    description: str = Field(description="What it tells.", examples=["the actor"])


class QuestionModel(BaseModel):
    """A question that can be asked without SPARQL."""

    model_config = ConfigDict(title="Question")

    name: str = Field(description="Its name in the address.", examples=["what-was-known-on"])
    title: str = Field(description="The question in English.", examples=["What was known on a given day?"])
    description: str = Field(description="What must be known to read the answer.", examples=["The latest status of each issue."])
    parameters: list[ParameterModel] = Field(description="What can be put into it.")
    columns: list[ColumnModel] = Field(description="What its answer has.")
    sparql: str = Field(description="Its query, with the defaults in it.", examples=["SELECT DISTINCT ?who WHERE { … }"])


class QuestionListModel(BaseModel):
    """All questions."""

    model_config = ConfigDict(title="QuestionList")

    items: list[QuestionModel] = Field(description="The questions, by name.")
