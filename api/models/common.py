"""What bodies of several subjects hold: things by name, passages, and what every page tells."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from api.models.terms import Term, Thing


class NodeModel(Thing):
    """A resource and what to call it."""

    model_config = ConfigDict(title="Node")

    label: Annotated[str, Term("prefLabel")] = Field(description="Its name.", examples=["Port Lys"])
    type: str | None = Field(default=None, description="Its class of the ontology.", examples=["City"])

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [self.type] if self.type is not None else []


class PassageModel(BaseModel):
    """Words in their place in a document."""

    model_config = ConfigDict(title="Passage")

    document: Annotated[str, Term("inDocument", "iri")] = Field(
        description="The IRI of the document.", examples=["https://w3id.org/demarche/id/document/port-lys"]
    )
    start: Annotated[int, Term("begin")] = Field(
        description="Where the words begin, in Unicode code points from 0.", examples=[17]
    )
    end: Annotated[int, Term("end")] = Field(description="Where they end, exclusive.", examples=[27])
    text: Annotated[str, Term("exact")] = Field(description="The words.", examples=["Ilena Varo"])


class PageModel(BaseModel):
    """What every page of a list tells beside its things."""

    model_config = ConfigDict(title="Page")

    total: int = Field(description="How many fit, on all pages.", examples=[1])
    next: str | None = Field(description="The cursor of the next page; none after the last.", examples=["WyIyMDMxIiwidXJuOngiXQ"])


class StandingModel(BaseModel):
    """How something stands by one document."""

    model_config = ConfigDict(title="Standing")
    node_type: ClassVar[str] = "Standing"

    value: str = Field(description="A status of an issue or a text, or the modality of a meeting.", examples=["agreed"])
    date: str | None = Field(description="The document's day.", examples=["2031-02-26"])
    source: str | None = Field(description="Where the document comes from.", examples=["https://news.example/port-lys"])
    confidence: float = Field(description="How sure the extraction is, from 0 to 1.", examples=[0.8])
    differs_from: list[str] = Field(description="Documents of the same day that say otherwise, by their IRIs.", examples=[[]])
    evidence: PassageModel = Field(description="The words that say so.")
