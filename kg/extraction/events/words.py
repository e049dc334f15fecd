"""The words of events: what a meant act counts as, which nouns are actors, which words show the field of an event, or a game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kg.errors import LexiconError
from kg.extraction.lexicon import parse_toml
from kg.records import EventType

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """What ``events.toml`` and ``contexts.toml`` say beside the frames.

    ``meant`` and ``refused`` map the type of an act to that of saying that it will, or will not, be done; ``contexts`` maps a lemma,
    or two that follow one another, to the fields that it shows. ``games`` are the nouns of reports of games, ``play`` the
    verbs of what is done in them, and ``harm`` the words of which none stands there. What ``nature`` does
    is no attack.
    """

    meant: Mapping[EventType, EventType]
    refused: Mapping[EventType, EventType]
    actors: frozenset[str]
    arms: frozenset[str]
    quantities: frozenset[str]
    contexts: Mapping[str, tuple[str, ...]]
    games: frozenset[str] = frozenset()
    play: frozenset[str] = frozenset()
    harm: frozenset[str] = frozenset()
    nature: frozenset[str] = frozenset()


@cache
def load_event_words() -> EventWords:
    """Return the words of the package. Raises LexiconError for what the schema does not allow."""
    events, contexts = (files("ontology").joinpath(name).read_text(encoding="utf-8") for name in ("events.toml", "contexts.toml"))
    return parse_event_words(events, contexts)


def parse_event_words(events: str, contexts: str) -> EventWords:
    """Return the words that two TOML texts hold, called events.toml and contexts.toml in errors."""
    data = parse_toml(events, name="events.toml")
    fields: dict[str, list[str]] = {}
    for context, words in _checked(dict[str, list[str]], parse_toml(contexts, name="contexts.toml"), "contexts.toml").items():
        for word in words:
            fields.setdefault(word, []).append(context)
    actors = _checked(dict[str, frozenset[str]], data.get("actors", {}), "events.toml: [actors]")
    games = _checked(dict[str, frozenset[str]], data.get("games", {}), "events.toml: [games]")
    return EventWords(
        meant=_checked(dict[EventType, EventType], data.get("meant", {}), "events.toml: [meant]"),
        refused=_checked(dict[EventType, EventType], data.get("refused", {}), "events.toml: [refused]"),
        actors=actors.get("nouns", frozenset()),
        arms=actors.get("arms", frozenset()),
        quantities=actors.get("quantities", frozenset()),
        contexts={word: tuple(names) for word, names in fields.items()},
        games=games.get("nouns", frozenset()),
        play=games.get("verbs", frozenset()),
        harm=games.get("harm", frozenset()),
        nature=actors.get("nature", frozenset()),
    )


def _checked(kind: type[T], value: object, place: str) -> T:
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise LexiconError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Mend it there.") from error
