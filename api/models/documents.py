"""Documents, what has a day, what people decided, and how much there is of what."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models.common import NodeModel, PageModel, PassageModel
from api.models.terms import Term, Thing


class DocumentSummaryModel(Thing):
    """A document by itself."""

    model_config = ConfigDict(title="DocumentSummary")
    node_type: ClassVar[str] = "Document"

    identifier: Annotated[str, Term("identifier")] = Field(description="Its id, as it was given.", examples=["port-lys"])
    title: Annotated[str | None, Term("title")] = Field(description="Its title.", examples=["Talks in Port Lys"])
    date: Annotated[str | None, Term("documentDate")] = Field(description="Its day.", examples=["2031-02-26"])
    source: Annotated[str | None, Term("documentSource")] = Field(
        description="Where it comes from.", examples=["https://news.example/port-lys"]
    )
    language: Annotated[str | None, Term("language")] = Field(description="Its language.", examples=["en"])
    model: Annotated[str | None, Term("model")] = Field(description="The pipeline that read it.", examples=["demarche 1"])
    length: int = Field(description="How many characters its text has.", examples=[398])
    found: dict[str, int] = Field(description="How many records were found in it, by class.", examples=[{"Assertion": 6}])


class DocumentListModel(PageModel):
    """A page of documents."""

    model_config = ConfigDict(title="DocumentList")

    items: list[DocumentSummaryModel] = Field(description="The documents of this page, by their days.")


class HighlightModel(Thing):
    """A place in a text, and what stands there."""

    model_config = ConfigDict(title="Highlight")

    start: int = Field(description="Where it begins, in Unicode code points from 0.", examples=[17])
    end: int = Field(description="Where it ends, exclusive.", examples=[27])
    kind: str = Field(description='"mention", or the class of a record.', examples=["mention"])
    thing: NodeModel | None = Field(description="Who is mentioned, what has the status, or who speaks.")
    subject: NodeModel | None = Field(description="Of an assertion: its subject.")
    predicate: str | None = Field(description="Of an assertion: its predicate.", examples=["metWith"])
    object: NodeModel | None = Field(description="Of an assertion: its object.")
    value: str | None = Field(description="A modality, a status, or the kind of a mention.", examples=["name"])

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        of_mention = [self.thing.type] if self.thing is not None and self.thing.type is not None else []
        return of_mention if self.kind == "mention" else [self.kind]


class DocumentModel(DocumentSummaryModel):
    """A document with its text and all that was found in it."""

    model_config = ConfigDict(title="Document")

    text: Annotated[str, Term("text")] = Field(description="Its text.", examples=["Foreign Minister Ilena Varo met …"])
    spans: list[HighlightModel] = Field(description="All that was found, in the order of the text; places may overlap.")


class DatedModel(Thing):
    """Something that has a day."""

    model_config = ConfigDict(title="Dated")

    date: str = Field(description="Its day, month, year or interval.", examples=["2031-02-25"])
    kind: str = Field(description="What sort of thing.", examples=["meeting"])
    label: Annotated[str, Term("prefLabel")] = Field(description="What to call it.", examples=["Talks in Port Lys, 2031-02-25"])
    about: NodeModel | None = Field(description="Of a status: what stands so.")
    actors: list[NodeModel] = Field(description="Who has part in it.")
    values: list[str] = Field(description="Statuses, modalities, types and titles of it.", examples=[["asserted"]])
    evidence: PassageModel | None = Field(description="The words that say so.")

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [_CLASSES[self.kind]]


_CLASSES = {
    "document": "Document",
    "meeting": "Meeting",
    "statement": "Statement",
    "event": "Event",
    "deadline": "Deadline",
    "issue": "IssueStatus",
    "proposal": "ProposalStatus",
    "role": "Assertion",
}


class TimelineModel(PageModel):
    """A page of what has a day."""

    model_config = ConfigDict(title="Timeline")

    items: list[DatedModel] = Field(description="What has a day, day by day.")


class CountModel(BaseModel):
    """How many there are of something."""

    model_config = ConfigDict(title="Count")

    name: str = Field(description="A term of the ontology without its prefix, or a document's IRI.", examples=["asserted"])
    count: int = Field(description="How many.", examples=[12])


class StatisticsModel(BaseModel):
    """How much there is of what, the most first."""

    model_config = ConfigDict(title="Statistics")

    triples: int = Field(description="How many different triples.", examples=[401])
    classes: list[CountModel] = Field(description="Things by class.")
    modalities: list[CountModel] = Field(description="Assertions by modality.")
    predicates: list[CountModel] = Field(description="Assertions by predicate.")
    statuses: list[CountModel] = Field(description="Statuses of issues by what they say.")
    documents: list[CountModel] = Field(description="Assertions by document, at most fifty.")


class DecisionModel(Thing):
    """What somebody decided about who is who."""

    model_config = ConfigDict(title="Decision")

    number: Annotated[int, Term("number")] = Field(description="Its number; later ones win.", examples=[1])
    kind: Literal["merge", "split", "rename"] = Field(description="What was decided.", examples=["merge"])
    created: Annotated[str | None, Term("created")] = Field(description="When.", examples=["2031-03-01T10:00:00+00:00"])
    reason: Annotated[str | None, Term("reason")] = Field(description="Why.", examples=["both sign so"])
    label: Annotated[str | None, Term("prefLabel")] = Field(description="What it is to be called.", examples=["Ilena Varo"])
    members: Annotated[list[str], Term("member", "iri")] = Field(
        description="What it is about: IRIs of referents.", examples=[[]]
    )
    first: Annotated[list[str], Term("firstPart", "iri")] = Field(description="Of a split: one part.", examples=[[]])
    second: Annotated[list[str], Term("secondPart", "iri")] = Field(description="Of a split: the other part.", examples=[[]])

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return ["Decision", {"merge": "Merge", "split": "Split", "rename": "Renaming"}[self.kind]]


class DecisionListModel(BaseModel):
    """All decisions."""

    model_config = ConfigDict(title="DecisionList")

    items: list[DecisionModel] = Field(description="The decisions, in the order of their numbers.")
