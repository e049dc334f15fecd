"""Tell a text about a game from one about a conflict: both beat, shoot, attack and defend.

In: a parsed document. Out: whether it is the report of a game, by the share of the nouns in it that speak of games,
and by words of real harm, of which one is enough against it.
Limits: a short text of a game that names none of its things is taken at its word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extraction.events.words import EventWords
from kg.extraction.frames import Frame
from kg.records import EventType

LEAST = 3
"""How many different words of games the report of one has at least."""
SHARE = 1 / 60
"""The least share of such words among all words."""
FOUGHT: frozenset[EventType] = frozenset({"ASSAULT", "PROTEST"})


def without_games(frames: Iterable[Frame], doc: Doc, words: EventWords) -> list[Frame]:
    """Return the frames of a document; where it reports a game, without those of attack, protest and play."""
    found = list(frames)
    return [frame for frame in found if not _is_played(frame, words)] if reports_game(doc, words) else found


def _is_played(frame: Frame, words: EventWords) -> bool:
    """Tell whether a predicate of a game's report only tells of the game."""
    if frame.part == "verb" and frame.form.split()[0] in words.play:
        return True
    return frame.type.event in FOUGHT or frame.type.relation == "attacked"


def reports_game(doc: Doc, words: EventWords) -> bool:
    """Tell whether a document is about a game, and about no real harm."""
    told = [form for noun in doc if noun.pos_ in {"NOUN", "PROPN"} for form in _forms(noun) if form in words.games]
    if len(set(told)) < LEAST or len(told) < SHARE * len(doc):
        return False
    return not any(form in words.harm for token in doc for form in _forms(token))


def _forms(token: Token) -> Iterator[str]:
    """Yield the lemma of a word, alone, behind the word before it ("penalty area") and behind a hyphen ("semi-final")."""
    lemma = token.lemma_.lower()
    yield lemma
    if token.i > 0:
        yield f"{token.nbor(-1).lower_} {lemma}"
    if token.i > 1:
        yield f"{token.nbor(-2).lower_}{token.nbor(-1).lower_}{lemma}"
