"""Measuring links to states, on an annotation and an extraction written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.extraction.extract import load_extractor
from kg.records import Document, Entity, Extraction, Mention
from kg.training.measure_links import Tally, measure_links, measure_states, state_ids
from tests.shared import shared

TEXT = "Lundhaven told the Ostravian envoy that Norland and the Norland Fund agree."
IDS = {"ostravia": "Q900", "norland": "Q901"}
GOLD = {
    "places": [
        {"name": "Ostravia", "kind": "country", "aliases": ["Lundhaven", "Ostravian"]},
        {"name": "Norland", "kind": "country", "aliases": ["the Norland"]},
    ],
    "persons": [],
    "organizations": [{"name": "Norland Fund", "aliases": ["Norland Fund"]}],
}


def country(name: str, wikidata: str, *words: str) -> Entity:
    mentions = tuple(Mention(start=TEXT.index(word), end=TEXT.index(word) + len(word), text=word) for word in words)
    return Entity(
        id=f"id:{name}", type="Country", name=name, same_as=(f"http://www.wikidata.org/entity/{wikidata}",), mentions=mentions
    )


def extraction(*entities: Entity) -> Extraction:
    return Extraction(document=Document(id="d", text=TEXT), entities=entities)


def test_measure_states_counts_every_place_of_a_states_names() -> None:
    found = extraction(country("Ostravia", "Q900", "Lundhaven", "Ostravian"), country("Norland", "Q901", "Norland"))
    assert measure_states(GOLD, found, IDS) == Tally(right=3)


def test_measure_states_tells_what_is_missed_and_what_is_wrong() -> None:
    found = extraction(country("Norland", "Q901", "Lundhaven"), country("Elsewhere", "Q5", "envoy"))
    tally = measure_states(GOLD, found, IDS)
    assert (tally.right, len(tally.missed), tally.wrong) == (0, 3, ["d: 'envoy' linked to Q5"])
    assert (tally.precision, tally.recall) == (0.0, 0.0)


def test_measure_states_refuses_a_state_that_the_data_do_not_know() -> None:
    with pytest.raises(ValueError, match="'Ostravia': no state of this name"):
        measure_states(GOLD, extraction(), {})


def test_state_ids_know_a_state_by_all_its_names(tmp_path: Path) -> None:
    (tmp_path / "country-codes").mkdir()
    (tmp_path / "mledoze-countries").mkdir()
    (tmp_path / "country-codes" / "country-codes.csv").write_text(
        "ISO3166-1-Alpha-2,wikidata_id,CLDR display name,UNTERM English Short,UNTERM English Formal\n"
        "XO,https://www.wikidata.org/wiki/Q900,Ostravia,,the Free State of Ostravia\n",
        encoding="utf-8",
    )
    countries = [
        {"cca2": "XO", "name": {"common": "Ostravia", "official": "Republic of Ostria"}, "altSpellings": ["Great Ostra"]}
    ]
    (tmp_path / "mledoze-countries" / "countries.json").write_text(json.dumps(countries), encoding="utf-8")
    names = ["ostravia", "republic of ostria", "ostria", "great ostra", "ostra", "free state of ostravia"]
    assert state_ids(tmp_path) == dict.fromkeys(names, "Q900")


def test_links_to_states_are_right_in_the_annotated_statements() -> None:
    tally, persons = measure_links(shared("eval"), shared("data"), load_extractor())
    assert tally.precision >= 0.98, tally.wrong
    assert tally.recall >= 0.98, tally.missed
    assert any(person.same_as for person in persons)
