"""When a predicate tells of: past, present or future, by its own verb forms and those that it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass", "cop"})
PAST_FORMS = frozenset({"was", "were", "had", "did", "'d", "’d"})
PERFECT_FORMS = frozenset({"has", "have", "'ve", "’ve", "having"})
FUTURE_FORMS = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"})
DEPTH = 8
"""How many predicates an infinitive's or participle's tense is looked for in."""


def tense_of(predicate: Token, *, support: Token | None = None) -> Tense:
    """Return the tense of a verb, of an adjective or noun with its copula, or of an event noun with its light verb.

    An infinitive with "to" lies ahead unless it is perfect; a participle or noun takes the tense of what it hangs on.
    """
    token = support if support is not None else predicate
    for _ in range(DEPTH):
        own = _own_tense(token)
        if own is not None:
            return own
        if token.head.i == token.i:
            break
        token = token.head
    return "present"


def auxiliaries(verb: Token) -> Iterator[Token]:
    """Yield the auxiliaries and copulas of a predicate."""
    return (child for child in verb.children if child.dep_ in AUXILIARIES)


def is_clause(token: Token) -> bool:
    """Tell whether a token heads a clause rather than a noun phrase."""
    return token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"} or any(child.dep_ == "cop" for child in token.children)


def is_infinitive(verb: Token) -> bool:
    """Tell whether a predicate stands behind "to"."""
    return verb.tag_ != "VBG" and any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.lefts)


def is_past(verb: Token) -> bool:
    """Tell whether a predicate is finite and past, or perfect."""
    return _own_tense(verb) == "past"


def is_present(verb: Token) -> bool:
    """Tell whether a predicate is finite and present, without a modal verb."""
    return _own_tense(verb) == "present" and not any(child.tag_ == "MD" for child in auxiliaries(verb))


def _own_tense(verb: Token) -> Tense | None:
    own = {child.lower_ for child in auxiliaries(verb)}
    if own & FUTURE_FORMS and verb.tag_ != "VBN":
        return "future"
    if own & FUTURE_FORMS - {"'d", "’d"}:
        return "future"
    if own & PAST_FORMS or verb.tag_ == "VBD" or (verb.tag_ == "VBN" and own & PERFECT_FORMS):
        return "past"
    if is_infinitive(verb):
        return "future"
    if own or verb.tag_ in {"VBZ", "VBP"}:
        return "present"
    return None
