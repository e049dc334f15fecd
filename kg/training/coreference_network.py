"""The network of the coreference ranker as it is trained: its arrays, its loss and their gradients, in numpy.

``kg.language.chains.ranker`` runs the same network. The loss is the marginal likelihood of all right candidates (or of "none" where a
phrase begins a chain), after a cost is added to the score of each kind of mistake (Durrett and Klein 2013): to begin a chain
anew costs most, since it loses a link that nothing else makes up for. Beside it, phrases learn the type that GUM gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.language.chains.attributes import CATEGORY_COUNT
from kg.language.chains.encoding import EXTRA_COUNT, Encoding
from kg.language.chains.pairs import FEATURE_COUNT, Floats
from kg.training.coreference_examples import TYPES

Arrays = dict[str, Floats]
Indices = npt.NDArray[np.int32]

HIDDEN, UPPER, NONE = 64, 32, 48
"""The widths of the layers."""
NEW, WRONG, FALSE = 1.5, 0.5, 0.2
"""What it costs to begin a chain anew, to take a wrong candidate, and to link what begins a chain."""
TYPE_WEIGHT = 0.3
DROPOUT, VECTOR_DROPOUT = 0.3, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A document ready for the network.

    ``codes`` has a 1 for each category that a phrase has, ``right`` tells which pairs speak of one thing, ``types`` holds the number of
    each phrase's type (-1 where it is not known).
    """

    codes: Floats
    encoding: Encoding
    phrase: Indices
    candidate: Indices
    features: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]
    types: Indices


def new_network(*, vectors: Floats, seed: int = 0) -> Arrays:
    """Return the arrays before training; ``vectors`` are those of all phrases, whose mean and deviation are kept."""
    chance = np.random.default_rng(seed)
    width, types = vectors.shape[1], len(TYPES)
    shapes = {
        "type.codes": (CATEGORY_COUNT, types),
        "type.vector": (width, types),
        "phrase.codes": (CATEGORY_COUNT, HIDDEN),
        "phrase.type": (types, HIDDEN),
        "candidate.codes": (CATEGORY_COUNT, HIDDEN),
        "candidate.type": (types, HIDDEN),
        "none.codes": (CATEGORY_COUNT, NONE),
        "none.type": (types, NONE),
        "pair.features": (FEATURE_COUNT, HIDDEN),
        "pair.extras": (EXTRA_COUNT, HIDDEN),
        "upper.hidden": (HIDDEN, UPPER),
        "score.upper": (UPPER,),
        "none.score": (NONE,),
    }
    spread = {name: 0.05 if name.endswith("codes") else 1 / np.sqrt(max(shape[0], 30)) for name, shape in shapes.items()}
    arrays = {name: (chance.standard_normal(shape) * spread[name]).astype(np.float32) for name, shape in shapes.items()}
    biases = {"type.bias": types, "hidden.bias": HIDDEN, "none.bias": NONE, "upper.bias": UPPER}
    arrays |= {name: np.zeros(size, dtype=np.float32) for name, size in biases.items()}
    arrays["score.bias"] = np.zeros(1, dtype=np.float32)
    arrays["vector.mean"] = vectors.mean(axis=0)
    arrays["vector.deviation"] = vectors.std(axis=0) + np.float32(1e-6)
    return arrays


FIXED = frozenset({"vector.mean", "vector.deviation"})
"""The arrays that training leaves alone."""


def loss_and_gradients(
    arrays: Mapping[str, Floats], example: Example, *, chance: np.random.Generator | None
) -> tuple[float, Arrays]:
    """Return the loss of a document, added up over its phrases, and its gradients; ``chance`` drops units out where it is given."""
    gradients: Arrays = {}
    vectors = (example.encoding.vectors - arrays["vector.mean"]) / arrays["vector.deviation"]
    vectors = vectors * _mask(vectors.shape, VECTOR_DROPOUT, chance)
    types = _softmax(example.codes @ arrays["type.codes"] + vectors @ arrays["type.vector"] + arrays["type.bias"])
    loss = _type_gradients(example, vectors, types, gradients)

    one, other = example.phrase, example.candidate
    features = example.features.astype(np.float32)
    extras = example.encoding.extras(one, other, types)
    phrase_side = example.codes @ arrays["phrase.codes"] + types @ arrays["phrase.type"] + arrays["hidden.bias"]
    candidate_side = example.codes @ arrays["candidate.codes"] + types @ arrays["candidate.type"]
    hidden = features @ arrays["pair.features"] + extras @ arrays["pair.extras"] + phrase_side[one] + candidate_side[other]
    kept = (hidden > 0) * _mask(hidden.shape, DROPOUT, chance)
    hidden *= kept
    upper = np.maximum(hidden @ arrays["upper.hidden"] + arrays["upper.bias"], 0)
    scores = upper @ arrays["score.upper"] + arrays["score.bias"]
    none_hidden = example.codes @ arrays["none.codes"] + types @ arrays["none.type"] + arrays["none.bias"]
    none_kept = (none_hidden > 0) * _mask(none_hidden.shape, DROPOUT, chance)
    none_hidden *= none_kept
    none = none_hidden @ arrays["none.score"]

    ranked, of_scores, of_none = _ranking(example, scores, none)
    gradients["score.upper"] = upper.T @ of_scores
    gradients["score.bias"] = of_scores.sum(keepdims=True)
    of_upper = np.outer(of_scores, arrays["score.upper"]) * (upper > 0)
    gradients["upper.hidden"] = hidden.T @ of_upper
    gradients["upper.bias"] = of_upper.sum(axis=0)
    of_hidden = (of_upper @ arrays["upper.hidden"].T) * kept
    gradients["pair.features"] = features.T @ of_hidden
    gradients["pair.extras"] = extras.T @ of_hidden
    for side, index in (("phrase", one), ("candidate", other)):
        of_side = _added_up(of_hidden, index, len(example.codes))
        gradients[f"{side}.codes"] = example.codes.T @ of_side
        gradients[f"{side}.type"] = types.T @ of_side
    gradients["hidden.bias"] = of_hidden.sum(axis=0)
    gradients["none.score"] = none_hidden.T @ of_none
    of_none_hidden = np.outer(of_none, arrays["none.score"]) * none_kept
    gradients["none.codes"] = example.codes.T @ of_none_hidden
    gradients["none.type"] = types.T @ of_none_hidden
    gradients["none.bias"] = of_none_hidden.sum(axis=0)
    return loss + ranked, gradients


def _mask(shape: tuple[int, ...], rate: float, chance: np.random.Generator | None) -> Floats | np.float32:
    if chance is None:
        return np.float32(1)
    return (chance.random(shape, dtype=np.float32) >= rate).astype(np.float32) / np.float32(1 - rate)


def _softmax(values: npt.NDArray[np.floating[Any]]) -> Floats:
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _type_gradients(example: Example, vectors: Floats, types: Floats, gradients: Arrays) -> float:
    """Add the gradients of the types; the ranking takes the types as they are and sends none back."""
    known = example.types >= 0
    error = types * known[:, None]
    error[np.flatnonzero(known), example.types[known]] -= 1
    error *= TYPE_WEIGHT
    gradients["type.codes"] = example.codes.T @ error
    gradients["type.vector"] = vectors.T @ error
    gradients["type.bias"] = error.sum(axis=0)
    likely = types[np.flatnonzero(known), example.types[known]]
    return float(-TYPE_WEIGHT * np.log(np.maximum(likely, 1e-12)).sum())


def _ranking(example: Example, scores: Floats, none: Floats) -> tuple[float, Floats, Floats]:
    """Return the loss of the ranking and its gradients by the scores of the pairs and of "none"."""
    count, one = len(none), example.phrase
    linked = np.bincount(one, weights=example.right, minlength=count) > 0
    costly = scores + np.where(linked[one], WRONG * ~example.right, FALSE)
    costly_none = none + NEW * linked
    highest = np.maximum(costly_none, _highest(costly, one, count))
    powers, powers_none = np.exp(costly - highest[one]), np.exp(costly_none - highest)
    total = np.bincount(one, weights=powers, minlength=count) + powers_none
    right, right_none = powers * example.right, powers_none * ~linked
    gold = np.maximum(np.bincount(one, weights=right, minlength=count) + right_none, 1e-30)
    of_scores = powers / total[one] - right / gold[one]
    of_none = powers_none / total - right_none / gold
    return float((np.log(total) - np.log(gold)).sum()), of_scores.astype(np.float32), of_none.astype(np.float32)


def _highest(values: Floats, index: Indices, count: int) -> Floats:
    """Return the highest value of each index; the indices are sorted."""
    highest = np.full(count, -np.inf, dtype=values.dtype)
    starts = np.flatnonzero(np.append(True, index[1:] != index[:-1])[: len(index)])
    if len(starts):
        highest[index[starts]] = np.maximum.reduceat(values, starts)
    return highest


def _added_up(rows: Floats, index: Indices, count: int) -> Floats:
    total = np.zeros((count, rows.shape[1]), dtype=rows.dtype)
    order = np.argsort(index, kind="stable")
    placed = index[order]
    starts = np.flatnonzero(np.append(True, placed[1:] != placed[:-1])[: len(placed)])
    if len(starts):
        total[placed[starts]] = np.add.reduceat(rows[order], starts, axis=0)
    return total


@dataclass(slots=True)
class Optimizer:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019); ``step`` changes the arrays in place."""

    decay: float = 1e-4
    clip: float = 5.0
    _steps: int = 0
    _first: Arrays = field(default_factory=dict)
    _second: Arrays = field(default_factory=dict)

    def step(self, arrays: Arrays, gradients: Mapping[str, Floats], *, rate: float) -> None:
        """Move each array against its gradient."""
        self._steps += 1
        norm = float(np.sqrt(sum(float((gradient * gradient).sum()) for gradient in gradients.values())))
        scale = min(1.0, self.clip / max(norm, 1e-12))
        for name, gradient in gradients.items():
            first = self._first.setdefault(name, np.zeros_like(arrays[name]))
            second = self._second.setdefault(name, np.zeros_like(arrays[name]))
            first += (1 - 0.9) * (scale * gradient - first)
            second += (1 - 0.999) * (np.square(scale * gradient) - second)
            corrected = first / (1 - 0.9**self._steps)
            spread = np.sqrt(second / (1 - 0.999**self._steps)) + 1e-8
            arrays[name] -= rate * (corrected / spread + self.decay * arrays[name])
