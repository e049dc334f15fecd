"""Read times of day ("3 p.m.", "18:00 UTC", "noon") and join them with the day beside them."""

from __future__ import annotations

from dataclasses import replace

from kg.language.times.meanings import CalendarDate, Clock, DayPart, Holiday, Offset, Point, UnitShift, Weekday
from kg.language.times.scan import FoundPoint, Scan

SIGNS = frozenset({"at", "by", "until", "till", "from", "before", "after", "around", "about", "since", "approximately"})

SHIFTED = {"+": "+", "-": "-", "−": "-", "–": "-"}


def read_clock(scan: Scan, i: int) -> FoundPoint | None:
    """Read a time of day without its day; hours and minutes alone only behind a preposition."""
    named = scan.number_of("clock_names", i)
    if named is not None:
        return FoundPoint(Clock(named, 0, zone="", day=None), i + 1)
    told = _told(scan, i)
    if told is None:
        return None
    hour, minute, half, end = told
    zone_end, zone = _zone(scan, end)
    if half is None and zone_end == end and scan.atoms.at(i - 1) not in SIGNS:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return FoundPoint(Clock(hour, minute, zone, None), zone_end) if hour <= 24 and minute < 60 else None


def _told(scan: Scan, i: int) -> tuple[int, int, str | None, int] | None:
    """Return hour, minute, "a" or "p" where it is said, and the end."""
    atoms = scan.atoms
    half = _half(scan, i + 1)
    end = i + 1 if half is None else i + 2
    if atoms.kind_at(i) == "clock":
        hour, minute = atoms.text[i].split(":")
        return int(hour), int(minute), half, end
    number = scan.whole_number(i) if len(atoms.at(i)) <= 4 else None
    if atoms.follows(i + 1, ("o", "'", "clock")) or atoms.follows(i + 1, ("o", "’", "clock")):
        told = number if number is not None else scan.number_of("numbers", i)
        half = _half(scan, i + 4)
        return (told, 0, half, i + 4 if half is None else i + 5) if told is not None else None
    if number is None:
        return None
    if half is not None:
        return number, 0, half, end
    if len(atoms.text[i]) == 4 and _zone(scan, i + 1)[0] > i + 1:
        return number // 100, number % 100, None, i + 1
    return None


def _half(scan: Scan, i: int) -> str | None:
    word = scan.atoms.at(i)
    is_half = scan.atoms.kind_at(i) == "half" or word in {"am", "pm"}
    return word[0] if is_half else None


def _zone(scan: Scan, i: int) -> tuple[int, str]:
    """Return where a time zone at ``i`` ends (``i`` where there is none), and its sign in ISO 8601 where the words give one."""
    if scan.atoms.at(i) == "(":
        end, zone = _zone(scan, i + 1)
        return (end + 1, zone) if end > i + 1 and scan.atoms.at(end) == ")" else (i, "")
    if scan.atoms.follows(i, ("local", "time")):
        return i + 2, ""
    if not scan.is_in("zones", i) or not scan.atoms.text[i].isupper():
        return i, ""
    if not scan.is_in("universal", i):
        return i + 1, ""
    sign, hours = scan.atoms.at(i + 1), scan.whole_number(i + 2)
    if sign in SHIFTED and hours is not None and hours <= 14:
        return i + 3, f"{SHIFTED[sign]}{hours:02d}:00"
    return i + 1, "Z"


def is_daylike(meaning: object) -> bool:
    """Return whether a meaning is a single day, so that a time of day can stand beside it."""
    match meaning:
        case CalendarDate(day=day):
            return day is not None
        case UnitShift(unit=unit) | Offset(amount=_, sign=_, anchor=_, origin=UnitShift(unit=unit)):
            return unit == "day"
        case Weekday() | Holiday():
            return True
        case DayPart(day=day):
            return day is not None
    return False


def join_clock(scan: Scan, point: FoundPoint) -> FoundPoint:
    """Join a day with the time of day behind it, or a time of day with the day behind it is left to ``join_day``."""
    if not is_daylike(point.meaning):
        return point
    for link in ((",", "at"), ("at",), (",",), ()):
        at_clock = point.end + len(link)
        if scan.atoms.follows(point.end, link) and at_clock < len(scan.atoms):
            clock = read_clock(scan, at_clock)
            if clock is not None and isinstance(clock.meaning, Clock):
                return FoundPoint(_on(clock.meaning, point.meaning), clock.end)
    return point


def join_day(clock: FoundPoint, day: FoundPoint) -> FoundPoint:
    """Join a time of day with the day behind it."""
    assert isinstance(clock.meaning, Clock)
    return FoundPoint(_on(clock.meaning, day.meaning), day.end)


def _on(clock: Clock, day: Point) -> Clock:
    bare = day.day if isinstance(day, DayPart) else day
    return replace(clock, day=bare)
