"""Choose, for each phrase, the earlier phrase that speaks of the same thing, or none: a trained ranker run in numpy.

In: Attributes and what the encoder knows of the phrases and of pairs of them. Out: Links.
Method: antecedent ranking with a score for "none" (Durrett and Klein 2013; Lee et al. 2017), one antecedent a phrase. The network adds
up what both sides are and what they are to each other, and has two hidden layers; ``kg.training.coreference`` makes the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

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

    def links(self, attributes: Attributes, encoding: Encoding, *, linked: npt.NDArray[np.bool_] | None = None) -> Links:
        """Score the candidate pairs of a document: all, or those of the phrases that ``linked`` marks."""
        weights = self.weights
        codes = attributes.one_hot()
        types = _softmax(codes @ weights["type.codes"] + self._of_vectors(encoding) + weights["type.bias"])
        phrase_side = codes @ weights["phrase.codes"] + types @ weights["phrase.type"] + weights["hidden.bias"]
        candidate_side = codes @ weights["candidate.codes"] + types @ weights["candidate.type"]
        none = self._none(codes, types)
        phrase, candidate = candidate_pairs(attributes)
        if linked is not None:
            wanted = linked[phrase]
            phrase, candidate = phrase[wanted], candidate[wanted]
        scores = np.empty(len(phrase), dtype=np.float32)
        for begin, end in _batches(phrase):
            one, other = phrase[begin:end], candidate[begin:end]
            hidden = pair_features(attributes, one, other) @ weights["pair.features"]
            hidden += encoding.extras(one, other, types) @ weights["pair.extras"]
            hidden += phrase_side[one]
            hidden += candidate_side[other]
            np.maximum(hidden, 0, out=hidden)
            upper = hidden @ weights["upper.hidden"] + weights["upper.bias"]
            np.maximum(upper, 0, out=upper)
            scores[begin:end] = upper @ weights["score.upper"] + weights["score.bias"] - none[one]
        return Links(phrase, candidate, scores)

    def _of_vectors(self, encoding: Encoding) -> Floats | np.float32:
        """Return what the vectors tell of types: nothing where another pipeline's vectors are not those of the training."""
        weights = self.weights
        if encoding.vectors.shape[1:] != weights["vector.mean"].shape:
            return np.float32(0)
        vectors = (encoding.vectors - weights["vector.mean"]) / weights["vector.deviation"]
        return np.asarray(vectors @ weights["type.vector"], dtype=np.float32)

    def _none(self, codes: Floats, types: Floats) -> Floats:
        hidden = codes @ self.weights["none.codes"] + types @ self.weights["none.type"] + self.weights["none.bias"]
        return np.asarray(np.maximum(hidden, 0) @ self.weights["none.score"], dtype=np.float32)


def _batches(phrase: Integers) -> Iterator[tuple[int, int]]:
    """Cut the pairs, which are sorted by phrase, into runs of about ``BATCH`` that keep the pairs of a phrase together."""
    begin = 0
    while begin < len(phrase):
        end = len(phrase) if begin + BATCH >= len(phrase) else int(np.searchsorted(phrase, phrase[begin + BATCH]))
        yield begin, end
        begin = end


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
