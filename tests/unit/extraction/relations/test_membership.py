"""Who belongs to what."""

from __future__ import annotations

import pytest

from tests.readers import Row, relations_of


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("NATO member Norway agreed.", {"Norway"}),
        ("European Union member states France and Poland agreed.", {"France", "Poland"}),
        ("Norway is a member of NATO.", {"Norway"}),
        ("As a member of NATO, Norway agreed.", {"Norway"}),
        ("Ana Diaz, a member of the African Union, spoke.", {"Ana Diaz"}),
        ("The coalition includes Peru, Chad and Norway.", {"Peru", "Chad", "Norway"}),
        ("Peru belongs to the African Union.", {"Peru"}),
        ("NATO Secretary General Elena Marsh spoke.", {"Elena Marsh"}),
        ("The Norwegian army marched.", {"Norwegian army"}),
        ("Norwegian diplomats dined.", set()),
        ("Peru joined Chad in condemning the raid.", set()),
    ],
)
def test_read_membership_finds_members(text: str, members: set[str]) -> None:
    assert {row[0] for row in relations_of(text, "memberOf")} == members


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway joined NATO in 1949.", {("Norway", "memberOf", "North Atlantic Treaty Organization", "from 1949")}),
        ("Norway may join the European Union.", {("Norway", "memberOf", "European Union", "possible")}),
        ("Britain left the European Union in 2020.", {("United Kingdom", "memberOf", "European Union", "to 2020")}),
        ("Britain left the European Union.", set()),
    ],
)
def test_read_membership_says_since_and_until_when(text: str, expected: set[Row]) -> None:
    assert relations_of(text, "memberOf") == expected
