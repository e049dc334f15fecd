"""The words that the language stage goes by, read from ``ontology/lexicon.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import LexiconError

SECTIONS: dict[str, tuple[str, ...]] = {
    "roles": ("heads", "modifiers", "portfolios", "honorifics", "female", "male"),
    "groups": ("nouns", "sides", "records"),
    "names": ("bodies", "events", "documents", "governing"),
    "reporting": (
        *("verbs", "clausal", "nominal", "promising", "intending", "directive", "judging", "verb_phrases", "opinions"),
        *(
            "contents",
            "noun_phrases",
            "undertakings",
            "standpoints",
            "utterings",
            "transparent",
            "evidence",
            "naming",
            "stances",
            "performative",
            "nouns",
            "questioners",
            "speeches",
        ),
    ),
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
    record_nouns: frozenset[str]
    body_nouns: frozenset[str]
    event_nouns: frozenset[str]
    document_nouns: frozenset[str]
    governing_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    clausal_verbs: frozenset[str]
    nominal_verbs: frozenset[str]
    promising_verbs: frozenset[str]
    intending_verbs: frozenset[str]
    directive_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    verb_phrases: frozenset[str]
    opinion_adjectives: frozenset[str]
    content_nouns: frozenset[str]
    noun_phrases: frozenset[str]
    undertaking_nouns: frozenset[str]
    standpoint_nouns: frozenset[str]
    uttering_verbs: frozenset[str]
    transparent_nouns: frozenset[str]
    evidence_verbs: frozenset[str]
    naming_words: frozenset[str]
    stance_adjectives: frozenset[str]
    performative_verbs: frozenset[str]
    reporting_nouns: frozenset[str]
    questioners: frozenset[str]
    speech_nouns: frozenset[str]


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
        record_nouns=lists["groups", "records"],
        body_nouns=lists["names", "bodies"],
        event_nouns=lists["names", "events"],
        document_nouns=lists["names", "documents"],
        governing_verbs=lists["names", "governing"],
        reporting_verbs=lists["reporting", "verbs"],
        clausal_verbs=lists["reporting", "clausal"],
        nominal_verbs=lists["reporting", "nominal"],
        promising_verbs=lists["reporting", "promising"],
        intending_verbs=lists["reporting", "intending"],
        directive_verbs=lists["reporting", "directive"],
        judging_verbs=lists["reporting", "judging"],
        verb_phrases=lists["reporting", "verb_phrases"],
        opinion_adjectives=lists["reporting", "opinions"],
        content_nouns=lists["reporting", "contents"],
        noun_phrases=lists["reporting", "noun_phrases"],
        undertaking_nouns=lists["reporting", "undertakings"],
        standpoint_nouns=lists["reporting", "standpoints"],
        uttering_verbs=lists["reporting", "utterings"],
        transparent_nouns=lists["reporting", "transparent"],
        evidence_verbs=lists["reporting", "evidence"],
        naming_words=lists["reporting", "naming"],
        stance_adjectives=lists["reporting", "stances"],
        performative_verbs=lists["reporting", "performative"],
        reporting_nouns=lists["reporting", "nouns"],
        questioners=lists["reporting", "questioners"],
        speech_nouns=lists["reporting", "speeches"],
    )


def _words(data: dict[str, object], *, section: str, name: str) -> frozenset[str]:
    table = data.get(section)
    words = table.get(name) if isinstance(table, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
        raise LexiconError(f"lexicon.toml: [{section}] {name} must be a list of words in lower case. Mend the list.")
    return frozenset(words)
