"""Choose, for each phrase, the earlier phrase that speaks of the same thing, or none: a trained ranker run in numpy.

In: Attributes and what the encoder knows of the phrases and of pairs of them. Out: Links.
Method: antecedent ranking with a score for "none" (Durrett and Klein 2013; Lee et al. 2017), one antecedent a phrase. The network adds
up what both sides are and what they are to each other, and has two hidden layers; ``kg.training.coreference`` makes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.language.chains.attributes import CATEGORY_COUNT, Attributes, Integers
from kg.language.chains.encoding import EXTRA_COUNT, Encoding
from kg.language.chains.pairs import FEATURE_COUNT, Floats, candidate_pairs, pair_features

SHIPPED_WEIGHTS = Path(__file__).with_name("weights.npz")
BATCH = 8_192
"""How many pairs are scored at a time, so that memory stays flat and the numbers in the cache."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of a phrase and a candidate, and how far the score of each lies above that of "none"."""

    phrase: Integers
    candidate: Integers
    score: Floats

    def best(self) -> dict[int, int]:
        """Return the candidate of each phrase that has one above "none"."""
        order = np.lexsort((self.score, self.phrase))
        phrase = self.phrase[order]
        last = order[np.append(phrase[1:] != phrase[:-1], True)[: len(phrase)]]
        return {int(self.phrase[pair]): int(self.candidate[pair]) for pair in last.tolist() if self.score[pair] > 0}

    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """Return the phrases that the best links join, for each chain of two or more, in the order of their first phrase."""
        of: dict[int, list[int]] = {}
        for phrase, candidate in sorted(self.best().items()):
            chain = of.setdefault(candidate, [candidate])
            chain.append(phrase)
            of[phrase] = chain
        return tuple(tuple(chain) for first, chain in of.items() if chain[0] == first)


@dataclass(frozen=True, slots=True)
class Ranker:
    """The arrays of the network by name, as ``SHAPES`` gives them for its sizes."""

    weights: Mapping[str, Floats]

    def links(self, attributes: Attributes, encoding: Encoding) -> Links:
        """Score all candidate pairs of a document."""
        weights = self.weights
        vectors = (encoding.vectors - weights["vector.mean"]) / weights["vector.deviation"]
        types = _softmax(self._sum("type", attributes) + vectors @ weights["type.vector"] + weights["type.bias"])
        phrase_side = self._sum("phrase", attributes) + types @ weights["phrase.type"] + weights["hidden.bias"]
        candidate_side = self._sum("candidate", attributes) + types @ weights["candidate.type"]
        none = self._none(attributes, types)
        phrase, candidate = candidate_pairs(attributes)
        scores = np.empty(len(phrase), dtype=np.float32)
        for begin in range(0, len(phrase), BATCH):
            one, other = phrase[begin : begin + BATCH], candidate[begin : begin + BATCH]
            hidden = pair_features(attributes, one, other) @ weights["pair.features"]
            hidden += encoding.extras(one, other, types) @ weights["pair.extras"]
            hidden += phrase_side[one]
            hidden += candidate_side[other]
            np.maximum(hidden, 0, out=hidden)
            upper = hidden @ weights["upper.hidden"] + weights["upper.bias"]
            np.maximum(upper, 0, out=upper)
            scores[begin : begin + BATCH] = upper @ weights["score.upper"] + weights["score.bias"] - none[one]
        return Links(phrase, candidate, scores)

    def _sum(self, side: str, attributes: Attributes) -> Floats:
        """Add up the rows of a table that the codes of each phrase name."""
        table = self.weights[f"{side}.codes"]
        total = np.zeros((len(attributes.codes), table.shape[1]), dtype=np.float32)
        for column in range(attributes.codes.shape[1]):
            total += table[attributes.codes[:, column]]
        return total

    def _none(self, attributes: Attributes, types: Floats) -> Floats:
        hidden = self._sum("none", attributes) + types @ self.weights["none.type"] + self.weights["none.bias"]
        return np.asarray(np.maximum(hidden, 0) @ self.weights["none.score"], dtype=np.float32)


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=2)
def load_ranker(path: Path = SHIPPED_WEIGHTS) -> Ranker:
    """Return the ranker of a weights file; raise ModelError where it is missing or was made for other features."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path}: no weights of the coreference ranker there ({error}). Make them with python -m kg.training coreference."
        ) from error
    expected = {"phrase.codes": CATEGORY_COUNT, "pair.features": FEATURE_COUNT, "pair.extras": EXTRA_COUNT}
    for name, rows in expected.items():
        if name not in weights or len(weights[name]) != rows:
            raise ModelError(f"{path}: {name} should have {rows} rows. The features have changed: make the weights again.")
    return Ranker(weights)
