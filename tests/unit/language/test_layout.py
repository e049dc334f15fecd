"""Line breaks that part a text, and those that wrap it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.layout import flowing, sentence_breaks


@pytest.mark.parametrize(
    ("text", "broken_after"),
    [
        ("One.\nTwo.", ["One."]),
        ("A heading\nThe text begins.", ["A heading"]),
        ("a line that goes\non in lower case.", []),
        ("First.\n\nsecond.", ["First.", "First.\n"]),
        (
            "The ministers of both states met in the old town hall of Port\nLys on Tuesday and spoke about the\n"
            "fisheries protocol that the two sides have negotiated for\nYears without any result that they could show.\n",
            ["show."],
        ),
    ],
)
def test_sentence_breaks_end_paragraphs_and_not_wrapped_lines(text: str, broken_after: list[str]) -> None:
    assert sorted(sentence_breaks(text)) == sorted(text.index(before) + len(before) for before in broken_after)


def test_sentence_breaks_end_a_dateline() -> None:
    assert list(sentence_breaks("VIENNA, 3 May 2031 - The talks began.")) == [len("VIENNA, 3 May 2031 -")]
    assert sentence_breaks("The talks - the third round - began.") == frozenset()


def test_flowing_joins_wrapped_lines_and_keeps_turns_apart() -> None:
    line = "The ministers of both states have met in the old town hall of Port Lys and they have spoken about the protocol at length."
    wrapped = "\n".join(textwrap.wrap(f"MINISTER VARO: {line} {line}", 60))
    text = f"{wrapped}\nQUESTION: Why?\n{wrapped}"
    assert [part.split(":")[0] for part in flowing(text).split("\n")] == ["MINISTER VARO", "QUESTION", "MINISTER VARO"]


@given(st.text(alphabet='aB .\n"Q:', max_size=200))
def test_flowing_changes_line_breaks_into_spaces_and_nothing_else(text: str) -> None:
    joined = flowing(text)
    assert len(joined) == len(text)
    assert {(old, new) for old, new in zip(text, joined, strict=True) if old != new} <= {("\n", " ")}
