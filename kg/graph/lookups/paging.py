"""Pages of a list, each found by where the one before it ended.

Such a page costs the same wherever it stands, and none is passed over or seen twice when something is added or taken away meanwhile.
A list is a SELECT of ``?thing``, an IRI that is there once, and ``?key``, a string by which the things are ordered.
"""

from __future__ import annotations

import bisect
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rdflib import Literal, URIRef

from kg.graph.queries import fill
from kg.graph.rows import number
from kg.store.protocol import Store

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a list: the key of the thing that stands there, and its IRI."""

    key: str
    iri: str


class MarkCache:
    """The lists of one snapshot of a store that were asked for last, as long as they are not too long together.

    May be used from several threads. Whoever keeps one must throw it away when the store changes.
    """

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._lists: OrderedDict[str, list[Mark]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, select: str) -> list[Mark] | None:
        """Return a list in its order, or None where it is not kept."""
        with self._lock:
            if select in self._lists:
                self._lists.move_to_end(select)
            return self._lists.get(select)

    def put(self, select: str, marks: list[Mark]) -> None:
        """Keep a list; those that were not asked for the longest make room for it."""
        with self._lock:
            self._lists[select] = marks
            self._lists.move_to_end(select)
            while self._lists and sum(map(len, self._lists.values())) > self._most:
                self._lists.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which part of a list is asked for: at most ``limit`` things behind the mark, in the list's order or the other way round.

    ``known`` keeps lists for the pages to come.
    """

    limit: int = 100
    after: Mark | None = None
    descending: bool = False
    known: MarkCache | None = field(default=None, compare=False)


EVERYTHING = Slice(limit=2**31 - 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some things of a list, how many there are in all, and the mark of the last one where more come behind it."""

    items: tuple[T, ...]
    total: int
    last: Mark | None = None


def page_of(store: Store, select: str, part: Slice) -> Page[Mark]:
    """Return the marks of a page of the list that a SELECT of ``?thing`` and ``?key`` gives.

    With a cache the whole list is read once, and its pages are cut from it.
    """
    if part.known is not None:
        marks = part.known.get(select)
        if marks is None:
            marks = sorted(marks_of(store, select))
            part.known.put(select, marks)
        return page_in_order(marks, part)
    after = ""
    sign = "<" if part.descending else ">"
    if part.after is not None:
        template = f"FILTER(?key {sign} $key || (?key = $key && STR(?thing) {sign} $iri))"
        after = fill(template, key=Literal(part.after.key), iri=Literal(part.after.iri))
    order = "DESC(?key) DESC(?thing)" if part.descending else "?key ?thing"
    query = f"SELECT ?thing ?key WHERE {{ {{ {select} }} {after} }} ORDER BY {order} LIMIT {part.limit + 1}"
    marks = marks_of(store, query)
    total = _total(store, select) if part.after is not None or len(marks) > part.limit else len(marks)
    return page_of_marks(marks, part, total=total)


def page_in_order(marks: Sequence[Mark], part: Slice) -> Page[Mark]:
    """Return a page of a list whose marks are all at hand, in ascending order."""
    if part.descending:
        end = len(marks) if part.after is None else bisect.bisect_left(marks, part.after)
        ordered = marks[max(0, end - part.limit - 1) : end][::-1]
    else:
        start = 0 if part.after is None else bisect.bisect_right(marks, part.after)
        ordered = marks[start : start + part.limit + 1]
    return page_of_marks(ordered, part, total=len(marks))


def present(page: Page[Mark], describe: Callable[[Sequence[URIRef]], Mapping[str, V]]) -> Page[V]:
    """Return the page with what is known of its things in place of their marks."""
    known = describe([URIRef(mark.iri) for mark in page.items]) if page.items else {}
    items = tuple(known[mark.iri] for mark in page.items if mark.iri in known)
    return Page(items=items, total=page.total, last=page.last)


def page_of_marks(marks: Sequence[Mark], part: Slice, *, total: int) -> Page[Mark]:
    """Return a page whose marks stand in front, in the order that is asked for, with one more where there are more."""
    items = tuple(marks[: part.limit])
    return Page(items=items, total=total, last=items[-1] if len(marks) > part.limit else None)


def marks_of(store: Store, query: str) -> list[Mark]:
    """Return what a SELECT of ``?thing`` and ``?key`` gives, in its order."""
    return [Mark(str(row["key"]), str(row["thing"])) for row in store.query(query).texts()]


def _total(store: Store, select: str) -> int:
    return sum(number(row, "count") for row in store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {{ {select} }} }}").texts())
