"""Words become the readable part of an id."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.slugs import slug


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("U.S. officials", "us-officials"),
        ("Washington, D.C.", "washington-dc"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("São Tomé", "sao-tome"),
        ("St. John's", "st-johns"),
        ("Ilena Váro", "ilena-varo"),
    ],
)
def test_slug_is_readable(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_slug_keeps_what_it_is_told_to_keep() -> None:
    assert slug("2025-11-23_readout.v2", keep="._") == "2025-11-23_readout.v2"


def test_slug_tells_words_in_other_scripts_apart() -> None:
    first, second = slug("заявление"), slug("Заявление 2")
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{8}", first)
    assert re.fullmatch(r"2-[0-9a-f]{8}", second)


def test_slug_tells_long_words_apart() -> None:
    assert slug("a" * 200, most=80) != slug("a" * 201, most=80)
    assert len(slug("a" * 200, most=80)) == 80 + 9


@given(st.text(st.characters(), min_size=1))
def test_slug_is_never_empty_and_always_plain(words: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(words))
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", slug(words, keep="._"))
