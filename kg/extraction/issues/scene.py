"""What the readers of issues share: one document's words, the matters in it, and its questions.

A Candidate is a matter in one place, with a status and how surely it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.issues.matters import Matter, Matters
from kg.extraction.issues.words import IssueWords
from kg.records import IssueStatus

LONGEST_PHRASE = 12
"""How many tokens of the phrase that names a matter are searched for its parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A matter where one predicate speaks of it.

    ``weight`` is how surely it is under negotiation, 0 to 1; ``start`` and ``end`` are the tokens that show its status, which is None
    where nothing does.
    """

    matter: Matter
    status: IssueStatus | None
    weight: float
    parties: tuple[str, ...]
    start: int
    end: int


class Scene:
    """One document with its matters; answers in constant time where a token stands."""

    def __init__(self, arguments: Arguments, words: IssueWords) -> None:
        self.arguments = arguments
        self.doc = arguments.doc
        self.words = words
        self.matters = Matters(arguments, words)
        self._sentences: list[int] = []
        self._questions: set[int] = set()
        for sentence in self.doc.sents:
            self._sentences += [sentence.start] * len(sentence)
            if any(token.text == "?" for token in sentence[-3:]):
                self._questions.add(sentence.start)

    def sentence(self, token: int) -> int:
        """Return the first token of a token's sentence."""
        return self._sentences[token]

    def is_asked(self, token: Token) -> bool:
        """Tell whether a token stands in a question, or in what is told of one: "asked about X", "asked whether X"."""
        if self._sentences[token.i] in self._questions:
            return True
        if token.lemma_.lower() in self.words.asking and any(_is_wondered(child) for child in token.children):
            return True
        below = token
        for above in token.ancestors:
            if above.lemma_.lower() in self.words.asking:
                marks = {child.lower_ for child in below.children if child.dep_ in {"case", "mark"}}
                return bool(marks & {"about", "whether", "if", "on"})
            below = above
        return False

    def candidate(
        self, matter: Matter, status: IssueStatus | None, weight: float, *, bounds: tuple[int, int], parties: tuple[str, ...] = ()
    ) -> Candidate:
        """Return a candidate; its parties are those given and the actors that its phrase names."""
        found = (self.arguments.entity(token.i) for token in islice(self.doc[matter.head].subtree, LONGEST_PHRASE))
        within = (entity.id for entity in found if entity is not None and entity.type in ACTORS - {"Group"})
        return Candidate(
            matter=matter,
            status=status,
            weight=weight,
            parties=tuple(dict.fromkeys((*parties, *within))),
            start=bounds[0],
            end=bounds[1],
        )


def _is_wondered(clause: Token) -> bool:
    """Tell whether a clause is an embedded question: "WHETHER it was discussed"."""
    return any(child.lower_ in {"whether", "if"} and child.dep_ == "mark" for child in clause.children)
