"""The state of coreference: clusters of mentions, and where each was last spoken of."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.language.gazetteer import GazetteerEntry
from kg.language.mentions import TextMention
from kg.records import EntityType


@dataclass(slots=True)
class Cluster:
    """All that the text says of one entity while it is being put together."""

    type: EntityType
    named: bool
    names: list[str] = field(default_factory=list)
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
    gazetteer key, or a description.
    """

    def __init__(self, doc: Doc, *, role_heads: frozenset[str]) -> None:
        self.doc = doc
        self.items: list[Cluster] = []
        self.by_key: dict[str, int] = {}
        self.of_head: dict[int, int] = {}
        self._role_heads = role_heads
        self._placed: list[tuple[int, int, int]] = []
        self._mentions: list[TextMention] = []

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
        if text not in self.items[index].names:
            self.items[index].names.append(text)
        return index

    def join(self, mention: TextMention, index: int) -> None:
        """Put a mention into a cluster."""
        self.items[index].mentions.append(mention)
        self.of_head[mention.head] = index
        self._mentions.append(mention)
        insort(self._placed, (mention.start, len(self._mentions) - 1, index))
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
            self.of_head[mention.head] = into
        self._placed = [(start, number, into if i == index else i) for start, number, i in self._placed]
        target.names += source.names
        source.mentions, source.names = [], []

    def before(self, start: int) -> Iterator[tuple[TextMention, int]]:
        """Yield the mentions that begin before a token, the nearest first, each with the index of its cluster."""
        for position in range(bisect_left(self._placed, (start, -1, -1)) - 1, -1, -1):
            _, number, index = self._placed[position]
            yield self._mentions[number], index

    def nearest(self, start: int, candidates: set[int]) -> int | None:
        """Return the one of some clusters that was mentioned last before a token, or else first of all."""
        if not candidates:
            return None
        last = next((index for _, index in self.before(start) if index in candidates), None)
        return (
            last if last is not None else min(candidates, key=lambda i: min((m.start for m in self.items[i].mentions), default=0))
        )
