"""Who holds which office, of what, from when to when, and whom its holder represents."""

from __future__ import annotations

import pytest

from tests.readers import Row, relations_of

ROLES = ("holdsRole", "representative-of")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norwegian Foreign Minister Elena Marsh arrived in Lima on Monday.",
            {("Elena Marsh", "holdsRole", "Norwegian Foreign Minister", "of Norway")},
        ),
        (
            "Elena Marsh, the foreign minister of Norway, spoke first.",
            {("Elena Marsh", "holdsRole", "foreign minister of Norway", "of Norway")},
        ),
        (
            "President Elena Marsh of Peru said that the treaty was signed.",
            {("Elena Marsh", "holdsRole", "President", "of Peru"), ("Elena Marsh", "representative-of", "Peru")},
        ),
        (
            "Elena Marsh is the Norwegian ambassador to Chad.",
            {
                ("Elena Marsh", "holdsRole", "Norwegian ambassador to Chad", "of Norway"),
                ("Elena Marsh", "representative-of", "Norway"),
            },
        ),
        (
            "Elena Marsh, spokesperson for the United Nations, spoke.",
            {
                ("Elena Marsh", "holdsRole", "spokesperson for the United Nations", "of United Nations"),
                ("Elena Marsh", "representative-of", "United Nations"),
            },
        ),
    ],
)
def test_read_roles_says_what_an_office_is_of_and_whom_it_represents(text: str, expected: set[Row]) -> None:
    assert relations_of(text, *ROLES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Elena Marsh, who was president of Peru from 1990 to 1995, wrote to the council.",
            ("Elena Marsh", "holdsRole", "president of Peru", "of Peru", "from 1990", "to 1995"),
        ),
        (
            "Elena Marsh has been Peru's envoy to Chad since March 2029.",
            ("Elena Marsh", "holdsRole", "Peru's envoy to Chad", "of Peru", "from 2029-03"),
        ),
        (
            "Elena Marsh served as Peru's ambassador until 2019.",
            ("Elena Marsh", "holdsRole", "Peru's ambassador", "of Peru", "to 2019"),
        ),
        (
            "Peru named Elena Marsh as its chief negotiator in 2028.",
            ("Elena Marsh", "holdsRole", "chief negotiator", "of Peru", "from 2028"),
        ),
        (
            "Elena Marsh was sworn in as president of Chad on 3 February.",
            ("Elena Marsh", "holdsRole", "president of Chad", "of Chad", "from 2031-02-03"),
        ),
        (
            "Elena Marsh resigned as foreign minister of Peru on Friday.",
            ("Elena Marsh", "holdsRole", "foreign minister of Peru", "of Peru", "to 2031-02-21"),
        ),
        (
            "Elena Marsh stepped down as finance minister.",
            ("Elena Marsh", "holdsRole", "former finance minister"),
        ),
    ],
)
def test_read_roles_says_from_when_to_when_an_office_is_held(text: str, expected: Row) -> None:
    assert relations_of(text, "holdsRole") == {expected}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Elena Marsh may become prime minister.", "possible"),
        ("Elena Marsh will be appointed ambassador.", "planned"),
        ("Elena Marsh was not appointed ambassador.", "negated"),
    ],
)
def test_read_roles_keeps_how_firmly_an_office_is_given(text: str, modality: str) -> None:
    ((_, _, _, found),) = relations_of(text, "holdsRole")
    assert found == modality


def test_read_roles_lets_who_was_in_office_before_represent_nobody() -> None:
    text = "Former Peruvian President Elena Marsh met Tomas Brek, the president of Chad, in Lima."
    assert relations_of(text, "representative-of") == {("Tomas Brek", "representative-of", "Chad")}
    assert ("Elena Marsh", "holdsRole", "Former Peruvian President", "of Peru") in relations_of(text, "holdsRole")


def test_read_roles_lets_a_head_of_state_represent_it_only_where_one_acts() -> None:
    text = "Chadian President Ana Diaz met Tomas Brek in Lima. She had read the letter of Peruvian President Elena Marsh."
    assert relations_of(text, "representative-of") == {("Ana Diaz", "representative-of", "Chad")}


def test_read_roles_lets_no_deputy_represent_the_state() -> None:
    assert relations_of("Elena Marsh, deputy prime minister of Peru, spoke.", "representative-of") == set()


def test_read_roles_says_whom_those_represent_who_are_called_by_their_office_alone() -> None:
    assert relations_of("Peru's ambassador walked out before the prime minister of Chad spoke.", "representative-of") == {
        ("Peru's ambassador", "representative-of", "Peru"),
        ("prime minister of Chad", "representative-of", "Chad"),
    }


@pytest.mark.parametrize(
    "text", ["Elena Marsh, who heads the African Union, spoke.", "The African Union, led by Elena Marsh, said no."]
)
def test_read_roles_lets_the_body_stand_for_the_office_at_its_head(text: str) -> None:
    assert relations_of(text, *ROLES, "memberOf") == {
        ("Elena Marsh", "holdsRole", "African Union"),
        ("Elena Marsh", "memberOf", "African Union"),
    }


def test_read_roles_puts_nobody_at_the_head_of_what_only_a_part_is_led_of() -> None:
    text = "Elena Marsh replaced Tomas Brek as head of the United Nations mission in Chad."
    assert relations_of(text, "holdsRole") == {
        ("Elena Marsh", "holdsRole", "head of the United Nations mission in Chad", "of United Nations")
    }


def test_read_roles_knows_the_state_in_the_label_of_a_turn() -> None:
    text = (
        "President of Peru Elena Marsh: We met today in Lima. It was useful.\nPresident of Chad Tomas Brek: Thank you. I agree."
    )
    assert relations_of(text, "representative-of") == {
        ("Elena Marsh", "representative-of", "Peru"),
        ("Tomas Brek", "representative-of", "Chad"),
    }


def test_roles_of_two_persons_stay_apart() -> None:
    found = relations_of("President Tomas Brek of Norway and Premier Anna Lund of Iceland left.", "holdsRole")
    assert {(row[0], row[2]) for row in found} == {("Tomas Brek", "President"), ("Anna Lund", "Premier")}
