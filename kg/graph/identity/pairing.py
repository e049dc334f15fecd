"""Find which of many referents are one, in time that grows with their number: alike ones together, the rest by what they share.

Referents of one profile are alike in everything that is looked at, so they are joined in a chain. Groups of alike ones are compared
where they have a key in common. Whether two are joined is decided from what their documents say, and by whether another one, known to
be a different thing, would fit as well: then neither is.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Generic, TypeVar

from kg.graph.identity.joins import Basis, Join, Rivals
from kg.graph.identity.referents import Key

P = TypeVar("P", bound=Hashable)

WIDEST = 48
"""With how many groups that follow it in time a group is compared that shares a key with many more."""


@dataclass(frozen=True, slots=True)
class Item(Generic[P]):
    """A referent, the day of its document, and all that its identity is judged by."""

    key: Key
    day: datetime.date | None
    profile: P


@dataclass(frozen=True, slots=True)
class Group(Generic[P]):
    """Referents of one profile, each of another document, in order of time; their days lie between ``first`` and ``last``."""

    profile: P
    members: tuple[Key, ...]
    first: datetime.date | None
    last: datetime.date | None

    @property
    def head(self) -> Key:
        """The earliest."""
        return self.members[0]

    def days_to(self, other: Group[P]) -> int | None:
        """Return how many days lie between the two, 0 where they overlap; None where one has no date."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return None
        return max((other.first - self.last).days, (self.first - other.last).days, 0)


@dataclass(frozen=True, slots=True)
class Fit:
    """Two groups may be one thing, with this confidence."""

    confidence: float


@dataclass(frozen=True, slots=True)
class Apart:
    """Two groups are different things; ``close`` says that they look so much alike that nothing may ever unite them."""

    close: bool = True


Verdict = Fit | Apart | None
Judge = Callable[[Group[P], Group[P]], Verdict]
"""Says of two groups, or of a group and itself, whether they are one thing; None where nothing tells. Must be symmetric."""


def decide(
    items: Iterable[Item[P]],
    *,
    keys: Callable[[P], Iterable[Hashable]],
    judge: Judge[P],
    basis: Basis,
    reach: int,
    only: bool = False,
) -> Iterator[Join | Rivals]:
    """Yield what holds between referents that share one of the ``keys`` of their profiles, in an order that is always the same.

    ``reach`` is how many days may lie between two of one profile that follow each other. Where a group fits two that are apart, it
    joins the one that it fits better; with ``only``, it joins none.
    """
    groups = _grouped(items, reach=reach)
    for group in groups:
        alike = judge(group, group) if len(group.members) > 1 and any(True for _ in keys(group.profile)) else None
        if isinstance(alike, Fit):
            yield from (_join(one, other, basis, alike) for one, other in pairwise(group.members))
    verdicts: dict[tuple[int, int], Verdict] = {}
    for pair in _neighbours(groups, keys):
        if pair not in verdicts:
            verdicts[pair] = judge(groups[pair[0]], groups[pair[1]])
    fits = _chosen(groups, verdicts, only=only)
    for (one, other), verdict in sorted(verdicts.items()):
        ends = _of_two_documents(groups[one], groups[other])
        if ends is None:
            continue
        if isinstance(verdict, Apart) and verdict.close:
            yield Rivals(first=ends[0], second=ends[1])
        elif isinstance(verdict, Fit) and (one, other) in fits:
            yield _join(*ends, basis, verdict)


def _join(one: Key, other: Key, basis: Basis, fit: Fit) -> Join:
    return Join(first=one, second=other, basis=basis, confidence=fit.confidence)


def _grouped(items: Iterable[Item[P]], *, reach: int) -> list[Group[P]]:
    alike: defaultdict[tuple[P, bool], list[Item[P]]] = defaultdict(list)
    for item in items:
        alike[item.profile, item.day is None].append(item)
    groups = [run for members in alike.values() for run in _runs(members, reach=reach)]
    return sorted(groups, key=lambda group: (group.first or datetime.date.max, group.head))


def _runs(items: Sequence[Item[P]], *, reach: int) -> Iterator[Group[P]]:
    """Yield the items in groups between which more days lie than the reach; two that one document tells apart are groups of their own."""
    often: defaultdict[str, int] = defaultdict(int)
    for item in items:
        often[item.key[0]] += 1
    run: list[Item[P]] = []
    for item in sorted(items, key=lambda item: (item.day or datetime.date.max, item.key)):
        if often[item.key[0]] > 1:
            yield _group([item])
            continue
        if run and item.day is not None and (item.day - (run[-1].day or item.day)).days > reach:
            yield _group(run)
            run = []
        run.append(item)
    if run:
        yield _group(run)


def _group(run: Sequence[Item[P]]) -> Group[P]:
    return Group(run[0].profile, tuple(item.key for item in run), run[0].day, run[-1].day)


def _neighbours(groups: Sequence[Group[P]], keys: Callable[[P], Iterable[Hashable]]) -> Iterator[tuple[int, int]]:
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in set(keys(group.profile)):
            blocks[key].append(number)
    for block in blocks.values():
        if len(block) <= WIDEST:
            yield from combinations(block, 2)
        else:
            for place, number in enumerate(block):
                yield from ((number, other) for other in block[place + 1 : place + 1 + WIDEST])


def _chosen(groups: Sequence[Group[P]], verdicts: Mapping[tuple[int, int], Verdict], *, only: bool) -> set[tuple[int, int]]:
    """Return the pairs that fit, without those where another that is a different thing fits one of them as well."""
    fitting: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), verdict in verdicts.items():
        if isinstance(verdict, Fit):
            fitting[one][other] = fitting[other][one] = verdict.confidence

    apart = _apart(groups, verdicts, fitting)

    def contested(at: int, mine: int) -> bool:
        least = 0.0 if only else fitting[at][mine]
        return any(fitting[at].get(other, -1.0) >= least for other in apart[mine])

    pairs = ((one, other) for one, others in fitting.items() for other in others if one < other)
    return {
        (one, other)
        for one, other in pairs
        if other not in apart[one] and not contested(one, other) and not contested(other, one)
    }


def _apart(
    groups: Sequence[Group[P]], verdicts: Mapping[tuple[int, int], Verdict], fitting: Iterable[int]
) -> Mapping[int, set[int]]:
    """Return for each group that fits another one those that it is apart from: judged so, or told apart by a document with both."""
    apart: defaultdict[int, set[int]] = defaultdict(set)
    for (one, other), verdict in verdicts.items():
        if isinstance(verdict, Apart):
            apart[one].add(other)
            apart[other].add(one)
    with_document: defaultdict[str, list[int]] = defaultdict(list)
    for number in fitting:
        for document in _documents(groups[number]):
            with_document[document].append(number)
    for number in fitting:
        others = {other for other in with_document[groups[number].head[0]] if other != number}
        apart[number] |= others
        for other in others:
            apart[other].add(number)
    return apart


def _documents(group: Group[P]) -> set[str]:
    return {document for document, _ in group.members[:WIDEST]}


def _of_two_documents(one: Group[P], other: Group[P]) -> tuple[Key, Key] | None:
    document = one.head[0]
    return next(((one.head, key) for key in other.members if key[0] != document), None)
