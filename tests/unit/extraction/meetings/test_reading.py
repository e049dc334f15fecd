"""Which meetings are found in short invented statements, and which tellings are one, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.records import Meeting
from tests.readers import extract

Told = tuple[str, list[str], str | None, str | None, str]
"""Kind, participants, place, date and modality of a meeting."""

VARO, BREK = "Ilena Varo", "Tomas Brek"
DAY = "24 February 2031"
HELD = "2031-02-24"


def told(text: str) -> list[Told]:
    """Return what is found of the meetings of a text, with names for ids."""
    found = extract(text)
    names = {entity.id: entity.name for entity in found.entities}
    return [(m.type, [names[p] for p in m.participants], names.get(m.place or ""), m.date, m.modality) for m in found.meetings]


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (f"{VARO} met {BREK} in Vienna on {DAY}.", ("meeting", [VARO, BREK], "Vienna", HELD, "asserted")),
        (f"{BREK} and {VARO} will meet in Vienna in March.", ("meeting", [BREK, VARO], "Vienna", "2031-03", "planned")),
        (f"President {VARO} hosted Prime Minister {BREK} in Oslo.", ("meeting", [VARO, BREK], "Oslo", None, "asserted")),
        (f"{VARO} travelled to Oslo to meet {BREK}.", ("meeting", [VARO, BREK], "Oslo", None, "planned")),
        (
            f"{VARO} will be in Cairo on 3 March 2031 for talks with {BREK}.",
            ("talks", [BREK, VARO], "Cairo", "2031-03-03", "planned"),
        ),
        (
            f"Talks between Norway and Sweden in Geneva on fishing ended on {DAY}.",
            ("talks", ["Norway", "Sweden"], "Geneva", HELD, "asserted"),
        ),
        (
            f"The third round of talks between Norway and Sweden opened in Geneva on {DAY}.",
            ("talks", ["Norway", "Sweden"], "Geneva", HELD, "asserted"),
        ),
        (
            f"The UN Security Council held an emergency meeting on {DAY}.",
            ("meeting", ["United Nations Security Council"], None, HELD, "asserted"),
        ),
        ("The Lisbon Conference on Migration adopted a declaration.", ("summit", [], None, None, "asserted")),
        (
            f"The December 7 call between {VARO} and {BREK} lasted an hour.",
            ("call", [VARO, BREK], None, "2030-12-07", "asserted"),
        ),
        (f"The conversation {VARO} and {BREK} had in Rome was frank.", ("call", [VARO, BREK], "Rome", None, "asserted")),
        (f"Speaking at a news conference in Berlin, {VARO} said no.", ("press", [VARO], "Berlin", None, "asserted")),
        (f"{VARO}, speaking in Lima on {DAY}, said that it was over.", ("visit", [VARO], "Lima", HELD, "asserted")),
        (f"After a meeting with {BREK} in Bern, {VARO} left.", ("meeting", [BREK, VARO], "Bern", None, "asserted")),
        (f"A meeting between {VARO} and {BREK} in Rome was cancelled.", ("meeting", [VARO, BREK], "Rome", None, "negated")),
        (f"{VARO} called off a trip to London.", ("visit", [VARO], "London", None, "negated")),
        (f"{VARO} paid a visit to Ankara on {DAY}.", ("visit", [VARO], "Ankara", HELD, "asserted")),
        (
            f"Accompanied by {BREK}, {VARO} arrived in Tokyo on {DAY}.",
            ("visit", [VARO, BREK], "Tokyo", HELD, "asserted"),
        ),
        (
            f"Speaking to reporters in Madrid, {VARO} and {BREK} were brief.",
            ("press", [VARO, BREK, "reporters"], "Madrid", None, "asserted"),
        ),
    ],
)
def test_meetings_are_read_from_verbs_and_nouns(text: str, meeting: Told) -> None:
    assert told(text) == [meeting]


def test_meetings_of_one_sentence_have_each_their_own_place_and_day() -> None:
    assert told(f"{VARO} met {BREK} in Vienna on {DAY} and will meet him again in Oslo on 3 March 2031.") == [
        ("meeting", [VARO, BREK], "Vienna", HELD, "asserted"),
        ("meeting", [VARO, BREK], "Oslo", "2031-03-03", "planned"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Such talks are needed. Meetings like this are rare. Norway wants talks.",
        f"Did {VARO} meet {BREK} in Vienna?",
        f"President {VARO} received letters from {BREK}.",
        "The talks were useful.",
        f"{VARO} told reporters that the price of fish had risen.",
        f"{VARO} discussed the matter.",
    ],
)
def test_meetings_are_not_read_where_no_certain_one_is_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (
            f"Norway and Sweden will hold talks in Vienna on {DAY}. Norway and Sweden held talks in Vienna on {DAY}.",
            ("talks", ["Norway", "Sweden"], "Vienna", HELD, "asserted"),
        ),
        (
            f"{VARO} met {BREK} in Vienna. The meeting, held on {DAY}, lasted two hours.",
            ("meeting", [VARO, BREK], "Vienna", HELD, "asserted"),
        ),
        (
            f"{VARO} and {BREK} spoke by telephone on {DAY}. During the call they discussed trade. The conversation was frank.",
            ("call", [VARO, BREK], None, HELD, "asserted"),
        ),
        (
            f"{VARO} will meet {BREK} in Rome on {DAY}. The meeting was cancelled.",
            ("meeting", [VARO, BREK], "Rome", HELD, "negated"),
        ),
        (
            f'{VARO} met in Rome with advisers. "We met with the advisers of many states," {VARO} said.',
            ("meeting", [VARO, "advisers"], "Rome", None, "asserted"),
        ),
    ],
)
def test_meetings_told_again_are_one(text: str, meeting: Told) -> None:
    assert told(text) == [meeting]


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        (
            f"{VARO} met {BREK} in Vienna. Norway and Sweden held talks in Oslo.",
            [
                ("meeting", [VARO, BREK], "Vienna", None, "asserted"),
                ("talks", ["Norway", "Sweden"], "Oslo", None, "asserted"),
            ],
        ),
        (
            f"{VARO} met {BREK} in Vienna. {VARO} met {BREK} in Oslo.",
            [
                ("meeting", [VARO, BREK], "Vienna", None, "asserted"),
                ("meeting", [VARO, BREK], "Oslo", None, "asserted"),
            ],
        ),
        (
            f"Norway and Sweden held talks on {DAY}. Norway and Sweden held talks on 3 January 2031.",
            [
                ("talks", ["Norway", "Sweden"], None, HELD, "asserted"),
                ("talks", ["Norway", "Sweden"], None, "2031-01-03", "asserted"),
            ],
        ),
        (
            "Norway and Sweden held talks in Vienna. The next round will be held in Oslo on 3 March 2031.",
            [
                ("talks", ["Norway", "Sweden"], "Vienna", None, "asserted"),
                ("talks", ["Norway", "Sweden"], "Oslo", "2031-03-03", "planned"),
            ],
        ),
    ],
    ids=["others", "another place", "another day", "another round"],
)
def test_meetings_that_differ_stay_apart(text: str, meetings: list[Told]) -> None:
    assert told(text) == meetings


def test_meetings_a_transcript_is_the_record_of_are_read_from_its_heading() -> None:
    text = "JOINT PRESS CONFERENCE BY PRESIDENT VARO AND CHANCELLOR BREK\nBerlin, Germany\nPRESIDENT VARO: Thank you."
    assert told(text) == [("press", ["Varo", "Brek"], "Berlin", "2031-02-26", "asserted")]


def test_meetings_a_question_asks_about_are_those_of_who_answers() -> None:
    text = "QUESTION: Following your meeting today, is there hope?\nMINISTER VARO: There is.\nQUESTION: Thank you."
    assert told(text) == [("meeting", ["Varo"], None, "2031-02-26", "asserted")]


def test_meetings_have_a_purpose_and_the_words_they_were_read_from() -> None:
    text = f"Norway and Sweden held talks on fishing rights in Doha on {DAY}."
    (meeting,) = extract(text).meetings
    assert meeting == Meeting(
        type="talks",
        participants=meeting.participants,
        place=meeting.place,
        date=HELD,
        purpose="fishing rights",
        confidence=meeting.confidence,
        evidence=meeting.evidence,
    )
    assert meeting.evidence.text == text[meeting.evidence.start : meeting.evidence.end] == text.rstrip(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile received the refugees. Peru hosts migrants.", []),
        ("PRESS STATEMENT OF THE SECURITY COUNCIL ON CHAD\n\nThe members condemned the attack.", []),
        ("The envoy spoke about his country's seat in the Security Council, where its term ends on 31 December 2031.", []),
        (
            "The ASEAN Foreign Ministers' Retreat was held in Vientiane on 3 May 2029.",
            [("summit", ("id:organization/association-of-southeast-asian-nations",), "id:city/vientiane", "2029-05-03")],
        ),
        (
            "Call with President Anna Lund\n\nPresident Paul Otieno had a call with President Anna Lund.",
            [("call", ("id:person/anna-lund", "id:person/paul-otieno"), None, "2031-02-26")],
        ),
        (
            "Minister Anna Lund held talks with Minister Paul Otieno. They hoped that the Geneva talks would bring peace.",
            [("talks", ("id:person/anna-lund", "id:person/paul-otieno"), None, None), ("talks", (), "id:city/geneva", None)],
        ),
    ],
    ids=["sheltered", "issued by a body", "elsewhere", "owned by ministers", "that of the heading", "named by another place"],
)
def test_meetings_of_communiques_and_readouts(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(m.type, m.participants, m.place, m.date) for m in extract(text).meetings] == expected
