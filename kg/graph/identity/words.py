"""The words by which things are known to be one or kept apart: ``ontology/identity.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError

FILE = "identity.toml"


def _split(value: object) -> object:
    return frozenset(value.split()) if isinstance(value, str) else value


def _by_variant(value: object) -> object:
    """Turn FIRST = "others" around: each other word to the first, both as tuples of words."""
    if not isinstance(value, Mapping):
        return value
    return {
        tuple(other.split("-")): tuple(str(first).split("-")) for first, others in value.items() for other in str(others).split()
    }


Words = Annotated[frozenset[str], BeforeValidator(_split)]
Variants = Annotated[dict[tuple[str, ...], tuple[str, ...]], BeforeValidator(_by_variant)]
"""What stands for what, in words: ``("cease", "fire")`` to ``("ceasefire",)``."""


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class NameWords:
    """Words of names; the comments in the file say what each list holds."""

    honorifics: Words
    feminine: Words
    masculine: Words
    she: Words
    he: Words
    particles: Words
    generations: Words
    small: Words
    firms: Words
    short: dict[str, str]
    spellings: Variants


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class OfficeWords:
    """Words of the titles that people hold."""

    nouns: Words
    also_names: Words
    ranks: Words
    idle: Words
    synonyms: Variants


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class GenericWords:
    """Words that name something only together with whose it is, or where."""

    words: Words
    many: Words
    posted: Words
    recurring: Words
    places: Words


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class TextWords:
    """Words of texts under negotiation."""

    generic: Words
    apart: frozenset[str]


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class MatterWords:
    """Words of the labels of issues."""

    generic: Words
    opposites: tuple[tuple[Words, ...], ...]
    synonyms: Variants


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class IdentityWords:
    """All of them."""

    names: NameWords
    offices: OfficeWords
    generic: GenericWords
    texts: TextWords
    matters: MatterWords


@cache
def load_identity_words() -> IdentityWords:
    """Return the words of the package. Raises LexiconError, naming the list, for what the schema does not allow."""
    return parse_identity_words(files("ontology").joinpath(FILE).read_text(encoding="utf-8"), name=FILE)


def parse_identity_words(text: str, *, name: str) -> IdentityWords:
    """Return the words that a TOML text holds; ``name`` is what errors call it."""
    try:
        words = TypeAdapter(IdentityWords).validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: not readable as TOML ({error}). Mend that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{name}: {place}: {first['msg']}. Write the words of a list as one string; mend it there.") from error
    for word in _all_words(words):
        if word != word.lower():
            raise LexiconError(f"{name}: {word!r} is not in lower case, and would never be found. Write it in lower case.")
    return words


def _all_words(words: IdentityWords) -> Iterable[str]:
    names, matters = words.names, words.matters
    for part in (names, words.offices, words.generic, words.texts, matters):
        for field in fields(part):
            listed = getattr(part, field.name)
            if isinstance(listed, frozenset):
                yield from listed
    yield from names.short
    yield from (word for row in matters.opposites for group in row for word in group)
    for variants in (names.spellings, words.offices.synonyms, matters.synonyms):
        yield from (word for pair in variants.items() for side in pair for word in side)
