"""How the table of office-holders is made, from sources of invented people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.people import COLUMNS, People
from kg.training.office_holders import build_people

GAZETTEER = Gazetteer(
    [
        GazetteerEntry(key="country/ostravia", type="Country", name="Ostravia", wikidata="Q900", country="XO"),
        GazetteerEntry(key="organization/league", type="Organization", name="League of Cities", acronyms=("LC",)),
    ]
)

HOLDERS = """position,person,personID,start,end
President,Ilena Varó,Q1,2028-01-01,2030-01-01
President,Oto Brek,Q2,2030-01-01,
Minister of Culture,Oto Brek,Q2,2031,2030-05
Minister of Foreign Affairs,Tomas Lund,Q3,2029-02,2030
Minister of Trade,Tomas Lund,Q4,2029-02,2030
First Lady,Mona Brek,Q5,2030-01-01,
Minister of Defence,Лунд,Q6,2030-01-01,
"""
POSITIONS = "id,position,country\nQ70,President of Ostravia,Q900\nQ71,Governor,Q901\n"
WORLD = "position,person,personID,start,end\nSecretary-General of the League of Cities,Ara Holm,Q7,2029-01-01,\n"
FOREIGN = """person,name,country,countryLabel,position,positionLabel,start
Q3,Dr. Tomas Lund,Q900,Ostravia,Q1,Minister of Foreign Affairs of Ostravia,2029-02-10
Q8,Nobody,Q999,Elsewhere,Q1,Foreign Minister,2030-01-01
"""
LEADERS = """countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year
Q900,Ostravia,Q1,President of Ostravia,Q2,Oto Brek,2030,
"""
NOW = """Country,ISO,HoG Title,Head of Government,HoG Since,HoS Title,Head of State,HoS Since
Ostravia,XO,Prime Minister,Ilena Varo,2036-01-01,President,,
"""
CONGRESS = """- id: {wikidata: Q9, wikipedia: Una Sand (politician)}
  name: {first: Una, last: Sand, official_full: Una M. Sand, nickname: Uni}
  terms:
  - {type: rep, start: '2029-01-03', end: '2031-01-03'}
  - {type: rep, start: '2031-01-03', end: '2033-01-03'}
- id: {bioguide: S1}
  name: {first: Una, middle: Kay, last: Sand}
  terms:
  - {type: prez, start: '1989-01-20', end: '1993-01-20'}
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    files = {
        "office-holders/ostravia/holders.csv": HOLDERS,
        "office-holders/ostravia/positions.csv": POSITIONS,
        "office-holders/world/holders.csv": WORLD,
        "office-holders/world/foreign-ministers.csv": FOREIGN,
        "office-holders/world-leaders-2021/leaders.csv": LEADERS,
        "office-holders/leaders-2026.csv": NOW,
        "us-legislators/executive.yaml": "[]\n",
        "us-legislators/legislators-current.yaml": CONGRESS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def correction(name: str, *, wikidata: str = "", aliases: str = "", term: str = ";;;") -> dict[str, str]:
    office, of, start, end = term.split(";")
    return {"name": name, "wikidata": wikidata, "aliases": aliases, "office": office, "of": of, "start": start, "end": end}


def table(corpora: Path, *corrections: dict[str, str]) -> dict[str, list[str]]:
    header, *lines = build_people(corpora, corrections, gazetteer=GAZETTEER).splitlines()
    assert header == "\t".join(COLUMNS)
    assert lines == sorted(lines)
    return {line.split("\t")[0].removeprefix("person/"): line.split("\t")[1:] for line in lines}


def test_build_people_puts_the_terms_of_a_person_together(corpora: Path) -> None:
    assert table(corpora)["ilena-varo"] == [
        "Ilena Varó",
        "Q1",
        "",
        "President;XO;2028-01-01;2030-01-01|Prime Minister;XO;2036-01-01;2036-01-01+",
        "WL",
    ]


def test_build_people_ends_an_open_term_on_the_last_day_of_its_source_and_mends_dates(corpora: Path) -> None:
    assert table(corpora)["oto-brek"][3] == "President;XO;2030-01-01;2031+|Minister of Culture;XO;2031;2031+"


def test_build_people_keeps_namesakes_apart(corpora: Path) -> None:
    found = table(corpora)
    assert found["tomas-lund-q3"][3] == "Minister of Foreign Affairs;XO;2029-02-10;2030"
    assert found["tomas-lund-q4"][3] == "Minister of Trade;XO;2029-02;2030"
    assert found["una-k-sand"][1] == ""


def test_build_people_files_an_organizations_head_under_it(corpora: Path) -> None:
    assert table(corpora)["ara-holm"][3] == "Secretary-General of the League of Cities;organization/league;2029-01-01;2031+"


def test_build_people_joins_terms_in_congress_and_knows_its_members_other_names(corpora: Path) -> None:
    assert table(corpora)["una-sand"] == [
        "Una Sand",
        "Q9",
        "Una M. Sand|Uni Sand",
        "Representative;US;2029-01-03;2033-01-03",
        "U",
    ]


def test_build_people_leaves_out_who_holds_no_office_or_has_no_latin_name(corpora: Path) -> None:
    assert set(table(corpora)) == {
        "ara-holm",
        "ilena-varo",
        "oto-brek",
        "tomas-lund-q3",
        "tomas-lund-q4",
        "una-k-sand",
        "una-sand",
    }


def test_build_people_adds_terms_and_spellings_by_hand(corpora: Path) -> None:
    added = correction("Oto Brek", aliases="Otto Breck", term="Foreign Minister;XO;2033-01-01;2034-01-01+")
    new = correction("Vera Kern", term="Envoy;organization/league;2033;2034")
    found = table(corpora, added, new)
    assert found["oto-brek"][1:3] == ["Q2", "Otto Breck"]
    assert found["oto-brek"][3].endswith("|Foreign Minister;XO;2033-01-01;2034-01-01+")
    assert found["vera-kern"] == ["Vera Kern", "", "", "Envoy;organization/league;2033;2034", "H"]


def test_build_people_writes_what_people_read(corpora: Path) -> None:
    lines = build_people(corpora, [], gazetteer=GAZETTEER).splitlines()[1:]
    assert len(list(People((line, "built") for line in lines))) == 7


def test_build_people_names_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no office-holders there. Name the folder of the corpora with --corpora"):
        build_people(tmp_path, [], gazetteer=GAZETTEER)
