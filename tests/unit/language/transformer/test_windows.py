"""Windows over long runs of words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.language.transformer.windows import Extent, cut

SIZES = st.lists(st.integers(1, 12), max_size=400)


@given(SIZES, st.data())
def test_cut_gives_every_word_to_one_window_within_the_limit(sizes: list[int], data: st.DataObject) -> None:
    stops = data.draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    extents = cut(sizes, stops, most=60, context=10)
    assert [word for extent in extents for word in range(extent.first, extent.last)] == list(range(len(sizes)))
    for extent in extents:
        assert extent.begin <= extent.first < extent.last <= extent.end
        assert sum(sizes[extent.begin : extent.end]) <= 60


def test_cut_keeps_a_short_text_whole() -> None:
    assert cut([2, 3, 1], [False, False, True]) == [Extent(0, 0, 3, 3)]


def test_cut_ends_a_window_behind_a_sentence() -> None:
    stops = [word % 7 == 6 for word in range(100)]
    assert [extent.last for extent in cut([1] * 100, stops, most=40, context=5)] == [35, 63, 91, 100]
