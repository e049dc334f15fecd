"""The day that a text says it was written on stands in for a day of speaking that nobody gives."""

from __future__ import annotations

import datetime

import pytest

from kg.language.times import find_times
from tests.times import english


def today(text: str, date: datetime.date | None = None) -> str | None:
    """Return the value of the last expression of a text, which says "today"."""
    return find_times(english()(f"{text}They met today."), date=date)[-1].value


@pytest.mark.parametrize(
    "text",
    [
        "Envoys meet in Lodz\nThursday, 4 May 2028\n",
        "May 4, 2028\n\n",
        "The Residence, Brno, 4 May 2028\n",
        "LODZ, May 4, 2028 – ",
        "BRNO (Agence Nord), 4 May 2028 -- ",
        "Office of the Speaker\nMay 4, 2028 5:00 P.M.\n",
    ],
)
def test_find_times_counts_from_the_dateline(text: str) -> None:
    """Alone on its line, with its place, or in front of a dash."""
    assert today(text) == "2028-05-04"


@pytest.mark.parametrize(
    "text",
    [
        "The accord of 4 May 2028 holds.\n",
        "They met on May 4, 2028 – and left.\n",
        "May 2028\n",
        "4 May\n",
        "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\nMay 4, 2028\n",
    ],
)
def test_find_times_takes_no_other_date_for_a_dateline(text: str) -> None:
    """One within a sentence, one that is not full, one far down."""
    assert today(text) is None


def test_find_times_prefers_the_day_that_is_given() -> None:
    """The dateline is only asked where there is none."""
    assert today("May 4, 2028\n", datetime.date(2030, 1, 1)) == "2030-01-01"
