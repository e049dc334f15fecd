"""Put times together: the edges of longer ones ("the end of November", "mid-2026") and ranges ("January 9 to February 2")."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kg.language.times.clock import is_daylike
from kg.language.times.dates import read_month
from kg.language.times.fiscal import read_fiscal
from kg.language.times.meanings import (
    CalendarDate,
    Clock,
    Edge,
    EdgePart,
    Point,
    Range,
    UnitShift,
    YearPart,
    Years,
)
from kg.language.times.scan import DASHES, Found, FoundPoint, Scan
from kg.language.times.years import read_century, read_decade

PointReader = Callable[[Scan, int], FoundPoint | None]

LONG_UNITS = frozenset({"week", "month", "quarter", "year", "decade", "century"})
LEANING = frozenset({"early", "late", "mid", "later", "earlier"})
SPOKEN = frozenset({"later", "earlier"})
CONNECTED = frozenset({"to", "through", "thru", "until", "till"})


def read_edge(scan: Scan, i: int, read_point: PointReader) -> FoundPoint | None:
    """Read the start, middle or end of a longer time, at its first word ("end", "mid", "late", "year" of "year-end")."""
    word = scan.atoms.at(i)
    if scan.unit_at(i) is not None:
        return _unit_end(scan, i)
    part = _part_of(scan, word)
    hyphen = scan.atoms.at(i + 1) in DASHES
    of = scan.atoms.at(i + 1) == "of"
    if part is None or not (of or word in LEANING or (word == "end" and hyphen)):
        return None
    if word in SPOKEN and scan.atoms.follows(i + 1, ("in", "the", "day")):
        return FoundPoint(Edge(part, UnitShift("day", 0, "either")), i + 4)
    whole = _whole(scan, i + 1 + (of or hyphen or scan.atoms.at(i + 1) == "in"), read_point)
    if whole is None or (word in SPOKEN and not isinstance(whole.meaning, UnitShift | CalendarDate)):
        return None
    return FoundPoint(Edge(part, whole.meaning), whole.end, article=of or isinstance(whole.meaning, Years | YearPart))


def _part_of(scan: Scan, word: str) -> EdgePart | None:
    for part, words in (("early", "starts"), ("middle", "middles"), ("late", "lates"), ("end", "ends")):
        if word in scan.lexicon.words[words]:
            return cast(EdgePart, part)
    return None


def _unit_end(scan: Scan, i: int) -> FoundPoint | None:
    """Read "year-end", "month-end", "year's end" and, behind a preposition, "year end"."""
    unit = scan.atoms.at(i)
    if unit in LONG_UNITS and scan.atoms.at(i + 1) == "end" and scan.atoms.at(i - 1) in {"by", "at", "before", "until", "till"}:
        return FoundPoint(Edge("end", UnitShift(unit, 0)), i + 2)
    if unit not in LONG_UNITS or scan.atoms.at(i + 1) not in DASHES | {"'s", "’s"}:
        return None
    return FoundPoint(Edge("end", UnitShift(unit, 0)), i + 3) if scan.atoms.at(i + 2) == "end" else None


def _whole(scan: Scan, i: int, read_point: PointReader) -> FoundPoint | None:
    the = scan.atoms.at(i) == "the"
    j = i + the
    if j >= len(scan.atoms):
        return None
    fiscal = read_fiscal(scan, j) if scan.is_in("fiscal", j) else None
    if fiscal is not None:
        return fiscal
    unit = scan.unit_at(j)
    if the and unit is not None and not unit[1] and unit[0] in LONG_UNITS and scan.year_number(j + 1) is None:
        return FoundPoint(UnitShift(unit[0], 0), j + 1)
    season = scan.lexicon.names["seasons"].get(scan.atoms.at(j)) if the else None
    if the and scan.year_number(j) is not None:
        # "The start of the 2014 season" is no part of the year.
        return read_decade(scan, j)
    for reader in (read_month, read_decade, read_century, read_point):
        whole = reader(scan, j)
        if whole is not None and not isinstance(whole.meaning, Clock | Edge):
            return whole
    return FoundPoint(YearPart(part=season), j + 1) if season is not None else _bare_year(scan, j)


def _bare_year(scan: Scan, i: int) -> FoundPoint | None:
    year = scan.year_number(i)
    return FoundPoint(CalendarDate(year=year), i + 1) if year is not None and not scan.counts(i) else None


def read_range(scan: Scan, i: int, first: FoundPoint, read_point: PointReader) -> Found | None:
    """Read the rest of a range whose first end was read at ``i``: "– February 2", "to 2016", "-16"."""
    link = scan.atoms.at(first.end)
    dash = link in DASHES and (link == "-" or scan.touches(first.end) == scan.touches(first.end + 1))
    between = link == "and" and scan.atoms.at(i - 1) == "between"
    if not (dash or between or (link in CONNECTED and not _is_moved(scan, i))):
        return None
    kind = _kind(first.meaning)
    if kind is None or first.end + 1 >= len(scan.atoms):
        return None
    last = _short_year(scan, first, dash=dash) or read_point(scan, first.end + 1)
    if last is None or isinstance(last.meaning, Range) or _kind(last.meaning) != kind:
        return None
    if link in {"until", "till"} and scan.atoms.at(i - 1) != "from":
        return None
    return Found(Range(first.meaning, last.meaning), last.end, first.article)


def _is_moved(scan: Scan, i: int) -> bool:
    """Return whether something is moved "from" one time "to" another, so that the two are no range."""
    moved = scan.lexicon.words["moving"]
    return scan.atoms.at(i - 1) == "from" and any(word in moved for word in scan.atoms.lower[max(0, i - 8) : i])


def _kind(meaning: Point) -> str | None:
    if is_daylike(meaning):
        return "day"
    match meaning:
        case CalendarDate(month=month):
            return "year" if month is None else "month"
        case Edge(whole=whole):
            return _kind(whole)
        case Years() | YearPart() | Clock():
            return type(meaning).__name__
    return None


def _short_year(scan: Scan, first: FoundPoint, *, dash: bool) -> FoundPoint | None:
    """Read the "16" of "2014-16"."""
    match first.meaning:
        case CalendarDate(year=int(year), month=None):
            short = scan.whole_number(first.end + 1) if len(scan.atoms.at(first.end + 1)) == 2 else None
            if dash and short is not None and short > year % 100:
                return FoundPoint(CalendarDate(year=year - year % 100 + short), first.end + 2)
    return None
