"""The words of roles, membership and whereabouts are data, and mistakes in them are told."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.errors import LexiconError
from kg.extraction.relations.role_words import load_role_words, parse_role_words

SHIPPED = files("ontology").joinpath("roles.toml").read_text(encoding="utf-8")


def test_load_role_words_gives_what_the_shipped_file_says() -> None:
    assert load_role_words() == parse_role_words(SHIPPED, name="roles.toml")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("[office", r"mine\.toml: not readable as TOML"),
        (SHIPPED.replace("joining =", "joinning ="), r"mine\.toml: membership\.join"),
        (SHIPPED.replace('rank = ["member"]', 'rank = "member"'), r"mine\.toml: office\.rank"),
        ("", r"mine\.toml: office: .*mend it there"),
    ],
)
def test_parse_role_words_names_the_list_that_is_wrong(wrong: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        parse_role_words(wrong, name="mine.toml")
