"""Read what meetings and negotiations say of those who take part: who met or talks with whom, where, about what.

In: meetings, negotiations and frames. Out: Relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.labels import short_label
from kg.extraction.lemmas import known_lemma
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.relations.ends import counts, objects_of
from kg.records import MeetingType, Negotiation, Predicate, Relation

ENCOUNTERS: dict[MeetingType, Predicate] = {
    "meeting": "metWith",
    "visit": "metWith",
    "call": "negotiatesWith",
    "talks": "negotiatesWith",
}
"""What the participants of a meeting do with one another, by its kind."""
MOST_SIDES = 4
"""With more participants, not each has met each other."""
DERIVED = 0.5
"""Confidence in what follows from a meeting."""


def of_meetings(meetings: Sequence[MeetingFound], arguments: Arguments) -> Iterator[Relation]:
    """Yield who met or talked with whom, and where."""
    for found in meetings:
        meeting, token = found.meeting, arguments.doc[found.predicate]
        name = short_label(token) if token.pos_ == "NOUN" else meeting.type
        ends: list[tuple[str, Predicate, str]] = []
        if meeting.type in ENCOUNTERS and len(meeting.participants) <= MOST_SIDES:
            ends += [(one, ENCOUNTERS[meeting.type], other) for one, other in combinations(meeting.participants, 2)]
        if meeting.place is not None and meeting.type != "visit":
            ends.append((name, "heldAt", meeting.place))
        for subject, predicate, other in ends:
            yield Relation(
                subject=subject,
                predicate=predicate,
                object=other,
                modality=meeting.modality,
                confidence=DERIVED,
                evidence=meeting.evidence,
            )


def of_visits(frames: Iterable[Frame], arguments: Arguments) -> Iterator[Relation]:
    """Yield where visitors are."""
    for frame in frames:
        if frame.type.meeting != "visit":
            continue
        place = arguments.place([*frame.fill(frame.type.to), *frame.slots.get("in", ())])
        for visitor in arguments.actors(frame.fill(frame.type.from_)) if place is not None else ():
            if place is not None and visitor != place:
                yield Relation(
                    subject=visitor,
                    predicate="locatedIn",
                    object=place,
                    modality=frame.modality,
                    confidence=DERIVED,
                    evidence=arguments.span(frame.start, frame.end),
                )


def of_matters(frames: Iterable[Frame], arguments: Arguments, lexicon: FrameLexicon) -> Iterator[Relation]:
    """Yield what talks, meetings and calls are about: "talks ON trade", "the talks dealt WITH trade"."""
    for frame in frames:
        for noun, heads in _about(frame, arguments, lexicon):
            for head in heads:
                if counts(head, frame, arguments) and arguments.doc[head].lemma_.lower() not in lexicon.meetings.circumstances:
                    for other in objects_of(head, arguments):
                        yield Relation(
                            subject=short_label(noun),
                            predicate="about",
                            object=other,
                            confidence=DERIVED,
                            evidence=arguments.span(frame.start, frame.end),
                        )


def _about(frame: Frame, arguments: Arguments, lexicon: FrameLexicon) -> Iterator[tuple[Token, tuple[int, ...]]]:
    """Yield each noun for a meeting of a frame with the tokens of what it is about."""
    if frame.type.relation == "about":
        for head in frame.fill(frame.type.from_):
            noun = arguments.doc[head]
            if any(kind.meeting is not None for kind in lexicon.find("noun", known_lemma(noun, lexicon.words))):
                yield noun, frame.fill(frame.type.to)
    elif frame.type.meeting is not None and frame.part == "noun":
        slots = (frame.slots.get(slot, ()) for slot in frame.type.matter if slot != "self")
        yield arguments.doc[frame.predicate], tuple(head for heads in slots for head in heads)


def of_negotiations(negotiations: Iterable[Negotiation]) -> Iterator[Relation]:
    """Yield who negotiates with whom and who mediates, of each process."""
    for process in negotiations:
        ends: list[tuple[str, Predicate, str]] = [(mediator, "mediates", process.label) for mediator in process.mediators]
        if len(process.parties) <= MOST_SIDES:
            ends += [(one, "negotiatesWith", other) for one, other in combinations(process.parties, 2)]
        for subject, predicate, other in ends:
            yield Relation(
                subject=subject,
                predicate=predicate,
                object=other,
                modality=process.modality,
                confidence=process.confidence,
                evidence=process.evidence[0],
            )
