"""The questions that lie ready."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from kg.graph.questions import Kind


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
