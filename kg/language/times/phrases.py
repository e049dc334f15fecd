"""Find the time expressions of a text: which readers may start at which piece, and the longest of what they find.

In: a Scan. Out: Phrases in text order that do not overlap, with their meaning; roles and values come later.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.language.times import clock, compounds, dates, fiscal, lengths, relative, sets, years
from kg.language.times.lexicon import ReferenceRule, TimeLexicon, Words
from kg.language.times.meanings import Clock, Edge, Haste, Length, Meaning, Offset, Point, Range, Reference
from kg.language.times.scan import DASHES, Found, FoundPoint, Scan

Reader = Callable[[Scan, int], Found | FoundPoint | None]

BY_KIND: Mapping[str, tuple[Reader, ...]] = {
    "date": (dates.read_numeric,),
    "clock": (clock.read_clock,),
    "decade": (years.read_decade,),
    "ordinal": (dates.read_day_first, years.read_century, dates.read_part),
    "number": (dates.read_day_first, years.read_year, years.read_decade, clock.read_clock, lengths.read_length),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time expression: the indexes of its first piece and behind its last one, and what it says."""

    first: int
    end: int
    meaning: Meaning


def find_phrases(scan: Scan) -> Iterator[Phrase]:
    """Yield the time expressions of the text from left to right."""
    by_word = readers(scan.lexicon)
    done, i = 0, 0
    atoms = scan.atoms
    while i < len(atoms):
        kind = atoms.kind[i]
        starting = by_word.get(atoms.lower[i]) if kind == "word" else BY_KIND.get(kind)
        if starting is None:
            i += 1
            continue
        name_end = _name_end(scan, i)
        found = _longest(scan, i, starting) if name_end is None else None
        if found is None:
            i = name_end if name_end is not None else i + 1
            continue
        first = _first_piece(scan, i, found)
        yield Phrase(max(first, done), found.end, found.meaning)
        done = i = found.end


def _name_end(scan: Scan, i: int) -> int | None:
    for name in _names(scan.lexicon).get(scan.atoms.lower[i], ()):
        if scan.atoms.follows(i, name) and scan.atoms.is_capital(i):
            return i + len(name)
    return None


def _longest(scan: Scan, i: int, starting: tuple[Reader, ...]) -> Found | None:
    best: Found | None = None
    for reader in starting:
        found = reader(scan, i)
        if found is not None and (best is None or found.end > best.end):
            best = Found(*found)
    if best is None or not isinstance(best.meaning, Point):
        return best
    point = _joined(scan, FoundPoint(best.meaning, best.end, best.article))
    return compounds.read_range(scan, i, point, read_point) or Found(*point)


def read_point(scan: Scan, i: int) -> FoundPoint | None:
    """Read one point in time at ``i``, with its time of day, but no range."""
    point = _longest_point(scan, i, leave_out=())
    return _joined(scan, point) if point is not None else None


def read_simple_point(scan: Scan, i: int) -> FoundPoint | None:
    """Read one point in time that is no part of a greater one: the readers of parts call this, so that none calls itself."""
    return _longest_point(scan, i, leave_out=(_edge, _part_of_day))


def _longest_point(scan: Scan, i: int, *, leave_out: tuple[Reader, ...]) -> FoundPoint | None:
    kind = scan.atoms.kind_at(i)
    if kind is None:
        return None
    starting = readers(scan.lexicon).get(scan.atoms.at(i)) if kind == "word" else BY_KIND.get(kind)
    best: FoundPoint | None = None
    for reader in starting or ():
        found = reader(scan, i) if reader not in leave_out else None
        if found is not None and isinstance(found.meaning, Point) and (best is None or found.end > best.end):
            best = FoundPoint(found.meaning, found.end, found.article)
    return best


def _joined(scan: Scan, point: FoundPoint) -> FoundPoint:
    """Join a day with the time of day beside it, on either side."""
    if not isinstance(point.meaning, Clock) or point.meaning.day is not None:
        return clock.join_clock(scan, point)
    for link in (("on",), (",",), (",", "on"), ()):
        day = read_simple_point(scan, point.end + len(link)) if scan.atoms.follows(point.end, link) else None
        if day is not None and clock.is_daylike(day.meaning):
            return clock.join_day(point, day)
    return point


def _first_piece(scan: Scan, i: int, found: Found) -> int:
    """Take along the "the" that belongs to an expression, what opens a range, and what says that a number is only near."""
    if isinstance(found.meaning, Range) and _opens_range(scan, i, found.end):
        return i - 1
    if isinstance(found.meaning, Edge) and scan.atoms.at(i - 1) == "very":
        i -= 1
    if found.article and scan.atoms.at(i - 1) == "the":
        i -= 1
    if isinstance(found.meaning, Length | Offset):
        if scan.is_in("approximators", i - 1):
            return i - 1
        for words in scan.lexicon.phrases["approximators"]:
            if scan.atoms.precedes(i, words):
                return i - len(words)
    return i


def _opens_range(scan: Scan, i: int, end: int) -> bool:
    """Return whether a range opens with the word before it: "from" Monday to Friday, "between" 2014 and 2016."""
    before = scan.atoms.at(i - 1)
    return before == "from" or (before == "between" and "and" in scan.atoms.lower[i:end])


@functools.cache
def readers(lexicon: TimeLexicon) -> Mapping[str, tuple[Reader, ...]]:
    """Return which readers may start at which word."""
    table: dict[str, list[Reader]] = {}

    def starts(words: object, *those: Reader) -> None:
        for word in words if not isinstance(words, str) else words.split():  # type: ignore[attr-defined]
            table.setdefault(word, []).extend(those)

    numbers, names = lexicon.numbers, lexicon.names
    starts((*numbers["months"], *numbers["months_short"]), dates.read_month_first)
    weekdays = (*numbers["weekdays"], *numbers["weekdays_short"], *(day + "s" for day in numbers["weekdays"]))
    starts(weekdays, relative.read_weekday)
    starts((*lexicon.units, *names["unit_plurals"]), lengths.read_length, relative.read_unit_phrase, _edge)
    starts("weekend weekends", relative.read_unit_phrase)
    starts((*numbers["numbers"], *lexicon.words["vague"]), lengths.read_length)
    starts(numbers["numbers"], clock.read_clock)
    starts(
        {words[0] for words in lexicon.phrases["vague_amounts"]} | {"a", "an", "another", "half", "quarter"}, lengths.read_length
    )
    starts(("first", "final"), relative.read_stretch)
    starts(numbers["ordinals"], dates.read_day_first, years.read_century, dates.read_part)
    starts("last final q1 q2 q3 q4 h1 h2", dates.read_part)
    starts(numbers["decades"], years.read_decade)
    starts(numbers["days"], relative.read_named_day)
    starts(numbers["shifts"], relative.read_shift)
    starts("that same", relative.read_that)
    starts(names["seasons"], dates.read_season)
    starts(names["sets"], sets.read_set)
    starts(names["dayparts"], _part_of_day)
    starts({*lexicon.words["fiscal"], "fy", *(f"fy{year:02d}" for year in range(100))}, fiscal.read_fiscal)
    starts((f"fy{year}" for year in range(1950, 2101)), fiscal.read_fiscal)
    starts("every each per once twice thrice", sets.read_repeat)
    starts(numbers["clock_names"], clock.read_clock)
    starts({*lexicon.words["starts"], *lexicon.words["middles"], *lexicon.words["lates"], *lexicon.words["ends"]}, _edge)
    starts({name[0] for name in lexicon.holidays}, _holiday)
    starts({phrase[0] for rule in lexicon.references for phrase in rule.phrases}, _reference)
    starts({phrase[0] for phrase in lexicon.haste} | {lexicon.haste_opening[0]}, _haste)
    starts(_names(lexicon))
    return {word: tuple(dict.fromkeys(those)) for word, those in table.items()}


@functools.cache
def _names(lexicon: TimeLexicon) -> Mapping[str, tuple[Words, ...]]:
    return _by_first(lexicon.phrases["names"])


@functools.cache
def _holidays(lexicon: TimeLexicon) -> Mapping[str, tuple[Words, ...]]:
    return _by_first(frozenset(lexicon.holidays))


def _by_first(phrases: frozenset[Words]) -> Mapping[str, tuple[Words, ...]]:
    table: dict[str, list[Words]] = {}
    for phrase in sorted(phrases, key=lambda words: (-len(words), words)):
        table.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(those) for word, those in table.items()}


def _edge(scan: Scan, i: int) -> FoundPoint | None:
    return compounds.read_edge(scan, i, read_simple_point)


def _holiday(scan: Scan, i: int) -> FoundPoint | None:
    return dates.read_holiday(scan, i, _holidays(scan.lexicon)[scan.atoms.lower[i]])


def _part_of_day(scan: Scan, i: int) -> FoundPoint | None:
    """Read "the morning of November 23"."""
    if scan.atoms.at(i + 1) != "of":
        return None
    day = read_simple_point(scan, i + 3 if scan.atoms.at(i + 2) == "the" else i + 2)
    if day is None or not clock.is_daylike(day.meaning):
        return None
    part = relative.with_part(scan, day.meaning, i)
    return FoundPoint(part.meaning, day.end, article=True)


@functools.cache
def _references(lexicon: TimeLexicon) -> Mapping[str, tuple[tuple[Words, ReferenceRule], ...]]:
    table: dict[str, list[tuple[Words, ReferenceRule]]] = {}
    for rule in lexicon.references:
        for phrase in sorted(rule.phrases, key=lambda words: (-len(words), words)):
            table.setdefault(phrase[0], []).append((phrase, rule))
    return {word: tuple(sorted(rules, key=lambda pair: -len(pair[0]))) for word, rules in table.items()}


def _reference(scan: Scan, i: int) -> Found | None:
    for phrase, rule in _references(scan.lexicon)[scan.atoms.lower[i]]:
        end = i + len(phrase)
        if scan.atoms.follows(i, phrase):
            behind, before = scan.atoms.at(i - 1), scan.atoms.at(end)
            fits = not rule.behind or behind in rule.behind
            if fits and behind not in rule.never_behind and before not in rule.never_before and not _is_other(scan, i, end):
                return Found(Reference(rule.value), end)
    return None


def _is_other(scan: Scan, i: int, end: int) -> bool:
    """Return whether it is part of a compound ("the now-defunct council") or a "Now," that only takes up the talk."""
    compound = scan.atoms.at(end) in DASHES and scan.touches(end) and scan.touches(end + 1)
    return compound or (scan.atoms.follows(i, ("now", ",")) and scan.atoms.is_capital(i))


def _haste(scan: Scan, i: int) -> Found | None:
    for phrase in scan.lexicon.haste:
        if scan.atoms.follows(i, phrase):
            return Found(Haste(), i + len(phrase))
    if not scan.atoms.follows(i, scan.lexicon.haste_opening):
        return None
    begin = i + len(scan.lexicon.haste_opening)
    for verb in range(begin + 1, begin + 4):
        if scan.is_in("copulas", verb) and scan.is_in("adjectives", verb + 1):
            return Found(Haste(), verb + 2)
        if scan.is_in("permissions", verb):
            return Found(Haste(), verb + 1)
    return None
