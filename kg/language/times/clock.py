"""Read times of day ("3 p.m.", "18:00 UTC", "noon") and join them with the day beside them."""

from __future__ import annotations

from kg.language.times.meanings import CalendarDate, Clock, DayPart, Holiday, Offset, Point, UnitShift, Weekday
from kg.language.times.scan import FoundPoint, Scan

SIGNS = frozenset({"at", "by", "until", "till", "from", "before", "after", "around", "about", "since", "approximately"})


def read_clock(scan: Scan, i: int) -> FoundPoint | None:
    """Read a time of day without its day; hours and minutes alone only behind a preposition."""
    named = scan.number_of("clock_names", i)
    if named is not None:
        return FoundPoint(Clock(named, 0, universal=False, day=None), i + 1)
    told = _told(scan, i)
    if told is None:
        return None
    hour, minute, half, end = told
    zone, universal = _zone(scan, end)
    if half is None and zone == end and scan.atoms.at(i - 1) not in SIGNS:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return FoundPoint(Clock(hour, minute, universal, None), zone) if hour <= 24 and minute < 60 else None


def _told(scan: Scan, i: int) -> tuple[int, int, str | None, int] | None:
    """Return hour, minute, "a" or "p" where it is said, and the end."""
    atoms = scan.atoms
    half = _half(scan, i + 1)
    end = i + 1 if half is None else i + 2
    if atoms.kind_at(i) == "clock":
        hour, minute = atoms.text[i].split(":")
        return int(hour), int(minute), half, end
    number = scan.whole_number(i) if len(atoms.at(i)) <= 4 else None
    if number is None:
        return None
    if half is not None:
        return number, 0, half, end
    if atoms.follows(i + 1, ("o", "'", "clock")) or atoms.follows(i + 1, ("o", "’", "clock")):
        return number, 0, _half(scan, i + 4), i + 4
    if len(atoms.text[i]) == 4 and _zone(scan, i + 1)[0] > i + 1:
        return number // 100, number % 100, None, i + 1
    return None


def _half(scan: Scan, i: int) -> str | None:
    word = scan.atoms.at(i)
    is_half = scan.atoms.kind_at(i) == "half" or word in {"am", "pm"}
    return word[0] if is_half else None


def _zone(scan: Scan, i: int) -> tuple[int, bool]:
    """Return where a time zone at ``i`` ends (``i`` where there is none), and whether it is universal time."""
    if scan.atoms.follows(i, ("local", "time")):
        return i + 2, False
    if scan.is_in("zones", i) and scan.atoms.text[i].isupper():
        return i + 1, scan.is_in("universal", i) and scan.atoms.at(i + 1) not in {"+", "-", "−"}
    return i, False


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
    return Clock(clock.hour, clock.minute, clock.universal, bare)
