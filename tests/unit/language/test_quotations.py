"""Quotation marks, and the words that say whose they are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.quotations import quoted_spans


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agreed," said Varo.', ["We agreed,"]),
        ("“We agreed,” said Varo. “At last.”", ["We agreed,", "At last."]),
        ("«We agreed», said Varo.", ["We agreed"]),
        ('He called it "final" and left.', ["final"]),
        ('The pole is 6" long and nothing is quoted.', []),
        ('"This never closes, said Varo.\nAnother paragraph.', []),
        ('An odd " mark here.\n"But this one stands," she said.', ["But this one stands,"]),
        ("“First paragraph.\n“Second paragraph.” Varo left.", ["First paragraph.", "Second paragraph."]),
        ("“First paragraph.\n\n“Second paragraph,” she said.", ["First paragraph.", "Second paragraph,"]),
    ],
)
def test_quoted_spans_pairs_marks_paragraph_by_paragraph(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet='ab. \n"“”', max_size=80))
def test_quoted_spans_are_sorted_and_apart_for_any_text(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
