"""Find the day that a text itself says it was written on.

That is a full date in its first lines which stands alone there ("Thursday, October 10, 2019"; "The White House, 20 June 1962") or
opens a report with its place ("OSLO, Nov. 23, 2025 – Envoys …").
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from kg.language.times.meanings import CalendarDate, Clock
from kg.language.times.periods import NOTHING
from kg.language.times.phrases import Phrase
from kg.language.times.resolving import resolve
from kg.language.times.scan import DASHES, Scan
from kg.language.times.viewpoint import Viewpoint

LINES = 6
"""How many lines from the top it may stand in, empty ones left out."""

BESIDE = 12
"""How many pieces may stand beside it: the place, the house, the news agency."""

OPENINGS = DASHES | {":", ")"}


def dateline(scan: Scan, phrases: Iterable[Phrase]) -> datetime.date | None:
    """Return the first of the expressions that is a dateline; None where there is none."""
    line, at = 1, 0
    for phrase in phrases:
        line += sum(scan.atoms.opens(piece) and scan.atoms.kind[piece] != "break" for piece in range(at + 1, phrase.first + 1))
        at = phrase.first
        if line > LINES:
            return None
        day = _full_date(scan, phrase)
        if day is not None and _stands_apart(scan, phrase):
            return day
    return None


def _full_date(scan: Scan, phrase: Phrase) -> datetime.date | None:
    said = phrase.meaning.day if isinstance(phrase.meaning, Clock) else phrase.meaning
    if not isinstance(said, CalendarDate) or None in (said.year, said.month, said.day):
        return None
    return (resolve(scan, said, Viewpoint(None)) if said.year else NOTHING).day


def _stands_apart(scan: Scan, phrase: Phrase) -> bool:
    """Return whether nothing but names stands before it on its line, and behind it nothing else or a dash."""
    first, end = phrase.first, phrase.end
    while not scan.atoms.opens(first) and first > 0:
        first -= 1
        if phrase.first - first > BESIDE or not _is_name(scan, first):
            return False
    if scan.atoms.at(end) in OPENINGS:
        return True
    while not scan.atoms.opens(end):
        if end - phrase.end > BESIDE or not _is_name(scan, end):
            return False
        end += 1
    return True


def _is_name(scan: Scan, i: int) -> bool:
    """Return whether the piece is no lower-case word, or one that may stand within a name."""
    return not scan.is_word(i) or scan.atoms.is_capital(i) or scan.atoms.at(i) in {"of", "the", "and"}
