"""Find the meetings that are sittings of a process, and the texts on its table.

In: the meetings and proposals of a document. Out: for the sides and passages of one process, those that belong to it. Found by the
pairs of their sides and by their places, so that the time does not grow with what else the document tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.negotiations.affiliation import Affiliation
from kg.records import Proposal, Span

SITTINGS = frozenset({"talks", "summit"})
UNSETTLED = frozenset({"proposed", "under-negotiation"})
Pair = tuple[str, str]
Place = tuple[int, int, int]
"""The first character and the end of a passage, and the number of what it tells of."""


class Sittings:
    """The meetings of a document, by predicate, sides and place."""

    def __init__(self, meetings: Sequence[MeetingFound], affiliation: Affiliation) -> None:
        sittings = [number for number, found in enumerate(meetings) if found.meeting.type in SITTINGS]
        self._by_predicate = {found.predicate: number for number, found in enumerate(meetings)}
        self._sides = {number: affiliation.sides(meetings[number].meeting.participants) for number in sittings}
        self._by_pair = _by_pair(self._sides.items())
        self._places = sorted((m.start, m.end, number) for number in sittings for m in [meetings[number].meeting.evidence])

    def of(self, predicates: Iterable[int], sides: frozenset[str], spans: Iterable[Span]) -> tuple[int, ...]:
        """Return the numbers of the meetings that a process was read from, or that two of its sides or a passage of it hold."""
        found = {self._by_predicate[predicate] for predicate in predicates if predicate in self._by_predicate}
        found.update(number for pair in _pairs(sides) for number in self._by_pair.get(pair, ()))
        found.update(number for span in spans for number in self._inside(span) if self._sides[number] & sides)
        return tuple(sorted(found))

    def _inside(self, span: Span) -> Iterator[int]:
        return (number for _, end, number in _starting(self._places, span.start, span.end + 1) if end <= span.end)


class TextsOnTable:
    """The proposals of a document, by the sides they are of and by place; where there is but one process, all open ones are its own."""

    def __init__(self, proposals: Sequence[Proposal], affiliation: Affiliation, *, alone: bool) -> None:
        self._proposals = proposals
        self._open = [number for number, text in enumerate(proposals) if text.status in UNSETTLED]
        self._alone = alone
        sides = ((n, affiliation.sides((*t.parties, *t.authors, *t.recipients))) for n, t in enumerate(proposals))
        unsettled = frozenset(self._open)
        self._by_pair = _by_pair((number, theirs) for number, theirs in sides if number in unsettled)
        told = [(number, span) for number, text in enumerate(proposals) if text.status != "adopted" for span in text.evidence]
        self._places = sorted((span.start, span.end, number) for number, span in told)
        self._longest = max((end - start for start, end, _ in self._places), default=0)

    def of(self, sides: frozenset[str], spans: Iterable[Span]) -> tuple[str, ...]:
        """Return the entities of the texts that a passage of a process tells of, or that are between two of its sides."""
        found = set(self._open) if self._alone else {n for pair in _pairs(sides) for n in self._by_pair.get(pair, ())}
        found.update(number for span in spans for number in self._touching(span))
        return tuple(self._proposals[number].entity for number in sorted(found))

    def _touching(self, span: Span) -> Iterator[int]:
        near = _starting(self._places, span.start - self._longest, span.end)
        return (number for _, end, number in near if span.start < end)


def _starting(places: Sequence[Place], first: int, before: int) -> Iterator[Place]:
    """Yield the places, which are sorted, that start from one character on and before another."""
    for index in range(bisect_left(places, (first, 0, 0)), len(places)):
        if places[index][0] >= before:
            return
        yield places[index]


def _by_pair(sides: Iterable[tuple[int, Collection[str]]]) -> dict[Pair, list[int]]:
    found: defaultdict[Pair, list[int]] = defaultdict(list)
    for number, these in sides:
        for pair in _pairs(these):
            found[pair].append(number)
    return dict(found)


def _pairs(sides: Iterable[str]) -> Iterator[Pair]:
    return combinations(sorted(sides), 2)
