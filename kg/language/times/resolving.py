"""Turn what an expression says into a TIMEX3 value and days, by the day of speaking and where the verb looks.

Choices, where TimeML leaves one:

- "three weeks ago" has the grain of its unit: the week that lies three weeks back (2025-W44); "two days ago" a day.
- A weekday or a date without its year lies on the verb's side of the day of speaking, that day included; without a verb it is the
  nearest one. Behind "was scheduled for" a date is the next one or one of the last 90 days, a weekday the next.
- A date without its year that is told in the past has the year that its sentence named before, if any.
- "next Friday" and "last Friday" are the first ones after and before the day of speaking; "this Friday" the coming one.
- "the end of November" has the value of November; as a limit it has that of its last day.
- What hangs on the day of speaking has no value where that is not known.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import assert_never

from kg.language.times import periods, yearly
from kg.language.times.lengths import length_value
from kg.language.times.meanings import (
    CalendarDate,
    Clock,
    DayPart,
    Edge,
    FiscalYear,
    Haste,
    Holiday,
    Length,
    Meaning,
    Offset,
    Point,
    Range,
    Reference,
    Repeat,
    UnitShift,
    Weekday,
    Weekend,
    YearPart,
    Years,
)
from kg.language.times.periods import NOTHING, Period
from kg.language.times.scan import Scan
from kg.language.times.viewpoint import Viewpoint


def resolve(scan: Scan, meaning: Meaning, view: Viewpoint) -> Period:
    """Return the value of ``meaning`` and the days it covers."""
    match meaning:
        case Range():
            return _range(scan, meaning, view)
        case Length():
            return _length(scan, meaning, view)
        case Reference(value=value) | Repeat(value=value):
            return Period(value)
        case Haste():
            return NOTHING
    return _point(scan, meaning, view)


def _point(scan: Scan, point: Point, view: Viewpoint) -> Period:
    match point:
        case CalendarDate():
            period = yearly.with_year(point) if point.year is not None else yearly.without_year(point, view)
        case FiscalYear():
            period = yearly.fiscal_year(point, view)
        case Years(first=first, length=length):
            period = periods.of_years(first, length)
        case YearPart():
            period = yearly.year_part(point, view)
        case Weekday():
            period = _weekday(point, view)
        case Weekend(shift=shift):
            period = _weekend(shift, view)
        case UnitShift():
            period = _unit_shift(point, view)
        case Offset():
            period = _offset(scan, point, view)
        case Holiday():
            period = yearly.holiday(scan, point, view)
        case DayPart():
            period = _day_part(scan, point, view)
        case Clock():
            period = _clock(scan, point, view)
        case Edge(whole=whole):
            period = _point(scan, whole, view)
        case _:
            assert_never(point)
    return period


def _weekday(said: Weekday, view: Viewpoint) -> Period:
    if view.date is None:
        return NOTHING
    if said.week is not None:
        return _day(view.date, said.number - view.date.isoweekday() + 7 * said.week)
    ahead = (said.number - view.date.isoweekday()) % 7
    behind = (view.date.isoweekday() - said.number) % 7
    if said.shift == -1:
        days = -behind or -7
    elif said.shift == 1 or (view.exclusive and view.direction != "past"):
        days = ahead or 7
    elif view.direction == "past" or (view.direction == "unknown" and said.shift is None and behind < ahead):
        days = -behind
    else:
        days = ahead
    return _day(view.date, days)


def _day(date: datetime.date, days: float) -> Period:
    day = periods.shifted(date, days)
    return periods.of_day(day) if day is not None else NOTHING


def _weekend(shift: int | None, view: Viewpoint) -> Period:
    if view.date is None:
        return NOTHING
    weeks = shift or 0
    if shift is None and view.direction == "past" and view.date.isoweekday() < 6:
        weeks = -1
    day = periods.shifted(view.date, 7 * weeks)
    return periods.of_weekend(day) if day is not None else NOTHING


def _unit_shift(said: UnitShift, view: Viewpoint) -> Period:
    back = said.shift < 0 or said.anchor == "either"
    base = view.date if said.anchor == "document" else _told(view, said.unit, back=back)
    day = periods.counted(base, said.shift, said.unit)
    return periods.of_unit(day, said.unit) if day is not None else NOTHING


def _told(view: Viewpoint, unit: str, *, back: bool) -> datetime.date | None:
    """Return the day from which such units count that was spoken of last: no week counts from a year.

    What lies ``back`` counts from the day of speaking where nothing fits ("sales were higher a year earlier").
    """
    first, last = view.mention.first, view.mention.last
    if first is not None and (last is None or (last - first).days <= periods.reach(unit)):
        return first
    return view.date if back else None


def _offset(scan: Scan, said: Offset, view: Viewpoint) -> Period:
    number, unit = said.amount.number, said.amount.unit
    if number is None:
        return Period("PAST_REF" if said.sign < 0 else "FUTURE_REF") if said.anchor == "document" else NOTHING
    base = view.date if said.anchor == "document" else _told(view, unit, back=said.sign < 0)
    if said.origin is not None:
        base = resolve(scan, said.origin, replace(view, direction="future")).day
    day = periods.counted(base, said.sign * number, unit)
    if day is None:
        return NOTHING
    if said.origin is not None or unit in {"weekday"}:
        return periods.of_day(day)
    if unit in {"hour", "minute", "second"}:
        return periods.of_day(day) if unit == "hour" and number % 24 == 0 else NOTHING
    if number % 1:
        unit = {"year": "month", "month": "month", "decade": "year", "century": "decade"}.get(unit, "day")
    return periods.of_unit(day, {"fortnight": "week", "quarter": "month", "decade": "year", "century": "year"}.get(unit, unit))


def _day_part(scan: Scan, said: DayPart, view: Viewpoint) -> Period:
    whole = resolve(scan, said.day, view) if said.day is not None else NOTHING
    return replace(whole, value=f"{whole.value}T{said.part}") if whole.day is not None else NOTHING


def _clock(scan: Scan, said: Clock, view: Viewpoint) -> Period:
    if said.day is not None:
        whole = resolve(scan, said.day, view)
    elif view.in_sentence.day is not None:
        whole = view.in_sentence
    else:
        whole = periods.of_day(view.date) if view.date is not None else NOTHING
    if whole.day is None:
        return NOTHING
    return replace(whole, value=f"{whole.day.isoformat()}T{said.hour:02d}:{said.minute:02d}{said.zone}")


def _length(scan: Scan, said: Length, view: Viewpoint) -> Period:
    value = length_value(scan, said.amount)
    if said.toward == 0 or view.date is None:
        return Period(value)
    if said.amount.number is None:
        return Period(value, view.date if said.toward > 0 else None, view.date if said.toward < 0 else None)
    other = periods.counted(view.date, said.toward * said.amount.number, said.amount.unit)
    return Period(value, view.date, other) if said.toward > 0 else Period(value, other, view.date)


def _range(scan: Scan, said: Range, view: Viewpoint) -> Period:
    """Resolve both ends; a year that stands only at one holds for the other, and the last end never lies before the first."""
    first_said, last_said = said.first, said.last
    if isinstance(first_said, Clock) and isinstance(last_said, Clock) and first_said.day is None:
        first_said = replace(first_said, day=last_said.day)
    if isinstance(last_said, CalendarDate) and isinstance(first_said, CalendarDate) and first_said.year is None:
        turns = (first_said.month or 0, first_said.day or 0) > (last_said.month or 0, last_said.day or 0)
        first_said = replace(first_said, year=last_said.year - turns if last_said.year is not None else None)
    if view.direction in {"future", "planned"} and _is_yearless(first_said) and _is_yearless(last_said):
        # It may have begun: "will run from 20 November to 11 December", said between the two.
        last = resolve(scan, last_said, view)
        before = replace(view, date=last.first, direction="past")
        return _between(resolve(scan, first_said, before) if last.first is not None else NOTHING, last)
    first = resolve(scan, first_said, view)
    after = replace(view, date=first.first if first.first is not None else view.date, direction="future", exclusive=True)
    fixed = isinstance(last_said, Clock | UnitShift | Offset | Edge | DayPart | YearPart)
    return _between(first, resolve(scan, last_said, view if fixed else after))


def _is_yearless(said: Point) -> bool:
    return isinstance(said, CalendarDate) and said.year is None and said.shift is None and said.years is None


def _between(first: Period, last: Period) -> Period:
    if first.value is None or last.value is None:
        return NOTHING
    return Period(f"{first.value}/{last.value}", first.first, last.last)
