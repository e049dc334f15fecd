"""The words that the language stage goes by, read from ``ontology/lexicon.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import LexiconError

SECTIONS: dict[str, tuple[str, ...]] = {
    "roles": ("heads", "modifiers", "portfolios", "honorifics", "female", "male"),
    "groups": ("nouns", "sides"),
    "names": ("bodies", "events", "documents", "governing"),
    "reporting": ("verbs", "clausal", "nominal", "performative", "nouns", "questioners"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Sets of lemmas; see the comments in the file for what each one holds."""

    role_heads: frozenset[str]
    role_modifiers: frozenset[str]
    portfolios: frozenset[str]
    honorifics: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    group_nouns: frozenset[str]
    side_nouns: frozenset[str]
    body_nouns: frozenset[str]
    event_nouns: frozenset[str]
    document_nouns: frozenset[str]
    governing_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    clausal_verbs: frozenset[str]
    nominal_verbs: frozenset[str]
    performative_verbs: frozenset[str]
    reporting_nouns: frozenset[str]
    questioners: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """Return the shipped lexicon; raise LexiconError where a section or list is missing or is no list of lower-case words."""
    data = tomllib.loads(files("ontology").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    lists = {(section, name): _words(data, section=section, name=name) for section, names in SECTIONS.items() for name in names}
    return Lexicon(
        role_heads=lists["roles", "heads"],
        role_modifiers=lists["roles", "modifiers"],
        portfolios=lists["roles", "portfolios"],
        honorifics=lists["roles", "honorifics"],
        female=lists["roles", "female"],
        male=lists["roles", "male"],
        group_nouns=lists["groups", "nouns"],
        side_nouns=lists["groups", "sides"],
        body_nouns=lists["names", "bodies"],
        event_nouns=lists["names", "events"],
        document_nouns=lists["names", "documents"],
        governing_verbs=lists["names", "governing"],
        reporting_verbs=lists["reporting", "verbs"],
        clausal_verbs=lists["reporting", "clausal"],
        nominal_verbs=lists["reporting", "nominal"],
        performative_verbs=lists["reporting", "performative"],
        reporting_nouns=lists["reporting", "nouns"],
        questioners=lists["reporting", "questioners"],
    )


def _words(data: dict[str, object], *, section: str, name: str) -> frozenset[str]:
    table = data.get(section)
    words = table.get(name) if isinstance(table, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
        raise LexiconError(f"lexicon.toml: [{section}] {name} must be a list of words in lower case. Mend the list.")
    return frozenset(words)
