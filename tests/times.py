"""Reads the times of a text without a parse, as of a Sunday."""

from __future__ import annotations

import datetime
import functools

import spacy
from spacy.language import Language

from kg.language.times import find_times
from kg.records import TimeExpression

SUNDAY = datetime.date(2025, 11, 23)


@functools.cache
def english() -> Language:
    return spacy.blank("en")


def times(text: str, date: datetime.date | None = SUNDAY) -> tuple[TimeExpression, ...]:
    return find_times(english()(text), date=date)


def found(text: str, date: datetime.date | None = SUNDAY) -> list[tuple[str, str | None, str]]:
    return [(time.text, time.value, time.role) for time in times(text, date)]
