"""Windows in numbers, as the network takes them, and the labels that its heads choose among."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.language.transformer.lemma_rules import rule_of
from kg.language.transformer.pieces import WordPieces, shapes
from kg.training.treebanks import Sentence
from kg.training.windows import Window

NO_NAME = ""
UNKNOWN = -1
"""The number of a label that is not annotated, or that the network does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the heads choose among; the first of ``names`` is no name. ``styles`` are the entity corpora, whose guidelines differ."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    deps: tuple[str, ...]
    names: tuple[str, ...]
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A window in numbers: pieces by word, and labels as indices (``UNKNOWN`` where there is none)."""

    pieces: list[list[int]]
    shapes: list[int]
    style: int
    sentences: list[tuple[int, int]] | None
    upos: list[int]
    xpos: list[int]
    morph: list[int]
    lemma: list[int]
    heads: list[int]
    deps: list[int]
    names: list[tuple[int, int, int]] | None
    clusters: list[list[int]] | None

    @property
    def size(self) -> int:
        """The number of pieces."""
        return sum(map(len, self.pieces))


class Coder:
    """Turns windows into numbers."""

    def __init__(self, pieces: WordPieces, labels: Labels) -> None:
        self._pieces = pieces
        self._index = {
            layer: {label: index for index, label in enumerate(getattr(labels, layer))}
            for layer in ("upos", "xpos", "morph", "lemma", "deps", "names", "styles")
        }

    @property
    def styles(self) -> tuple[str, ...]:
        """The entity corpora in the order of their numbers."""
        return tuple(self._index["styles"])

    def size(self, sentence: Sentence) -> int:
        """Return how many pieces a sentence has."""
        return sum(map(len, self._pieces.pieces(sentence.words)))

    def code(self, window: Window) -> Coded:
        """Return a window in numbers; a label that is not among the network's is unknown."""
        sentences = window.tree or []
        heads: list[int] = []
        for sentence in sentences:
            heads += [0 if head == i else head + 1 for i, head in enumerate(sentence.heads)]

        def coded(layer: str, values: Iterable[str]) -> list[int]:
            return [self._index[layer].get(value, UNKNOWN) for value in values]

        return Coded(
            pieces=self._pieces.pieces(window.words),
            shapes=shapes(window.words).tolist(),
            style=self._index["styles"][window.style],
            sentences=window.sentences if window.tree is not None else None,
            upos=coded("upos", (tag for s in sentences for tag in s.upos)),
            xpos=coded("xpos", (tag for s in sentences for tag in s.xpos)),
            morph=coded("morph", (tag for s in sentences for tag in s.morphs)),
            lemma=coded("lemma", map(rule_of, (w for s in sentences for w in s.words), (x for s in sentences for x in s.lemmas))),
            heads=heads,
            deps=coded("deps", (dep for s in sentences for dep in s.deps)),
            names=None
            if window.names is None
            else [(begin, end, UNKNOWN if label is None else self._index["names"][label]) for begin, end, label in window.names],
            clusters=window.clusters,
        )


STYLES = ("gum", "uner", "crossner", "redocred", "re3d", "meantime")
"""The entity corpora in the order of their numbers: the network is told which of them a window follows."""


def labels_of(sentences: Sequence[Sentence]) -> Labels:
    """Return what occurs in the treebanks; of lemma rules what occurs three times."""

    def often(values: Iterable[str], *, least: int = 1) -> tuple[str, ...]:
        return tuple(value for value, count in sorted(Counter(values).items(), key=lambda c: (-c[1], c[0])) if count >= least)

    rules = (rule_of(word, lemma) for s in sentences for word, lemma in zip(s.words, s.lemmas, strict=True))
    return Labels(
        upos=often(tag for s in sentences for tag in s.upos),
        xpos=often((tag for s in sentences for tag in s.xpos), least=2),
        morph=often((tag for s in sentences for tag in s.morphs), least=2),
        lemma=often(rules, least=3),
        deps=often((dep for s in sentences for dep in s.deps), least=5),
        names=(NO_NAME, "PERSON", "ORG", "PLACE", "EVENT"),
        styles=STYLES,
    )
