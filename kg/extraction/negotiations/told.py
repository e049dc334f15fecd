"""The texts on the table while a document is read, and how a mention finds the one that it is of.

Each question is answered from what was told of lately or goes by the same words, so that the time grows as the document alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from kg.records import Approval, Mention, ProposalKind, ProposalStatus, ProposalVersion, Span

LOOK_BACK = 60
"""How many of the texts told of last, of all and of those with one of its words, a mention may take up."""


@dataclass(slots=True, kw_only=True)
class Text:
    """One text while the document is read."""

    kind: ProposalKind
    named: bool
    entity: str | None = None
    words: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    number: int = 0
    last: int = 0
    status: ProposalStatus | None = None
    tentative: bool = False
    authors: dict[str, None] = field(default_factory=dict)
    recipients: dict[str, None] = field(default_factory=dict)
    parties: dict[str, None] = field(default_factory=dict)
    points: set[int] = field(default_factory=set)
    versions: dict[Span, ProposalVersion] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    spans: set[Span] = field(default_factory=set)


class Texts:
    """The texts of a document so far: in the order in which they were found, and by how they are found again."""

    def __init__(self) -> None:
        self.all: list[Text] = []
        self.by_entity: dict[str, Text] = {}
        self._by_noun: dict[str, int] = {}
        self._by_word: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._lately: dict[int, None] = {}

    def add(self, text: Text) -> None:
        """Take in a text that was not told of before."""
        text.number = len(self.all)
        self.all.append(text)
        if text.entity is not None:
            self.by_entity[text.entity] = text

    def told(self, text: Text) -> None:
        """Note that a text has just been told of, with what it was called."""
        for numbers in (self._lately, *(self._by_word[word] for word in text.words)):
            numbers.pop(text.number, None)
            numbers[text.number] = None
        for noun in text.nouns:
            self._by_noun[noun] = max(self._by_noun.get(noun, 0), text.number)

    def last(self) -> Text | None:
        """Return the text told of last."""
        return next((self.all[number] for number in reversed(self._lately)), None)

    def called(self, nouns: Iterable[str]) -> Text | None:
        """Return the last text that goes by one of some nouns."""
        number = max((self._by_noun[noun] for noun in nouns if noun in self._by_noun), default=None)
        return None if number is None else self.all[number]

    def near(self, words: Iterable[str]) -> list[Text]:
        """Return those told of lately, in all or with one of some words."""
        kept = (self._lately, *(self._by_word.get(word, {}) for word in words))
        return [self.all[n] for n in sorted({n for numbers in kept for n in islice(reversed(numbers), LOOK_BACK)})]
