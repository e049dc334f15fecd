"""Count the points of texts: "a 14-point plan", "a treaty of nine articles", "a list of 17 to 19 items", "it has 31 articles".

In: a parsed document. Out: counts with the token of the text, or of the pronoun or subject that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import ProposalWords
from kg.language.syntax import OBJECTS, conjuncts, preposition_of
from kg.language.times.lexicon import time_lexicon

MOST = 10_000
"""Larger numbers count no points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many points: a number, or two or more where the words leave it open; from ``start`` to ``end`` of the tokens.

    ``versions`` tells that the numbers are those of several versions.
    """

    numbers: tuple[int, ...]
    start: int
    end: int
    versions: bool = False


def counts_of(doc: Doc, words: ProposalWords) -> Iterator[tuple[int, Count]]:
    """Yield the counts in text order, each with the token that stands for the text."""
    for token in doc:
        if token.lemma_.lower() not in words.points or token.dep_ == "conj":
            continue
        nouns = [noun for noun in conjuncts(token) if noun.lemma_.lower() in words.points]
        numbers = {noun.i: _numbers(noun) for noun in nouns}
        told = tuple(number for noun in nouns for number in numbers[noun.i])
        if not told:
            continue
        text = _text_of(token, words)
        if text is not None:
            several = len(told) > 1 and any(word.lemma_.lower() in words.versions for word in token.subtree)
            start = (
                min(token.left_edge.i, *(_leftmost(noun) for noun in nouns)) if token.dep_ == "compound" else _leftmost(nouns[0])
            )
            yield text.i, Count(numbers=told, start=start, end=nouns[-1].i + 1, versions=several)


def _leftmost(noun: Token) -> int:
    return min([noun.i, *(child.left_edge.i for child in noun.lefts if child.dep_ == "nummod")])


def _numbers(noun: Token) -> tuple[int, ...]:
    """Return the numbers before a noun: one, or both ends of "17 to 19"."""
    found: list[int] = []
    for child in noun.children:
        if child.dep_ == "nummod" and child.i < noun.i:
            found += [number for word in child.subtree if (number := number_of(word)) is not None]
    return tuple(found)


def number_of(word: Token) -> int | None:
    """Return the whole number that a word is, in figures or letters."""
    text = word.lower_.replace(",", "")
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 6 and 0 < int(text) <= MOST else None
    return time_lexicon().numbers["numbers"].get(text)


def _text_of(points: Token, words: ProposalWords) -> Token | None:
    """Return what has the points: the noun they stand with, or the subject that they are said of."""
    governor = points.head
    if points.dep_ == "compound":
        return governor
    if points.dep_.startswith("nmod") and preposition_of(points) in {"of", "with", "containing", "in"}:
        return governor
    holds = governor.lemma_.lower() in words.holding
    if (points.dep_ in OBJECTS and holds) or (points.dep_.startswith("obl") and governor.lemma_.lower() in {"consist", "run"}):
        return _subject(governor)
    if any(child.dep_ == "cop" for child in points.children):
        return next((child for child in points.children if child.dep_ == "nsubj"), None)
    return None


def _subject(verb: Token) -> Token | None:
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    relative = subject is None or subject.lower_ in {"which", "that"}
    if relative and verb.dep_ in {"acl:relcl", "relcl", "acl"}:
        return verb.head
    return subject
