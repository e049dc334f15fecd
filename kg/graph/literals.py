"""Literals that stay the same through every serialization and store: one spelling for each value."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from rdflib import Literal
from rdflib.namespace import XSD

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def decimal(value: float) -> Literal:
    """Return a number as xsd:decimal in the shortest spelling that reads back as the same float; it must be finite."""
    text = format(Decimal(repr(float(value))), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD.decimal, normalize=False)


def offset(value: int) -> Literal:
    """Return a count of characters, as xsd:integer: the engine on disk turns its subtypes into it."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


def day(value: datetime.date) -> Literal:
    """Return a day as xsd:date."""
    return Literal(value.isoformat(), datatype=XSD.date, normalize=False)


def when(value: str) -> Literal:
    """Return an ISO 8601 date, month or year as what it is, and anything else (an interval, an unclear date) as a string."""
    if is_day(value):
        return Literal(value, datatype=XSD.date, normalize=False)
    if _MONTH.fullmatch(value) and not value.startswith("0000"):
        return Literal(value, datatype=XSD.gYearMonth, normalize=False)
    if _YEAR.fullmatch(value) and value != "0000":
        return Literal(value, datatype=XSD.gYear, normalize=False)
    return Literal(value)


def is_day(value: str) -> bool:
    """Tell whether a text is a whole date of the calendar, YYYY-MM-DD."""
    if not _DAY.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True
