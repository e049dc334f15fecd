"""The words that tell things apart are data, and are checked when they are read."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.errors import LexiconError
from kg.graph.identity.words import load_identity_words, parse_identity_words

SHIPPED = files("ontology").joinpath("identity.toml").read_text(encoding="utf-8")


def test_shipped_words_are_what_the_file_says() -> None:
    assert load_identity_words() == parse_identity_words(SHIPPED, name="identity.toml")


def test_a_list_is_written_as_one_string() -> None:
    assert {"mr", "sir"} <= load_identity_words().names.masculine


def test_a_variant_of_two_words_is_written_with_a_hyphen() -> None:
    words = load_identity_words()
    assert words.matters.synonyms["cease", "fire"] == ("ceasefire",)
    assert words.offices.synonyms["premier",] == ("prime", "minister")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[names", "mine.toml: not readable as TOML"),
        (SHIPPED.replace("firms =", "companies ="), "mine.toml: names."),
        (SHIPPED.replace('posted = "consulate', 'posted = "Consulate'), "mine.toml: 'Consulate' is not in lower case"),
        (SHIPPED.replace('ranks = "', 'ranks = 3 # "'), "mine.toml: offices.ranks"),
    ],
)
def test_what_is_not_well_formed_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(LexiconError) as refused:
        parse_identity_words(text, name="mine.toml")
    assert complaint in str(refused.value)
