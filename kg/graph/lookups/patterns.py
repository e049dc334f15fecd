"""Patterns that the queries of several subjects share: passages, days, orders, and what narrows a list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from rdflib import Literal, URIRef

from kg.errors import NotFoundError
from kg.graph.queries import fill
from kg.graph.vocabulary import DEM

PASSAGE = "?span dem:inDocument ?document ; dem:begin ?begin ; dem:end ?end ; dem:exact ?exact ."
DAY = "OPTIONAL { ?document dcterms:date ?day }"
IN_TEXT_ORDER = """BIND(CONCAT(COALESCE(STR(?day), ""), " ", STR(?document), " ",
    SUBSTR(CONCAT("000000000", STR(?begin)), STRLEN(STR(?begin)) + 1)) AS ?k)"""
"""Orders by the document's day, then the document, then the place in its text."""

_LAST = "9999-12-31"


def between(variable: str, since: datetime.date | None, until: datetime.date | None) -> str:
    """Return a filter for a day, month, year or interval that shares a day with the time asked for; empty where none is."""
    if since is None and until is None:
        return ""
    date = f"STR(?{variable})"
    first = f'IF(CONTAINS({date}, "/"), STRBEFORE({date}, "/"), {date})'
    last = f'IF(CONTAINS({date}, "/"), STRAFTER({date}, "/"), {date})'
    # What is only a month or a year lasts to its end: "2031-02~" stands behind every day of that month.
    return fill(
        f'FILTER(BOUND(?{variable}) && {first} <= $until && CONCAT({last}, "~") >= $since)',
        since=_day(since, ""),
        until=_day(until, _LAST),
    )


def stated_or_held(since: datetime.date | None, until: datetime.date | None) -> str:
    """Return a filter for what was stated on ``?day``, or holds from ``?since`` to ``?until``, within the time asked for.

    What has begun and is not said to have ended holds until it was stated: what came after, the text does not know.
    """
    if since is None and until is None:
        return ""
    stated = "(BOUND(?day) && STR(?day) >= $since && STR(?day) <= $until)"
    first = 'COALESCE(STR(?since), "")'
    stated_last = f'IF(COALESCE(STR(?day), "9999") > {first}, COALESCE(STR(?day), "9999"), {first})'
    last = f'CONCAT(COALESCE(STR(?until), {stated_last}), "~")'
    held = f"((BOUND(?since) || BOUND(?until)) && {first} <= $until && {last} >= $since)"
    return fill(f"FILTER({stated} || {held})", since=_day(since, ""), until=_day(until, _LAST))


def among(iris: Iterable[URIRef] | None) -> str:
    """Return what keeps ``?thing`` to these; empty where None is given."""
    return fill("VALUES ?thing { $iris }", iris=list(iris)) if iris is not None else ""


def narrowed(template: str, value: URIRef | Literal | None) -> str:
    """Return a pattern with ``$value`` in it, or nothing where none is given."""
    return fill(template, value=value) if value is not None else ""


def concept(name: str | None, known: Mapping[URIRef, str], *, kind: str) -> URIRef | None:
    """Return the term of a modality or status that a person names, "asserted" or "dem:asserted"; None for None.

    Raises NotFoundError for one that there is not; ``kind`` says what it should have been.
    """
    if name is None:
        return None
    term = URIRef(name) if "://" in name else DEM[name.removeprefix("dem:")]
    if term not in known:
        raise NotFoundError(f"{kind} {name!r}: no such {kind}. Name one of: {', '.join(sorted(known.values()))}.")
    return term


def _day(day: datetime.date | None, otherwise: str) -> Literal:
    return Literal(day.isoformat() if day is not None else otherwise)
