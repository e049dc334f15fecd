"""From when to when something holds: the time expressions of a clause as a begin and an end.

In: the token that tells it, and whether it tells of the whole time, its begin or its end. Out: a Period of ISO 8601 dates as exact as
the text is (2014, 2014-03, 2014-03-05). Limits: what holds "in 2014" began and ended at unknown times, so that the text gives neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.records import TimeExpression

Phase = Literal["held", "begun", "ended"]
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time from ``begin`` to ``end``, each None where the text does not give it."""

    begin: str | None = None
    end: str | None = None


UNKNOWN = Period()


def period_around(governor: Token, arguments: Arguments, *, phase: Phase) -> Period:
    """Return the period that the times of a token's own clause give."""
    begin: str | None = None
    end: str | None = None
    for time in _own_times(governor, arguments):
        first, last = _limits(time, phase)
        begin, end = begin or first, end or last
    return Period(begin=begin, end=end)


def _own_times(governor: Token, arguments: Arguments) -> Iterator[TimeExpression]:
    """Yield the times under a token that hang on no other clause."""
    times, doc = arguments.analysis.times, arguments.doc
    left, right = doc[governor.left_edge.i], doc[governor.right_edge.i]
    number = bisect_left(times, left.idx, key=lambda time: time.start)
    while number < len(times) and times[number].start < right.idx + len(right):
        words = doc.char_span(times[number].start, times[number].end, alignment_mode="expand")
        if words is not None and any(_hangs_on(token, governor) for token in words if token.pos_ not in {"ADP", "PUNCT"}):
            yield times[number]
        number += 1


def _hangs_on(token: Token, governor: Token) -> bool:
    for ancestor in token.ancestors:
        if ancestor.i == governor.i:
            return True
        if ancestor.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _limits(time: TimeExpression, phase: Phase) -> tuple[str | None, str | None]:
    value = time.value or ""
    if "/" in value:
        first, _, last = value.partition("/")
        return _date(first), _date(last)
    point = _date(value)
    if time.role == "since":
        return point, None
    if time.role == "until":
        return None, point
    if time.role not in {"when", "deadline"} or phase == "held":
        return None, None
    return (point, None) if phase == "begun" else (None, point)


def _date(value: str) -> str | None:
    return value if DATE.fullmatch(value) else None
