"""Whom "the Minister", "the President of Chile" and their like speak of, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.records import Entity
from tests.readers import extract


def persons(text: str) -> dict[str, list[str]]:
    """Return the words that stand for each person, by the person's name."""
    return {entity.name: _described(entity) for entity in extract(text, date="1966-05-04").entities if entity.type == "Person"}


def _described(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions if mention.kind == "nominal"]


VISIT = (
    "At the invitation of the President of Chile, Mr. Aldo Renz, the President of Gabon, Mr. Paul Ossima, paid a state visit to Chile "
    "from March 3 to March 6, 1966."
)


def test_title_goes_with_the_name_behind_its_comma() -> None:
    roles = {entity.name: entity.roles for entity in extract(VISIT).entities if entity.type == "Person"}
    assert roles == {"Aldo Renz": ("President of Chile",), "Paul Ossima": ("President of Gabon",)}


def test_guest_and_not_the_host_pays_the_visit() -> None:
    found = extract(VISIT)
    assert [(m.type, m.participants, m.place, m.date) for m in found.meetings] == [
        ("visit", ("id:person/paul-ossima",), "id:country/chile", "1966-03-03/1966-03-06")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{VISIT} The President visited a port. The President of Chile explained his policy. The President thanked him.",
            {"Aldo Renz": ["The President of Chile"], "Paul Ossima": ["The President", "The President"]},
        ),
        (
            "President Ilena Varo of Norway met President Karl Moss of Finland. The Norwegian president left.",
            {"Ilena Varo": ["The Norwegian president"], "Karl Moss": []},
        ),
        (
            "The Prime Minister of Togo, Mrs. Ama Koffi, received the Minister for Trade of Ghana, Mr. Kojo Asante. The Minister left. "
            "The Prime Minister stayed.",
            {"Ama Koffi": ["The Prime Minister"], "Kojo Asante": ["The Minister"]},
        ),
        (
            "The Minister for Trade of Ghana, Mr. Kojo Asante, arrived. The Minister met the Minister of Transport, Mr. Yaw Darko. "
            "The Minister left.",
            {"Kojo Asante": ["The Minister", "The Minister"], "Yaw Darko": []},
        ),
        (
            "President Ilena Varo spoke. The President invited President Karl Moss to Oslo.",
            {"Ilena Varo": ["The President"], "Karl Moss": []},
        ),
        (
            "The Special Envoy of the Secretary-General, Adam Diop, spoke. The Secretary left.",
            {"Adam Diop": [], "Secretary": ["The Secretary"]},
        ),
    ],
    ids=[
        "of which state",
        "by an adjective",
        "no prime minister",
        "called so before",
        "not the one she invites",
        "not whom he serves",
    ],
)
def test_office_speaks_of_its_holder(text: str, expected: dict[str, list[str]]) -> None:
    assert persons(text) == expected


def test_office_of_another_state_speaks_of_nobody_named() -> None:
    found = persons("President Aldo Renz of Chile spoke. The President of Gabon was absent.")
    assert found["Aldo Renz"] == []


def test_titles_of_two_persons_are_parted_at_and() -> None:
    found = extract("The Premier of Norway and King Olaf met in Bergen.")
    assert {e.name: e.roles for e in found.entities if e.named and e.type == "Person"} == {
        "Premier of Norway": (),
        "Olaf": ("King",),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("H.E. Tomas Brek, Minister of Foreign Affairs of Norway, spoke.", ["Tomas Brek"]),
        ("The Minister of Foreign Affairs, Mr. Tomas Brek, spoke.", ["Tomas Brek"]),
    ],
)
def test_forms_of_address_and_portfolios_are_no_names(text: str, names: list[str]) -> None:
    assert [entity.name for entity in extract(text).entities if entity.type == "Person"] == names


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("The United Republic of Tanzania abstained.", "Tanzania", "United Republic of Tanzania"),
        ("The Republic of Slovenia abstained.", "Slovenia", "Republic of Slovenia"),
        ("The United Arab Republic abstained.", "United Arab Republic", "United Arab Republic"),
        ("Ceylon abstained.", "Sri Lanka", "Ceylon"),
    ],
)
def test_formal_and_former_names_are_those_of_states(text: str, name: str, alias: str) -> None:
    assert [(entity.type, entity.name, entity.aliases) for entity in extract(text).entities] == [("Country", name, (alias,))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The President informed his host of the talks on the border.", "his host"),
        ("The visit of the Norwegian Premier to Moscow was postponed.", "the Norwegian Premier"),
        ("The Council heard the Norwegian ambassador to Chile.", "the Norwegian ambassador to Chile"),
        ("The Council thanked the Norwegian government as chair of the group.", "the Norwegian government"),
    ],
)
def test_description_ends_where_something_else_is_said(text: str, words: str) -> None:
    assert words in [mention.text for entity in extract(text).entities for mention in entity.mentions]
