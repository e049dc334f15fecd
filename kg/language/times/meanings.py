"""What a time expression says, before the day of speaking is known.

The grammar makes these from words, ``resolving`` turns them into TIMEX3 values. None stands for what the words leave open.
Units are the lower-case singular nouns ("day", "week" …). A shift counts from the time of speaking: -1 last, 0 this, 1 next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["document", "mention", "either"]
"""From where a time counts: the day of speaking, the time last mentioned, or the one where there is no other."""

EdgePart = Literal["early", "middle", "late", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    """A day, month or year by its number: "23 November", "May 2026", "2014", "last March" (shift -1).

    ``years`` counts the year from that of speaking: "May of last year" is -1.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A year of somebody's accounts, by its number or counted from now."""

    year: int | None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """A run of ``length`` years from ``first``: a decade (10) or a century (100)."""

    first: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPart:
    """A quarter, half or season: ``part`` is Q1–Q4, H1, H2, SP, SU, FA or WI."""

    part: str
    year: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day of the week (Monday is 1); ``week`` says of which week from now ("Monday of next week" is 1)."""

    number: int
    shift: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday."""

    shift: int | None = None


@dataclass(frozen=True, slots=True)
class UnitShift:
    """A calendar unit counted from now: "today" is (day, 0), "last month" (month, -1)."""

    unit: str
    shift: int
    anchor: Anchor = "document"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units; None where the words give no number ("several days")."""

    number: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; ``toward`` is -1 where it reaches back from now ("the past week"), 1 where it reaches on, else 0."""

    amount: Amount
    toward: int = 0


@dataclass(frozen=True, slots=True)
class Offset:
    """A time away from another: "three weeks ago" (-1, document), "two days later" (1, mention), "a week from Monday"."""

    amount: Amount
    sign: int
    anchor: Anchor = "document"
    origin: Point | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day of the year; the name is a key of the lexicon's holidays. ``governed``: a preposition ties it to the verb."""

    name: str
    year: int | None = None
    shift: int | None = None
    governed: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that comes again; ``value`` is the finished TIMEX3 value (P1D, XXXX-WXX-1)."""

    value: str


@dataclass(frozen=True, slots=True)
class Haste:
    """As soon as may be: a wish without a day."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day: ``part`` is MO, AF, EV or NI; ``day`` None is the day spoken of."""

    part: str
    day: Point | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``zone`` is "Z", an offset ("+08:00") or empty; ``day`` None is the day spoken of."""

    hour: int
    minute: int
    zone: str
    day: Point | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A part of a longer time; only "end" says which day is meant, the last one."""

    part: EdgePart
    whole: Point


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another, both included."""

    first: Point
    last: Point


Point = CalendarDate | FiscalYear | Years | YearPart | Weekday | Weekend | UnitShift | Offset | Holiday | DayPart | Clock | Edge
Meaning = Point | Length | Reference | Repeat | Haste | Range
