"""The words of time expressions, read from ``ontology/times.toml`` once and kept."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from kg.errors import LexiconError
from kg.language.times.atoms import cut

Words = tuple[str, ...]
"""A sequence of lower-case pieces, cut as ``atoms.cut`` cuts a text."""

TABLES = (
    "months",
    "months_short",
    "weekdays",
    "weekdays_short",
    "numbers",
    "ordinals",
    "decades",
    "days",
    "shifts",
    "clock_names",
)
NAMES = ("unit_plurals", "seasons", "dayparts", "sets")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: its TIMEX3 letter ("TH" is hours), how many of that letter it is, and its letters for an unsaid number."""

    letter: str
    count: int = 1
    vague: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """A value for phrases, and the words that must or must not stand beside them (none: any)."""

    phrases: frozenset[Words]
    value: str
    behind: frozenset[str]
    never_behind: frozenset[str]
    never_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Moving:
    """How to find a holiday's day in a year: days from Easter, or the ``nth`` weekday of a month (-1 the last)."""

    easter: int | None = None
    month: int = 0
    weekday: int = 0
    nth: int = 0


@dataclass(frozen=True, eq=False)
class TimeLexicon:
    """Everything in the file. ``numbers`` holds the tables of counted words by name, ``words`` and ``phrases`` the sets.

    Two lexicons are equal only where they are the same object, so that what is worked out from one can be kept beside it.
    """

    numbers: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Unit]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, frozenset[Words]]
    references: tuple[ReferenceRule, ...]
    haste: frozenset[Words]
    haste_opening: Words
    holidays: Mapping[Words, str | Moving]


@functools.cache
def time_lexicon() -> TimeLexicon:
    """Return the lexicon of the package; raise LexiconError where its file is not well-formed."""
    path = resources.files("ontology").joinpath("times.toml")
    try:
        return read_lexicon(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"ontology/times.toml: not readable ({error}). Restore it from the distribution.") from error


def read_lexicon(data: Mapping[str, Any]) -> TimeLexicon:
    """Make the lexicon from parsed TOML; raise LexiconError for a table that is missing or holds the wrong type."""
    try:
        haste = data["haste"]
        groups = {**data["words"], **data["verbs"], **data["deadline_words"]}
        groups |= {name: haste[name] for name in ("copulas", "adjectives", "permissions")}
        return TimeLexicon(
            numbers={table: {word: int(number) for word, number in data[table].items()} for table in TABLES},
            names={table: {word: str(name) for word, name in data[table].items()} for table in NAMES},
            units={word: Unit(**unit) for word, unit in data["units"].items()},
            words={name: frozenset(text.split()) for name, text in groups.items()},
            phrases={name: _phrases(texts) for name, texts in (data["phrases"] | data["deadlines"]).items()},
            references=tuple(map(_reference, data["references"])),
            haste=_phrases(haste["phrases"]),
            haste_opening=cut(haste["opening"]).lower,
            holidays={cut(name).lower: day if isinstance(day, str) else Moving(**day) for name, day in data["holidays"].items()},
        )
    except KeyError as error:
        raise LexiconError(
            f"times.toml: table or key {error} is missing. Add it; the comments in the file say what it holds."
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"times.toml: a value has the wrong type ({error}). See the comment above its table.") from error


def _phrases(texts: list[str]) -> frozenset[Words]:
    return frozenset(cut(text).lower for text in texts)


def _reference(rule: Mapping[str, Any]) -> ReferenceRule:
    return ReferenceRule(
        phrases=_phrases(rule["phrases"]),
        value=rule["value"],
        behind=frozenset(rule.get("behind", "").split()),
        never_behind=frozenset(rule.get("never_behind", "").split()),
        never_before=frozenset(rule.get("never_before", "").split()),
    )
