"""What holds of the times of any text."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.times import times

VALUE = re.compile(
    r"""
      (PRESENT|PAST|FUTURE)_REF
    | P(\d+(\.\d+)?|X)(D|W|M|Y) | PX(DE|CE) | PT(\d+(\.\d+)?|X)[HMS]
    | XXXX-(WXX-([1-7](T(MO|AF|EV|NI))?|WE)|\d\d|SP|SU|FA|WI|XX-XXT(MO|AF|EV|NI))
    | FY\d{4} | POINT(/POINT)?
    """.replace(
        "POINT",
        r"(\d{2,4}|\d{4}-(\d\d|W\d\d|W\d\d-WE|Q[1-4]|H[12]|SP|SU|FA|WI)|\d{4}-\d\d-\d\d(T(MO|AF|EV|NI|\d\d:\d\d(Z|[+-]\d\d:00)?))?)",
    ),
    re.VERBOSE,
)

WORDS = (
    "Monday Friday Sunday May March may march November Nov. 23 23rd 9 10 2014 2,014 2025-11-23 7/8/07 10:30 p.m. 3 noon the a "
    "of to - – and by until since before within in on from between now last next this past coming week month year days weeks "
    "decade century three two half several few every each per once twice daily today yesterday tomorrow night morning early "
    "late mid end quarter first second third spring fall Christmas Easter Thanksgiving soon recently as possible is it deadline "
    "expires due will met . , \n\n ago later from earlier weekend 21st nineties '90s 1990s Q1 99999999999999 ½ 30 February 29 "
    "hours minutes 0 00:00 years' time fiscal FY FY26 UTC GMT +8 ( ) o ' clock Summit same that than so more annually Q4 \n"
).split(" ")


@pytest.mark.parametrize(
    "word",
    [
        "noon",
        "noon on",
        "3 p.m.,",
        "end of",
        "early",
        "morning of",
        "hundred",
        "half a",
        "this",
        "the",
        "as soon as",
        "from",
        "November",
        "May 5",
    ],
)
def test_find_times_stands_a_word_said_over_and_over(word: str) -> None:
    """No reader calls itself, and no number grows without end."""
    times(f"{word} " * 1200)


@given(st.text())
def test_find_times_never_raises(text: str) -> None:
    """On any text, with and without a date."""
    times(text)
    times(text, None)


@given(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.one_of(st.none(), st.dates()),
)
def test_find_times_gives_ordered_spans_and_well_formed_values(text: str, date: datetime.date | None) -> None:
    """Spans are slices of the text, in order, apart; values are TIMEX3; days are ISO days in order."""
    last = 0
    for time in times(text, date):
        assert time.text == text[time.start : time.end] != ""
        assert time.start >= last
        last = time.end
        assert time.value is None or VALUE.fullmatch(time.value), time.value
        days = [datetime.date.fromisoformat(day) for day in (time.begin, time.end_date) if day is not None]
        assert time.value is None or "/" in time.value or days == sorted(days)


@given(
    st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2090, 1, 1)),
    st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    st.sampled_from(["They met {}.", "They will meet {}.", "They met last {}.", "They must leave by {}.", "Talks: {}."]),
)
def test_find_times_shifts_weekdays_with_the_date(date: datetime.date, day: str, sentence: str) -> None:
    """Seven days later the same words mean seven days later."""
    (now,) = times(sentence.format(day), date)
    (later,) = times(sentence.format(day), date + datetime.timedelta(days=7))
    assert now.value is not None
    assert later.value is not None
    assert datetime.date.fromisoformat(later.value) - datetime.date.fromisoformat(now.value) == datetime.timedelta(days=7)
    assert datetime.date.fromisoformat(now.value).strftime("%A") == day
