"""The records that pass between the stages: what was read, and what was found in it.

``Extraction`` is the waist of the system: what makes it knows no RDF, what uses it knows no spaCy. Every record is frozen.
Offsets count Unicode code points in ``Document.text``, the end exclusive. Field names are those of the JSON that ``kg extract``
prints. A ``confidence`` is from 0 to 1; ``extraction.confidence`` says what it was measured on.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

EntityType = Literal["Person", "Organization", "Country", "City", "Region", "Facility", "Place", "Group", "Document", "Event"]
MentionKind = Literal["name", "nominal", "pronoun"]
Modality = Literal["asserted", "planned", "conditional", "possible", "desired", "negated"]
MeetingType = Literal["meeting", "call", "visit", "talks", "summit", "press"]
IssueStatus = Literal["open", "agreed", "deferred", "separate-track", "progress", "rejected", "unspecified"]
ProposalKind = Literal[
    "proposal", "plan", "draft", "framework", "agreement", "treaty", "resolution", "roadmap", "list", "document"
]
ProposalStatus = Literal["proposed", "under-negotiation", "agreed", "signed", "adopted", "rejected"]
TimeRole = Literal["deadline", "when", "duration", "since", "until", "frequency"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Predicate = Literal[
    "holdsRole",
    "memberOf",
    "representative-of",
    "metWith",
    "calledFor",
    "supports",
    "opposes",
    "agreedTo",
    "announced",
    "negotiatesWith",
    "participatesIn",
    "locatedIn",
    "heldAt",
    "attacked",
    "sanctioned",
    "mediates",
    "requiresApprovalOf",
    "about",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One statement or report as it was read.

    ``date`` is the dateline or the day of publication; relative times count from it. ``id`` is unique in a store: adding another
    document of the same id replaces the first.
    """

    id: str
    text: str
    title: str | None = None
    date: datetime.date | None = None
    source: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Words in their place; ``text`` is exactly ``Document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention(Span):
    """A place where the text speaks of an entity."""

    kind: MentionKind = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor, a place or another thing with a name, and everything the document calls it.

    ``id`` is a CURIE (``id:person/marco-rubio``), unique in the document. ``named`` is false for one that is known by a
    description alone ("the technical teams"). ``same_as`` holds IRIs of the same thing elsewhere, Wikidata's first.
    """

    id: str
    type: EntityType
    name: str
    named: bool = True
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    confidence: float = 1.0
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that somebody said: quoted (``direct``) or reported. ``cue`` is the lemma of the reporting word, or "turn"."""

    speaker: str | None
    direct: bool
    text: str
    start: int
    end: int
    cue: str | None = None
    addressee: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An encounter of actors. ``participants`` and ``place`` are entity ids; ``date`` is an ISO 8601 date, month or interval."""

    type: MeetingType = "meeting"
    participants: tuple[str, ...] = ()
    place: str | None = None
    date: str | None = None
    purpose: str | None = None
    modality: Modality = "asserted"
    confidence: float = 1.0
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is negotiated or disputed, how it stands by the text, and the ids of its parties."""

    label: str
    status: IssueStatus = "unspecified"
    parties: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A process in which actors seek terms, over one sitting or many; ``label`` is its matter, or what the text calls it.

    ``parties`` and ``mediators`` are entity ids, ``proposals`` the ids of the texts on its table. ``meetings`` are places in the
    extraction's list of meetings, from 0. ``begin`` and ``end_date`` are ISO 8601 days, months or years. ``evidence`` is every
    passage that tells of it, in the order of the text.
    """

    label: str
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    begin: str | None = None
    end_date: str | None = None
    meetings: tuple[int, ...] = ()
    proposals: tuple[str, ...] = ()
    modality: Modality = "asserted"
    confidence: float = 1.0
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalVersion:
    """One state of a text: how many points it has, and its ISO 8601 date, where the words that tell of it say so."""

    points: int | None = None
    date: str | None = None
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That a text needs somebody's consent: ``by`` is an entity id, or the words themselves where they name no entity."""

    by: str
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text that actors make, negotiate, sign or break, and how it stands by this document.

    ``entity`` is the id of the entity of type Document that it is: its name, its aliases and all its mentions stand there.
    ``authors`` put it forward, ``recipients`` were given it, ``parties`` are those between whom it is to hold: entity ids.
    ``points`` are the counts of its points that the text gives, ascending: (26, 28) where it is 26 or 28. ``evidence`` is every
    passage that says more of it than its name, in the order of the text.
    """

    entity: str
    kind: ProposalKind = "document"
    status: ProposalStatus = "proposed"
    authors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    versions: tuple[ProposalVersion, ...] = ()
    approvals: tuple[Approval, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A date, duration or frequency in the text: its TIMEX3 ``value``, and the days it covers (``begin``, ``end_date``)."""

    start: int
    end: int
    text: str
    value: str | None = None
    begin: str | None = None
    end_date: str | None = None
    role: TimeRole = "when"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done by some actors to others, by PLOVER type.

    Actors are entity ids, or short noun phrases for those who are no entity ("students"); ``place`` is an entity id; ``context`` holds
    the fields that the words show ("military", "refugees"), as PLOVER names them.
    """

    type: EventType
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    modality: Modality = "asserted"
    date: str | None = None
    place: str | None = None
    confidence: float = 1.0
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Who stands how to what: ``subject`` and ``object`` are entity ids, or the words themselves where they name no entity.

    ``organization`` is the id of the state or organization that a role is of. ``begin`` and ``end_date`` tell from when to when the
    relation holds by the text, as ISO 8601 dates as exact as the text is (2014, 2014-03, 2014-03-05); None where it does not say.
    """

    subject: str
    predicate: Predicate
    object: str
    organization: str | None = None
    modality: Modality = "asserted"
    begin: str | None = None
    end_date: str | None = None
    speaker: str | None = None
    confidence: float = 1.0
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was found in one document, each list in the order of the text. ``model`` names the pipeline that found it."""

    document: Document
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    issues: tuple[Issue, ...] = ()
    negotiations: tuple[Negotiation, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    model: str | None = None
