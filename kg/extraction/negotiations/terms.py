"""Read when a negotiation began and ended, from the times that stand in its clause.

In: the frame of a process. Out: ISO 8601 days, months or years. Limits: a length of time counts back from the document's date, and
only where the clause says that it has gone on until then ("have been talking for two weeks", "under way for a year").
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import clause_bounds
from kg.extraction.frames import Frame
from kg.extraction.lexicon import NegotiationWords
from kg.extraction.slots import measured
from kg.language.syntax import OBJECTS, RELATIVES
from kg.records import TimeExpression

_LENGTH = re.compile(r"P(?P<count>\d+)(?P<unit>[DWMY])")
_CALENDAR = re.compile(r"\d{4}(-\d{2}){0,2}")
_DAYS = {"D": 1, "W": 7}
SUBJECT_LABELS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})


def term_of(frame: Frame, arguments: Arguments, *, words: NegotiationWords) -> tuple[str | None, str | None]:
    """Return when the process of a frame began and when it ended or is to end; None for what its clause does not tell."""
    begin = end = None
    token = arguments.doc[frame.predicate]
    for verb in _clauses(frame, token, words):
        first, last = clause_bounds(verb)
        if verb.i == token.i and frame.part == "noun":
            first, last = min(first, frame.start), max(last, frame.end)
        for time in arguments.times(first, last):
            since, until = _limits(time, verb, arguments, words)
            begin, end = begin or since, end or until
    return begin, end


def _clauses(frame: Frame, token: Token, words: NegotiationWords) -> Iterator[Token]:
    """Yield the predicates that speak of the process: its own, the one it is the subject or object of, and its relative clauses."""
    noun = measured(token)
    yield token
    if frame.part == "noun":
        if noun.dep_ in SUBJECT_LABELS or (noun.dep_ in OBJECTS and noun.head.lemma_.lower() in words.carried_on):
            yield noun.head
        yield from (child for child in noun.children if child.dep_ in {"acl", *RELATIVES, "appos", "amod"})
        # "the talks chaired by the envoy, which BEGAN in June": the parse may hang the clause on the envoy.
        limits = words.beginnings | words.endings
        yield from (
            word for word in noun.subtree if word.dep_ in RELATIVES and word.head.i != noun.i and word.lemma_.lower() in limits
        )


def _limits(time: TimeExpression, verb: Token, arguments: Arguments, words: NegotiationWords) -> tuple[str | None, str | None]:
    if time.role == "since":
        return _date(time), None
    if time.role in {"until", "deadline"}:
        return None, _date(time) if time.role == "until" else None
    if time.role == "duration":
        return _counted_back(time, verb, arguments, words), None
    lemma = verb.lemma_.lower()
    if time.role == "when" and lemma in words.beginnings:
        return _date(time), None
    if time.role == "when" and lemma in words.endings:
        return None, _date(time)
    return None, None


def _date(time: TimeExpression) -> str | None:
    """Return a time's own value where that is a day, a month or a year, and else the day it begins with (of a limit, ends with)."""
    if time.value is not None and _CALENDAR.fullmatch(time.value):
        return time.value
    return time.begin or time.end_date


def _counted_back(time: TimeExpression, verb: Token, arguments: Arguments, words: NegotiationWords) -> str | None:
    """Return the day that lies a length of time before the document's, if the clause says that it has lasted so long by then."""
    today = arguments.analysis.document.date
    match = _LENGTH.fullmatch(time.value or "")
    lasting = any(c.dep_ in {"aux", "aux:pass"} and c.lower_ in {"have", "has", "'ve", "’ve"} for c in verb.children)
    around = {word.lower_ for word in (verb, *verb.children)}
    if today is None or match is None or not (lasting or around & words.under_way):
        return None
    return _back(today, int(match["count"]), match["unit"])


def _back(today: datetime.date, count: int, unit: str) -> str | None:
    """Return the date so many units before a day: of days and weeks the day, of months and years the month or year."""
    try:
        if unit in _DAYS:
            return (today - datetime.timedelta(days=count * _DAYS[unit])).isoformat()
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "Y" else 1)
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, 1).isoformat()[: 4 if unit == "Y" else 7]
    except (OverflowError, ValueError):
        return None
