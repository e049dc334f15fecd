"""Read absolute dates: days, months, quarters, seasons and holidays.

Readers take the index of the first piece and return a Found, or None. An ambiguous month ("May", "March") is
read only where the words around it say that it is one.
"""

from __future__ import annotations

import re

from kg.language.times.meanings import CalendarDate, Edge, Holiday, Point, Range, YearPart
from kg.language.times.scan import DASHES, Found, FoundPoint, Scan, is_day
from kg.language.times.years import read_century, read_decade

RANGE_WORDS = DASHES | {"to", "through", "until", "till", "and", "&"}
HALVES = {"first": "H1", "second": "H2"}


def read_numeric(scan: Scan, i: int) -> FoundPoint | None:
    """Read 2025-11-23, 2025/11/23, 11/23/2025 and 11-23-2025 (month first, where it can be) or 23.11.2025."""
    text = scan.atoms.text[i]
    first, second, third = (int(part) for part in re.split(r"[-/.]", text))
    if text[:4].isdecimal():
        year, month, day = first, second, third
    else:
        year = third if third > 99 else third + (2000 if third < 70 else 1900)
        month, day = (second, first) if "." in text or first > 12 else (first, second)
    if year == 0 or not is_day(month=month, day=day, year=year):
        return None
    return FoundPoint(CalendarDate(year=year, month=month, day=day), i + 1)


def month_at(scan: Scan, i: int) -> tuple[int, int] | None:
    """Return the month at ``i`` and where its name ends; a short form takes its full stop along."""
    if not scan.atoms.is_capital(i):
        return None
    month = scan.number_of("months", i)
    if month is not None:
        return month, i + 1
    short = scan.number_of("months_short", i)
    if short is None:
        return None
    return short, i + 2 if scan.atoms.at(i + 1) == "." and scan.touches(i + 1) else i + 1


def read_month_first(scan: Scan, i: int) -> Found | None:
    """Read "November 23, 2025", "Nov. 23", "January 9–10", "November 2025" or a bare month."""
    named = month_at(scan, i)
    if named is None:
        return None
    month, end = named
    at_day = end + 1 if scan.atoms.at(end) == "the" and scan.atoms.kind_at(end + 1) == "ordinal" else end
    day = scan.day_number(at_day)
    if day is not None and is_day(month=month, day=day) and not _counts(scan, at_day):
        last = _second_day(scan, at_day, day=day, month=month)
        end = at_day + 1 if last is None else at_day + 3
        year, end = _year_behind(scan, end)
        years, end = _years_away(scan, end) if year is None and last is None else (None, end)
        return Found(_days(year, month, day, last) if years is None else CalendarDate(month=month, day=day, years=years), end)
    year, after = _year_behind(scan, end, links=(",", "of"))
    if year is not None:
        return Found(CalendarDate(year=year, month=month), after)
    years, after = _years_away(scan, end)
    if years is not None:
        return Found(CalendarDate(month=month, years=years), after)
    return Found(CalendarDate(month=month), end) if _is_bare_month(scan, i, end) else None


def read_day_first(scan: Scan, i: int) -> Found | None:
    """Read "23 November 2025", "the 23rd of November", "9-10 January 2022" or "the first of May"."""
    day = scan.day_number(i)
    if day is None:
        day = scan.number_of("ordinals", i) if scan.atoms.at(i + 1) == "of" else None
    if day is None:
        return None
    second = scan.day_number(i + 2) if scan.atoms.at(i + 1) in RANGE_WORDS else None
    at_month = i + 1 if second is None else i + 3
    at_month += scan.atoms.at(at_month) == "of"
    named = month_at(scan, at_month)
    if named is None or not is_day(month=named[0], day=second or day) or (second is not None and second <= day):
        return None
    month, end = named
    year, end = _year_behind(scan, end)
    years, end = _years_away(scan, end) if year is None and second is None else (None, end)
    ordinal = scan.atoms.kind_at(i) != "number"
    said = _days(year, month, day, second) if years is None else CalendarDate(month=month, day=day, years=years)
    return Found(said, end, article=ordinal)


def _years_away(scan: Scan, i: int) -> tuple[int | None, int]:
    """Return how many years away the year is that stands at ``i`` ("of last year", "this year"), and its end."""
    j = i + (scan.atoms.at(i) == "of")
    j += scan.atoms.follows(j, ("the", "current"))
    shift = scan.number_of("shifts", j) if scan.atoms.at(j) in {"last", "this", "next", "current"} else None
    return (shift, j + 2) if shift is not None and scan.atoms.at(j + 1) == "year" else (None, i)


def _days(year: int | None, month: int, day: int, last: int | None) -> CalendarDate | Range:
    first = CalendarDate(year=year, month=month, day=day)
    return first if last is None else Range(first, CalendarDate(year=year, month=month, day=last))


def _second_day(scan: Scan, i: int, *, day: int, month: int) -> int | None:
    """Return the last day in "9–10", "9 to 10" and "9 and 10", where the first stands at ``i``."""
    second = scan.day_number(i + 2) if scan.atoms.at(i + 1) in RANGE_WORDS else None
    if second is None or second <= day or not is_day(month=month, day=second) or _counts(scan, i + 2):
        return None
    if month_at(scan, i + 3) is not None or (scan.atoms.at(i + 1) in {"and", "&"} and second != day + 1):
        return None
    return second


def _counts(scan: Scan, i: int) -> bool:
    """Return whether the number at ``i`` counts what stands behind it."""
    return scan.counts(i) or scan.atoms.kind_at(i + 1) == "half" or scan.unit_at(i + 1) is not None


def _year_behind(scan: Scan, end: int, *, links: tuple[str, ...] = (",",)) -> tuple[int | None, int]:
    for at_year in (end, end + 1 if scan.atoms.at(end) in links else end):
        year = scan.year_number(at_year)
        if year is not None and not scan.counts(at_year):
            return year, at_year + 1
    return None, end


def _is_bare_month(scan: Scan, i: int, end: int) -> bool:
    signed = scan.is_in("month_signs", i - 1)
    if scan.is_in("ambiguous_months", i) or scan.number_of("months", i) is None:
        return signed or (scan.atoms.at(i - 1) == "of" and scan.unit_at(i - 2) is not None)
    if scan.is_in("name_months", i):
        return signed or not (scan.is_word(end) and scan.atoms.is_capital(end))
    return True


def read_part(scan: Scan, i: int) -> FoundPoint | None:
    """Read "the first quarter of 2026", "Q1 2026", "the second half of the year"."""
    word = scan.atoms.at(i)
    if re.fullmatch(r"[qh][1-4]", word) and scan.atoms.is_capital(i):
        year, shift, end = _year_of(scan, i + 1)
        return FoundPoint(YearPart(part=word.upper(), year=year, shift=shift), end)
    number = 4 if word in {"last", "final"} else scan.number_of("ordinals", i)
    if word in {"1st", "2nd", "3rd", "4th"}:
        number = int(word[0])
    noun = scan.atoms.at(i + 1)
    if number is None or noun not in {"quarter", "half"}:
        return None
    year, shift, end = _year_of(scan, i + 2)
    if noun == "quarter" and number <= 4 and (end > i + 2 or word not in {"last", "final"}):
        known = end > i + 2 or scan.atoms.at(i - 1) == "the"
        return FoundPoint(YearPart(part=f"Q{number}", year=year, shift=shift), end, article=True) if known else None
    if noun == "half" and word in HALVES and end > i + 2:
        return FoundPoint(YearPart(part=HALVES[word], year=year, shift=shift), end, article=True)
    return _half_of(scan, i) if noun == "half" and word in HALVES else None


def _half_of(scan: Scan, i: int) -> FoundPoint | None:
    """Read "the first half of November" and "the second half of the 1990s"."""
    if scan.atoms.at(i + 2) != "of":
        return None
    at_whole = i + 4 if scan.atoms.at(i + 3) == "the" else i + 3
    for reader in (read_decade, read_century):
        whole = reader(scan, at_whole) if at_whole < len(scan.atoms) else None
        if whole is not None:
            return FoundPoint(Edge("early" if scan.atoms.at(i) == "first" else "late", whole.meaning), whole.end, article=True)
    named = month_at(scan, at_whole)
    if named is None:
        return None
    year, end = _year_behind(scan, named[1])
    month: Point = CalendarDate(year=year, month=named[0])
    return FoundPoint(Edge("early" if scan.atoms.at(i) == "first" else "late", month), end, article=True)


def _year_of(scan: Scan, i: int) -> tuple[int | None, int | None, int]:
    """Read "[of|in] 2026", "of the year", "of next year" at ``i``: the year, or its shift, and the end."""
    j = i + 1 if scan.atoms.at(i) in {"of", "in", ","} else i
    year = scan.year_number(j)
    if year is not None and not scan.counts(j):
        return year, None, j + 1
    if j > i and scan.atoms.at(j + 1) == "year":
        shift = 0 if scan.atoms.at(j) == "the" else scan.number_of("shifts", j)
        if shift is not None:
            return None, shift, j + 2
    return None, None, i


def read_season(scan: Scan, i: int) -> FoundPoint | None:
    """Read "summer 2025", "the spring of 2025", "in winter"; "spring" and "fall" alone need a word that makes them seasons."""
    part = scan.lexicon.names["seasons"].get(scan.atoms.at(i))
    if part is None:
        return None
    year, shift, end = _year_of(scan, i + 1)
    the = scan.atoms.at(i - 1) == "the"
    if end > i + 1:
        return FoundPoint(YearPart(part=part, year=year, shift=shift), _both_years(scan, year, end), article=True)
    if scan.is_in("month_signs", i - 1):
        fits = scan.atoms.at(i + 1) != "of" and scan.atoms.at(i) != "fall"
    else:
        fits = the and scan.is_in("month_signs", i - 2) and scan.atoms.at(i + 1) != "of"
    return FoundPoint(YearPart(part=part), i + 1, article=True) if fits else None


def _both_years(scan: Scan, year: int | None, end: int) -> int:
    """Return where the year behind ``year`` ends that a winter runs into ("2008-09"), or ``end``."""
    short = scan.whole_number(end + 1) if scan.atoms.at(end) in DASHES | {"/"} and scan.touches(end + 1) else None
    return end + 2 if year is not None and short in {year + 1, (year + 1) % 100} else end


def read_holiday(scan: Scan, i: int, names: tuple[tuple[str, ...], ...]) -> FoundPoint | None:
    """Read one of ``names`` (longest first), with a year behind it or not; not a place or a rising named after the day."""
    if not scan.atoms.is_capital(i) and scan.atoms.at(i - 1) != "the":
        return None
    for name in names:
        end = i + len(name)
        if scan.atoms.follows(i, name):
            year, after = _year_behind(scan, end, links=(",", "of"))
            if year is None and scan.is_word(end) and scan.atoms.is_capital(end):
                return None
            governed = scan.is_in("year_signs", i - 1) or scan.atoms.at(i - 1) in {"on", "at", "over", "for"}
            return FoundPoint(Holiday(" ".join(name), year=year, governed=governed), after)
    return None


def read_month(scan: Scan, i: int) -> FoundPoint | None:
    """Read a month, with its year or not, where the words before it leave no doubt that it is one ("the end of May")."""
    named = month_at(scan, i)
    if named is None:
        return None
    year, end = _year_behind(scan, named[1], links=(",", "of"))
    return FoundPoint(CalendarDate(year=year, month=named[0]), end)
