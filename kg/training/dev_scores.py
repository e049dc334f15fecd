"""How a network in training does on the dev windows: greedy heads within gold sentences, and exact spans of names by corpus."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import torch
from torch import Tensor

from kg.language.transformer.pieces import WordPieces
from kg.training.batches import Batch, arc_scores, batches, make_batch, name_grid, sentence_rows
from kg.training.examples import Coded
from kg.training.network import Network


@torch.inference_mode()
def measure(network: Network, dev: Sequence[Coded], pieces: WordPieces) -> str:
    """Return percentages by what they measure, in one line."""
    network.eval()
    right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    spans: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for windows in batches(dev, pieces=4000, chance=random.Random(0)):
        batch = make_batch(windows, begin=pieces.begin, end=pieces.end)
        scores = network(batch.pieces, batch.mask, batch.first, batch.last, batch.shapes, batch.styles)
        _measure_syntax(network, scores, batch, right)
        _measure_names(network, scores, batch, spans)
    shares = [f"{name} {100 * hits / max(1, total):.2f}" for name, (hits, total) in sorted(right.items())]
    f1 = [f"{name} {200 * hits / max(1, gold + found):.2f}" for name, (hits, gold, found) in sorted(spans.items())]
    return " ".join([*shares, *f1])


def _measure_syntax(network: Network, scores: dict[str, Tensor], batch: Batch, right: dict[str, list[int]]) -> None:
    sentences = sentence_rows(batch)
    if not sentences:
        return
    best = {head: scores[head].argmax(-1).tolist() for head in ("upos", "xpos", "morph", "lemma", "sentence")}
    arc = arc_scores(network, scores, sentences).argmax(-1)
    label_of = network.labels.deps
    gold_of = {
        begin + i: (window, i)
        for window, begin in zip(batch.windows, batch.begins, strict=True)
        if window.sentences is not None
        for i in range(len(window.pieces))
    }
    for number, sentence in enumerate(sentences):
        heads = arc[number, : len(sentence)]
        vectors = torch.where(
            (heads == 0)[:, None], network.relation_root, scores["relation_head"][sentence[0] - 1 + heads.clamp(min=1)]
        )
        deps = network.relation_scores(scores["relation_dep"][list(sentence)], vectors).argmax(-1).tolist()
        for position, row in enumerate(sentence):
            window, i = gold_of[row]
            for head in ("upos", "xpos", "morph", "lemma"):
                right[head][0] += best[head][row] == getattr(window, head)[i]
                right[head][1] += 1
            hit = int(heads[position]) == window.heads[i]
            plain = label_of[window.deps[i]].split(":")[0] == label_of[deps[position]].split(":")[0]
            right["uas"][0] += hit
            right["las"][0] += hit and plain
            right["uas"][1] += 1
            right["las"][1] += 1
            right["sentence"][0] += best["sentence"][row] == (position == 0)
            right["sentence"][1] += 1


def _measure_names(network: Network, scores: dict[str, Tensor], batch: Batch, spans: dict[str, list[int]]) -> None:
    named = [(w, b) for w, b in zip(batch.windows, batch.begins, strict=True) if w.names is not None]
    if not named:
        return
    grid, inside = name_grid(network, scores, [range(begin, begin + len(window.pieces)) for window, begin in named])
    best = grid.argmax(-1).masked_fill(~inside, 0)
    for row, (window, _) in enumerate(named):
        found = {(b, b + w + 1, int(best[row, b, w])) for b, w in best[row].nonzero().tolist()}
        gold = {name for name in window.names or () if name[2] >= 0}
        open_words = {i for begin, end, label in window.names or () if label < 0 for i in range(begin, end)}
        found = {name for name in found if open_words.isdisjoint(range(name[0], name[1]))}
        counts = spans[network.labels.styles[window.style]]
        counts[0] += len(found & gold)
        counts[1] += len(gold)
        counts[2] += len(found)
