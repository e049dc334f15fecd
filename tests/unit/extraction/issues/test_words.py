"""The words of issues: what is shipped, and what a faulty file is told."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.errors import LexiconError
from kg.extraction.issues.words import load_issue_words, parse_issue_words


def test_load_issue_words_gives_words_in_lower_case_alone() -> None:
    words = load_issue_words()
    every = words.matters | words.stakes | words.transparent | words.vague | words.listing | words.light
    assert {word for word in every if word != word.lower()} == set()


def test_load_issue_words_keeps_nouns_of_negotiation_apart_from_empty_ones() -> None:
    words = load_issue_words()
    assert words.matters & words.vague == set()


def test_parse_issue_words_names_a_line_that_is_no_toml() -> None:
    with pytest.raises(LexiconError, match=r"mine\.toml: not readable as TOML"):
        parse_issue_words("matters = [", name="mine.toml")


def test_parse_issue_words_names_a_list_that_is_missing() -> None:
    text = files("ontology").joinpath("issues.toml").read_text(encoding="utf-8")
    with pytest.raises(LexiconError, match=r"mine\.toml: vague: Field required"):
        parse_issue_words(text.replace("vague = [", "hollow = ["), name="mine.toml")
