"""Time expressions found in short texts, by the words alone."""

from __future__ import annotations

import pytest

from kg.records import TimeExpression
from tests.times import found, times


@pytest.mark.parametrize(
    ("text", "words", "value", "role"),
    [
        # Absolute dates.
        ("They signed on November 23, 2025 in Ostrava.", "November 23, 2025", "2025-11-23", "when"),
        ("The note of 23 November 2025 stands.", "23 November 2025", "2025-11-23", "when"),
        ("Envoys arrived on Nov. 3 by train.", "Nov. 3", "2025-11-03", "when"),
        ("It fell on the 23rd of November.", "the 23rd of November", "2025-11-23", "when"),
        ("See the record of 2025-11-23 for more.", "2025-11-23", "2025-11-23", "when"),
        ("The visa ran from 11/05/2024.", "11/05/2024", "2024-11-05", "when"),
        ("Filed on 23.11.2024 in Brno.", "23.11.2024", "2024-11-23", "when"),
        ("Thursday, November 27, 2025 was chosen.", "Thursday, November 27, 2025", "2025-11-27", "when"),
        ("They were to meet on December 7 in Lodz.", "December 7", "2025-12-07", "when"),
        ("They met on December 7 in Lodz.", "December 7", "2024-12-07", "when"),
        ("They will meet on May 9 in Lodz.", "May 9", "2026-05-09", "when"),
        ("They are also to be held on January 13.", "January 13", "2026-01-13", "when"),
        ("They set the talks for November 20.", "November 20", "2025-11-20", "when"),
        ("They met on March 9 in Lodz.", "March 9", "2025-03-09", "when"),
        ("They met on the first of May.", "the first of May", "2025-05-01", "when"),
        # Months, years and longer.
        ("Talks opened in November 2025.", "November 2025", "2025-11", "when"),
        ("Talks opened in October.", "October", "2025-10", "when"),
        ("Talks will open in May.", "May", "2026-05", "when"),
        ("Talks collapsed last March.", "last March", "2025-03", "when"),
        ("The pact was signed in 2014.", "2014", "2014", "when"),
        ("The 2014 annexation was condemned.", "2014", "2014", "when"),
        ("The accord (2019) lapsed long before.", "2019", "2019", "when"),
        ("Trade grew during the 1990s.", "the 1990s", "199", "when"),
        ("Trade grew during the '90s.", "the '90s", "199", "when"),
        ("Trade grew in the nineties.", "the nineties", "199", "when"),
        ("It began in early 2024.", "early 2024", "2024", "when"),
        ("It is planned for mid-2026.", "mid-2026", "2026", "when"),
        ("It shapes the 21st century.", "the 21st century", "20", "when"),
        ("It opens in the first quarter of 2026.", "the first quarter of 2026", "2026-Q1", "when"),
        ("It grew in the second half of 2024.", "the second half of 2024", "2024-H2", "when"),
        ("Both sides met in the summer of 2024.", "the summer of 2024", "2024-SU", "when"),
        ("The wall came down in the fall of 1989.", "the fall of 1989", "1989-FA", "when"),
        ("They met at the end of the year 2020.", "the end of the year 2020", "2020", "when"),
        # Ranges.
        ("They will meet on January 9–10 in Riga.", "January 9–10", "2026-01-09/2026-01-10", "when"),
        ("They will meet from January 9 to 10 in Riga.", "from January 9 to 10", "2026-01-09/2026-01-10", "when"),
        ("The round of 9-10 January 2022 failed.", "9-10 January 2022", "2022-01-09/2022-01-10", "when"),
        ("Open January 30 – February 2, 2022.", "January 30 – February 2, 2022", "2022-01-30/2022-02-02", "when"),
        ("Open December 30 to January 2, 2022.", "December 30 to January 2, 2022", "2021-12-30/2022-01-02", "when"),
        ("They will sit from Monday to Wednesday.", "from Monday to Wednesday", "2025-11-24/2025-11-26", "when"),
        ("He served between 2009 and 2011.", "between 2009 and 2011", "2009/2011", "when"),
        ("He served in 2014-16.", "2014-16", "2014/2016", "when"),
        (
            "They met from 9 a.m. to 5 p.m. on Monday.",
            "from 9 a.m. to 5 p.m. on Monday",
            "2025-11-17T09:00/2025-11-17T17:00",
            "when",
        ),
        # Weekdays.
        ("They met Saturday in Turin.", "Saturday", "2025-11-22", "when"),
        ("They met Sunday in Turin.", "Sunday", "2025-11-23", "when"),
        ("They will meet Thursday in Turin.", "Thursday", "2025-11-27", "when"),
        ("They met last Friday in Turin.", "last Friday", "2025-11-21", "when"),
        ("They will meet next Monday in Turin.", "next Monday", "2025-11-24", "when"),
        ("They will meet this Friday in Turin.", "this Friday", "2025-11-28", "when"),
        ("They will meet on Monday of next week.", "Monday of next week", "2025-11-24", "when"),
        ("They were scheduled to meet on Friday.", "Friday", "2025-11-28", "when"),
        ("They spoke on Friday night.", "Friday night", "2025-11-21TNI", "when"),
        ("Shelling went on over the weekend.", "the weekend", "2025-W47-WE", "when"),
        # Days and units from now.
        ("He spoke today.", "today", "2025-11-23", "when"),
        ("He spoke yesterday.", "yesterday", "2025-11-22", "when"),
        ("He will speak tomorrow morning.", "tomorrow morning", "2025-11-24TMO", "when"),
        ("He will speak tonight.", "tonight", "2025-11-23TNI", "when"),
        ("He spoke last night.", "last night", "2025-11-22TNI", "when"),
        ("He spoke the day before yesterday.", "the day before yesterday", "2025-11-21", "when"),
        ("It happened this week.", "this week", "2025-W47", "when"),
        ("It happened last week.", "last week", "2025-W46", "when"),
        ("It will happen next month.", "next month", "2025-12", "when"),
        ("It will happen later this year.", "later this year", "2025", "when"),
        ("They hope to agree by late November.", "late November", "2025-11", "deadline"),
        ("It began almost three weeks ago.", "almost three weeks ago", "2025-W44", "when"),
        ("It began two days ago.", "two days ago", "2025-11-21", "when"),
        ("It began ten months ago.", "ten months ago", "2025-01", "when"),
        ("It began a decade ago.", "a decade ago", "2015", "when"),
        ("It began years ago.", "years ago", "PAST_REF", "when"),
        ("It will end three days from now.", "three days from now", "2025-11-26", "when"),
        ("It will end a week from Monday.", "a week from Monday", "2025-12-01", "when"),
        ("They will leave in three weeks.", "three weeks", "2025-W50", "when"),
        ("We are ready now.", "now", "PRESENT_REF", "when"),
        ("We are currently ready.", "currently", "PRESENT_REF", "when"),
        ("We will be ready soon.", "soon", "FUTURE_REF", "when"),
        ("We were recently ready.", "recently", "PAST_REF", "when"),
        # Durations.
        ("The truce lasted three weeks.", "three weeks", "P3W", "duration"),
        ("The truce will last three weeks.", "three weeks", "P3W", "duration"),
        ("He stayed for 10 months.", "10 months", "P10M", "duration"),
        ("He stayed for a decade.", "a decade", "P10Y", "duration"),
        ("He stayed for several days.", "several days", "PXD", "duration"),
        ("He stayed for two and a half years.", "two and a half years", "P2.5Y", "duration"),
        ("He stayed for half an hour.", "half an hour", "PT0.5H", "duration"),
        ("He stayed for weeks.", "weeks", "PXW", "duration"),
        ("It is a fifty-year lease.", "fifty-year", "P50Y", "duration"),
        ("Contacts grew over the past several days.", "the past several days", "PXD", "duration"),
        ("It will be clear in the coming weeks.", "the coming weeks", "PXW", "when"),
        ("It will hold for the next 48 hours.", "the next 48 hours", "PT48H", "duration"),
        ("The truce was extended by three weeks.", "three weeks", "P3W", "duration"),
        # Since and until.
        ("It has held since 2014.", "2014", "2014", "since"),
        ("It will hold from Monday on.", "Monday", "2025-11-24", "since"),
        ("It will hold until Friday.", "Friday", "2025-11-28", "until"),
        ("The last week of March was quiet.", "March", "2025-03", "when"),
        ("It held until the end of October.", "the end of October", "2025-10-31", "until"),
        # Sets.
        ("They meet every Monday.", "every Monday", "XXXX-WXX-1", "frequency"),
        ("They meet on Mondays.", "Mondays", "XXXX-WXX-1", "frequency"),
        ("They meet daily.", "daily", "P1D", "frequency"),
        ("They meet twice a year.", "twice a year", "P1Y", "frequency"),
        ("They meet every two weeks.", "every two weeks", "P2W", "frequency"),
        ("It costs $5 billion a year.", "a year", "P1Y", "frequency"),
        # Times of day.
        ("They will meet at 3 p.m. on Friday.", "3 p.m. on Friday", "2025-11-28T15:00", "when"),
        ("They will meet on Friday at 10:30 a.m. in Gdynia.", "Friday at 10:30 a.m.", "2025-11-28T10:30", "when"),
        ("It landed at 18:00 UTC.", "18:00 UTC", "2025-11-23T18:00Z", "when"),
        ("The crash came at 8 p.m. local time on August 27.", "8 p.m. local time on August 27", "2025-08-27T20:00", "when"),
        # Holidays.
        ("They will be home at Christmas.", "Christmas", "2025-12-25", "when"),
        ("They will be home on New Year's Day.", "New Year's Day", "2026-01-01", "when"),
        ("They will be home on Thanksgiving.", "Thanksgiving", "2025-11-27", "when"),
        ("They were home on Easter Monday 2024.", "Easter Monday 2024", "2024-04-01", "when"),
        # Years counted from now, fiscal years, editions, compounds.
        ("They signed it in September of last year.", "September of last year", "2024-09", "when"),
        ("They will vote on 4 May next year.", "4 May next year", "2026-05-04", "when"),
        ("Sales fell in fiscal 2024.", "fiscal 2024", "FY2024", "when"),
        ("Aid doubles in the 2026-27 budget.", "2026-27", "2026/2027", "when"),
        ("Aid doubles in the financial year 2026-27.", "the financial year 2026-27", "FY2027", "when"),
        ("Aid doubles by FY26.", "FY26", "FY2026", "deadline"),
        ("Aid doubles this fiscal year.", "this fiscal year", "FY2025", "when"),
        ("Aid doubled at the very start of the fiscal year.", "the very start of the fiscal year", "FY2025", "when"),
        ("They spoke at the Ostrava Forum 2019.", "2019", "2019", "when"),
        ("They spoke at OSCF 2019.", "2019", "2019", "when"),
        ("It was signed (Brno 1997) and kept.", "1997", "1997", "when"),
        ("The treaty held from 1598 to 1622.", "from 1598 to 1622", "1598/1622", "when"),
        ("The 1829 ban was lifted.", "1829", "1829", "when"),
        ("It grew in the 2000s.", "the 2000s", "200", "when"),
        ("See the winter of 2008-09.", "the winter of 2008-09", "2008-WI", "when"),
        ("See the record of 2025/11/23 for more.", "2025/11/23", "2025-11-23", "when"),
        ("See the record of 11-23-2025 for more.", "11-23-2025", "2025-11-23", "when"),
        # Quarters and halves lie where the verb looks.
        ("Exports fell in the fourth quarter.", "the fourth quarter", "2025-Q4", "when"),
        ("Exports fell in the last quarter.", "the last quarter", "2025-Q3", "when"),
        ("Exports will fall in the first quarter.", "the first quarter", "2026-Q1", "when"),
        ("Exports fell in the first half of the year.", "the first half of the year", "2025-H1", "when"),
        ("Exports fell in the first six months of the year.", "the first six months of the year", "P6M", "duration"),
        ("Exports rose on the same period last year.", "the same period last year", "2024", "when"),
        ("Exports were higher a year earlier.", "a year earlier", "2024", "when"),
        # A range that has begun.
        ("It will run from 20 November to 1 December.", "from 20 November to 1 December", "2025-11-20/2025-12-01", "when"),
        # Vague ones.
        ("They will meet at a later date.", "a later date", "FUTURE_REF", "when"),
        ("More recently, they met.", "More recently", "PAST_REF", "when"),
        ("They left for an indefinite period of time.", "an indefinite period of time", "PXD", "duration"),
        ("They left a long time ago.", "a long time ago", "PAST_REF", "when"),
        ("It could take a year or more.", "a year or more", "P1Y", "duration"),
        ("It grew over the years.", "the years", "PXY", "duration"),
        ("It came three days later than planned.", "three days", "P3D", "duration"),
        ("It is just one year old history, after one year.", "one year", "P1Y", "duration"),
        ("They build two a month.", "a month", "P1M", "frequency"),
        ("They meet twice weekly.", "twice weekly", "P1W", "frequency"),
        ("They meet every Friday afternoon.", "every Friday afternoon", "XXXX-WXX-5TAF", "frequency"),
        ("It landed at 6:40 p.m. (GMT +8) in Gdynia.", "6:40 p.m. (GMT +8)", "2025-11-23T18:40+08:00", "when"),
        ("They will meet at six o'clock on Friday.", "six o'clock on Friday", "2025-11-28T06:00", "when"),
        ("They spoke earlier in the day.", "earlier in the day", "2025-11-23", "when"),
        ("They hope to agree by year end.", "year end", "2025-12-31", "deadline"),
        # Deadlines.
        ("They hope to agree by Thursday.", "Thursday", "2025-11-27", "deadline"),
        ("They hope to agree by the end of November.", "the end of November", "2025-11-30", "deadline"),
        ("They hope to agree by year-end.", "year-end", "2025-12-31", "deadline"),
        ("It must be paid no later than 30 June 2026.", "30 June 2026", "2026-06-30", "deadline"),
        ("It must be paid before the end of the year.", "the end of the year", "2025-12-31", "deadline"),
        ("It must be paid within 48 hours.", "48 hours", "PT48H", "deadline"),
        ("They hope that it will be extended beyond 19 December.", "19 December", "2025-12-19", "deadline"),
        ("Nobody will look beyond 19 December.", "19 December", "2025-12-19", "when"),
        ("They agreed to extend the plan beyond 2027.", "2027", "2027", "deadline"),
        ("The talks will not open before May.", "May", "2026-05", "when"),
        ("The reply is due on Friday.", "Friday", "2025-11-28", "deadline"),
        ("The mandate expires on 22 June.", "22 June", "2026-06-22", "deadline"),
        ("They set the expiry of the mandate on 22 June 2024.", "22 June 2024", "2024-06-22", "deadline"),
        ("A deadline of December 1 was set.", "December 1", "2025-12-01", "deadline"),
        ("The deadline is Friday.", "Friday", "2025-11-28", "deadline"),
        ("The deadline was moved to Friday.", "Friday", "2025-11-28", "deadline"),
        ("The Friday deadline stands.", "Friday", "2025-11-28", "deadline"),
        ("You have until Friday to reply.", "Friday", "2025-11-28", "deadline"),
        ("She gave them until Friday.", "Friday", "2025-11-28", "deadline"),
        ("They must prepare for January 3.", "January 3", "2026-01-03", "deadline"),
        ("They looked forward to the report by 1 December.", "1 December", "2025-12-01", "deadline"),
        ("They left by 1 November.", "1 November", "2025-11-01", "when"),
        ("Let it end as soon as possible.", "as soon as possible", None, "deadline"),
        ("They will meet as soon as it is appropriate.", "as soon as it is appropriate", None, "deadline"),
        ("They will meet on Friday at the latest.", "Friday", "2025-11-28", "deadline"),
    ],
)
def test_find_times_reads_one_expression(text: str, words: str, value: str | None, role: str) -> None:
    """The span, value and role of the only expression in a sentence said on Sunday 23 November 2025."""
    assert found(text) == [(words, value, role)]


@pytest.mark.parametrize(
    "text",
    [
        "You may march on the palace.",
        "It had 2,014 troops, 26 to 28 points and $2014.",
        "The second round and the first minister fell.",
        "They saw the fall of Kabul.",
        "Resolution 1973 stands beside Article 2021.",
        "A 25-year-old clerk, 40 years old, took part.",
        "The Sunday Times wrote of it.",
        "It was, at the end of the day, a day of mourning.",
        "Now, let me say one thing.",
        "He walked in her sixties.",
        "It is no use now that it is over.",
        "They counted 2000 soldiers.",
        "The score was 3:16.",
        "Theirs was a last-minute plea.",
        "The now-defunct council opposed the soon-to-open bridge.",
        "They flew KC-30s.",
        "They remember Black Monday.",
    ],
)
def test_find_times_leaves_other_words_alone(text: str) -> None:
    """Words of time that name none here."""
    assert found(text) == []


def test_find_times_gives_the_days_covered() -> None:
    """Both ends for "when", the last day for limits, the first one for "since"."""
    text = "They met in October 2025 and must end by November 30. It has held since 2014. It will hold until Friday."
    assert [(time.begin, time.end_date) for time in times(text)] == [
        ("2025-10-01", "2025-10-31"),
        (None, "2025-11-30"),
        ("2014-01-01", None),
        (None, "2025-11-28"),
    ]


def test_find_times_returns_whole_records() -> None:
    """Offsets count characters of the text."""
    assert times("Élan: they met Friday.") == (
        TimeExpression(
            start=15, end=21, text="Friday", value="2025-11-21", begin="2025-11-21", end_date="2025-11-21", role="when"
        ),
    )


def test_find_times_takes_a_day_for_the_deadline_that_the_sentence_before_names() -> None:
    """ "It" is the deadline where one has just been spoken of, and only there."""
    assert found("There is a deadline. We would love it to be Thursday.")[-1] == ("Thursday", "2025-11-27", "deadline")
    assert found("There is a meeting. We would love it to be Thursday.")[-1] == ("Thursday", "2025-11-27", "when")


def test_find_times_reads_between_now_and_a_day_as_a_limit() -> None:
    """A plan or a duty makes the limit a deadline."""
    assert found("What goes on between now and January 3?") == [
        ("now", "PRESENT_REF", "when"),
        ("January 3", "2026-01-03", "until"),
    ]
    assert found("We must act between now and January 3.")[-1] == ("January 3", "2026-01-03", "deadline")


def test_find_times_makes_no_range_of_a_day_that_is_moved() -> None:
    """From one day to another: two days, not the days between."""
    assert [words for words, _, _ in found("The talks were postponed from Monday to Wednesday.")] == ["Monday", "Wednesday"]


def test_find_times_counts_from_the_day_last_mentioned() -> None:
    """The day after the one that the text spoke of."""
    assert found("They met on 3 May 2024. The next day they left, and two weeks later they were back.") == [
        ("3 May 2024", "2024-05-03", "when"),
        ("The next day", "2024-05-04", "when"),
        ("two weeks later", "2024-W20", "when"),
    ]


def test_find_times_gives_a_time_of_day_the_day_of_its_sentence() -> None:
    """Before or behind it; the day of speaking where there is none."""
    assert found("At noon they met, on 3 May 2024. At noon they left.") == [
        ("noon", "2024-05-03T12:00", "when"),
        ("3 May 2024", "2024-05-03", "when"),
        ("noon", "2025-11-23T12:00", "when"),
    ]


def test_find_times_leaves_relative_times_without_value_when_no_date_is_known() -> None:
    """Durations, sets and full dates keep theirs."""
    assert found("They met Friday, last week and on May 3, 2024 for two days, and meet daily until May 9.", None) == [
        ("Friday", None, "when"),
        ("last week", None, "when"),
        ("May 3, 2024", "2024-05-03", "when"),
        ("two days", "P2D", "duration"),
        ("daily", "P1D", "frequency"),
        ("May 9", None, "until"),
    ]


def test_find_times_gives_a_date_the_year_that_its_sentence_told() -> None:
    """Of what is past, and in that sentence only."""
    assert [value for _, value, _ in found("He came in January 2021 and left in June. She left in June.")] == [
        "2021-01",
        "2021-06",
        "2025-06",
    ]


def test_find_times_knows_a_date_again() -> None:
    """A date without a year is the day that the text has given to it before, unless the verb looks elsewhere."""
    text = "The talks will be held on 5 March. A dinner planned for 5 March was cut. They also met on 5 March."
    assert [value for _, value, _ in found(text)] == ["2026-03-05"] * 3
    assert [value for _, value, _ in found("They met on 5 March. They will meet on 5 March.")] == ["2025-03-05", "2026-03-05"]


def test_find_times_counts_no_week_from_a_year() -> None:
    """What was told last must be no longer than what is counted from it."""
    text = "It was the worst since 1987. The previous week was calm, and two weeks later all was over."
    assert [value for _, value, _ in found(text)] == ["1987", "2025-W46", "2025-W48"]


def test_find_times_reads_a_year_at_the_end_of_its_line() -> None:
    """What stands on the next line is not counted by it, and a name there is not its event."""
    assert found("Envoys meet\nMay 9, 2024\nAircraft were seized.") == [("May 9, 2024", "2024-05-09", "when")]
    assert found("At the Oslo Summit 2024\nMay 9, 2024") == [("2024", "2024", "when"), ("May 9, 2024", "2024-05-09", "when")]


def test_find_times_takes_as_of_for_no_old_story() -> None:
    """ "As of" speaks from now, though the sentence has named an old year."""
    assert [value for _, value, _ in found("It was founded in 2003 and as of October it held half.")] == ["2003", "2025-10"]


def test_find_times_takes_no_past_day_for_a_deadline() -> None:
    """What was reached by a day that is over had no deadline in it."""
    assert found("By the end of 2014 the rebels held the town.") == [("the end of 2014", "2014", "when")]
