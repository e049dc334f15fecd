"""Read fiscal years: "fiscal 2026", "FY2026", "the fiscal year 2026", "the current financial year".

They begin on another day in each state, so only their number is given (FY2026) and no days. The one meant without a number is
that of the calendar year it is spoken of in.
"""

from __future__ import annotations

import re

from kg.language.times.meanings import FiscalYear
from kg.language.times.scan import DASHES, FoundPoint, Scan


def read_fiscal(scan: Scan, i: int) -> FoundPoint | None:
    """Read a fiscal year at its first word: "fiscal", "financial" or "FY"."""
    j = i + 1
    if not scan.is_in("fiscal", i):
        return _short(scan, i)
    if scan.atoms.at(j) == "year":
        j += 1
    elif scan.atoms.at(i) != "fiscal":
        return None
    return _numbered(scan, j) or _the_year(scan, i, j)


def _short(scan: Scan, i: int) -> FoundPoint | None:
    """Read "FY2026", "FY26" and "FY 2026"."""
    written = re.fullmatch(r"fy(\d{4}|\d\d)?", scan.atoms.at(i))
    if written is None or not scan.atoms.is_capital(i):
        return None
    if written[1] is None:
        return _numbered(scan, i + 1)
    year = int(written[1])
    return FoundPoint(FiscalYear(year if year > 99 else 2000 + year), i + 1)


def _numbered(scan: Scan, i: int) -> FoundPoint | None:
    """Read the year's number at ``i``; of two ("2025-26") the last one names it."""
    year = scan.year_number(i)
    if year is None:
        return None
    short = scan.whole_number(i + 2) if scan.atoms.at(i + 1) in DASHES | {"/"} and len(scan.atoms.at(i + 2)) == 2 else None
    if short is not None and short == (year + 1) % 100:
        return FoundPoint(FiscalYear(year + 1), i + 3, article=True)
    return FoundPoint(FiscalYear(year), i + 1, article=True)


def _the_year(scan: Scan, i: int, end: int) -> FoundPoint | None:
    """Read "the fiscal year" or "this financial year", where ``i`` is its first word behind "the" or "this"."""
    if end == i + 1:
        return None
    shift = 0 if scan.atoms.at(i - 1) == "the" else scan.number_of("shifts", i - 1)
    return FoundPoint(FiscalYear(None, shift), end, article=True) if shift is not None else None
