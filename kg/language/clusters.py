"""The state of coreference: clusters of mentions, and where each was last spoken of."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Doc

from kg.language.gazetteer import GazetteerEntry
from kg.language.mentions import TextMention
from kg.records import EntityType

FEW = 8
"""Of so many clusters, each is asked where it was mentioned last, which is quicker than to go back through the text."""
MANY = 50
"""So many mentions are put in their places at once, which is quicker than one after the other."""
Place = tuple[int, int]
"""The first token of a mention, and its number."""


@dataclass(slots=True)
class Cluster:
    """All that the text says of one entity while it is being put together; ``names`` are in the order in which they were found."""

    type: EntityType
    named: bool
    names: dict[str, None] = field(default_factory=dict)
    mentions: list[TextMention] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    entry: GazetteerEntry | None = None
    gender: str | None = None
    members: list[int] = field(default_factory=list)

    @property
    def longest(self) -> str:
        """The fullest name so far."""
        return max(self.names, key=len, default="")


class Clusters:
    """The clusters of one document, in the order in which they were found.

    ``of_head`` maps the head token of a mention to the index of its cluster; ``by_key`` finds a cluster by what makes it one: a
    gazetteer key, or a description. ``principals`` are the states whose joint text it is, once they are known.
    """

    def __init__(self, doc: Doc, *, role_heads: frozenset[str]) -> None:
        self.doc = doc
        self.items: list[Cluster] = []
        self.by_key: dict[str, int] = {}
        self.of_head: dict[int, int] = {}
        self.principals: tuple[int, ...] = ()
        self._role_heads = role_heads
        self._mentions: list[TextMention] = []
        self._cluster_of: list[int] = []
        self._placed: list[Place] = []
        self._unplaced: list[Place] = []
        self._places: defaultdict[int, list[Place]] = defaultdict(list)

    def __getitem__(self, index: int) -> Cluster:
        return self.items[index]

    def new(self, cluster: Cluster, *, key: str | None = None) -> int:
        """Add a cluster, under a key if it has one, and return its index."""
        self.items.append(cluster)
        if key is not None:
            self.by_key[key] = len(self.items) - 1
        return len(self.items) - 1

    def described(self, key: str, text: str, *, named: bool, type_: EntityType) -> int:
        """Return the cluster of a description, made if it is new, with the wording among its names."""
        index = self.by_key.get(key)
        if index is None:
            index = self.new(Cluster(type=type_, named=named), key=key)
        self.items[index].names[text] = None
        return index

    def join(self, mention: TextMention, index: int) -> None:
        """Put a mention into a cluster."""
        self.items[index].mentions.append(mention)
        self.of_head[mention.head] = index
        place = (mention.start, len(self._mentions))
        self._unplaced.append(place)
        insort(self._places[index], place)
        self._mentions.append(mention)
        self._cluster_of.append(index)
        if mention.kind == "name" and mention.type == "Person":
            # The parser may take the title or any part of the name for the head of the phrase.
            for position in range(mention.start, mention.end):
                self.of_head.setdefault(position, index)
            for position in range(*(mention.role or (0, 0))):
                if self.doc[position].lower_ in self._role_heads:
                    self.of_head.setdefault(position, index)

    def merge(self, index: int, *, into: int) -> None:
        """Move all of one cluster into another; the first stays behind, empty."""
        source, target = self.items[index], self.items[into]
        for mention in source.mentions:
            target.mentions.append(mention)
            for position in (*range(mention.start, mention.end), *range(*(mention.role or (0, 0)))):
                if self.of_head.get(position) == index:
                    self.of_head[position] = into
            self.of_head[mention.head] = into
        for place in self._places.pop(index, ()):
            self._cluster_of[place[1]] = into
            insort(self._places[into], place)
        target.names.update(source.names)
        source.mentions, source.names = [], {}

    def before(self, start: int) -> Iterator[tuple[TextMention, int]]:
        """Yield the mentions that begin before a token, the nearest first, each with the index of its cluster."""
        self._put_in_place()
        for position in range(bisect_left(self._placed, (start, -1)) - 1, -1, -1):
            number = self._placed[position][1]
            yield self._mentions[number], self._cluster_of[number]

    def _put_in_place(self) -> None:
        if len(self._unplaced) > MANY:
            self._placed = sorted([*self._placed, *self._unplaced])
        else:
            for place in self._unplaced:
                insort(self._placed, place)
        self._unplaced.clear()

    def nearest(self, start: int, candidates: Collection[int]) -> int | None:
        """Return the one of some clusters that was mentioned last before a token, or else first of all.

        ``candidates`` answer in constant time whether a cluster is among them.
        """
        if len(candidates) > FEW:
            # One of many is likely to stand near.
            near = (index for _, index in islice(self.before(start), len(candidates)))
            found = next((index for index in near if index in candidates), None)
            if found is not None:
                return found
        before = [(place, index) for index in candidates if (place := self._last(start, index)) is not None]
        if before:
            return max(before)[1]
        return min(candidates, key=lambda index: (self._first(index), index), default=None)

    def _last(self, start: int, index: int) -> Place | None:
        """Return where a cluster was mentioned last before a token."""
        places = self._places[index]
        number = bisect_left(places, (start, -1))
        return places[number - 1] if number else None

    def _first(self, index: int) -> int:
        places = self._places[index]
        return places[0][0] if places else 0
