"""Whom "both sides", "the two presidents" and "they" speak of, with the shipped pipeline."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from spacy.language import Language

from kg.language.analysis import analyse
from kg.language.gazetteer import load_gazetteer
from kg.language.load import load_pipeline
from kg.records import Document


@cache
def pipeline() -> Language:
    return load_pipeline(None)


def members(text: str) -> dict[str, list[str]]:
    """Return the members of each group by the words that stand for it; a group whose members are not fixed has none."""
    analysis = analyse(Document(id="any", text=text), pipeline(), gazetteer=load_gazetteer(()))
    names = {entity.id: entity.name for entity in analysis.entities}
    return {
        mention.text: [names[member] for member in analysis.members.get(entity.id, ())]
        for entity in analysis.entities
        if entity.type == "Group"
        for mention in entity.mentions
    }


PRESIDENTS = "President Lena Holt of Norway met President Karl Moss of Finland in Oslo."
HOLT, MOSS = "Lena Holt", "Karl Moss"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (f"{PRESIDENTS} The two presidents signed a treaty.", "The two presidents", [HOLT, MOSS]),
        (f"{PRESIDENTS} Both countries will gain.", "Both countries", ["Norway", "Finland"]),
        (
            "Foreign Ministers Ilena Varo, Tomas Brek and Anna Lund met. The three foreign ministers agreed.",
            "The three foreign ministers",
            ["Ilena Varo", "Tomas Brek", "Anna Lund"],
        ),
        (f"Chancellor {HOLT} telephoned President {MOSS}. The leaders discussed trade.", "The leaders", [HOLT, MOSS]),
        (
            "Talks between Greece and Turkey resumed in Geneva under Swiss auspices. Both sides were content.",
            "Both sides",
            ["Greece", "Turkey"],
        ),
        ("Norway and Sweden held talks in Vienna. They agreed on a border.", "They", ["Norway", "Sweden"]),
        (
            "President Lena Holt and Prime Minister Karl Moss met. The leaders left. "
            "Foreign Minister Tomas Brek stayed. He said the two leaders were content.",
            "the two leaders",
            [HOLT, MOSS],
        ),
    ],
)
def test_collectives_speak_of_those_named_together(text: str, words: str, expected: list[str]) -> None:
    assert members(text)[words] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan, China and India signed the accord. The two countries disagree.", "The two countries"),
        (f"Defence Secretary {HOLT} met General {MOSS}. The presidents were absent.", "The presidents"),
        ("Egypt accused Ethiopia of delay. Sudan stayed silent. Both countries recalled envoys.", "Both countries"),
        (f"{PRESIDENTS} The leaders of the strike were absent.", "The leaders of the strike"),
        (f"{PRESIDENTS} Three presidents were absent.", "Three presidents"),
    ],
    ids=["too many", "another office", "a third comes nearer", "others by description", "too few"],
)
def test_collectives_have_no_members_where_the_text_does_not_fix_them(text: str, words: str) -> None:
    assert members(text)[words] == []


READOUT = (
    "READOUT OF THE FOREIGN MINISTER'S VISIT TO NAIROBI\nMinistry of Foreign Affairs, Oslo\n\nForeign Minister Anna Lund concluded a visit "
    "to Kenya today. She discussed the war in Ethiopia with President Paul Otieno and told him that Norway would help."
)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (f"{READOUT} Both sides hoped that Sudan would follow.", "Both sides", ["Norway", "Kenya"]),
        (
            "JOINT COMMUNIQUE\nThe Premier of Norway visited Chile at the invitation of its President. They spoke of Peru and Bolivia. "
            "The two sides took note of this.",
            "The two sides",
            ["Norway", "Chile"],
        ),
        (
            "NOTE\nThe Embassy of Chile informs the Norwegian Ministry of Foreign Affairs of a fire in the harbour. "
            "The islet is subject to a treaty that both Governments signed.",
            "both Governments",
            ["Chile", "Norway"],
        ),
        (
            "President Lena Holt and President Karl Moss met. The two heads of state signed a treaty.",
            "The two heads of state",
            [HOLT, MOSS],
        ),
        (
            "The Minister of Trade, Mr. Karl Moss, received the Minister of Labour, Mrs. Lena Holt. Prime Minister Anna Lund was absent. "
            "The two Ministers signed a treaty.",
            "The two Ministers",
            [MOSS, HOLT],
        ),
    ],
    ids=["readout", "not those spoken of", "governments", "heads of state", "no prime minister"],
)
def test_collectives_speak_of_those_whose_text_it_is(text: str, words: str, expected: list[str]) -> None:
    assert sorted(members(text)[words]) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Foreign Minister Lena Holt left. Interior Minister Karl Moss stayed. The ministers are divided.", "The ministers"),
        ("Norway and Chile spoke of Sudan. The minister urged all parties to disarm.", "all parties"),
        ("Negotiators of Chile and of two rebel groups met in Peru. The parties disagreed.", "The parties"),
        (
            "PRESS STATEMENT ON THE SITUATION IN CHILE AND PERU\nThe members of the Council were briefed on the fighting. "
            "Both sides have broken the truce.",
            "Both sides",
        ),
    ],
    ids=["not counted", "all", "no number", "the matter of the text"],
)
def test_collectives_are_not_taken_for_those_whose_text_it_is(text: str, words: str) -> None:
    assert members(text)[words] == []


def test_collectives_count_whom_the_table_knows_by_office() -> None:
    text = "Vladimir Putin had a call with President Lena Holt of Norway. The President of Russia spoke first. The two presidents agreed."
    analysis = analyse(Document(id="any", text=text, date=datetime.date(2021, 5, 4)), pipeline(), gazetteer=load_gazetteer(()))
    group = next(entity for entity in analysis.entities if entity.type == "Group")
    assert analysis.members[group.id] == ("id:person/vladimir-putin", "id:person/lena-holt")
