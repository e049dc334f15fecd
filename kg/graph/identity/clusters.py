"""Bring together the referents that are one, without bringing together those that are not.

Whatever the order in which documents came, the same joins and rivals give the same clusters: joins are taken from the surest to the
least sure, and by the names of their referents where they are equally sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.referents import Key, Referent
from kg.records import Entity, Issue, Meeting

_AUTHORITIES = ("http://www.wikidata.org/entity/",)
"""Where one thing has one IRI, so that two of them are two things."""


class Clusters:
    """Referents, each alone at first, and what has been joined of them."""

    def __init__(self, referents: Iterable[Referent]) -> None:
        self._referents: Mapping[Key, Referent] = {referent.key: referent for referent in referents}
        self._above: dict[Key, Key] = {key: key for key in self._referents}
        self._members: dict[Key, list[Key]] = {key: [key] for key in self._referents}
        self._documents: dict[Key, set[str]] = {key: {key[0]} for key in self._referents}
        self._links: dict[Key, set[str]] = {key: _links(referent) for key, referent in self._referents.items()}
        self._rivals: dict[Key, set[Key]] = {}

    def root(self, key: Key) -> Key:
        """Return the referent that stands for the cluster of another."""
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def members(self) -> list[list[Key]]:
        """Return the clusters, each sorted, in the order of their first members."""
        return sorted(sorted(members) for key, members in self._members.items() if self._above[key] == key)

    def set_apart(self, rivals: Iterable[Rivals]) -> None:
        """Note pairs that must not come into one cluster from now on."""
        for pair in rivals:
            if pair.first in self._above and pair.second in self._above:
                self._rivals.setdefault(self.root(pair.first), set()).add(pair.second)
                self._rivals.setdefault(self.root(pair.second), set()).add(pair.first)

    def unite(self, keys: Sequence[Key]) -> None:
        """Bring referents together because people say so: only a pair that was set apart is not united."""
        known = [key for key in keys if key in self._above]
        for key in known[1:]:
            first, second = self.root(known[0]), self.root(key)
            if first != second and not self._are_rivals(first, second):
                self._merge(first, second)

    def join(self, joins: Iterable[Join]) -> dict[Key, Join]:
        """Bring together what the rules join, unless something speaks against it; return the join by which each referent came in.

        Two of one document stay apart, since the document tells them apart; so do two that an authority names differently.
        """
        taken: dict[Key, Join] = {}
        for join in sorted(joins, key=_surest_first):
            first, second = self.root(join.first), self.root(join.second)
            if first != second and self._may_merge(first, second):
                self._merge(first, second)
            if self.root(join.first) == self.root(join.second):
                taken.setdefault(join.first, join)
                taken.setdefault(join.second, join)
        return taken

    def _may_merge(self, first: Key, second: Key) -> bool:
        return (
            kind(self._referents[first]) == kind(self._referents[second])
            and self._documents[first].isdisjoint(self._documents[second])
            and not self._named_differently(first, second)
            and not self._are_rivals(first, second)
        )

    def _named_differently(self, first: Key, second: Key) -> bool:
        one, other = self._links[first], self._links[second]
        return bool(one) and bool(other) and one.isdisjoint(other)

    def _are_rivals(self, first: Key, second: Key) -> bool:
        if len(self._rivals.get(first, ())) > len(self._rivals.get(second, ())):
            first, second = second, first
        return any(self.root(rival) == second for rival in self._rivals.get(first, ()))

    def _merge(self, first: Key, second: Key) -> None:
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        self._above[second] = first
        self._members[first].extend(self._members.pop(second))
        self._documents[first] |= self._documents.pop(second)
        self._links[first] |= self._links.pop(second)
        if second in self._rivals:
            self._rivals.setdefault(first, set()).update(self._rivals.pop(second))


def kind(referent: Referent) -> str:
    """Return what sort of thing a referent is: an entity type, "Meeting" or "Issue". Only things of one sort can be one."""
    match referent.record:
        case Entity(type=type_):
            return type_
        case Meeting():
            return "Meeting"
        case Issue():
            return "Issue"


def _links(referent: Referent) -> set[str]:
    if not isinstance(referent.record, Entity):
        return set()
    return {link for link in referent.record.same_as if link.startswith(_AUTHORITIES)}


def _surest_first(join: Join) -> tuple[float, Key, Key]:
    first, second = sorted((join.first, join.second))
    return -join.confidence, first, second
