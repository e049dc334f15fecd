"""Which stretches lie around which, against the plain way of asking each pair."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.enclosing import around
from kg.records import Span


def stretches() -> st.SearchStrategy[list[Span]]:
    places = st.integers(min_value=0, max_value=30)
    return st.lists(st.tuples(places, places).map(lambda ends: Span(start=min(ends), end=max(ends), text="")), max_size=12)


@given(stretches(), stretches())
def test_around_gives_what_holds_each_stretch(inner: list[Span], outer: list[Span]) -> None:
    inner, outer = sorted(inner), sorted(outer)
    expected = [tuple(one for one in outer if one.start <= it.start and it.end <= one.end) for it in inner]
    assert list(around(inner, outer)) == expected


def test_around_reads_the_outer_ones_in_any_order() -> None:
    wide, narrow, word = Span(start=0, end=9, text="wide"), Span(start=2, end=6, text="narrow"), Span(start=3, end=4, text="word")
    assert list(around([word], [narrow, wide])) == [(wide, narrow)]
