"""The sex, if any, that a noun or a given name tells, read from ``ontology/people.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import LexiconError


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Sets of words in lower case; see the file for what each one holds."""

    feminine_nouns: frozenset[str]
    masculine_nouns: frozenset[str]
    person_nouns: frozenset[str]
    body_nouns: frozenset[str]
    feminine_names: frozenset[str]
    masculine_names: frozenset[str]


@cache
def load_people() -> People:
    """Return the shipped words; raise LexiconError where a list is missing or is no list of lower-case words."""
    data = tomllib.loads(files("ontology").joinpath("people.toml").read_text(encoding="utf-8"))
    return People(
        feminine_nouns=_words(data, "nouns", "feminine"),
        masculine_nouns=_words(data, "nouns", "masculine"),
        person_nouns=_words(data, "nouns", "person"),
        body_nouns=_words(data, "nouns", "bodies"),
        feminine_names=_words(data, "names", "feminine"),
        masculine_names=_words(data, "names", "masculine"),
    )


def _words(data: dict[str, dict[str, list[str]]], section: str, name: str) -> frozenset[str]:
    words = data.get(section, {}).get(name)
    if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
        raise LexiconError(f"people.toml: [{section}] {name} must be a list of words in lower case. Mend the list.")
    return frozenset(words)
