"""The titles of offices as they are compared: their head, and what more they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.identity.names import Tokens, content, replaced, singular
from kg.graph.identity.words import load_identity_words

_BEHIND = ("of", "for", "at", "in", "on")


@dataclass(frozen=True, slots=True, order=True)
class Title:
    """An office: its head with its rank ("prime minister"), and its other words ("foreign", "defence")."""

    head: str
    field: tuple[str, ...]


def read_title(words: Tokens) -> Title | None:
    """Return the office that the words of a title tell of, states and organizations left out; None where none is in it."""
    offices = load_identity_words().offices
    plain = replaced([singular(word) for word in words], offices.synonyms)
    end = next((place for place, word in enumerate(plain) if word in _BEHIND), len(plain))
    heads = [word for word in plain[:end] if word in offices.nouns or word in offices.also_names]
    if not heads:
        return None
    nouns = [word for word in heads if word in offices.nouns]
    head = (nouns or heads)[-1]
    ranks = sorted({word for word in plain[:end] if word in offices.ranks and word != head})
    told = {*content(plain)} - {head, *ranks} - offices.idle
    return Title(" ".join((*ranks, head)), tuple(sorted(told)))


def agree(one: Title, other: Title) -> bool:
    """Tell whether two titles may be of one office: of one head, and neither says what the other does not leave room for."""
    return one.head == other.head and (set(one.field) <= set(other.field) or set(other.field) <= set(one.field))


def any_agree(ones: Iterable[Title], others: Iterable[Title]) -> bool:
    """Tell whether somebody who holds these offices may hold one of those."""
    held = tuple(others)
    return any(agree(one, other) for one in ones for other in held)


def share_head(ones: Iterable[Title], others: Iterable[Title]) -> bool:
    """Tell whether two lists of offices have the noun of one in common: "foreign minister" and "prime minister" have."""
    return not {title.head.split()[-1] for title in ones}.isdisjoint(title.head.split()[-1] for title in others)
