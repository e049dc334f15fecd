"""The words of events as data."""

from __future__ import annotations

import pytest

from kg.errors import LexiconError
from kg.extraction.events.words import load_event_words, parse_event_words
from kg.extraction.lexicon import load_frames


def test_load_event_words_says_what_a_meant_act_counts_as() -> None:
    words = load_event_words()
    assert (words.meant["AID"], words.meant["ASSAULT"], words.refused["AID"]) == ("AGREE", "THREATEN", "REJECT")
    assert {"student", "parliament"} <= words.actors
    assert words.contexts["embargo"] == ("economic",)


def test_parse_event_words_gives_a_word_all_its_fields() -> None:
    words = parse_event_words("", 'trade = ["ship", "oil"]\nresources = ["oil"]')
    assert words.contexts == {"ship": ("trade",), "oil": ("trade", "resources")}


@pytest.mark.parametrize(
    ("events", "contexts", "message"),
    [
        ('[meant]\nAID = "AGREED"', "", r"events.toml: \[meant\]: AID"),
        ("[actors]\nnouns = 3", "", r"events.toml: \[actors\]: nouns"),
        ("", "trade = 3", "contexts.toml: trade"),
        ("[meant", "", "events.toml: not readable as TOML"),
    ],
)
def test_parse_event_words_names_the_field_of_a_fault(events: str, contexts: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_event_words(events, contexts)


def test_every_frame_that_asks_for_words_says_in_which_slot() -> None:
    frames = {frame.id: frame for found in load_frames().frames.values() for frame in found}
    assert [name for name, frame in frames.items() if frame.among and not frame.requires] == []
    assert len([frame for frame in frames.values() if frame.event is not None]) > 70
