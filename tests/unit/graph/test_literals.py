"""Values have one spelling, which says what they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal
from rdflib.namespace import XSD

from kg.graph import literals


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.0, "0"), (-0.0, "0"), (0.9, "0.9"), (1e-7, "0.0000001"), (100.0, "100")]
)
def test_decimal_has_the_shortest_spelling(value: float, text: str) -> None:
    assert literals.decimal(value) == Literal(text, datatype=XSD.decimal, normalize=False)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimal_reads_back_as_the_same_number(value: float) -> None:
    text = str(literals.decimal(value))
    assert float(text) == value
    assert "e" not in text


@given(st.dates())
def test_day_is_a_day(value: datetime.date) -> None:
    assert str(literals.day(value)) == value.isoformat()
    assert literals.is_day(value.isoformat())


@given(st.text(max_size=12))
def test_when_keeps_the_text(value: str) -> None:
    assert str(literals.when(value)) == value
