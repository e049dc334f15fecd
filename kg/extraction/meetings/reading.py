"""Decide which tellings of encounters are one meeting.

In: frames that tell of encounters. Out: Meetings in text order, each once, with all that is told of it. A later telling joins an earlier
one where kind, participants, place and date agree and one of them tells that they are the same.
Limits: a telling is held against the last ``LOOK_BACK`` meetings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.encounters import Encounter
from kg.extraction.meetings.headings import read_heading
from kg.extraction.meetings.tellings import KINDS, read_encounters, sides_of, united
from kg.records import Meeting

LOOK_BACK = 40
HEADING, VERB, NOUN, AGAIN = 0.85, 0.7, 0.65, 0.4
"""Scores of a meeting that the heading tells of, a verb, or a noun; and the share of what lacks that each further telling adds."""


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """A meeting with the predicate it was first read from, which later readers name it by."""

    meeting: Meeting
    predicate: int


def read_meetings(frames: Iterable[Frame], arguments: Arguments, lexicon: FrameLexicon) -> tuple[MeetingFound, ...]:
    """Return the meetings of which the text tells enough to be certain ones: who took part, or where, or when."""
    found: list[MeetingFound] = []
    heading = read_heading(arguments, lexicon)
    if heading is not None:
        found.append(MeetingFound(_meeting(heading, arguments, score=HEADING), heading.predicate))
    for encounter in read_encounters(frames, arguments, lexicon):
        if heading is not None and heading.start <= encounter.predicate < heading.end:
            continue
        known = _same(encounter, found, arguments)
        if known is None and heading is not None and _is_headed(encounter, heading, found[0].meeting):
            known = 0
        if known is not None:
            found[known] = replace(found[known], meeting=_joined(found[known].meeting, encounter, arguments))
        elif encounter.anchored and not _is_unclear(encounter, found):
            score = NOUN if arguments.doc[encounter.predicate].pos_ in {"NOUN", "PROPN"} else VERB
            meeting = _meeting(_with_earlier(encounter, found), arguments, score=score)
            found.append(MeetingFound(meeting, encounter.predicate))
    return tuple(found)


def _is_headed(encounter: Encounter, heading: Encounter, meeting: Meeting) -> bool:
    """Tell whether an encounter is the one that the text is headed by: of its kind, with whom the heading names and others beside."""
    alike = KINDS[encounter.type] == KINDS[heading.type] and encounter.modality == "asserted" and not encounter.continuing
    named = set(heading.participants)
    return alike and _agree(meeting, encounter) and named < set(encounter.participants) and set(meeting.participants) == named


def _same(encounter: Encounter, found: list[MeetingFound], arguments: Arguments) -> int | None:
    """Return the number of the meeting that an encounter tells of again; None where it tells of a new one."""
    others = sides_of(encounter.participants, arguments)
    for number in range(len(found) - 1, max(len(found) - LOOK_BACK, 0) - 1, -1):
        meeting = found[number].meeting
        alike = KINDS[meeting.type] == KINDS[encounter.type] or (encounter.vague and meeting.type != "press")
        if not alike or not _agree(meeting, encounter):
            continue
        sides = sides_of(meeting.participants, arguments)
        if _takes_up(encounter, meeting, sides, others) or _is_told_again(encounter, meeting, sides, others):
            return number
    return None


def _agree(meeting: Meeting, encounter: Encounter) -> bool:
    """Tell whether nothing in a telling contradicts what is known of a meeting."""
    if meeting.place is not None and encounter.place is not None and meeting.place != encounter.place:
        return False
    return meeting.date is None or encounter.date is None or _same_date(meeting.date, encounter.date)


def _same_date(one: str, other: str) -> bool:
    """Tell whether two dates may be those of one day, of which one is told less exactly."""
    return one.startswith(other) or other.startswith(one)


def _is_unclear(encounter: Encounter, found: list[MeetingFound]) -> bool:
    """Tell whether a definite noun with no more than a day takes up one of the meetings told, though it does not say which."""
    bare = encounter.definite and encounter.unowned and not encounter.participants and encounter.place is None
    return (
        bare
        and not (encounter.continuing or encounter.dated)
        and any(KINDS[one.meeting.type] == KINDS[encounter.type] for one in found[-LOOK_BACK:])
    )


def _takes_up(encounter: Encounter, meeting: Meeting, sides: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether a definite noun ("the talks") takes up a meeting."""
    if not encounter.definite or encounter.continuing:
        return False
    if encounter.present or encounter.shared:
        return meeting.modality in {encounter.modality, "asserted"} or others <= sides
    if encounter.placed and meeting.place is None and meeting.participants:
        return False  # "the Geneva talks" are not those just held that have no place
    if not others:
        return encounter.modality in {meeting.modality, "asserted"} or meeting.modality == "planned"
    return others <= sides and (len(others) > 1 or encounter.modality in {meeting.modality, "asserted"})


def _is_told_again(encounter: Encounter, meeting: Meeting, a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether participants, place or date make two tellings one."""
    same_place = meeting.place is not None and meeting.place == encounter.place
    same_date = meeting.date is not None and meeting.date == encounter.date
    if not a or not b:
        return same_date and (same_place or a == b or encounter.definite)
    if not (a <= b or b <= a):
        return False
    if encounter.continuing:
        return same_place and same_date
    if not _may_become(meeting, encounter, same_place=same_place, same_date=same_date):
        return False
    return a == b or same_place or same_date


def _may_become(meeting: Meeting, encounter: Encounter, *, same_place: bool, same_date: bool) -> bool:
    """Tell whether a meeting may be told again in another modality: what was planned as held or called off there or then."""
    if meeting.modality == encounter.modality:
        return True
    if meeting.modality == "negated":
        return False
    return same_date or (same_place and meeting.modality != "asserted")


def _with_earlier(encounter: Encounter, found: list[MeetingFound]) -> Encounter:
    """Give another round of the same talks the participants of the one before."""
    resumed = encounter.type == "talks" and encounter.definite and encounter.modality == "planned"
    if encounter.participants or not encounter.unowned or not (encounter.continuing or resumed):
        return encounter
    earlier = (one.meeting for one in reversed(found[-LOOK_BACK:]) if KINDS[one.meeting.type] == KINDS[encounter.type])
    known = next((meeting for meeting in earlier if meeting.participants), None)
    return replace(encounter, participants=known.participants) if known is not None else encounter


def _meeting(encounter: Encounter, arguments: Arguments, *, score: float) -> Meeting:
    return Meeting(
        type=encounter.type,
        participants=encounter.participants,
        place=encounter.place,
        date=encounter.date,
        purpose=encounter.purpose,
        modality=encounter.modality,
        confidence=score,
        evidence=arguments.span(encounter.start, encounter.end),
    )


def _joined(one: Meeting, other: Encounter, arguments: Arguments) -> Meeting:
    """Return a meeting with what another telling adds; done counts over planned, called off over both."""
    firmest = other.modality == "negated" or (
        one.modality in {"planned", "desired", "possible"}
        and other.modality == "asserted"
        and (other.shared or not other.definite)
    )
    return replace(
        one,
        participants=one.participants if other.present else united(one.participants, other.participants, arguments),
        place=one.place or other.place,
        date=max(filter(None, (one.date, other.date)), key=len, default=None),
        purpose=one.purpose or other.purpose,
        modality=other.modality if firmest else one.modality,
        confidence=one.confidence + (1 - one.confidence) * AGAIN,
    )
