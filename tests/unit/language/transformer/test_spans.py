"""Names out of span scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.transformer.spans import NameSpan, name_spans, outermost

WIDTH, LABELS, LONGEST = 3, 3, 4
NO_BIAS = np.zeros((LONGEST, LABELS), np.float32)


def test_name_spans_pairs_first_and_last_words() -> None:
    first, last = np.zeros((5, WIDTH), np.float32), np.zeros((5, WIDTH), np.float32)
    first[1, 0] = last[3, 0] = 1  # a long name ...
    first[3, 1] = 1  # ... with another at its end
    last[3, 1] = 1
    weights = np.zeros((LABELS, WIDTH, WIDTH), np.float32)
    weights[1, 0, 0], weights[2, 1, 1] = 4, 3
    found = name_spans(first, last, weights, NO_BIAS, limits=[5] * 5)
    assert found == [NameSpan(1, 4, 1, 4.0), NameSpan(3, 4, 2, 3.0)]
    assert outermost(found) == [NameSpan(1, 4, 1, 4.0)]
    assert name_spans(first, last, weights, NO_BIAS, limits=[3, 3, 3, 5, 5]) == [NameSpan(3, 4, 2, 3.0)]


FACTORS = arrays(np.float32, (6, WIDTH), elements=st.floats(-4, 4, width=16))


@given(FACTORS, FACTORS, arrays(np.float32, (LABELS, WIDTH, WIDTH), elements=st.floats(-4, 4, width=16)))
def test_name_spans_never_cross_and_lie_within_the_words(first: np.ndarray, last: np.ndarray, weights: np.ndarray) -> None:
    found = name_spans(first, last, weights, NO_BIAS, limits=[6] * 6)
    for one in found:
        assert 0 <= one.begin < one.end <= 6
        assert one.end - one.begin <= LONGEST
        assert one.margin > 0
        assert not any(one.begin < other.begin < one.end < other.end for other in found)
    assert all(one.end <= other.begin for one, other in zip(outermost(found), outermost(found)[1:], strict=False))


def test_name_spans_of_nothing_is_nothing() -> None:
    empty = np.zeros((0, WIDTH), np.float32)
    assert name_spans(empty, empty, np.zeros((LABELS, WIDTH, WIDTH), np.float32), NO_BIAS, limits=[]) == []
