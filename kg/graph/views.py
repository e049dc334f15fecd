"""What look-ups return: plain values that a command prints and an API serializes. Offsets count code points, ends exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.records import EntityType


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A resource and what to call it; ``type`` is its class of the ontology ("Person"), where it has one.

    Two nodes of one IRI and label are equal.
    """

    iri: str
    label: str
    type: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words in their place: the document that has them, the offsets, and the words."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySummary:
    """One line of a list of entities; ``mentions`` counts the places that speak of it."""

    iri: str
    type: EntityType
    label: str
    aliases: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document that speaks of an entity, with how often."""

    iri: str
    title: str | None
    date: str | None
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionView:
    """One place that speaks of an entity; ``kind`` is "name", "nominal" or "pronoun"."""

    passage: Passage
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role by one assertion: what it is, of what, and from when to when by the text; ``date`` is its document's."""

    iri: str
    role: Node
    organization: Node | None
    begin: str | None
    end_date: str | None
    modality: str
    confidence: float
    date: str | None
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDetail:
    """All that is known of one entity by itself; ``mentions`` may be cut short, ``mention_count`` is not.

    ``roles`` are the offices and functions that it is named with, ``held`` those that it is said to hold or have held.
    """

    iri: str
    types: tuple[EntityType, ...]
    label: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    held: tuple[RoleView, ...]
    same_as: tuple[str, ...]
    named: bool
    documents: tuple[DocumentView, ...]
    mention_count: int
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """One assertion; ``predicate`` and ``modality`` are names of the ontology without its namespace.

    ``date`` is its document's. It holds from ``begin`` to ``end_date`` where the text says so, each a day, a month or a year;
    ``organization`` is what a role is of.
    """

    iri: str
    subject: Node
    predicate: str
    object: Node
    modality: str
    speaker: Node | None
    confidence: float
    evidence: Passage
    date: str | None = None
    begin: str | None = None
    end_date: str | None = None
    organization: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """Words that somebody said."""

    iri: str
    speaker: Node | None
    addressee: Node | None
    direct: bool
    text: str
    cue: str | None
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """An encounter; ``type`` is one of the records' meeting types, ``date`` a day, a month, a year or an interval."""

    iri: str
    type: str
    label: str
    participants: tuple[Node, ...]
    place: Node | None
    date: str | None
    purpose: str | None
    modality: str
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationView:
    """A process of negotiating; ``begin`` and ``end_date`` are days, months or years, ``evidence`` its first passage."""

    iri: str
    label: str
    parties: tuple[Node, ...]
    mediators: tuple[Node, ...]
    proposals: tuple[Node, ...]
    begin: str | None
    end_date: str | None
    modality: str
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """How a matter, a text or a meeting stands by one document: ``value`` is an issue status, a proposal status or a modality.

    ``differs_from`` names the documents of the same day that say otherwise; ``source`` is where the document comes from.
    """

    value: str
    date: str | None
    source: str | None
    confidence: float
    differs_from: tuple[str, ...]
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingView:
    """A matter, a text or a meeting: who has part in it, and how it stood by each document, in the order of their dates."""

    iri: str
    label: str
    parties: tuple[Node, ...]
    history: tuple[StandingView, ...]
