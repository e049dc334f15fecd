"""Reports of games beside reports of conflict, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.extraction.events.games import reports_game
from kg.extraction.events.words import load_event_words
from tests.readers import extract, parsed

MATCH = (
    "Peru beat Chad 88-71 in the second game of the final on Sunday. Forward Marek Sorel scored 31 points for the home team. "
    "Chad attacked in the third quarter but lost the ball too often."
)
RIOT = (
    "Police fired on supporters after the final in Lima. Two players of the home team were killed when officers attacked the crowd "
    "in the stadium before the match."
)
DIPLOMACY = "Chad attacked Peru at sea on Monday. The presidents will watch the final together if the truce holds."


@pytest.mark.parametrize(("text", "expected"), [(MATCH, True), (RIOT, False), (DIPLOMACY, False), ("", False)])
def test_reports_game_looks_for_words_of_games_and_of_harm(text: str, expected: bool) -> None:
    assert reports_game(parsed(text), load_event_words()) is expected


def test_extract_reads_no_attack_in_a_game_and_one_in_a_riot() -> None:
    assert not {"ASSAULT", "PROTEST"} & {event.type for event in extract(MATCH).events}
    assert "ASSAULT" in {event.type for event in extract(DIPLOMACY).events}


def test_extract_takes_a_storm_for_no_attacker() -> None:
    assert extract("The storm struck Lima on Monday. Heavy rain hit Peru.").events == ()
    assert [event.type for event in extract("Rockets hit Lima on Monday.").events] == ["ASSAULT"]
