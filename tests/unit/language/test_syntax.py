"""What a verb's form and neighbours tell of it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.syntax import is_order


@pytest.mark.parametrize(
    ("words", "morphs", "heads", "deps", "expected"),
    [
        ("Reject the offer", ["Mood=Imp", "", ""], [0, 2, 0], ["ROOT", "det", "obj"], True),
        ("They reject it", ["", "Mood=Ind", ""], [1, 1, 1], ["nsubj", "ROOT", "obj"], False),
        ("You reject it", ["", "Mood=Imp", ""], [1, 1, 1], ["nsubj", "ROOT", "obj"], False),
    ],
)
def test_is_order_tells_imperatives(words: str, morphs: list[str], heads: list[int], deps: list[str], expected: bool) -> None:
    doc = Doc(spacy.blank("en").vocab, words=words.split(), morphs=morphs, heads=heads, deps=deps)
    assert is_order(next(token for token in doc if token.dep_ == "ROOT")) is expected
