"""Read who met whom, where and when.

In: frames that tell of an encounter. Out: Meetings in text order, the same one told twice given once.
Limits: a meeting is read from one sentence; a later mention adds to an earlier one only where nothing contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.language.syntax import preposition_of
from kg.records import Meeting, MeetingType, TimeExpression

CIRCUMSTANCES = frozenset({"sideline", "margin", "phone", "telephone", "eve", "occasion", "basis", "behalf", "invitation"})
"""Nouns behind "on" and "at" that tell how a meeting came about, not what it was about."""
PRESS = frozenset({"press", "reporter", "journalist", "media"})
PLACE_SLOTS = ("in", "at", "near", "to")


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """A meeting with the predicate it was read from, which later readers name it by."""

    meeting: Meeting
    predicate: int


def read_meetings(frames: Iterable[Frame], arguments: Arguments) -> tuple[MeetingFound, ...]:
    """Return the meetings that have two participants, or one and a place or date, or a place and a date."""
    found: list[MeetingFound] = []
    wider: Frame | None = None
    for frame in frames:
        meeting = _meeting(frame, arguments, wider=wider)
        if frame.type.meeting is not None and frame.part == "noun":
            wider = frame
        if meeting is None:
            continue
        same = next((i for i, other in enumerate(found) if _is_same(other.meeting, meeting)), None)
        if same is None:
            found.append(MeetingFound(meeting, frame.predicate))
        else:
            found[same] = replace(found[same], meeting=_joined(found[same].meeting, meeting))
    return tuple(found)


def _meeting(frame: Frame, arguments: Arguments, *, wider: Frame | None) -> Meeting | None:
    if frame.type.meeting is None:
        return None
    participants = _participants(frame, arguments)
    if wider is not None and _is_part(frame, wider, arguments):
        participants = tuple(dict.fromkeys((*_participants(wider, arguments), *participants)))
    place = arguments.place(head for slot in PLACE_SLOTS for head in frame.slots.get(slot, ()))
    if place is None and frame.type.meeting == "visit":
        place = arguments.place(frame.fill(frame.type.to))
    if place is None:
        place = arguments.place(_located_in(frame, arguments))
    time = arguments.time(frame.start, frame.end)
    if time is None and participants:
        sentence = arguments.doc[frame.predicate].sent
        time = arguments.only_time(sentence.start, sentence.end)
    participants = tuple(p for p in participants if p != place)
    # "the December 7 call" is one certain call, though the text may not say whose.
    dated = frame.part == "noun" and _own_time(frame, arguments) is not None
    signs = (len(participants) >= 2) * 2 + bool(participants) + (place is not None) + (time is not None) + dated
    if not _is_named_gathering(frame, arguments) and (signs < 2 or (frame.part == "verb" and not participants)):
        return None
    return Meeting(
        type=_type(frame, arguments),
        participants=participants,
        place=place,
        date=time.value if time is not None else None,
        purpose=_purpose(frame, arguments),
        modality=frame.modality,
        evidence=arguments.span(frame.start, frame.end),
    )


def _is_part(frame: Frame, wider: Frame, arguments: Arguments) -> bool:
    """Tell whether a noun gives one case of what was told before it: "contacts with X, INCLUDING meetings of Y in Z"."""
    token = arguments.doc[frame.predicate]
    including = preposition_of(token) == "including"
    return including and token.sent.start == arguments.doc[wider.predicate].sent.start


def _own_time(frame: Frame, arguments: Arguments) -> TimeExpression | None:
    """Return the day that stands directly before or behind a noun."""
    token = arguments.doc[frame.predicate]
    modifiers = [
        child.left_edge.i for child in token.lefts if child.dep_ in {"compound", "amod", "nmod", "nmod:unmarked", "nummod"}
    ]
    return arguments.time(min(modifiers, default=token.i), min(token.i + 4, token.sent.end))


def _located_in(frame: Frame, arguments: Arguments) -> Iterator[int]:
    """Yield the nouns behind "in" and "at" within the frame's words: a phrase of place is as often hung on another noun."""
    for token in arguments.doc[frame.start : frame.end]:
        if not token.dep_.startswith(("nmod", "obl")) or preposition_of(token) not in {"in", "at"}:
            continue
        governor = token.head
        if governor.i == frame.predicate or governor.pos_ == "VERB" or arguments.actors([governor.i]):
            yield token.i


def _is_named_gathering(frame: Frame, arguments: Arguments) -> bool:
    """Tell whether a noun is the head of a conference's or summit's own name: "the Paris Conference on Libya"."""
    token = arguments.doc[frame.predicate]
    named = any(child.dep_ in {"compound", "amod", "nmod:poss"} and child.text[0].isupper() for child in token.lefts)
    return (
        frame.part == "noun" and frame.type.meeting == "summit" and named and (token.pos_ == "PROPN" or token.text[0].isupper())
    )


def _participants(frame: Frame, arguments: Arguments) -> tuple[str, ...]:
    return arguments.actors(_sides(frame))


def _sides(frame: Frame) -> list[int]:
    """Return the tokens of those who take part."""
    slots: Sequence[str] = ("subject", "with", "between", "owner", "of", "involving")
    heads = [head for slot in slots for head in frame.slots.get(slot, ())]
    if frame.part == "verb" and frame.type.meeting != "visit" and "object" in frame.type.to:
        heads += frame.slots.get("object", ())
    if frame.type.meeting == "call":
        heads += frame.slots.get("to", ())
    if frame.part == "noun":
        heads += frame.slots.get("at", ())
    return heads


def _type(frame: Frame, arguments: Arguments) -> MeetingType:
    """Return the kind of meeting; a talk or conversation on the telephone is a call."""
    words = {token.lower_ for token in arguments.doc[frame.start : frame.end]}
    if any(arguments.doc[head].lemma_.lower() in PRESS for head in _sides(frame)):
        return "press"
    if words & {"phone", "telephone", "videoconference", "teleconference"}:
        return "call"
    return frame.type.meeting or "meeting"


def _purpose(frame: Frame, arguments: Arguments) -> str | None:
    heads = (head for slot in frame.type.matter if slot != "self" for head in frame.slots.get(slot, ()))
    matter = [
        head
        for head in heads
        if not arguments.is_time(head) and arguments.doc[head].pos_ != "PRON" and arguments.doc[head].lemma_ not in CIRCUMSTANCES
    ]
    return arguments.label(matter[0]) if matter else None


def _is_same(one: Meeting, other: Meeting) -> bool:
    a, b = set(one.participants), set(other.participants)
    if not a or not b or not (a <= b or b <= a) or one.modality != other.modality:
        return False
    agree = all(x is None or y is None or x == y for x, y in ((one.place, other.place), (one.date, other.date)))
    shared = a == b or bool(one.date and one.date == other.date) or bool(one.place and one.place == other.place)
    return agree and shared


def _joined(one: Meeting, other: Meeting) -> Meeting:
    return replace(
        one,
        participants=tuple(dict.fromkeys((*one.participants, *other.participants))),
        place=one.place or other.place,
        date=one.date or other.date,
        purpose=one.purpose or other.purpose,
    )
