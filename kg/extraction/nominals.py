"""The nouns for what verbs do: the table ``ontology/nominals.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError

FILE = "nominals.toml"


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class Nominals:
    """Which noun names what a verb does, and the verbs that say little beside their object; verbs are lemmas with their particle.

    ``stopping`` verbs turn what their clause says into its contrary, and are named with it.
    """

    light: frozenset[str]
    stopping: frozenset[str]
    nouns: Mapping[str, str]


@cache
def load_nominals() -> Nominals:
    """Return the table of the package. Raises LexiconError, naming the entry, for what the schema does not allow."""
    try:
        data = tomllib.loads(files("ontology").joinpath(FILE).read_text(encoding="utf-8"))
        return TypeAdapter(Nominals).validate_python(data)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise LexiconError(f"{FILE}: {error}. Mend that entry.") from error
