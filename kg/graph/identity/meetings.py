"""Which meetings of different documents are one: by those who meet, the day and the place, be they planned, held or called off.

Figures are judgements, not measured: they order what is found by how much of it agrees.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from kg.graph.identity.contexts import Context
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.pairing import Apart, Fit, Group, Item, Verdict, decide
from kg.graph.identity.referents import Key
from kg.records import Meeting, MeetingType

SAME_DAY = 0.9
SOME_OF_THEM = 0.85
WITHIN = 0.75
UNDATED = 0.65
BY_STATES = 0.6
RECENT = 7
"""So many days before it an undated report may tell of a meeting."""
LONGEST = 31
"""Of an interval of more days than these nobody can tell which meeting is meant."""
FAMILIES: dict[MeetingType, str] = {
    "meeting": "meeting",
    "talks": "meeting",
    "summit": "meeting",
    "call": "call",
    "visit": "visit",
    "press": "press",
}
"""What the types of meetings are called by one writer or another."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")

Days = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Attender:
    """One who meets, by the name that all documents share: a person, a body or a state, or a group known by its states alone."""

    name: str
    named: bool
    person: bool
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a document knows of a meeting; ``told`` is the document's day where the meeting's own is not known."""

    family: str
    attenders: frozenset[Attender]
    place: str | None
    land: str | None
    days: Days | None
    told: datetime.date | None

    @property
    def names(self) -> frozenset[str]:
        """The names of those who have one."""
        return frozenset(one.name for one in self.attenders if one.named)

    @property
    def one_day(self) -> bool:
        """Whether the day is known, and not only between which days it lies."""
        return self.days is not None and self.days[0] == self.days[1]


def join_meetings(documents: Sequence[Context], same: Callable[[Key], str]) -> Iterator[Join | Rivals]:
    """Yield which meetings are one, and which must not become so; ``same`` gives the name that all documents share for an entity."""
    items = [
        Item((context.extraction.document.id, local), context.date, _sitting(meeting, context, same))
        for context in sorted(documents, key=lambda one: one.extraction.document.id)
        for local, meeting in _meetings(context)
    ]
    yield from decide(items, keys=_keys, judge=_same, basis="by-circumstances", reach=366)


def _meetings(context: Context) -> Iterator[tuple[str, Meeting]]:
    for referent in context.referents:
        if isinstance(referent.record, Meeting):
            yield referent.local, referent.record


def _keys(sitting: Sitting) -> Iterator[Hashable]:
    """Yield who meets in which month; meetings of one month are compared, so that it is known which are different ones."""
    if sitting.days is not None and (sitting.days[1] - sitting.days[0]).days <= LONGEST:
        first, last = sitting.days[0], _later(sitting.days[1])
    elif sitting.told is not None and sitting.place is not None:
        first, last = _earlier(sitting.told), sitting.told
    else:
        return
    months = {(day.year, day.month) for day in (first, last)}
    yield from ((sitting.family, month, name) for month in months for name in sitting.names | _states(sitting.attenders))


def _later(day: datetime.date) -> datetime.date:
    return day + min(datetime.timedelta(days=RECENT), datetime.date.max - day)


def _earlier(day: datetime.date) -> datetime.date:
    return day - min(datetime.timedelta(days=RECENT), day - datetime.date.min)


def _same(one: Group[Sitting], other: Group[Sitting]) -> Verdict:
    a, b = one.profile, other.profile
    when = _same_time(a, b)
    if when is None:
        return None
    if when == 0 or _elsewhere(a, b):
        return Apart(close=False)
    here = a.place is not None and a.place == b.place
    common = a.names & b.names
    rest_a, rest_b = _rest(a, common), _rest(b, common)
    exact = a.one_day and b.one_day
    if _different(rest_a, rest_b):
        return Apart(close=exact and (here or a.family == "call") and len(common) < 2)
    within = bool(common) and common in (a.names, b.names)
    if within and (len(common) >= 2 or here):
        alike = a.names == b.names
        return Fit(when if alike else min(when, SOME_OF_THEM))
    by_states = _states(a.attenders) == _states(b.attenders) and len(_states(a.attenders)) >= 2
    return Fit(BY_STATES) if by_states and exact and here else None


def _same_time(a: Sitting, b: Sitting) -> float | None:
    """Return how sure the days make it that two meetings are one: 0 where they are different days, None where nothing tells."""
    if a.days is not None and b.days is not None:
        if a.days == b.days:
            return SAME_DAY if a.one_day else WITHIN
        if a.days[1] < b.days[0] or b.days[1] < a.days[0]:
            return 0
        return WITHIN if a.one_day or b.one_day else None
    dated, undated = (a, b) if a.days is not None else (b, a)
    if dated.days is None or undated.told is None or not dated.one_day or dated.place is None or dated.place != undated.place:
        return None
    return UNDATED if 0 <= (undated.told - dated.days[0]).days <= RECENT else None


def _elsewhere(a: Sitting, b: Sitting) -> bool:
    """Tell whether two meetings were in different places; a town may lie in the state that another report names."""
    if a.place is None or b.place is None or a.place == b.place or a.family == "call":
        return False
    return (a.land is None) == (b.land is None)


def _rest(sitting: Sitting, common: frozenset[str]) -> frozenset[Attender]:
    return frozenset(one for one in sitting.attenders if one.name not in common)


def _different(a: frozenset[Attender], b: frozenset[Attender]) -> bool:
    """Tell whether those whom only one report names, and those whom only the other does, cannot be the same."""
    if any(one.person for one in a) and any(one.person for one in b):
        return True
    mine, theirs = _states(a), _states(b)
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _states(attenders: frozenset[Attender]) -> frozenset[str]:
    return frozenset(state for one in attenders for state in one.states)


def _sitting(meeting: Meeting, context: Context, same: Callable[[Key], str]) -> Sitting:
    days = _days(meeting.date)
    at = context.keys.get(meeting.place) if meeting.place is not None else None
    place = same(at) if at is not None else None
    return Sitting(
        family=FAMILIES[meeting.type],
        attenders=frozenset(_attender(one, context, same) for one in meeting.participants if one in context.entities),
        place=place,
        land=place if meeting.place is not None and context.is_land(meeting.place) else None,
        days=days,
        told=context.date if days is None and meeting.modality == "asserted" else None,
    )


def _attender(entity_id: str, context: Context, same: Callable[[Key], str]) -> Attender:
    entity = context.entities[entity_id]
    states = frozenset(same(context.keys[state]) for state in context.states_of(entity_id))
    person = entity.type == "Person" and context.is_named(entity_id)
    named = context.is_named(entity_id)
    return Attender(same(context.keys[entity_id]) if named else entity.name, named, person, states)


def _days(date: str | None) -> Days | None:
    """Return the first and the last day that an ISO 8601 day, month or interval covers; None for anything else."""
    if date is None:
        return None
    begin, _, end = date.partition("/")
    try:
        if end:
            first, last = datetime.date.fromisoformat(begin), datetime.date.fromisoformat(end)
            return (first, last) if first <= last else None
        if _DAY.fullmatch(begin):
            day = datetime.date.fromisoformat(begin)
            return day, day
        if _MONTH.fullmatch(begin):
            first = datetime.date.fromisoformat(f"{begin}-01")
            following = (first + datetime.timedelta(days=31)).replace(day=1)
            return first, following - datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return None
