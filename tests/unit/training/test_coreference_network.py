"""The network's gradients are those of its loss, and what is trained is what runs."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.chains.attributes import CATEGORY_COUNT
from kg.language.chains.encoding import Encoding
from kg.language.chains.pairs import FEATURE_COUNT
from kg.training.coreference_network import FIXED, Arrays, Example, Optimizer, loss_and_gradients, new_network

PHRASES, WIDTH = 5, 4


@pytest.fixture
def example() -> Example:
    chance = np.random.default_rng(5)
    one, other = np.array([(i, j) for i in range(PHRASES) for j in range(i)]).T
    chain = np.array([0, 1, 0, -1, 0])
    vectors = chance.standard_normal((PHRASES, WIDTH)).astype(np.float32)
    return Example(
        codes=(chance.random((PHRASES, CATEGORY_COUNT)) < 0.2).astype(np.float32),
        encoding=Encoding(vectors=vectors, unit=vectors / np.linalg.norm(vectors, axis=1, keepdims=True)),
        phrase=one,
        candidate=other,
        features=chance.random((len(one), FEATURE_COUNT)) < 0.3,
        right=(chain[one] == chain[other]) & (chain[one] >= 0),
        types=np.array([0, 3, 0, -1, 9]),
    )


def in_doubles(arrays: Arrays) -> Arrays:
    return {name: array.astype(np.float64) for name, array in arrays.items()}


@pytest.mark.parametrize(
    "name",
    [
        "phrase.codes",
        "candidate.codes",
        "candidate.type",
        "pair.features",
        "pair.extras",
        "upper.hidden",
        "score.upper",
        "none.codes",
    ],
)
def test_gradients_are_those_of_the_ranking(example: Example, name: str) -> None:
    arrays = in_doubles(new_network(vectors=example.encoding.vectors, seed=1))
    _, gradients = loss_and_gradients(arrays, example, chance=None)
    places = np.argsort(-np.abs(gradients[name]).ravel())[:3]
    for place in places:
        sides = []
        for step in (1e-4, -1e-4):
            moved = arrays[name].copy()
            moved.ravel()[place] += step
            sides.append(loss_and_gradients({**arrays, name: moved}, example, chance=None)[0])
        assert (sides[0] - sides[1]) / 2e-4 == pytest.approx(gradients[name].ravel()[place], rel=2e-2, abs=1e-4)


def test_optimizer_lowers_the_loss_to_almost_nothing_on_one_document(example: Example) -> None:
    arrays = new_network(vectors=example.encoding.vectors, seed=1)
    before, _ = loss_and_gradients(arrays, example, chance=None)
    optimizer = Optimizer()
    for _ in range(80):
        _, gradients = loss_and_gradients(arrays, example, chance=None)
        optimizer.step(arrays, gradients, rate=1e-2)
    after, _ = loss_and_gradients(arrays, example, chance=None)
    assert after < 0.05 * before


def test_gradients_leave_the_fixed_arrays_alone(example: Example) -> None:
    arrays = new_network(vectors=example.encoding.vectors)
    _, gradients = loss_and_gradients(arrays, example, chance=np.random.default_rng(0))
    assert set(gradients) == set(arrays) - FIXED
    assert {name: gradient.shape for name, gradient in gradients.items()} == {name: arrays[name].shape for name in gradients}
