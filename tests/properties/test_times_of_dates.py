"""A date means the same day however it is written, wherever it stands, and on whatever day it is said."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.times import find_times
from tests.times import english

DATES = st.dates(min_value=datetime.date(1800, 1, 1), max_value=datetime.date(2199, 12, 31))
DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31))
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def written(day: datetime.date) -> list[str]:
    """Return the usual ways to write a day with its year."""
    ordinal = f"{day.day}{ENDINGS.get(day.day, 'th')}"
    month, short = f"{day:%B}", f"{day:%b}" if day.month != 5 else "May"
    return [
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day} {day.year}",
        f"{month} {ordinal}, {day.year}",
        f"{short}{'.' if day.month != 5 else ''} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day:02d} {short} {day.year}",
        f"the {ordinal} of {month} {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {month} {day.year}",
        f"{day.isoformat()}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.month:02d}/{day.day:02d}/{day.year}",
    ]


@settings(deadline=None)
@given(DATES, st.integers(0, 11), st.sampled_from(["They met on {}.", "The accord ({}) holds", "On {}, they left.", "{}"]), DAYS)
def test_find_times_reads_any_date_in_any_usual_form(day: datetime.date, form: int, sentence: str, now: datetime.date) -> None:
    """Its whole words, its ISO day, and nothing else."""
    words = written(day)[form]
    text = sentence.format(words)
    (time,) = find_times(english()(text), date=now)
    assert (time.text, time.value, time.begin, time.end_date) == (words, day.isoformat(), day.isoformat(), day.isoformat())
    assert time.start == text.index(words)


@settings(deadline=None)
@given(DAYS, st.integers(0, 3), st.sampled_from(["week", "month", "year", "day"]), st.integers(1, 40))
def test_find_times_gives_the_unit_that_holds_the_day_counted_to(now: datetime.date, before: int, unit: str, number: int) -> None:
    """So many units ago: a stretch that holds the day that many units back, whatever words of nearness stand before it."""
    nearness = ("", "about ", "almost ", "more than ")[before]
    words = f"{nearness}{number} {unit}{'' if number == 1 else 's'} ago"
    (time,) = find_times(english()(f"They met {words}."), date=now)
    days = {"day": number, "week": 7 * number}.get(unit)
    assert time.text == words
    assert time.begin is not None
    assert time.end_date is not None
    if days is not None:
        assert time.begin <= (now - datetime.timedelta(days=days)).isoformat() <= time.end_date
    elif unit == "year":
        assert time.value == f"{now.year - number}"
    else:
        index = now.year * 12 + now.month - 1 - number
        assert time.value == f"{index // 12}-{index % 12 + 1:02d}"


@settings(deadline=None)
@given(DAYS, DATES, st.text(alphabet=st.sampled_from("Envoys left the hall. \n'\"()–,;é"), max_size=40))
def test_find_times_finds_what_stands_behind_other_words(now: datetime.date, day: datetime.date, other: str) -> None:
    """Words without a time do not change the one behind them, but move it."""
    text = f"{other}\n\nThey met on {written(day)[0]}."
    times = find_times(english()(text), date=now)
    assert [(time.text, time.value, time.start) for time in times] == [(written(day)[0], day.isoformat(), text.rindex("on ") + 3)]
