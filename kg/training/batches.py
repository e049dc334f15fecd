"""Coded windows as tensors, and the losses of the network on them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from kg.training.examples import UNKNOWN, Coded
from kg.training.network import LONGEST_NAME, Network

SHAPE_DROPOUT = 0.06
"""The share of windows whose shapes are hidden: headlines and transcripts in capitals tell as little."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors; words are numbered through all windows, in their order."""

    windows: Sequence[Coded]
    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    shapes: Tensor
    styles: Tensor
    begins: tuple[int, ...]
    """Where the words of each window begin."""

    @property
    def words(self) -> int:
        """The number of words in all windows."""
        return int(self.first.shape[0])


def make_batch(windows: Sequence[Coded], *, begin: int, end: int, chance: random.Random | None = None) -> Batch:
    """Pad windows to one length; ``begin`` and ``end`` are the ids of the marks around a window."""
    longest = max(window.size for window in windows) + 2
    pieces = torch.zeros(len(windows), longest, dtype=torch.long)
    mask = torch.zeros(len(windows), longest, dtype=torch.long)
    first: list[int] = []
    last: list[int] = []
    shapes: list[int] = []
    styles: list[int] = []
    begins: list[int] = []
    for row, window in enumerate(windows):
        begins.append(len(first))
        flat = [begin, *(piece for word in window.pieces for piece in word), end]
        pieces[row, : len(flat)] = torch.tensor(flat)
        mask[row, : len(flat)] = 1
        at = row * longest + 1
        for word in window.pieces:
            first.append(at)
            at += len(word)
            last.append(at - 1)
        hidden = chance is not None and chance.random() < SHAPE_DROPOUT
        shapes += [0] * len(window.shapes) if hidden else window.shapes
        styles += [window.style] * len(window.shapes)
    return Batch(
        windows,
        pieces,
        mask,
        torch.tensor(first),
        torch.tensor(last),
        torch.tensor(shapes),
        torch.tensor(styles),
        tuple(begins),
    )


def batches(windows: Sequence[Coded], *, pieces: int, chance: random.Random) -> Iterator[list[Coded]]:
    """Yield all windows once, in batches of up to ``pieces`` with padding, like lengths together, in an order by chance."""
    pool = sorted(windows, key=lambda window: window.size + chance.random() * 20)
    result: list[list[Coded]] = [[]]
    for window in pool:
        if result[-1] and (len(result[-1]) + 1) * (window.size + 2) > pieces:
            result.append([])
        result[-1].append(window)
    chance.shuffle(result)
    yield from result


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of every head that the batch has labels for, a mean over words each."""
    scores = network(batch.pieces, batch.mask, batch.first, batch.last, batch.shapes, batch.styles)
    result = _tag_losses(scores, batch)
    result |= _tree_losses(network, scores, batch)
    names = _name_loss(network, scores, batch)
    if names is not None:
        result["names"] = names
    coreference = _coreference_loss(scores, batch)
    if coreference is not None:
        result["coreference"] = coreference
    return result


def _tag_losses(scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    parsed = [(w, b) for w, b in zip(batch.windows, batch.begins, strict=True) if w.sentences is not None]
    if not parsed:
        return {}
    rows = torch.cat([torch.arange(begin, begin + len(window.upos)) for window, begin in parsed])
    result = {}
    for head in ("upos", "xpos", "morph", "lemma"):
        gold = torch.tensor([label for window, _ in parsed for label in getattr(window, head)])
        result[head] = cross_entropy(scores[head][rows], gold, ignore_index=UNKNOWN)
    starts = torch.zeros(batch.words, dtype=torch.long)
    for window, begin in parsed:
        starts[[begin + first for first, _ in window.sentences or ()]] = 1
    result["sentence"] = cross_entropy(scores["sentence"][rows], starts[rows])
    return result


def sentence_rows(batch: Batch) -> list[list[int]]:
    """Return the word numbers of every annotated sentence of the batch."""
    return [
        list(range(begin + first, begin + last))
        for window, begin in zip(batch.windows, batch.begins, strict=True)
        for first, last in window.sentences or ()
    ]


def _tree_losses(network: Network, scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    sentences = sentence_rows(batch)
    if not sentences:
        return {}
    heads = torch.full((batch.words,), UNKNOWN)
    deps = torch.full((batch.words,), UNKNOWN)
    roots = torch.zeros(batch.words, dtype=torch.bool)
    for window, begin in zip(batch.windows, batch.begins, strict=True):
        if window.sentences is not None:
            # Within its sentence a head counts from 1; 0 is the root.
            heads[begin : begin + len(window.heads)] = torch.tensor(window.heads)
            deps[begin : begin + len(window.deps)] = torch.tensor(window.deps)
    rows = torch.tensor([i for sentence in sentences for i in sentence])
    roots = heads[rows] == 0
    arc = arc_scores(network, scores, sentences)
    arcs = cross_entropy(arc.flatten(0, 1), _padded_labels(heads, sentences, arc.shape[1]).flatten(), ignore_index=UNKNOWN)
    starts = torch.tensor([sentence[0] for sentence in sentences for _ in sentence])
    head_rows = (starts + heads[rows] - 1).clamp(min=0)
    head_vectors = torch.where(roots[:, None], network.relation_root, scores["relation_head"][head_rows])
    relations = network.relation_scores(scores["relation_dep"][rows], head_vectors)
    return {"arcs": arcs, "relations": cross_entropy(relations, deps[rows], ignore_index=UNKNOWN)}


def arc_scores(network: Network, scores: dict[str, Tensor], sentences: Sequence[Sequence[int]]) -> Tensor:
    """Return sentences × words × (root + words), where what lies outside a sentence cannot be a head."""
    index, inside = _padded_rows(sentences)
    arc = network.arc_scores(scores["arc_dep"][index], scores["arc_head"][index])
    allowed = torch.cat([torch.ones_like(inside[:, :1]), inside], 1)
    return arc.masked_fill(~allowed[:, None], -1e9)


def _padded_rows(sentences: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, sentences))
    index = torch.tensor([[*sentence, *[0] * (longest - len(sentence))] for sentence in sentences])
    inside = torch.tensor([[True] * len(sentence) + [False] * (longest - len(sentence)) for sentence in sentences])
    return index, inside


def _padded_labels(labels: Tensor, sentences: Sequence[Sequence[int]], longest: int) -> Tensor:
    result = torch.full((len(sentences), longest), UNKNOWN)
    for row, sentence in enumerate(sentences):
        result[row, : len(sentence)] = labels[list(sentence)]
    return result


def name_grid(network: Network, scores: dict[str, Tensor], rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return windows × words × widths × names, and which of these spans lie inside their window."""
    index, inside = _padded_rows(rows)
    grid = network.name_scores(scores["name_first"][index], scores["name_last"][index])
    lengths = inside.sum(1)
    ends = torch.arange(index.shape[1])[:, None] + torch.arange(LONGEST_NAME)[None]
    return grid, ends[None] < lengths[:, None, None]


def _name_loss(network: Network, scores: dict[str, Tensor], batch: Batch) -> Tensor | None:
    named = [(w, b) for w, b in zip(batch.windows, batch.begins, strict=True) if w.names is not None]
    if not named:
        return None
    grid, counted = name_grid(network, scores, [range(begin, begin + len(window.pieces)) for window, begin in named])
    gold = torch.zeros(grid.shape[:3], dtype=torch.long)
    for row, (window, _) in enumerate(named):
        for begin, end, label in window.names or ():
            if label == UNKNOWN:
                # Whatever overlaps words that are not annotated is open.
                for first in range(max(0, begin - LONGEST_NAME + 1), end):
                    counted[row, first, max(0, begin - first) :] = False
    for row, (window, _) in enumerate(named):
        for begin, end, label in window.names or ():
            if label != UNKNOWN and end - begin <= LONGEST_NAME:
                gold[row, begin, end - begin - 1] = label
                counted[row, begin, end - begin - 1] = True
    words = sum(len(window.pieces) for window, _ in named)
    return cross_entropy(grid[counted], gold[counted], reduction="sum") / words


def _coreference_loss(scores: dict[str, Tensor], batch: Batch) -> Tensor | None:
    """Return how unlikely the gold antecedents are: for every word, all earlier words of its window, or none, are its antecedent."""
    total, words = torch.zeros(()), 0
    for window, begin in zip(batch.windows, batch.begins, strict=True):
        if window.clusters is None:
            continue
        size = len(window.pieces)
        dep, head = (scores[f"coreference_{end}"][begin : begin + size] for end in ("dep", "head"))
        pairs = (dep @ head.T).masked_fill(torch.ones(size, size).triu().bool(), -1e9)
        options = torch.cat([scores["coreference_none"][begin : begin + size], pairs], 1).log_softmax(1)
        gold = torch.zeros(size, size + 1, dtype=torch.bool)
        gold[:, 0] = True
        for heads in window.clusters:
            for number, word in enumerate(heads[1:], start=1):
                gold[word] = False
                gold[word, [1 + earlier for earlier in heads[:number]]] = True
        total = total - options.masked_fill(~gold, -1e9).logsumexp(1).sum()
        words += size
    return total / words if words else None
