"""Read durations ("three weeks", "a 48-hour truce") and times counted by them ("two days ago")."""

from __future__ import annotations

from kg.language.times.meanings import Amount, Anchor, Length, Offset, Repeat, UnitShift, Weekday
from kg.language.times.scan import DASHES, Found, Scan

PARTS = {
    ("half", "a"): (0.5, 2),
    ("half", "an"): (0.5, 2),
    ("a", "half"): (0.5, 2),
    ("half", "-"): (0.5, 1),
    ("quarter", "of", "a"): (0.25, 3),
    ("quarter", "century"): (0.25, 1),
    ("a", "quarter", "of", "a"): (0.25, 4),
    ("a", "quarter", "century"): (0.25, 2),
}
"""Parts of one unit: the words, the number, and how many of the words are the number's."""

COUNTED_FROM: dict[str, tuple[int, Anchor]] = {
    "ago": (-1, "document"),
    "hence": (1, "document"),
    "earlier": (-1, "mention"),
    "previously": (-1, "mention"),
    "later": (1, "mention"),
    "afterwards": (1, "mention"),
    "afterward": (1, "mention"),
    "thereafter": (1, "mention"),
}
"""What makes a time of an amount: the way it counts, and from where."""

AT_A_STOP: dict[str, int] = {"before": -1, "prior": -1, "after": 1}
"""The same from the last mention, where nothing follows that they could govern."""

LARGEST = 2
"""How often "hundred" and "thousand" may stand behind a number."""

ONE = frozenset({"a", "an", "one", "another"})


def read_number(scan: Scan, i: int) -> tuple[float, int] | None:
    """Read a number in digits or words at ``i`` ("48", "2.5", "twenty-five", "two and a half", "half a"), and its end."""
    atoms = scan.atoms
    if atoms.kind_at(i) == "number":
        return _with_half(scan, float(atoms.text[i].replace(",", "")), i + 1)
    for words, (part, length) in PARTS.items():
        if atoms.follows(i, words):
            return part, i + length
    number = 1 if atoms.at(i) in ONE else scan.number_of("numbers", i)
    return _number_in_words(scan, number, i + 1) if number is not None else None


def _number_in_words(scan: Scan, number: int, end: int) -> tuple[float, int]:
    if 20 <= number <= 90:
        ones_at = end + 1 if scan.atoms.at(end) == "-" else end
        ones = scan.number_of("numbers", ones_at)
        if ones is not None and ones < 10:
            number, end = number + ones, ones_at + 1
    for _ in range(LARGEST):
        if scan.atoms.at(end) in {"hundred", "thousand", "dozen"}:
            number, end = number * scan.lexicon.numbers["numbers"][scan.atoms.at(end)], end + 1
    return _with_half(scan, float(number), end)


FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _with_half(scan: Scan, number: float, end: int) -> tuple[float, int]:
    """Add the fraction behind a number: "and a half", "1/2" or "½"."""
    if scan.atoms.follows(end, ("1", "/", "2")):
        return number + 0.5, end + 3
    if scan.atoms.at(end) in FRACTIONS:
        return number + FRACTIONS[scan.atoms.at(end)], end + 1
    for half in (("and", "a", "half"), ("-", "and", "-", "a", "-", "half")):
        if scan.atoms.follows(end, half):
            return number + 0.5, end + len(half)
    return number, end


def read_amount(scan: Scan, i: int) -> tuple[Amount, int] | None:
    """Read a number of units at ``i``, and its end; the number is None where the words only say "some" or a range."""
    number: float | None
    counted = read_number(scan, i)
    vague = _vague_end(scan, i)
    if vague is not None:
        number, end = None, vague
    elif counted is not None:
        number, end = counted
        between = scan.atoms.at(end) in {"to", "or"} | DASHES
        upper = read_number(scan, end + 1) if between else None
        if upper is not None:
            number, end = None, upper[1]
    else:
        return None
    return _unit_behind(scan, i, number, end)


def _vague_end(scan: Scan, i: int) -> int | None:
    for words in scan.lexicon.phrases["vague_amounts"]:
        if scan.atoms.follows(i, words):
            return i + len(words)
    j = i + 1 if scan.atoms.at(i) in {"a", "the"} and scan.atoms.at(i + 1) == "few" else i
    return j + 1 if scan.is_in("vague", j) else None


def _unit_behind(scan: Scan, i: int, number: float | None, end: int) -> tuple[Amount, int] | None:
    hyphen = scan.atoms.at(end) in DASHES and scan.touches(end)
    j = end + hyphen
    while not hyphen and j < end + 2 and scan.is_in("unit_adjectives", j):
        j += 1
    named = scan.unit_at(j)
    if named is None:
        return None
    unit, plural = named
    end = j + 1
    if scan.atoms.at(end) in DASHES and scan.atoms.at(end + 1) == "long":
        end += 2
    single = number is not None and number <= 1
    if unit in {"second", "quarter"} and not plural and not hyphen:
        return None
    if plural and unit == "quarter" and scan.atoms.at(end) == "of":
        return None
    if (single and plural) or (not plural and not single and not hyphen and not _attributive(scan, i, end)):
        return None
    return None if _is_age(scan, end) or not _is_amount(scan, i, j, hyphen=hyphen) else (Amount(number, unit), end)


def _attributive(scan: Scan, i: int, end: int) -> bool:
    """Return whether a noun follows, as in "a 10 day visit"; four digits there are rather a year."""
    return scan.year_number(i) is None and scan.is_word(end) and not scan.atoms.is_capital(end)


def _is_age(scan: Scan, end: int) -> bool:
    j = end + 1 if scan.atoms.at(end) in DASHES else end
    return scan.atoms.at(j) in {"old", "olds"} or scan.atoms.follows(j, ("of", "age"))


def _is_amount(scan: Scan, i: int, unit: int, *, hyphen: bool) -> bool:
    """Return whether "a day" or "one day" is a length here, and no day among others ("a day of mourning")."""
    if scan.atoms.at(unit) != "day" or scan.atoms.at(i) not in {"a", "one"} or unit != i + 1 or hyphen:
        return True
    beside = scan.atoms.at(unit + 1) in {"ago", "later", "earlier", "after", "before", "-"}
    return beside or scan.is_in("length_signs", i - 1) or _is_rate(scan, i)


def read_length(scan: Scan, i: int) -> Found | None:
    """Read a duration, or a time counted by one from now ("ago", "from now") or from a time spoken of ("later")."""
    each = single(scan, i + 1) if scan.atoms.at(i) in {"a", "an"} and _is_rate(scan, i) else None
    if each is not None:
        return Found(Repeat(length_value(scan, each[0])), each[1])
    found = read_amount(scan, i) or _bare_units(scan, i) or _period(scan, i)
    if found is None:
        return None
    amount, end = found
    if scan.atoms.at(end) == "or" and scan.is_in("or_so", end + 1):
        end += 2
    return _offset(scan, amount, end) or Found(Length(amount), end, article=amount.number is None)


def _period(scan: Scan, i: int) -> tuple[Amount, int] | None:
    """Read a stretch of time without a unit, which TIMEX3 counts in days: "a long time", "an indefinite period of time"."""
    if scan.atoms.at(i) not in {"a", "an", "some"} or not scan.is_in("period_adjectives", i + 1):
        return None
    if not scan.is_in("periods", i + 2):
        return None
    of_time = scan.atoms.follows(i + 3, ("of", "time"))
    if scan.atoms.at(i + 3) == "of" and not of_time:
        return None
    return Amount(None, "day"), i + 5 if of_time else i + 3


def _bare_units(scan: Scan, i: int) -> tuple[Amount, int] | None:
    """Read units without a number: "for weeks", "over the years", "years ago", "a months-long siege"."""
    named = scan.unit_at(i)
    if named is None:
        return None
    unit, plural = named
    atoms = scan.atoms
    end = i + 1
    if atoms.at(end) in DASHES and atoms.at(end + 1) == "long":
        return Amount(None if plural else 1, unit), end + 2
    before = i - 1 if atoms.at(i - 1) == "the" else i
    signed = scan.is_in("length_signs", before - 1) and (before == i or atoms.at(before - 1) == "over")
    counts = atoms.at(end) in {"ago", "later", "earlier"}
    if not plural or unit == "second" or not (signed or counts) or _is_age(scan, end):
        return None
    return Amount(None, unit), end


def _offset(scan: Scan, amount: Amount, end: int) -> Found | None:
    """Read what makes a time of an amount: "ago", "from now", "later", "before" in front of a stop."""
    word = scan.atoms.at(end)
    if word in COUNTED_FROM and scan.atoms.at(end + 1) != "than":
        return Found(Offset(amount, *COUNTED_FROM[word]), end + 1)
    if word == "from":
        return _from_point(scan, amount, end + 1)
    if word in {"'", "’", "'s", "’s"} and scan.atoms.at(end + 1) == "time":
        return Found(Offset(amount, 1), end + 2)
    if word in AT_A_STOP and scan.is_stop(end + 1):
        return Found(Offset(amount, AT_A_STOP[word], "mention"), end + 1)
    return None


def _from_point(scan: Scan, amount: Amount, i: int) -> Found | None:
    if scan.atoms.at(i) == "now":
        return Found(Offset(amount, 1), i + 1)
    shift = scan.number_of("days", i)
    if shift is not None:
        return Found(Offset(amount, 1, origin=UnitShift("day", shift)), i + 1)
    weekday = scan.number_of("weekdays", i)
    return Found(Offset(amount, 1, origin=Weekday(number=weekday)), i + 1) if weekday is not None else None


def _is_rate(scan: Scan, i: int) -> bool:
    """Return whether an amount stands in front of ``i``, so that "a year" there means each year."""
    counted = scan.atoms.kind_at(i - 1) == "number" or scan.number_of("numbers", i - 1) is not None
    return scan.is_in("rated", i - 1) or (counted and scan.atoms.at(i) in {"a", "an"})


def length_value(scan: Scan, amount: Amount) -> str:
    """Return the TIMEX3 value of a duration: P3W, PT48H, P2.5Y, PXD."""
    unit = scan.lexicon.units[amount.unit]
    time, letter = ("T", unit.letter[1:]) if unit.letter.startswith("T") else ("", unit.letter)
    if amount.number is None:
        return f"PX{unit.vague}" if unit.vague else f"P{time}X{letter}"
    return f"P{time}{amount.number * unit.count:g}{letter}" if amount.number * unit.count < 1e6 else f"P{time}X{letter}"


def single(scan: Scan, i: int) -> tuple[Amount, int] | None:
    """Return one of the unit named in the singular at ``i``, and its end."""
    named = scan.unit_at(i)
    return (Amount(1, named[0]), i + 1) if named is not None and not named[1] else None
