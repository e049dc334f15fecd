"""Read all tellings of encounters in a document, one for each predicate; a visit is one with the meeting that it is made for.

In: the frames of a document. Out: Encounters in text order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.circumstances import Whereabouts
from kg.extraction.meetings.encounters import Encounter, is_evoked, read_encounter
from kg.extraction.meetings.participants import ATTENDED
from kg.language.syntax import preposition_of
from kg.records import Entity, MeetingType

KINDS: dict[MeetingType, str] = {
    "meeting": "meeting",
    "talks": "meeting",
    "summit": "meeting",
    "call": "call",
    "visit": "visit",
    "press": "press",
}
"""Words for a meeting that may be said of the same one."""


def read_encounters(frames: Iterable[Frame], arguments: Arguments, lexicon: FrameLexicon) -> Iterator[Encounter]:
    """Yield the encounters in text order; of one that a visit is made for, and of the visit, one."""
    words = lexicon.meetings
    telling: dict[int, Frame] = {}
    for frame in frames:
        if is_evoked(frame, arguments, words) and (frame.predicate not in telling or frame.type.meeting == "press"):
            telling[frame.predicate] = frame
    whereabouts = Whereabouts(telling.values(), arguments, words)
    read = {i: read_encounter(frame, arguments, whereabouts, lexicon) for i, frame in telling.items()}
    read = {i: encounter for i, encounter in read.items() if encounter is not None}
    for predicate in list(read):
        _unite(predicate, read, arguments)
    yield from (encounter for encounter in read.values() if encounter is not None)


def _unite(predicate: int, read: dict[int, Encounter | None], arguments: Arguments) -> None:
    """Join to an encounter the visit that is made for it, or what it is an instance of: "contacts with X, INCLUDING meetings of Y"."""
    inner = read[predicate]
    token = arguments.doc[predicate]
    if inner is None or token.head.i == predicate:
        return
    visit = read.get(token.head.i)
    if visit is not None and visit.type == "visit" and inner.type != "visit" and _is_purpose(visit, inner, arguments):
        read[predicate] = replace(
            inner,
            participants=united(visit.participants, inner.participants, arguments),
            place=inner.place or visit.place,
            date=inner.date or visit.date,
            modality=visit.modality if visit.modality != "asserted" else inner.modality,
            anchored=True,
            start=min(inner.start, visit.start),
            end=max(inner.end, visit.end),
        )
        del read[visit.predicate]
        return
    outer = read.get(token.head.i)
    if outer is not None and token.dep_.startswith("obl") and preposition_of(token) in ATTENDED:
        _unite_attended(outer, inner, read, arguments)
        return
    if preposition_of(token) == "including":
        wider = next((read[i] for i in range(predicate - 1, token.sent.start - 1, -1) if read.get(i) is not None), None)
        if wider is not None:
            read[predicate] = replace(
                inner,
                type=wider.type,
                predicate=wider.predicate,
                participants=united(wider.participants, inner.participants, arguments),
                start=min(wider.start, inner.start),
                end=max(wider.end, inner.end),
            )
            del read[wider.predicate]


def _unite_attended(outer: Encounter, inner: Encounter, read: dict[int, Encounter | None], arguments: Arguments) -> None:
    """Join what is discussed at a meeting to it ("discussed trade AT a meeting"); who meets at a summit meets where and when it is."""
    if outer.vague:
        read[inner.predicate] = replace(
            inner,
            participants=united(outer.participants, inner.participants, arguments),
            place=inner.place or outer.place,
            date=inner.date or outer.date,
            purpose=inner.purpose or outer.purpose,
            anchored=inner.anchored or outer.anchored,
        )
        del read[outer.predicate]
    elif KINDS[outer.type] == "meeting":
        read[outer.predicate] = replace(outer, place=outer.place or inner.place, date=outer.date or inner.date)


def _is_purpose(visit: Encounter, inner: Encounter, arguments: Arguments) -> bool:
    """Tell whether a visit is made for an encounter: "came TO MEET", "arrived FOR talks", "came and met"."""
    token = arguments.doc[inner.predicate]
    if token.dep_ == "conj":
        return visit.participants == inner.participants
    return token.dep_ in {"advcl", "xcomp"} or (token.dep_.startswith("obl") and preposition_of(token) in {"for", "to"})


def sides_of(participants: tuple[str, ...], arguments: Arguments) -> frozenset[str]:
    """Return who takes part, a group without a name by its noun: "advisers from several states" are "the advisers of these states"."""
    return frozenset(_side(arguments.entities[participant]) for participant in participants)


def _side(entity: Entity) -> str:
    if entity.named or entity.type != "Group":
        return entity.id
    words = re.split(r" (?:of|from|in|that|who) |, ", entity.name)[0].split()
    return words[-1].casefold() if words else entity.id


def united(one: tuple[str, ...], other: tuple[str, ...], arguments: Arguments) -> tuple[str, ...]:
    """Return the participants of two tellings, a group without a name once by its noun."""
    known = sides_of(one, arguments)
    return tuple(dict.fromkeys((*one, *(p for p in other if _side(arguments.entities[p]) not in known))))
