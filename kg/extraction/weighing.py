"""Weigh what a record shows: the raw score of its reader, moved by what its words name and by how far apart they stand.

In: an Extraction whose readers scored each record by the manner of telling. Out: the same one with scores moved in log odds, for and
against; ``confidence`` turns them into probabilities. Pure.
What counts: who is named in the very words is likelier to be meant than who is described there, stood for by a pronoun, or found
outside them; words that stand in the text name more surely than such as were made of a clause; a long label or passage has more to go
wrong; what stands within another event may be a part of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from kg.extraction.confidence import log_odds, sigmoid
from kg.records import Entity, Event, Extraction, Meeting, Relation, Span, Statement

Presence = Literal["name", "nominal", "pronoun", "outside", "words"]
SUBJECT: dict[Presence, float] = {"name": 0.5, "nominal": -0.25, "pronoun": -0.5, "outside": -1.0, "words": -0.5}
OBJECT: dict[Presence, float] = {"name": 0.5, "nominal": 0.0, "pronoun": -1.0, "outside": -1.0, "words": 0.0}
ACTOR: dict[Presence, float] = {"name": 0.5, "nominal": 0.25, "pronoun": 0.0, "outside": -0.25, "words": 0.0}
REBUILT = -0.5
"""Against an object whose words stand nowhere in the evidence in their order."""
LONG_LABEL, LONG_PASSAGE = 7, 12
"""Words beyond which a label, or a relation's evidence, counts as long."""
LONG = -0.5
TOLD = 0.25
"""For each thing that a meeting is told with: its place, its day."""
WITHOUT_SIDE = -0.5
"""Against an event of which only one side is told, and words of which nobody is known to have said them."""
WITHIN = -0.5
"""Against an event told within another one."""


def weighed(found: Extraction) -> Extraction:
    """Return an extraction with weighed scores; issues have weighed their candidates already."""
    seen = _Seen(found.entities)
    within = within_another(found.events)
    return replace(
        found,
        statements=tuple(replace(one, confidence=_statement(one)) for one in found.statements),
        meetings=tuple(replace(one, confidence=_meeting(one, seen)) for one in found.meetings),
        events=tuple(
            replace(one, confidence=_event(one, seen, inner=inner)) for one, inner in zip(found.events, within, strict=True)
        ),
        relations=tuple(replace(one, confidence=_relation(one, seen)) for one in found.relations),
    )


class _Seen:
    """Answers with what kind of words a passage speaks of an entity."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._mentions = {entity.id: sorted(entity.mentions) for entity in entities}
        self._starts = {key: [mention.start for mention in mentions] for key, mentions in self._mentions.items()}

    def presence(self, reference: str, passage: Span) -> Presence:
        """Return the most telling kind of mention of an entity in a passage; "words" for what is no entity."""
        if reference not in self._mentions:
            return "words"
        first, last = (bisect_left(self._starts[reference], place) for place in (passage.start, passage.end))
        kinds = {mention.kind for mention in self._mentions[reference][first:last]}
        return "name" if "name" in kinds else "nominal" if "nominal" in kinds else "pronoun" if kinds else "outside"


def _statement(statement: Statement) -> float:
    return _moved(statement.confidence, WITHOUT_SIDE * (statement.speaker is None))


def _meeting(meeting: Meeting, seen: _Seen) -> float:
    present = [ACTOR[seen.presence(one, meeting.evidence)] for one in meeting.participants]
    # A third participant says no more for a meeting than two do.
    return _moved(
        meeting.confidence, *sorted(present)[-2:], TOLD * (meeting.place is not None), TOLD * (meeting.date is not None)
    )


def _event(event: Event, seen: _Seen, *, inner: bool) -> float:
    sides = [max((ACTOR[seen.presence(one, event.evidence)] for one in side), default=WITHOUT_SIDE) for side in _sides(event)]
    return _moved(event.confidence, *sides, WITHIN * inner)


def _sides(event: Event) -> tuple[Sequence[str], Sequence[str]]:
    return event.source, event.target


def _relation(relation: Relation, seen: _Seen) -> float:
    evidence = relation.evidence
    subject, target = seen.presence(relation.subject, evidence), seen.presence(relation.object, evidence)
    made = target == "words" and " ".join(relation.object.casefold().split()) not in " ".join(evidence.text.casefold().split())
    return _moved(
        relation.confidence,
        SUBJECT[subject],
        OBJECT[target],
        REBUILT * made,
        LONG * (target == "words" and len(relation.object.split()) > LONG_LABEL),
        LONG * (len(evidence.text.split()) > LONG_PASSAGE),
    )


def _moved(score: float, *moves: float) -> float:
    return sigmoid(log_odds(score) + sum(moves))


def within_another(events: Sequence[Event]) -> list[bool]:
    """Tell of each event whether its words lie within those of another that is told with more words; each is compared once."""
    inner = [False] * len(events)
    reach, begin = -1, -1
    for i in sorted(range(len(events)), key=lambda i: (events[i].evidence.start, -events[i].evidence.end)):
        start, end = events[i].evidence.start, events[i].evidence.end
        inner[i] = end <= reach and (start, end) != (begin, reach)
        if end > reach:
            begin, reach = start, end
    return inner
