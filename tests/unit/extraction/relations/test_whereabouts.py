"""Where actors and places are."""

from __future__ import annotations

import pytest

from tests.readers import Row, relations_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Oslo-based Institute for Peace published a report.", ("Institute for Peace", "Oslo")),
        ("Speaking in Oslo, Elena Marsh said that talks would go on.", ("Elena Marsh", "Oslo")),
        ("Elena Marsh was asked about it while speaking to pupils at a school in Oslo.", ("Elena Marsh", "Oslo")),
        ("I am glad that Elena Marsh is here in Norway.", ("Elena Marsh", "Norway")),
        ("The African Union is headquartered in Addis Ababa.", ("African Union", "Addis Ababa")),
        ("The report came from Cusco, Peru.", ("Cusco", "Peru")),
        ("The Peruvian town of Cusco was quiet.", ("Cusco", "Peru")),
        ("Cusco, a city in Peru, was quiet.", ("Cusco", "Peru")),
        ("Peru's Puno province was quiet.", ("Puno", "Peru")),
    ],
)
def test_read_whereabouts_finds_where_one_is(text: str, expected: Row) -> None:
    assert relations_of(text, "locatedIn") == {(expected[0], "locatedIn", expected[1])}


def test_read_whereabouts_keeps_how_firmly_it_is_said() -> None:
    text = "Elena Marsh will return to Oslo on Friday."
    assert relations_of(text, "locatedIn") == {("Elena Marsh", "locatedIn", "Oslo", "planned")}


def test_read_whereabouts_puts_no_place_into_a_state_that_a_list_only_names_beside_it() -> None:
    assert relations_of("The letters went to Brussels, Germany and France.", "locatedIn") == set()
