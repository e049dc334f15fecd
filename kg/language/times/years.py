"""Read years, decades and centuries: "in 2014", "the 2014 election", "the 1990s", "the 21st century".

Four digits are read as a year only where the words around them say that they are one.
"""

from __future__ import annotations

from kg.language.times.meanings import CalendarDate, Years
from kg.language.times.scan import DASHES, FoundPoint, Scan

YEAR_LINKS = DASHES | {"and", "or", ",", "to"}


def read_year(scan: Scan, i: int) -> FoundPoint | None:
    """Read four digits where they stand as a year: "in 2014", "the 2014 election", "(2014)", "2014–2016"."""
    year = scan.year_number(i)
    if year is None or scan.counts(i) or scan.is_in("numbering", i - 1) or scan.is_in("zones", i + 1):
        return None
    if not _is_year(scan, i, year):
        return None
    return FoundPoint(CalendarDate(year=year), i + 1)


def _is_year(scan: Scan, i: int, year: int) -> bool:
    """Return whether the words around say that the four digits are a year."""
    before, behind = scan.atoms.at(i - 1), scan.atoms.at(i + 1)
    if scan.is_in("year_signs", i - 1):
        return year >= 1500 and not (before == "of" and scan.is_in("numbering", i - 2))
    if before == "(" and behind == ")" and year >= 1500:
        return True
    if year >= 1500 and _is_listed(scan, i):
        return True
    return 1700 <= year <= 2100 and (_is_attribute(scan, i, year) or _is_edition(scan, i))


def _is_edition(scan: Scan, i: int) -> bool:
    """Return whether a year tells which of a row of events is meant: "the Oslo Conference 2010", "COP 2015"."""
    if not scan.atoms.is_capital(i - 1) or scan.atoms.opens(i):
        return False
    name, closed = scan.atoms.text[i - 1], scan.is_stop(i + 1) or scan.atoms.opens(i + 1)
    return scan.is_in("gatherings", i - 1) or (closed and name.isupper() and name.isalpha() and 3 <= len(name) <= 6)


def _is_attribute(scan: Scan, i: int, year: int) -> bool:
    """Return whether a year stands before its noun ("the 2014 election", "its earlier 2014 offer") or behind "for"."""
    noun = scan.atoms.at(i + 1) if scan.is_word(i + 1) else ""
    many = noun.endswith("s") and not scan.atoms.is_capital(i + 1)
    if scan.is_in("year_determiners", i - 1):
        return noun != "" or scan.atoms.at(i + 1) == "-"
    if year < 1900:
        return False
    if scan.atoms.at(i - 1) == "for":
        return not many
    adjective = scan.is_word(i - 1) and not scan.atoms.is_capital(i - 1) and scan.is_in("year_determiners", i - 2)
    return adjective and noun != "" and not many


def _is_listed(scan: Scan, i: int) -> bool:
    """Return whether a year stands among years, set off by commas, or in brackets."""
    atoms, before = scan.atoms, scan.atoms.at(i - 1)
    if before in YEAR_LINKS and scan.year_number(i - 2) is not None:
        return not scan.is_in("numbering", i - 3)
    if before == "(":
        return atoms.at(i + 1) in {")", ",", "–", "-", ";"}
    if atoms.at(i + 1) == ")" and scan.is_word(i - 1):
        return atoms.at(i - 2) == "(" and atoms.is_capital(i - 1)
    dash = atoms.at(i + 1) in DASHES and scan.touches(i + 1) == scan.touches(i + 2)
    return (before == "," and scan.is_stop(i + 1)) or (dash and scan.year_number(i + 2) is not None)


def read_decade(scan: Scan, i: int) -> FoundPoint | None:
    """Read "1990s", "the 1990's", "'90s", "the 90s" or "the nineties"; not the age in "her sixties"."""
    text = scan.atoms.at(i)
    at_sign = i - 2 if scan.atoms.at(i - 1) in DASHES else i - 1
    signed = scan.atoms.at(at_sign) in {"the", "early", "late", "mid"}
    year = scan.year_number(i)
    if year is not None:
        written = signed and year % 10 == 0 and scan.atoms.at(i + 1) in {"'s", "’s"} and scan.touches(i + 1)
        return FoundPoint(Years(year, 10), i + 2, article=True) if written else None
    if scan.atoms.kind_at(i) == "decade":
        digits = text.strip("'’s")
        if len(digits) == 4:
            first = int(digits)
            return FoundPoint(Years(first, 10 if first % 100 or first == 2000 else 100), i + 1, article=True)
        first = int(digits) + (1900 if int(digits) >= 30 else 2000)
        return FoundPoint(Years(first, 10), i + 1, article=True) if signed or not text[0].isdigit() else None
    named = scan.number_of("decades", i)
    return FoundPoint(Years(named, 10), i + 1, article=True) if named is not None and signed else None


def read_century(scan: Scan, i: int) -> FoundPoint | None:
    """Read "21st century" or "twentieth-century"."""
    number = scan.day_number(i) if scan.atoms.kind_at(i) == "ordinal" else scan.number_of("ordinals", i)
    at_noun = i + 2 if scan.atoms.at(i + 1) in DASHES else i + 1
    if number is None or scan.atoms.at(at_noun) not in {"century", "centuries"}:
        return None
    return FoundPoint(Years((number - 1) * 100, 100), at_noun + 1, article=True) if number <= 30 else None
