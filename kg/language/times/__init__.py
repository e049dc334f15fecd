"""Time expressions of English, with their TIMEX3 values, the days they cover, and the role they play.

``find_times`` cuts the text into pieces (``atoms``), finds what means a time (``phrases``, by a grammar of small readers over the
words of ``ontology/times.toml``), asks the verb where it looks (``tense``), and gives each its role (``roles``) and value
(``resolving``). The words decide alone where there is no parse.

It is written here because no library does this offline in Python. On sentences of news English, dateparser and parsedatetime took
the verbs "may" and "march" for months, timefhuman left out bare months, quarters and "the coming weeks", dateparser gave no
offsets, and none of the three gives TIMEX3 values or sets. timexy gives TIMEX3, but by its documentation for dates and durations
alone; HeidelTime and SUTime need Java, Duckling Haskell.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.language.times.atoms import cut
from kg.language.times.clock import is_daylike
from kg.language.times.dateline import dateline
from kg.language.times.discourse import Discourse
from kg.language.times.lexicon import time_lexicon
from kg.language.times.meanings import Clock, Edge
from kg.language.times.periods import NOTHING, Period
from kg.language.times.phrases import Phrase, find_phrases
from kg.language.times.resolving import resolve
from kg.language.times.roles import Role, is_exclusive, outlook, role_of
from kg.language.times.scan import Scan
from kg.language.times.tense import clauses_of, direction_of, is_end
from kg.language.times.viewpoint import Direction, Viewpoint
from kg.records import TimeExpression

__all__ = ["find_times"]


def find_times(doc: Doc, *, date: datetime.date | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``doc`` in text order; they do not overlap. Offsets count characters of ``doc.text``.

    ``date`` is the day of speaking, from which relative times count; without it that is the text's own dateline. With neither they
    are found and have no value. Tags, lemmas
    and dependencies are used where the Doc has them. ``begin`` is the first day covered and ``end_date`` the last: both for
    "when", only the last one for a deadline and "until", only the first one for "since".
    """
    text = doc.text
    scan = Scan(cut(text), time_lexicon())
    clauses = clauses_of(scan, doc)
    phrases = list(find_phrases(scan))
    told = Discourse(date if date is not None else dateline(scan, phrases))
    found: list[TimeExpression] = []
    after = 0
    for number, phrase in enumerate(phrases):
        if any(is_end(scan, piece) for piece in range(after, phrase.first)):
            told.end_sentence()
        direction = direction_of(clauses, phrase)
        role = role_of(clauses, phrase, direction)
        view = _view(scan, phrases, number, told, outlook(scan, phrase, role, direction))
        period = told.known(role.meaning, view.direction) or resolve(scan, role.meaning, view)
        told.add(phrase.meaning, period)
        found.append(_expression(text, scan, phrase, _kept(role, phrase, period, view), period))
        after = phrase.end
    return tuple(found)


def _view(scan: Scan, phrases: Sequence[Phrase], number: int, told: Discourse, direction: Direction) -> Viewpoint:
    """Return from where an expression is seen; a time of day may have its day behind it, and "as of March" tells no old story."""
    phrase = phrases[number]
    view = told.view(direction, exclusive=is_exclusive(scan, phrase))
    if view.in_sentence is NOTHING and isinstance(phrase.meaning, Clock):
        view = replace(view, in_sentence=_day_ahead(scan, phrases, number, view))
    return replace(view, told_year=None) if scan.atoms.precedes(phrase.first, ("as", "of")) else view


def _day_ahead(scan: Scan, phrases: Sequence[Phrase], number: int, view: Viewpoint) -> Period:
    """Return the day that a time of day gets from one of the next two expressions of its sentence."""
    end = phrases[number].end
    for following in phrases[number + 1 : number + 3]:
        if any(is_end(scan, piece) for piece in range(end, following.first)):
            break
        if is_daylike(following.meaning):
            return resolve(scan, following.meaning, view)
    return NOTHING


def _kept(role: Role, phrase: Phrase, period: Period, view: Viewpoint) -> Role:
    """Take back a deadline that only a preposition made, where its time is over and no verb looks ahead to it."""
    over = period.last is not None and view.date is not None and period.last < view.date
    if role.role == "deadline" and not role.firm and over and view.direction != "planned":
        return Role("when", phrase.meaning)
    return role


def _expression(text: str, scan: Scan, phrase: Phrase, role: Role, period: Period) -> TimeExpression:
    start, end = scan.atoms.start[phrase.first], scan.atoms.end[phrase.end - 1]
    limit = role.role in {"deadline", "until"}
    value = period.value
    if limit and isinstance(role.meaning, Edge) and role.meaning.part == "end" and period.last is not None:
        value = period.last.isoformat()
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        begin=period.first.isoformat() if period.first is not None and not limit else None,
        end_date=period.last.isoformat() if period.last is not None and role.role != "since" else None,
        role=role.role,
    )
