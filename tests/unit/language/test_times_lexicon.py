"""The word lists of time expressions, and what is said where they are broken."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from kg.errors import LexiconError
from kg.language.times.lexicon import Moving, Unit, read_lexicon, time_lexicon


def raw() -> dict[str, Any]:
    return tomllib.loads(resources.files("ontology").joinpath("times.toml").read_text(encoding="utf-8"))


def test_time_lexicon_holds_what_the_file_says() -> None:
    """Numbers, units, sets of words and moving days."""
    lexicon = time_lexicon()
    assert lexicon.numbers["months"]["november"] == 11
    assert lexicon.units["decade"] == Unit("Y", 10, "DE")
    assert lexicon.words["articles"] == {"the", "a", "an"}
    assert ("no", "later", "than") in lexicon.phrases["by"]
    assert lexicon.holidays[("thanksgiving",)] == Moving(month=11, weekday=4, nth=4)


def test_time_lexicon_is_read_once() -> None:
    """The same object each time, since tables are kept beside it."""
    assert time_lexicon() is time_lexicon()


def test_read_lexicon_names_the_table_that_is_missing() -> None:
    """A missing table is named, and where to find help."""
    data = raw()
    del data["weekdays"]
    with pytest.raises(LexiconError, match=r"times\.toml: table or key 'weekdays' is missing"):
        read_lexicon(data)


def test_read_lexicon_refuses_a_wrong_type() -> None:
    """A number that is none."""
    with pytest.raises(LexiconError, match=r"times\.toml: a value has the wrong type"):
        read_lexicon(raw() | {"months": {"january": "one"}})
