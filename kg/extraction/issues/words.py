"""The words that name matters under negotiation, read from ``ontology/issues.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class IssueWords:
    """Sets of lemmas; the comments in the file say what each one holds."""

    matters: frozenset[str]
    stakes: frozenset[str]
    forums: frozenset[str]
    named: frozenset[str]
    transparent: frozenset[str]
    vague: frozenset[str]
    anaphoric: frozenset[str]
    grounds: frozenset[str]
    listing: frozenset[str]
    telling: frozenset[str]
    idle: frozenset[str]
    light: frozenset[str]
    event_endings: tuple[str, ...]
    not_yet: frozenset[str]
    keeping: frozenset[str]
    accords: frozenset[str]
    talking: frozenset[str]
    deferring: frozenset[str]
    speaking: frozenset[str]
    reaching: frozenset[str]
    failing: frozenset[str]
    intents: frozenset[str]
    intending: frozenset[str]
    refusing: frozenset[str]
    asking: frozenset[str]


@cache
def load_issue_words() -> IssueWords:
    """Return the words of the package. Raises LexiconError, naming the list, for what is no list of words."""
    return parse_issue_words(files("ontology").joinpath("issues.toml").read_text(encoding="utf-8"), name="issues.toml")


def parse_issue_words(text: str, *, name: str) -> IssueWords:
    """Return the words that a TOML text holds; ``name`` is what errors call it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: not readable as TOML ({error}). Mend that line.") from error
    try:
        return TypeAdapter(IssueWords).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{name}: {place}: {first['msg']}. Mend it there.") from error
