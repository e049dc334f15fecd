"""Titles of offices: what sort of office they name, of what, and when one may stand for another."""

from __future__ import annotations

import pytest

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.offices import Office, read_office

GAZETTEER = Gazetteer(
    [
        GazetteerEntry(key="country/ostravia", type="Country", name="Ostravia", country="XO", adjectives=("Ostravian",)),
        GazetteerEntry(key="country/united-states", type="Country", name="United States", country="US", acronyms=("US", "U.S.")),
        GazetteerEntry(key="country/germany", type="Country", name="Germany", country="DE", adjectives=("German",)),
        GazetteerEntry(key="organization/united-nations", type="Organization", name="United Nations", acronyms=("UN",)),
        GazetteerEntry(key="organization/palace", type="Organization", name="Blue Palace", country="XO", kind="government"),
        GazetteerEntry(key="region/marches", type="Region", name="Marches"),
    ]
)


def read(title: str, *, of: str | None = None) -> tuple[str | None, frozenset[str], bool]:
    office = read_office(title, GAZETTEER, of=of)
    return office.kind, office.of, office.deputy


@pytest.mark.parametrize(
    ("title", "kind", "of"),
    [
        ("Ostravian Foreign Minister", "foreign-minister", {"XO"}),
        ("Minister of External Relations", "foreign-minister", set()),
        ("Secretary of State for Foreign and Commonwealth Affairs", "foreign-minister", set()),
        ("Ostravia's Minister of Defense", "defence-minister", {"XO"}),
        ("U.S. Secretary of State", "foreign-minister", {"US"}),
        ("Secretary of State", "foreign-minister", set()),
        ("Ostravian Secretary of State", None, {"XO"}),
        ("German Chancellor", "prime-minister", {"DE"}),
        ("Chancellor of the Exchequer", "finance-minister", set()),
        ("President of the Republic of Ostravia", "president", {"XO"}),
        ("President of the National Assembly", "speaker", set()),
        ("Secretary-General of the United Nations", "secretary-general", {"organization/united-nations"}),
        ("Senior Adviser to the UN Secretary General", None, {"organization/united-nations"}),
        ("Blue Palace spokesman", None, {"XO"}),
        ("Minister of Foreign Trade", "trade-minister", set()),
        ("Governor of the Marches", None, set()),
    ],
)
def test_read_office_tells_sort_and_scope(title: str, kind: str | None, of: set[str]) -> None:
    assert read(title)[:2] == (kind, frozenset(of))


@pytest.mark.parametrize("title", ["Deputy Foreign Minister", "Vice President", "Minister of State for Foreign Affairs"])
def test_read_office_knows_a_deputy(title: str) -> None:
    assert read(title)[2] is True


@pytest.mark.parametrize(
    ("title", "time"),
    [("former President", "former"), ("President-elect", "coming"), ("acting President", None), ("President", None)],
)
def test_read_office_tells_when_it_is_held(title: str, time: str | None) -> None:
    assert read_office(title, GAZETTEER).time == time


def test_read_office_names_the_owner_of_a_bare_title() -> None:
    assert read_office("Secretary of State", GAZETTEER).bare == "US"
    assert read_office("President", GAZETTEER).bare is None


def test_read_office_counts_the_owner_that_is_known_already() -> None:
    assert read("Secretary of State", of="US") == ("foreign-minister", frozenset({"US"}), False)
    assert read("Secretary of State", of="XO") == (None, frozenset({"XO"}), False)


def test_read_office_knows_offices_that_several_hold() -> None:
    assert read_office("ambassador", GAZETTEER).many
    assert not read_office("Prime Minister", GAZETTEER).many


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Foreign Minister", "Minister of External Relations", True),
        ("Secretary", "Secretary of State", True),
        ("Minister", "Minister of Culture", True),
        ("Minister of Culture", "Minister", False),
        ("Deputy Foreign Minister", "Foreign Minister", False),
        ("President", "Prime Minister", False),
        ("President", "Vice President", False),
    ],
)
def test_fits_tells_whether_a_title_may_stand_for_another(one: str, other: str, fits: bool) -> None:
    assert read_office(one, GAZETTEER).fits(read_office(other, GAZETTEER, of="US")) is fits


def test_fits_nothing_where_a_title_has_no_words() -> None:
    assert not Office(kind=None, words=frozenset()).fits(read_office("President", GAZETTEER))
