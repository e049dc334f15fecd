"""The measures of coreference, on examples small enough to work out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.training.coreference_metrics import CorefCounts, Counts, _best_alignment, compare

partitions = st.lists(st.integers(0, 4), min_size=1, max_size=9).map(
    lambda labels: [[i for i, other in enumerate(labels) if other == label] for label in sorted(set(labels))]
)


def test_compare_counts_a_cluster_that_swallows_another() -> None:
    key = [list("abcde"), list("fg"), list("hijkl")]
    response = [list("abcde"), list("fghijkl")]
    assert compare(key, response) == CorefCounts(
        muc=Counts((9.0, 10.0), (9.0, 9.0)),
        b_cubed=Counts((5 + 4 / 7 + 25 / 7, 12.0), (12.0, 12.0)),
        ceaf=Counts((1 + 10 / 12, 2.0), (1 + 10 / 12, 3.0)),
        mentions=Counts((12.0, 12.0), (12.0, 12.0)),
    )


def test_compare_counts_the_same_swallowing_of_a_large_cluster_worse() -> None:
    key = [list("abcde"), list("fg"), list("hijkl")]
    response = [list("abcdehijkl"), list("fg")]
    found = compare(key, response)
    assert found.muc == Counts((9.0, 10.0), (9.0, 9.0))
    assert found.b_cubed.scores()[0] == pytest.approx(7 / 12)
    assert found.ceaf == Counts((1 + 10 / 15, 2.0), (1 + 10 / 15, 3.0))


def test_compare_counts_spurious_and_missing_mentions() -> None:
    # Key {a b c} {d e f g}, response {a b} {c d} {f g h i}: worked out in Pradhan et al. 2014.
    found = compare([list("abc"), list("defg")], [list("ab"), list("cd"), list("fghi")])
    assert found.muc == Counts((2.0, 5.0), (2.0, 5.0))
    assert found.b_cubed.scores()[0] == pytest.approx(4 / 8)
    assert found.b_cubed.scores()[1] == pytest.approx((1 / 3 * (2 + 2 + 1) + 1 / 4 * (1 + 2 + 2)) / 7)
    assert found.ceaf == Counts((0.8 + 0.5, 3.0), (0.8 + 0.5, 2.0))
    assert found.mentions == Counts((6.0, 8.0), (6.0, 7.0))


def test_conll_is_the_mean_of_the_three() -> None:
    found = compare([list("abc"), list("defg")], [list("ab"), list("cd"), list("fghi")])
    assert found.conll == pytest.approx((0.4 + 2 * 0.5 * 5 / 12 / (0.5 + 5 / 12) + 0.52) / 3)


def test_scores_of_nothing_are_zero() -> None:
    assert compare([], []).conll == 0.0


@given(partitions)
def test_compare_of_a_partition_with_itself_is_perfect(clusters: list[list[int]]) -> None:
    found = compare(clusters, clusters)
    assert found.b_cubed.scores() == found.ceaf.scores() == (1.0, 1.0, 1.0)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_best_alignment_is_the_best_of_all(rows: int, columns: int, seed: int) -> None:
    table = np.random.default_rng(seed).random((rows, columns))
    wide = table if rows <= columns else table.T
    best = max(
        sum(wide[row, column] for row, column in enumerate(order))
        for order in itertools.permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert _best_alignment(table) == pytest.approx(best)
