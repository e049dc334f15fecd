"""Whom "both sides", "the two presidents" and "they" speak of, with the shipped pipeline."""

from __future__ import annotations

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
