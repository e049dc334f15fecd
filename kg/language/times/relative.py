"""Read times that count from the time of speaking: "today", "last week", "next Friday", "the coming days", "that day"."""

from __future__ import annotations

from kg.language.times.dates import month_at, read_day_first, read_month, read_month_first
from kg.language.times.fiscal import read_fiscal
from kg.language.times.lengths import read_amount
from kg.language.times.meanings import (
    Amount,
    Anchor,
    CalendarDate,
    DayPart,
    Holiday,
    Length,
    Point,
    Repeat,
    UnitShift,
    Weekday,
    Weekend,
    YearPart,
)
from kg.language.times.scan import Found, FoundPoint, Scan

FROM_MENTION = frozenset({"previous", "preceding", "following", "ensuing"})
"""Shifts that count from the time last spoken of."""

LENGTHS_OF: dict[str, frozenset[str]] = {
    "hour": frozenset({"last", "past", "next", "coming"}),
    "day": frozenset({"past", "coming"}),
    "quarter": frozenset(),
    "long": frozenset({"last", "past", "next"}),
}
"""Which words make a length of a unit with "the" before them: "the past day"; "the last day" is one of many, a quarter one of four."""


def read_named_day(scan: Scan, i: int) -> FoundPoint | None:
    """Read "today", "yesterday morning", "tonight"."""
    shift = scan.number_of("days", i)
    if shift is None:
        return None
    if scan.atoms.at(i) == "tonight":
        return FoundPoint(DayPart("NI", UnitShift("day", 0)), i + 1)
    return with_part(scan, UnitShift("day", shift), i + 1)


def with_part(scan: Scan, day: Point, end: int, *, article: bool = False) -> FoundPoint:
    """Add the part of the day behind a day: "Monday night"."""
    part = scan.lexicon.names["dayparts"].get(scan.atoms.at(end))
    return FoundPoint(day, end, article) if part is None else FoundPoint(DayPart(part, day), end + 1, article)


def weekday_at(scan: Scan, i: int) -> tuple[int, int] | None:
    """Return the day of the week at ``i`` and where its name ends; a short form needs a date or its full stop behind it."""
    if not scan.atoms.is_capital(i):
        return None
    number = scan.number_of("weekdays", i)
    if number is not None:
        return number, i + 1
    short = scan.number_of("weekdays_short", i)
    if short is None:
        return None
    stop = scan.atoms.at(i + 1) == "." and scan.touches(i + 1)
    end = i + 1 + stop
    at_date = end + 1 if scan.atoms.at(end) == "," else end
    dated = month_at(scan, at_date) is not None or read_day_first_at(scan, at_date)
    return (short, end) if dated or (stop and scan.is_in("month_signs", i - 1)) else None


def read_day_first_at(scan: Scan, i: int) -> bool:
    """Return whether a date that opens with its day stands at ``i``."""
    return read_day_first(scan, i) is not None


def read_weekday(scan: Scan, i: int) -> Found | None:
    """Read "Thursday", "Thursday, November 27", "Monday of next week", "Friday night", "Mondays"."""
    word = scan.atoms.at(i)
    if word.endswith("s") and word[:-1] in scan.lexicon.numbers["weekdays"] and scan.atoms.is_capital(i):
        return Found(Repeat(f"XXXX-WXX-{scan.lexicon.numbers['weekdays'][word[:-1]]}"), i + 1)
    named = weekday_at(scan, i)
    if named is None:
        return None
    number, end = named
    at_date = end + 1 if scan.atoms.at(end) == "," else end
    at_date += scan.atoms.at(at_date) == "the"
    dated = read_month_first(scan, at_date) or read_day_first(scan, at_date)
    if dated is not None and isinstance(dated.meaning, CalendarDate) and dated.meaning.day is not None:
        return Found(dated.meaning, dated.end)
    at_shift = end + 1 if scan.atoms.at(end) == "of" else end
    shift = scan.number_of("shifts", at_shift)
    if shift is not None and scan.atoms.at(at_shift + 1) == "week":
        return Found(Weekday(number=number, week=shift), at_shift + 2)
    return Found(*with_part(scan, Weekday(number=number), end))


def read_shift(scan: Scan, i: int) -> Found | None:
    """Read what "last", "this" or "next" introduces: a unit, weekday, month, season, holiday or a number of units."""
    word = scan.atoms.at(i)
    shift = scan.number_of("shifts", i)
    if shift is None or (word == "last" and scan.is_in("lasting", i - 1)):
        return None
    j = i + 1
    if word == "this" and scan.number_of("shifts", j) is not None:
        shift, j = scan.lexicon.numbers["shifts"][scan.atoms.at(j)], j + 1
    if scan.is_in("fiscal", j):
        return fiscal_behind(scan, j)
    return _named(scan, i, j, shift) or _unit(scan, i, j, shift) or _amount(scan, i, j, shift)


def fiscal_behind(scan: Scan, i: int) -> Found | None:
    """Read the fiscal year at ``i`` with the shift before it."""
    found = read_fiscal(scan, i)
    return Found(*found) if found is not None else None


def _named(scan: Scan, i: int, j: int, shift: int) -> Found | None:
    """Read a weekday, weekend, month, season, holiday or part of the day behind a shift."""
    weekday, month = weekday_at(scan, j), month_at(scan, j)
    if weekday is not None:
        return Found(*with_part(scan, Weekday(number=weekday[0], shift=shift), weekday[1], article=True))
    if month is not None:
        day = scan.day_number(month[1])
        end = month[1] if day is None else month[1] + 1
        return Found(CalendarDate(month=month[0], day=day, shift=shift), end, article=True)
    word = scan.atoms.at(j)
    season = scan.lexicon.names["seasons"].get(word)
    whole: Point | None = None
    if word == "weekend":
        whole = Weekend(shift)
    elif season is not None:
        whole = YearPart(part=season, shift=shift)
    elif scan.atoms.is_capital(j) and (word,) in scan.lexicon.holidays:
        whole = Holiday(word, shift=shift)
    return Found(whole, j + 1, article=True) if whole is not None else _part_of_day(scan, i, j, shift)


def _part_of_day(scan: Scan, i: int, j: int, shift: int) -> Found | None:
    """Read "this morning", "last night" and, from the last mention, "the next morning"."""
    part = scan.lexicon.names["dayparts"].get(scan.atoms.at(j))
    if part is None or scan.atoms.at(i) == "past":
        return None
    anchor: Anchor = "mention" if scan.atoms.at(i) in FROM_MENTION or shift == 1 else "document"
    return Found(DayPart(part, UnitShift("day", shift, anchor)), j + 1, article=True)


def _unit(scan: Scan, i: int, j: int, shift: int) -> Found | None:
    """Read one unit behind a shift: "this week", "the past year" (a length), "the following day" (from the last mention)."""
    named = scan.unit_at(j)
    if named is None or named[1] or _is_idiom(scan, j) or named[0] in {"second", "minute"}:
        return None
    unit, word = named[0], scan.atoms.at(j - 1)
    the = scan.atoms.at(i - 1) == "the"
    during = scan.is_in("length_signs", i - 2)
    if word in FROM_MENTION or (word == "next" and (unit == "day" or (the and unit != "hour" and not during))):
        return Found(UnitShift(unit, shift, "mention"), j + 1, article=True)
    if the and scan.atoms.at(j + 1) == "of" and word == "last":
        # "the last week of March" is a part of March, no time from now.
        return None
    if the and word in LENGTHS_OF.get(unit, LENGTHS_OF["long"]):
        return Found(Length(Amount(1, unit), shift), j + 1, article=True)
    if unit == "day" and word == "this" and scan.atoms.at(i - 1) == "on":
        return Found(UnitShift(unit, shift), j + 1)
    if unit in {"hour", "day"} or (word == "past" and scan.atoms.at(i) != "this" and unit != "quarter"):
        return None
    return Found(UnitShift(unit, shift), j + 1, article=the)


def _is_idiom(scan: Scan, j: int) -> bool:
    return scan.atoms.at(j + 1) in {"old"} or (scan.atoms.at(j) == "quarter" and scan.atoms.at(j + 1) == "of")


def _amount(scan: Scan, i: int, j: int, shift: int) -> Found | None:
    """Read "the past several days", "the next 48 hours", "the coming weeks"."""
    if shift == 0:
        return None
    counted = read_amount(scan, j)
    if counted is not None and scan.atoms.at(j) not in {"a", "an"}:
        whole = _whole_behind(scan, counted[1]) if scan.atoms.at(i) == "last" else None
        return Found(Length(counted[0], shift if whole is None else 0), whole or counted[1], article=True)
    named = scan.unit_at(j)
    if named is None or not named[1] or (scan.atoms.at(i) in {"last", "next"} and scan.atoms.at(i - 1) == "the"):
        return None
    return Found(Length(Amount(None, named[0]), shift), j + 1, article=True)


def read_stretch(scan: Scan, i: int) -> Found | None:
    """Read "the first six months of the year" and "the final three days of May", at "first" or "final"."""
    counted = read_amount(scan, i + 1) if scan.atoms.at(i - 1) == "the" else None
    whole = _whole_behind(scan, counted[1]) if counted is not None else None
    return Found(Length(counted[0]), whole, article=True) if counted is not None and whole is not None else None


def _whole_behind(scan: Scan, i: int) -> int | None:
    """Return where the year or month ends that a part is said to be of at ``i`` ("of 2008", "of this year", "of May")."""
    if scan.atoms.at(i) != "of":
        return None
    if scan.year_number(i + 1) is not None and not scan.counts(i + 1):
        return i + 2
    if (scan.atoms.at(i + 1) == "the" or scan.number_of("shifts", i + 1) is not None) and scan.atoms.at(i + 2) in {
        "year",
        "month",
    }:
        return i + 3
    month = read_month(scan, i + 1)
    return month.end if month is not None else None


def read_that(scan: Scan, i: int) -> FoundPoint | None:
    """Read "that day", "the same week", "that same year", "that night", "the same period last year"."""
    j = i + 1 + (scan.atoms.at(i) == "that" and scan.atoms.at(i + 1) == "same")
    part = scan.lexicon.names["dayparts"].get(scan.atoms.at(j))
    if part is not None:
        return FoundPoint(DayPart(part, UnitShift("day", 0, "mention")), j + 1, article=True)
    year_before = _year_before(scan, j + 1) if scan.is_in("compared", j) and scan.atoms.at(j - 1) == "same" else None
    if year_before is not None:
        return FoundPoint(UnitShift("year", -1), year_before, article=True)
    named = scan.unit_at(j)
    if named is None or named[1] or named[0] not in {"day", "week", "month", "year"}:
        return None
    return FoundPoint(UnitShift(named[0], 0, "mention"), j + 1, article=True)


def _year_before(scan: Scan, i: int) -> int | None:
    """Return where "last year" or "a year earlier" ends that compares with a stretch of time in front of ``i``."""
    j = i + 1 if scan.atoms.at(i) in {"of", "in"} else i
    for words in (("last", "year"), ("the", "last", "year"), ("a", "year", "earlier"), ("a", "year", "ago")):
        if scan.atoms.follows(j, words):
            return j + len(words)
    return None


def read_unit_phrase(scan: Scan, i: int) -> Found | None:
    """Read "(the) day after tomorrow", "the day before", "the weeks ahead", "the weekend", "weekends"."""
    atoms = scan.atoms
    for words, shift in ((("day", "after", "tomorrow"), 2), (("day", "before", "yesterday"), -2)):
        if atoms.follows(i, words):
            return Found(UnitShift("day", shift), i + 3, article=True)
    if atoms.at(i) == "weekends":
        return Found(Repeat("XXXX-WXX-WE"), i + 1)
    if atoms.at(i - 1) != "the":
        return None
    return Found(Weekend(), i + 1, article=True) if atoms.at(i) == "weekend" else _the_unit(scan, i)


def _the_unit(scan: Scan, i: int) -> Found | None:
    """Read what follows "the" with a unit at ``i``: "weeks ahead", "days to come", "day before", "year 2014"."""
    atoms, named = scan.atoms, scan.unit_at(i)
    if named is None:
        return None
    unit, plural = named
    coming = 2 if atoms.at(i + 1) == "ahead" else 3 if atoms.follows(i + 1, ("to", "come")) else 0
    if plural and coming:
        return Found(Length(Amount(None, unit), 1), i + coming, article=True)
    beside = {"before": -1, "after": 1}.get(atoms.at(i + 1))
    if beside is not None and not plural and unit in {"day", "week", "month", "year"} and scan.is_stop(i + 2):
        return Found(UnitShift(unit, beside, "mention"), i + 2, article=True)
    return _the_year(scan, i)


def _the_year(scan: Scan, i: int) -> Found | None:
    """Read "the year 2014"."""
    year = scan.year_number(i + 1) if scan.atoms.at(i) == "year" else None
    return Found(CalendarDate(year=year), i + 2, article=True) if year is not None else None
