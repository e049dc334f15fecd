"""Days, months, years and intervals become their first and last days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.days import days_of, held_days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031-02-25", "2031-02-25", "2031-02-25"),
        ("2031-02-25T18:00", "2031-02-25", "2031-02-25"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2032", "2032-01-01", "2032-12-31"),
        ("2031-02-24/2031-03-02", "2031-02-24", "2031-03-02"),
        ("2031-02/2031-04", "2031-02-01", "2031-04-30"),
        ("2031-02-24/..", "2031-02-24", None),
        ("/2031-02-24", None, "2031-02-24"),
        ("2031-02-30", None, None),
        ("0000", None, None),
        ("P2D", None, None),
        (None, None, None),
    ],
)
def test_days_of_is_the_first_and_the_last_day(text: str | None, first: str | None, last: str | None) -> None:
    expected = [datetime.date.fromisoformat(day) if day is not None else None for day in (first, last)]
    assert days_of(text) == tuple(expected)


def test_held_days_reach_from_the_first_of_one_to_the_last_of_the_other() -> None:
    assert held_days("2029", "2031-02") == (datetime.date(2029, 1, 1), datetime.date(2031, 2, 28))
    assert held_days(None, "2031") == (None, datetime.date(2031, 12, 31))


@given(st.dates())
def test_days_of_a_month_hold_each_of_its_days(day: datetime.date) -> None:
    first, last = days_of(f"{day.year:04}-{day.month:02}")
    assert first is not None
    assert last is not None
    assert first <= day <= last


@given(st.text())
def test_days_of_takes_any_text(text: str) -> None:
    first, last = days_of(text)
    assert (first is None or last is None) or isinstance(first, datetime.date)
