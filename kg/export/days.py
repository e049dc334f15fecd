"""From what a text says of time – a day, a month, a year, an interval – to the first and the last day of it."""

from __future__ import annotations

import calendar
import datetime
import re

Days = tuple[datetime.date | None, datetime.date | None]
"""The first and the last day, both inclusive; None where it is open, or where nothing is known."""

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?")


def days_of(text: str | None) -> Days:
    """Return the days that a date, a month, a year or an ISO 8601 interval of these covers; what is none of them has none."""
    if text is None:
        return None, None
    begin, slash, end = text.partition("/")
    return (_point(begin)[0], _point(end)[1]) if slash else _point(text)


def held_days(begin: str | None, end: str | None) -> Days:
    """Return the days from the first of ``begin`` to the last of ``end``."""
    return days_of(begin)[0], days_of(end)[1]


def _point(text: str) -> Days:
    """Return the first and the last day of a year, a month or a day; a day that no calendar has, has none."""
    match = _POINT.fullmatch(text.strip())
    if match is None:
        return None, None
    year, month, day = (int(part) if part is not None else None for part in match.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None, None
    if day is not None:
        return first, first
    last_month = month or 12
    return first, datetime.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
