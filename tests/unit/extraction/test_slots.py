"""Where the arguments of predicates stand, in sentences parsed by the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.extraction.slots import noun_slots, verb_slots
from tests.readers import parsed


def slots(text: str, word: str) -> dict[str, list[str]]:
    token = next(token for token in parsed(text) if token.text == word)
    found = verb_slots(token) if token.pos_ in {"VERB", "ADJ"} else noun_slots(token, None)
    return {name: [token.doc[head].text for head in heads] for name, heads in found.items()}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "The talks they held in Oslo with Norland were useful.",
            "held",
            {"subject": ["they"], "object": ["talks"], "with": ["Norland"]},
        ),
        ("The deal is expected to be signed by both ministers.", "signed", {"subject": ["ministers"], "object": ["deal"]}),
        ("The plan was drafted by Norland and rejected by Sudland.", "rejected", {"subject": ["Sudland"], "object": ["plan"]}),
        ("Norland welcomed and backed the plan.", "welcomed", {"subject": ["Norland"], "object": ["plan"]}),
        ("Norland welcomed and backed the plan.", "backed", {"subject": ["Norland"], "object": ["plan"]}),
        (
            "We urge the parties to stop the war and free the hostages.",
            "urge",
            {"clause": ["stop", "free"], "object": ["parties"]},
        ),
        ("We called on the parties to stop the war.", "called", {"on": ["parties"], "purpose": ["stop"]}),
        ("He accused them of breaking the truce.", "accused", {"object": ["them"], "of": ["breaking"]}),
    ],
)
def test_verb_slots_finds_arguments_that_stand_elsewhere(text: str, word: str, expected: dict[str, list[str]]) -> None:
    found = slots(text, word)
    assert {name: found.get(name) for name in expected} == expected


def test_noun_slots_reaches_over_a_place_to_the_other_side() -> None:
    found = slots("They praised the talks in Oslo with Norland.", "talks")
    assert (found["in"], found["with"]) == (["Oslo"], ["Norland"])


def test_noun_slots_knows_what_a_copula_says_of_it() -> None:
    assert slots("Our goal is a lasting peace.", "goal")["said"] == ["peace"]
