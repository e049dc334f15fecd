"""What matters are called, in sentences parsed by the shipped pipeline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.labels import LONGEST, examples_of, label_of, names_something, noun_label, short_label
from tests.readers import parsed


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("They must withdraw their troops from the valley.", "withdraw", "withdrawal of troops"),
        ("Varo urged them to agree on the new borders.", "agree", "agreement on the new borders"),
        ("Varo urged them to hold early elections.", "hold", "early elections"),
        ("The hostages should be released.", "released", "release of the hostages"),
        ("Varo wants foreign troops to leave.", "leave", "departure of foreign troops"),
        ("They promised not to deploy missiles.", "deploy", "no deployment of missiles"),
        ("They want to continue to negotiate a truce.", "continue", "negotiation of truce"),
        ("Foreign troops must get out of the valley.", "get", "departure of foreign troops from the valley"),
        ("Foreign troops must leave the valley.", "leave", "departure of foreign troops from the valley"),
        ("The rebels agreed to return to the talks.", "return", "return to the talks"),
        ("They stressed that a number of prisoners must be freed.", "freed", "release of prisoners"),
        ("They agreed to outlaw mines.", "outlaw", "outlaw mines"),
    ],
)
def test_label_of_names_what_a_clause_wants_by_its_noun(text: str, word: str, label: str) -> None:
    assert label_of(next(token for token in parsed(text) if token.text == word)) == label


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("The legal basis for the elections is open.", "basis", "legal basis for the elections"),
        ("He backs the plan, which nobody has read.", "plan", "plan"),
        ("Their own right of return was raised.", "right", "own right of return"),
    ],
)
def test_noun_label_leaves_articles_possessors_and_clauses_out(text: str, word: str, label: str) -> None:
    assert noun_label(next(token for token in parsed(text) if token.text == word)) == label


def test_short_label_stops_at_the_noun() -> None:
    doc = parsed("The second round of trilateral talks on the valley in Vienna ended.")
    assert short_label(next(token for token in doc if token.text == "talks")) == "trilateral talks"


def test_examples_of_returns_what_a_noun_comprises() -> None:
    doc = parsed("We reject measures such as the blockade of the port and the closure of schools.")
    measures = next(token for token in doc if token.text == "measures")
    assert [token.text for token in examples_of(measures)] == ["blockade", "closure"]


@pytest.mark.parametrize(
    ("text", "word", "names"), [("They want it to happen.", "happen", False), ("He told them to withdraw.", "withdraw", True)]
)
def test_names_something_knows_bare_verbs(text: str, word: str, names: bool) -> None:
    assert names_something(next(token for token in parsed(text) if token.text == word)) is names


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("He urged them to stop shelling the port.", "stop", "halt of shelling of the port"),
        ("Senator Jonas Lund vowed to block it.", "block", "blocking"),
    ],
)
def test_label_of_a_clause_says_what_is_done_to_whom(text: str, word: str, expected: str) -> None:
    assert label_of(next(token for token in parsed(text) if token.text == word)) == expected


WORDS = "we must not agree to withdraw the troops of Norland , which they said that he wants hold talks on and peace in".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_label_of_any_token_is_short(words: list[str]) -> None:
    for token in parsed(" ".join(words)):
        assert len(label_of(token).split()) <= 3 * LONGEST
