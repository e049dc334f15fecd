"""What documents say: relations, meetings, issues, texts under negotiation, and statements."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from api.models.common import NodeModel, PageModel, PassageModel, StandingModel
from api.models.terms import Term, Thing
from kg.graph.terms import MEETING_CLASSES
from kg.graph.vocabulary import DEM
from kg.records import IssueStatus, MeetingType, Modality, ProposalStatus

Confidence = Annotated[float, Term("confidence", "decimal")]
Words = Annotated[PassageModel, Term("wasDerivedFrom")]
_SURE = "How sure the extraction is, from 0 to 1."
_FIRM = "How firmly it is said."
_SAYS_SO = "The words that say so."


class RelationModel(Thing):
    """One assertion: who stands how to what, who says so, how firmly, and in which words."""

    model_config = ConfigDict(title="Relation")
    node_type: ClassVar[str] = "Assertion"

    subject: Annotated[NodeModel, Term("subject")] = Field(description="Who or what.")
    predicate: Annotated[str, Term("predicate", "term")] = Field(
        description="A term of the ontology, without its prefix.", examples=["metWith"]
    )
    object: Annotated[NodeModel, Term("object")] = Field(description="To whom or what.")
    modality: Annotated[Modality, Term("modality")] = Field(description=_FIRM, examples=["asserted"])
    speaker: Annotated[NodeModel | None, Term("speaker")] = Field(description="Who says so, where somebody is quoted.")
    confidence: Confidence = Field(description=_SURE, examples=[0.8])
    evidence: Words = Field(description=_SAYS_SO)
    date: str | None = Field(description="The document's day.", examples=["2031-02-26"])
    begin: Annotated[str | None, Term("beginDate", "when")] = Field(description="Since when it holds.", examples=["2029"])
    end_date: Annotated[str | None, Term("endDate", "when")] = Field(description="Until when it holds.", examples=["2030-06"])
    organization: Annotated[NodeModel | None, Term("roleOf")] = Field(description="Of a role: what it is of.")


class RelationListModel(PageModel):
    """A page of relations."""

    model_config = ConfigDict(title="RelationList")

    items: list[RelationModel] = Field(description="The relations of this page, by date and place in the text.")


class MeetingSummaryModel(Thing):
    """An encounter."""

    model_config = ConfigDict(title="MeetingSummary")

    type: MeetingType = Field(description="What kind of encounter.", examples=["talks"])
    label: Annotated[str, Term("prefLabel")] = Field(description="What to call it.", examples=["Talks in Port Lys, 2031-02-25"])
    participants: Annotated[list[NodeModel], Term("participant")] = Field(description="Who took part.")
    place: Annotated[NodeModel | None, Term("heldAt")] = Field(description="Where it was held.")
    date: Annotated[str | None, Term("date", "when")] = Field(
        description="Its day, month, year or interval.", examples=["2031-02-25"]
    )
    purpose: Annotated[str | None, Term("purpose")] = Field(description="What for.", examples=["to end the dispute"])
    modality: Modality = Field(description="How firmly the latest document tells of it.", examples=["asserted"])
    evidence: PassageModel = Field(description="The words of the latest document that tells of it.")

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [MEETING_CLASSES[self.type].removeprefix(DEM)]


class MeetingModel(MeetingSummaryModel):
    """An encounter, with how it stands by each document."""

    model_config = ConfigDict(title="Meeting")

    history: list[StandingModel] = Field(description="How it stands by each document that tells of it, by their days.")


class MeetingListModel(PageModel):
    """A page of meetings."""

    model_config = ConfigDict(title="MeetingList")

    items: list[MeetingSummaryModel] = Field(description="The meetings of this page, by their days.")


class _MatterModel(Thing):
    """What is under negotiation, as it stands by the latest news."""

    label: Annotated[str, Term("prefLabel")] = Field(description="Its name.", examples=["the status of the Saltmarsh"])
    aliases: Annotated[list[str], Term("altLabel")] = Field(description="What else it is called.", examples=[[]])
    parties: Annotated[list[NodeModel], Term("party")] = Field(description="Between whom it stands.")
    status: IssueStatus | ProposalStatus = Field(description="How it stands by the latest document.")
    date: str | None = Field(description="The day of that document.", examples=["2031-02-26"])
    standings: int = Field(description="How many documents tell how it stands.", examples=[1])


class IssueSummaryModel(_MatterModel):
    """A matter under negotiation, as it stands by the latest news."""

    model_config = ConfigDict(title="IssueSummary")
    node_type: ClassVar[str] = "Issue"

    status: IssueStatus = Field(description="How it stands by the latest document.", examples=["separate-track"])


class IssueModel(IssueSummaryModel):
    """A matter under negotiation, with how it stood."""

    model_config = ConfigDict(title="Issue")

    history: list[StandingModel] = Field(description="How it stands by each document, by their days.")
    contradictions: list[StandingModel] = Field(description="Those of the history that another document of the day gainsays.")


class IssueListModel(PageModel):
    """A page of issues."""

    model_config = ConfigDict(title="IssueList")

    items: list[IssueSummaryModel] = Field(description="The issues of this page, by the day of the latest news of them.")


class ProposalSummaryModel(_MatterModel):
    """A text under negotiation, as it stands by the latest news."""

    model_config = ConfigDict(title="ProposalSummary")
    node_type: ClassVar[str] = "Proposal"

    status: ProposalStatus = Field(description="How it stands by the latest document.", examples=["agreed"])


class VersionModel(Thing):
    """One state of a text."""

    model_config = ConfigDict(title="ProposalVersion")
    node_type: ClassVar[str] = "ProposalVersion"

    points: Annotated[int | None, Term("points")] = Field(description="How many points it has.", examples=[28])
    date: Annotated[str | None, Term("date", "when")] = Field(description="Its date.", examples=["2031-02-25"])
    evidence: Words = Field(description=_SAYS_SO)


class ApprovalModel(Thing):
    """A consent that a text needs."""

    model_config = ConfigDict(title="Approval")
    node_type: ClassVar[str] = "Approval"

    approver: Annotated[NodeModel, Term("approver")] = Field(description="Whose consent.")
    evidence: Words = Field(description=_SAYS_SO)


class ProposalModel(ProposalSummaryModel):
    """A text under negotiation, with all that is told of it."""

    model_config = ConfigDict(title="Proposal")

    kinds: Annotated[list[str], Term("proposalKind")] = Field(description="What sort of text.", examples=[["agreement"]])
    authors: Annotated[list[NodeModel], Term("author")] = Field(description="Who put it forward.")
    recipients: Annotated[list[NodeModel], Term("recipient")] = Field(description="Who was given it.")
    points: Annotated[list[int], Term("points")] = Field(description="How many points it is said to have.", examples=[[26, 28]])
    versions: Annotated[list[VersionModel], Term("version")] = Field(description="Its states that documents tell apart.")
    approvals: Annotated[list[ApprovalModel], Term("needs")] = Field(description="Whose consent it needs.")
    history: list[StandingModel] = Field(description="How it stands by each document, by their days.")


class ProposalListModel(PageModel):
    """A page of texts under negotiation."""

    model_config = ConfigDict(title="ProposalList")

    items: list[ProposalSummaryModel] = Field(description="The texts of this page, by the day of the latest news of them.")


class StatementModel(Thing):
    """Words that somebody said, with some of the text around them."""

    model_config = ConfigDict(title="Statement")
    node_type: ClassVar[str] = "Statement"

    speaker: Annotated[NodeModel | None, Term("speaker")] = Field(description="Who said it.")
    addressee: Annotated[NodeModel | None, Term("addressee")] = Field(description="To whom.")
    direct: Annotated[bool, Term("direct")] = Field(description="Whether it is quoted, not reported.", examples=[True])
    text: Annotated[str, Term("text")] = Field(description="The words.", examples=["We have agreed"])
    cue: Annotated[str | None, Term("cue")] = Field(description="The verb that brings it.", examples=["say"])
    confidence: Confidence = Field(description=_SURE, examples=[0.95])
    date: str | None = Field(description="The document's day.", examples=["2031-02-26"])
    before: str = Field(description="The words of the text before it.", examples=["on Tuesday. “"])
    behind: str = Field(description="The words of the text behind it.", examples=[",” Varo said."])
    evidence: Words = Field(description="Where it stands.")


class StatementListModel(PageModel):
    """A page of statements."""

    model_config = ConfigDict(title="StatementList")

    items: list[StatementModel] = Field(description="The statements of this page, by date and place in the text.")
