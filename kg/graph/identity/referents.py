"""What a document speaks of, before it is known what other documents speak of the same.

A referent is an entity, a meeting or an issue of one document. Its local name depends on nothing but the document, and not on the
place of the record in it, so that a decision of people about it outlives a new reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Entity, Extraction, Issue, Meeting
from kg.slugs import slug

Key = tuple[str, str]
"""What names a referent: its document's id and its local name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """One thing that one document speaks of; ``local`` is KIND/NAME, unique in the document."""

    document: str
    local: str
    record: Entity | Meeting | Issue

    @property
    def key(self) -> Key:
        """The document's id and the local name."""
        return self.document, self.local


def referents_of(extraction: Extraction) -> tuple[Referent, ...]:
    """Return the referents of a document: its entities, then its meetings, then its issues, each in the order of the records."""
    document = extraction.document.id
    given: dict[str, int] = {}
    records: tuple[Entity | Meeting | Issue, ...] = (*extraction.entities, *extraction.meetings, *extraction.issues)
    names = (_unused(name, given) for name in _names(extraction))
    return tuple(Referent(document=document, local=name, record=record) for name, record in zip(names, records, strict=True))


def _names(extraction: Extraction) -> Iterator[str]:
    called = {entity.id: entity.name for entity in extraction.entities}
    inner = f"/{slug(extraction.document.id)}/"
    for entity in extraction.entities:
        if entity.id.startswith("id:"):
            yield entity.id.removeprefix("id:").replace(inner, "/", 1)
        else:
            yield f"{entity.type.lower()}/{slug(entity.name)}"
    for meeting in extraction.meetings:
        yield f"meeting/{slug('-'.join(_marks(meeting, called)))}"
    for issue in extraction.issues:
        yield f"issue/{slug(issue.label)}"


def _marks(meeting: Meeting, called: dict[str, str]) -> Iterator[str]:
    """Yield what tells a meeting from others: its type, its date, its place, or else those who meet."""
    yield meeting.type
    if meeting.date is not None:
        yield meeting.date
    if meeting.place is not None:
        yield called.get(meeting.place, meeting.place)
    else:
        yield from (called.get(participant, participant) for participant in meeting.participants)


def _unused(name: str, given: dict[str, int]) -> str:
    """Return a name that was not given yet, with a number behind it if need be."""
    candidate = name
    while candidate in given:
        given[name] += 1
        candidate = f"{name}-{given[name]}"
    given[candidate] = 1
    return candidate
