"""The best tree over a sentence."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.transformer.trees import best_heads


def is_tree(heads: tuple[int, ...]) -> bool:
    """Tell whether every word comes to the root, and one word alone hangs from it."""
    for start in range(1, len(heads) + 1):
        seen, word = set(), start
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return heads.count(0) == 1


def is_projective(heads: tuple[int, ...]) -> bool:
    """Tell whether no two arcs cross."""
    arcs = [tuple(sorted(arc)) for arc in enumerate(heads, start=1)]
    return not any(one[0] < other[0] < one[1] < other[1] for one in arcs for other in arcs)


def total(scores: npt.NDArray[np.float32], heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


def scores_of(words: int) -> st.SearchStrategy[npt.NDArray[np.float32]]:
    return arrays(np.float32, (words, words + 1), elements=st.floats(-8, 8, width=16))


@given(st.integers(1, 4).flatmap(scores_of))
def test_best_heads_is_the_best_of_all_projective_trees(scores: npt.NDArray[np.float32]) -> None:
    words = len(scores)
    choices = [[head for head in range(words + 1) if head != word] for word in range(1, words + 1)]
    best = max(total(scores, heads) for heads in itertools.product(*choices) if is_tree(heads) and is_projective(heads))
    found = tuple(best_heads(scores).tolist())
    assert is_tree(found)
    assert is_projective(found)
    assert total(scores, found) == pytest.approx(best, abs=1e-3)


@given(st.integers(5, 30).flatmap(scores_of))
def test_best_heads_is_a_projective_tree_with_one_root(scores: npt.NDArray[np.float32]) -> None:
    heads = tuple(best_heads(scores).tolist())
    assert is_tree(heads)
    assert is_projective(heads)
