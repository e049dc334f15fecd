"""How countries.tsv and capitals.tsv are made, from two invented countries and a territory."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kg.language.gazetteer import GazetteerEntry, read_entries
from kg.training.gazetteer import build_capitals, build_countries, fold, main, to_table

NO_CORRECTION = dict.fromkeys(
    ["name", "wikidata", "sovereign", "aliases", "acronyms", "adjectives", "demonyms", "needs_context"], ""
)


def country(iso2: str, name: str, official: str, demonym: str, *capitals: str, spellings: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "cca2": iso2,
        "name": {"common": name, "official": official},
        "altSpellings": [iso2, *spellings],
        "demonyms": {"eng": {"f": demonym, "m": demonym}},
        "capital": list(capitals),
    }


def code(iso2: str, wikidata: str, capital: str, **more: str) -> dict[str, str]:
    return {
        "ISO3166-1-Alpha-2": iso2,
        "wikidata_id": f"https://www.wikidata.org/wiki/{wikidata}",
        "Capital": capital,
        "CLDR display name": more.get("display", ""),
        "UNTERM English Short": more.get("short", ""),
        "UNTERM English Formal": more.get("formal", ""),
    }


ASTORIA = country(
    "AA",
    "Astória",
    "Republic of Astória",
    "Astorian",
    "Lundhaven",
    spellings=("State of Astoria", "Astória, Republic of", "Αστορία"),
)
BORDURIA = country("BB", "Borduria", "Kingdom of Borduria", "Bordurese", "Szohôd", "Borduria")
ISLES = country("CC", "Saint Lund Isles", "Saint Lund Isles", "Isle Lunder", "Port Lund")
CODES = [
    code("AA", "Q1", "Lundhaven", display="Astória & Lund", short="Astória (the) *", formal="the Republic of Astória"),
    code("BB", "Q2", "Szohod"),
    code("CC", "Q3", "Port Lund"),
]
CORRECTIONS = [
    NO_CORRECTION | {"iso2": "BB", "wikidata": "Q22", "aliases": "Old Borduria", "acronyms": "KB", "adjectives": "Bordurian"},
    NO_CORRECTION | {"iso2": "CC", "sovereign": "AA", "demonyms": "-", "needs_context": "Saint Lund Isles"},
]


def test_build_countries_derives_names_adjectives_and_demonyms() -> None:
    assert build_countries(CODES, [ASTORIA], []) == [
        GazetteerEntry(
            key="country/astoria",
            type="Country",
            name="Astória",
            wikidata="Q1",
            country="AA",
            aliases=(
                "Astoria",
                "Republic of Astória",
                "Republic of Astoria",
                "Astória and Lund",
                "Astoria and Lund",
                "State of Astoria",
            ),
            adjectives=("Astorian",),
            demonyms=("Astorians",),
        )
    ]


def test_build_countries_takes_the_corrections_before_the_data() -> None:
    assert build_countries(CODES, [BORDURIA, ISLES], CORRECTIONS) == [
        GazetteerEntry(
            key="country/borduria",
            type="Country",
            name="Borduria",
            wikidata="Q22",
            country="BB",
            aliases=("Kingdom of Borduria", "Old Borduria"),
            acronyms=("KB",),
            adjectives=("Bordurian",),
        ),
        GazetteerEntry(
            key="region/saint-lund-isles",
            type="Region",
            name="Saint Lund Isles",
            wikidata="Q3",
            country="AA",
            aliases=("St. Lund Isles", "St Lund Isles"),
            needs_context=("Saint Lund Isles",),
        ),
    ]


@pytest.mark.parametrize(
    ("demonym", "adjectives", "demonyms"),
    [
        ("Bordurese", ("Bordurese",), ()),
        ("Lundish", ("Lundish",), ()),
        ("Lundi", ("Lundi",), ("Lundis",)),
        ("Lund Islander", (), ("Lund Islander", "Lund Islanders")),
        ("Astan, Lundan", ("Astan", "Lundan"), ("Astans", "Lundans")),
        ("Astan or Lundan", ("Astan", "Lundan"), ("Astans", "Lundans")),
        ("", (), ()),
    ],
)
def test_build_countries_inflects_by_the_demonyms_ending(
    demonym: str, adjectives: tuple[str, ...], demonyms: tuple[str, ...]
) -> None:
    [entry] = build_countries([], [country("DD", "Dalia", "Dalia", demonym)], [])
    assert (entry.adjectives, entry.demonyms) == (adjectives, demonyms)


def test_build_capitals_gives_states_their_capitals_but_not_those_of_their_own_name() -> None:
    states = build_countries(CODES, [ASTORIA, BORDURIA, ISLES], CORRECTIONS)
    corrections = [
        {"iso2": "AA", "name": "Lundhaven", "wikidata": "Q7", "aliases": "Lundhavn", "needs_context": "Lundhavn"},
        {"iso2": "AA", "name": "Oldhaven", "wikidata": "", "aliases": "", "needs_context": ""},
    ]
    assert build_capitals(CODES, [ASTORIA, BORDURIA, ISLES], corrections, states=states) == [
        GazetteerEntry(
            key="city/lundhaven",
            type="City",
            name="Lundhaven",
            wikidata="Q7",
            country="AA",
            capital_of="AA",
            aliases=("Lundhavn",),
            needs_context=("Lundhavn",),
        ),
        GazetteerEntry(key="city/szohod", type="City", name="Szohôd", country="BB", capital_of="BB", aliases=("Szohod",)),
        GazetteerEntry(key="city/oldhaven", type="City", name="Oldhaven", country="AA", capital_of="AA"),
    ]


def test_to_table_is_read_back_as_the_same_entries(tmp_path: Path) -> None:
    entries = build_countries(CODES, [BORDURIA, ISLES, ASTORIA], CORRECTIONS)
    file = tmp_path / "own.tsv"
    file.write_text(to_table(entries), encoding="utf-8")
    assert [entry for entry, _ in read_entries(file)] == sorted(entries, key=lambda entry: entry.key)


def write_office_holders(corpora: Path) -> None:
    """Write the sources of office-holders: one president, and the other files with nothing but a header."""
    files = {
        "office-holders/norway/holders.csv": "position,person,personID,start,end\nPrime Minister,Ilena Varo,Q1,2030-01-01,2031-01-01\n",
        "office-holders/norway/positions.csv": "id,position,country\nQ2,Prime Minister of Norway,Q20\n",
        "office-holders/world/foreign-ministers.csv": "person,name,country,countryLabel,position,positionLabel,start\n",
        "office-holders/world-leaders-2021/leaders.csv": (
            "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year\n"
        ),
        "office-holders/leaders-2026.csv": (
            "Country,ISO,HoG Title,Head of Government,HoG Since,HoS Title,Head of State,HoS Since\n"
        ),
        "us-legislators/executive.yaml": "[]\n",
        "us-legislators/legislators-current.yaml": "[]\n",
    }
    for name, text in files.items():
        (corpora / name).parent.mkdir(parents=True, exist_ok=True)
        (corpora / name).write_text(text, encoding="utf-8")


def test_main_writes_both_tables(tmp_path: Path) -> None:
    (tmp_path / "country-codes").mkdir()
    with (tmp_path / "country-codes" / "country-codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(CODES[0]))
        writer.writeheader()
        writer.writerow(code("NO", "Q20", "Oslo"))
    (tmp_path / "mledoze-countries").mkdir()
    norway = country("NO", "Norway", "Kingdom of Norway", "Norwegian", "Oslo")
    (tmp_path / "mledoze-countries" / "countries.json").write_text(json.dumps([norway]), encoding="utf-8")
    write_office_holders(tmp_path)
    main(["--corpora", str(tmp_path), "--output", str(tmp_path)])
    [(state, _)] = read_entries(tmp_path / "countries.tsv")
    oslo = next(entry for entry, _ in read_entries(tmp_path / "capitals.tsv") if entry.capital_of == "NO")
    assert (state.key, state.demonyms) == ("country/norway", ("Norwegians",))
    assert (oslo.key, oslo.name) == ("city/oslo", "Oslo")


def test_main_raises_where_the_corpora_are_not(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"country-codes\.csv: not there. Name the folder of the corpora with --corpora"):
        main(["--corpora", str(tmp_path)])


def test_fold_takes_accents_off() -> None:
    assert fold("Chișinău, Réunion, N’Djamena") == "Chisinau, Reunion, N'Djamena"
