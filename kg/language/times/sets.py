"""Read what comes again: "every Monday", "twice a year", "daily"."""

from __future__ import annotations

from kg.language.times.lengths import length_value, read_amount, single
from kg.language.times.meanings import Amount, Repeat
from kg.language.times.scan import Found, Scan

SETS_OF_DAYS = {
    "morning": "XXXX-XX-XXTMO",
    "afternoon": "XXXX-XX-XXTAF",
    "evening": "XXXX-XX-XXTEV",
    "night": "XXXX-XX-XXTNI",
    "weekend": "XXXX-WXX-WE",
}


def read_repeat(scan: Scan, i: int) -> Found | None:
    """Read "every Monday", "per year", "twice a week", "three times a day"."""
    word = scan.atoms.at(i)
    if word in {"once", "twice", "thrice"} and scan.atoms.at(i + 1) in scan.lexicon.names["sets"]:
        return Found(Repeat(scan.lexicon.names["sets"][scan.atoms.at(i + 1)]), i + 2)
    if word in {"once", "twice", "thrice"} and (
        scan.is_in("articles", i + 1) or scan.atoms.at(i + 1) in {"per", "every", "each"}
    ):
        amount = read_amount(scan, i + 2) or single(scan, i + 2)
        return Found(Repeat(length_value(scan, amount[0])), amount[1]) if amount is not None else None
    if word not in {"every", "each", "per"}:
        return None
    return _every(scan, i + 1)


def _every(scan: Scan, i: int) -> Found | None:
    """Read what comes again behind "every" at ``i``."""
    named = _named_set(scan, i)
    if named is not None:
        part = scan.lexicon.names["dayparts"].get(scan.atoms.at(i + 1)) if scan.number_of("weekdays", i) is not None else None
        return Found(Repeat(named), i + 1) if part is None else Found(Repeat(f"{named}T{part}"), i + 2)
    double = scan.atoms.at(i) == "other"
    amount = single(scan, i + (scan.atoms.at(i) in {"other", "single", "passing"})) or read_amount(scan, i)
    if amount is None:
        return None
    number = 2 if double else amount[0].number
    return Found(Repeat(length_value(scan, Amount(number, amount[0].unit))), amount[1])


def _named_set(scan: Scan, i: int) -> str | None:
    """Return the value of "every" + a weekday, month, season or part of the day."""
    word = scan.atoms.at(i)
    weekday, month = scan.number_of("weekdays", i), scan.number_of("months", i)
    season = scan.lexicon.names["seasons"].get(word)
    if weekday is not None:
        return f"XXXX-WXX-{weekday}"
    if month is not None and scan.atoms.is_capital(i):
        return f"XXXX-{month:02d}"
    return f"XXXX-{season}" if season is not None and scan.atoms.at(i - 1) != "per" else SETS_OF_DAYS.get(word)


def read_set(scan: Scan, i: int) -> Found | None:
    """Read "daily", "annually"; not the name of a newspaper ("Daily" in front of another capital)."""
    value = scan.lexicon.names["sets"].get(scan.atoms.at(i))
    if value is None or (scan.atoms.is_capital(i) and scan.atoms.is_capital(i + 1)):
        return None
    return Found(Repeat(value), i + 1)
