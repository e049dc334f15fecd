"""The words that roles, membership and whereabouts are read by: ``ontology/roles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class OfficeWords:
    """Words of offices; the comments in the file say what each list holds."""

    appointing: frozenset[str]
    entering: frozenset[str]
    serving: frozenset[str]
    leaving: frozenset[str]
    heading: frozenset[str]
    leading: frozenset[str]
    representing: frozenset[str]
    speaking: frozenset[str]
    sovereign: frozenset[str]
    lesser: frozenset[str]
    past: frozenset[str]
    rank: frozenset[str]


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class MemberWords:
    """Words of membership."""

    joining: frozenset[str]
    belonging: frozenset[str]
    leaving: frozenset[str]
    including: frozenset[str]
    containing: frozenset[str]
    members: frozenset[str]
    states: frozenset[str]
    bodies: frozenset[str]
    organs: frozenset[str]


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class PlaceWords:
    """Words of whereabouts."""

    staying: frozenset[str]
    arriving: frozenset[str]
    within: frozenset[str]
    towards: frozenset[str]
    present: frozenset[str]
    places: frozenset[str]


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class RoleWords:
    """All of them."""

    office: OfficeWords
    membership: MemberWords
    whereabouts: PlaceWords


@cache
def load_role_words() -> RoleWords:
    """Return the words of the package. Raises LexiconError, naming the list, for what the schema does not allow."""
    return parse_role_words(files("ontology").joinpath("roles.toml").read_text(encoding="utf-8"), name="roles.toml")


def parse_role_words(text: str, *, name: str) -> RoleWords:
    """Return the words that a TOML text holds; ``name`` is what errors call it."""
    try:
        data: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: not readable as TOML ({error}). Mend that line.") from error
    try:
        return TypeAdapter(RoleWords).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{name}: {place}: {first['msg']}. Each list holds words in lower case; mend it there.") from error
