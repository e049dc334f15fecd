"""Give their year to times that come once in each: dates, parts of the year, fiscal years and holidays."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kg.language.times import periods
from kg.language.times.lexicon import Moving
from kg.language.times.meanings import CalendarDate, FiscalYear, Holiday, YearPart
from kg.language.times.periods import NOTHING, Period
from kg.language.times.scan import Scan, is_day
from kg.language.times.viewpoint import Viewpoint, choose


def with_year(said: CalendarDate) -> Period:
    """Return a date that says its year; nothing for a day that its month does not have."""
    year = said.year if said.year is not None else 0
    if said.month is None:
        return periods.of_years(year)
    if said.day is None:
        return periods.of_month(year, said.month)
    return periods.of_day(datetime.date(year, said.month, said.day)) if _exists(year, said.month, said.day) else NOTHING


def _exists(year: int, month: int, day: int) -> bool:
    return year >= 1 and is_day(month=month, day=day, year=year)


def without_year(said: CalendarDate, view: Viewpoint) -> Period:
    """Return a day or month whose year the words count from now, the sentence has told, or the verb chooses."""
    month, day = said.month, said.day
    if said.years is not None:
        return with_year(replace(said, year=view.date.year + said.years)) if view.date is not None else NOTHING
    if said.shift is None and view.direction == "past" and view.told_year is not None:
        return with_year(replace(said, year=view.told_year))
    if view.date is None or month is None:
        return NOTHING
    if day is None:
        this_month = view.date.replace(day=1)
        chosen = choose(lambda year: datetime.date(year, month, 1), this_month, said.shift, replace(view, exclusive=False))
        return periods.of_month(chosen.year, chosen.month) if chosen is not None else NOTHING
    chosen = choose(
        lambda year: datetime.date(year, month, day) if _exists(year, month, day) else None, view.date, said.shift, view
    )
    return periods.of_day(chosen) if chosen is not None else NOTHING


def fiscal_year(said: FiscalYear, view: Viewpoint) -> Period:
    """Return a fiscal year, by its number alone."""
    if said.year is not None:
        return Period(f"FY{said.year:04d}")
    return Period(f"FY{view.date.year + (said.shift or 0):04d}") if view.date is not None else NOTHING


def year_part(said: YearPart, view: Viewpoint) -> Period:
    """Return a quarter, half or season of the year that is said or told, or that the verb chooses."""
    if said.year is not None:
        return periods.of_part(said.year, said.part)
    if said.shift is None and view.direction == "past" and view.told_year is not None:
        return _in_year(said.part, view.told_year)
    if view.date is None:
        return NOTHING
    if said.part[0] in "QH":
        return _division(said, view.date, view)
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[said.part]
    now = view.date.replace(day=1)
    chosen = choose(lambda year: datetime.date(year, month, 1), now, said.shift, view)
    if said.shift == -1 and chosen is not None and (now - chosen).days < 80:
        # In the middle of a season, the last one is that of the year before.
        chosen = datetime.date(chosen.year - 1, month, 1)
    return _in_year(said.part, chosen.year) if chosen is not None else NOTHING


def _division(said: YearPart, date: datetime.date, view: Viewpoint) -> Period:
    """Resolve a quarter or half: of the year that is named, or the one where the verb looks, the present one included."""
    if said.shift is not None:
        return _in_year(said.part, date.year + said.shift)
    months = 3 if said.part[0] == "Q" else 6
    month = (int(said.part[1]) - 1) * months + 1
    now = date.replace(month=(date.month - 1) // months * months + 1, day=1)
    chosen = choose(lambda year: datetime.date(year, month, 1), now, None, replace(view, exclusive=False))
    return _in_year(said.part, chosen.year) if chosen is not None else NOTHING


def _in_year(part: str, year: int) -> Period:
    return periods.of_part(year, part) if 1 <= year <= 9999 else NOTHING


def holiday(scan: Scan, said: Holiday, view: Viewpoint) -> Period:
    """Return a holiday of the year that is said or that the verb chooses; nothing where the lexicon does not work out its day."""
    rule = scan.lexicon.holidays[tuple(said.name.split())]
    if rule == "" or (said.year is None and view.date is None):
        return NOTHING

    def day_in(year: int) -> datetime.date | None:
        if isinstance(rule, str):
            return datetime.date(year, int(rule[:2]), int(rule[3:]))
        if rule.easter is not None:
            return periods.shifted(periods.easter(year), rule.easter)
        return _moving(rule, year)

    if not said.governed:
        # "New Year greetings": no verb says which one.
        view = replace(view, direction="unknown")
    day = day_in(said.year) if said.year is not None else choose(day_in, view.date or datetime.date.min, said.shift, view)
    return periods.of_day(day) if day is not None else NOTHING


def _moving(rule: Moving, year: int) -> datetime.date:
    return periods.nth_weekday(year, rule.month, weekday=rule.weekday, nth=rule.nth)
