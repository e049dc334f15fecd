"""Stretches of the calendar with their TIMEX3 value, and counting in units from a day.

Weeks are those of ISO 8601 and begin on Monday. What would fall outside the years 1 to 9999 is None.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1.0, "weekday": 1.0, "week": 7.0, "fortnight": 14.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
DAYS_PER_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and the first and last day it covers; None where they are not known."""

    value: str | None
    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def day(self) -> datetime.date | None:
        """The day, where the period is just one."""
        return self.first if self.first is not None and self.first == self.last else None


NOTHING = Period(None)


def of_day(day: datetime.date) -> Period:
    """Return one day."""
    return Period(day.isoformat(), day, day)


def of_month(year: int, month: int) -> Period:
    """Return one month."""
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04d}-{month:02d}", datetime.date(year, month, 1), datetime.date(year, month, last))


def of_years(first: int, length: int = 1) -> Period:
    """Return a year, a decade (10) or a century (100), by its first year; TIMEX3 cuts the digits that are not fixed."""
    value = f"{first:04d}"[: {1: 4, 10: 3, 100: 2}[length]]
    if not 1 <= first <= 9999 - length:
        return Period(value)
    return Period(value, datetime.date(first, 1, 1), datetime.date(first + length - 1, 12, 31))


def of_week(day: datetime.date) -> Period:
    """Return the week that holds ``day``."""
    year, week, number = day.isocalendar()
    monday = shifted(day, 1 - number)
    sunday = shifted(day, 7 - number)
    return Period(f"{year:04d}-W{week:02d}", monday, sunday)


def of_weekend(day: datetime.date) -> Period:
    """Return the weekend of the week that holds ``day``."""
    week = of_week(day)
    return Period(f"{week.value}-WE", shifted(day, 6 - day.isoweekday()), week.last)


def of_part(year: int, part: str) -> Period:
    """Return a quarter (Q1–Q4), half (H1, H2) or season; the days of a season depend on the hemisphere and are not given."""
    value = f"{year:04d}-{part}"
    if part[0] not in "QH":
        return Period(value)
    months = 3 if part[0] == "Q" else 6
    last = int(part[1]) * months
    end = of_month(year, last).last
    return Period(value, datetime.date(year, last - months + 1, 1), end)


def of_unit(day: datetime.date, unit: str) -> Period:
    """Return the day, week, month, quarter, year, decade or century that holds ``day``; nothing for other units."""
    if unit == "day":
        return of_day(day)
    if unit == "week":
        return of_week(day)
    if unit == "month":
        return of_month(day.year, day.month)
    if unit == "quarter":
        return of_part(day.year, f"Q{(day.month + 2) // 3}")
    length = {"year": 1, "decade": 10, "century": 100}.get(unit)
    return of_years(day.year - day.year % length, length) if length is not None else NOTHING


def shifted(day: datetime.date | None, days: float) -> datetime.date | None:
    """Return the day that lies ``days`` after ``day``, or None outside the calendar."""
    if day is None or abs(days) > 4e6:
        return None
    number = day.toordinal() + int(days)
    return datetime.date.fromordinal(number) if 1 <= number <= datetime.date.max.toordinal() else None


def counted(day: datetime.date | None, number: float, unit: str) -> datetime.date | None:
    """Return the day that lies ``number`` units after ``day``; the last of a shorter month where it has no such day."""
    if unit in DAYS_IN:
        return shifted(day, number * DAYS_IN[unit])
    months = number * MONTHS_IN[unit]
    if day is None or abs(months) > 120_000:
        return None
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    whole = datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return shifted(whole, (months - int(months)) * DAYS_PER_MONTH)


def reach(unit: str) -> float:
    """Return how many days lie at most between the first and the last day of a unit: 0 for a day, 6 for a week."""
    return max(DAYS_IN[unit], 1.0) - 1 if unit in DAYS_IN else MONTHS_IN[unit] * DAYS_PER_MONTH + 1


def easter(year: int) -> datetime.date:
    """Return Easter Sunday of the western churches (the Gregorian computus)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return datetime.date(year, month, offset + 28 - 31 * (month // 4))


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> datetime.date:
    """Return the ``nth`` such weekday (Monday is 1) of a month, or its last one for -1."""
    if nth < 0:
        last = datetime.date(year, month, calendar.monthrange(year, month)[1])
        return last - datetime.timedelta(days=(last.isoweekday() - weekday) % 7)
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
