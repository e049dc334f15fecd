"""The table of people: its format, its look-up, and the table that is shipped."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.language.gazetteer import load_gazetteer
from kg.language.people import COLUMNS, People, Person, Term, ends, plain, shipped_people, sound, to_person

ROW = "person/ilena-varo\tIlena Varo\tQ1\tI. Varo|Ilena Varó\tForeign Minister;XO;2030-05;2031-02-28+|Envoy;;2029;\tT"


def people(*rows: str) -> People:
    return People((row, f"table, line {number}") for number, row in enumerate(rows, start=2))


def row(key: str, name: str, *, aliases: str = "", terms: str = "") -> str:
    return "\t".join((f"person/{key}", name, "", aliases, terms, ""))


def test_to_person_reads_names_and_terms() -> None:
    assert to_person(ROW, place="here") == Person(
        key="person/ilena-varo",
        name="Ilena Varo",
        wikidata="Q1",
        aliases=("I. Varo", "Ilena Varó"),
        terms=(
            Term(
                office="Foreign Minister",
                of="XO",
                start=datetime.date(2030, 5, 1),
                end=datetime.date(2031, 2, 28),
                open=True,
            ),
            Term(office="Envoy", of=None, start=datetime.date(2029, 1, 1), end=None),
        ),
        source="T",
    )


def test_same_as_is_the_iri_of_wikidata() -> None:
    assert to_person(ROW, place="").same_as == ("http://www.wikidata.org/entity/Q1",)
    assert to_person(row("a", "A"), place="").same_as == ()


@pytest.mark.parametrize(
    ("date", "inside"),
    [("2030-04-30", False), ("2030-05-01", True), ("2031-12-31", True), ("2032-01-01", False)],
)
def test_covers_counts_the_outermost_days(date: str, inside: bool) -> None:
    term = to_person(row("a", "A", terms="Envoy;XO;2030-05;2031"), place="").terms[0]
    assert term.covers(datetime.date.fromisoformat(date)) is inside


def test_named_ignores_accents_case_and_hyphens() -> None:
    table = people(row("a", "Jean-Noël Várø"), row("b", "Sa'ar Lund"))
    assert [person.key for person in table.named("JEAN NOEL VARO")] == ["person/a"]
    assert [person.key for person in table.named("Saar Lund")] == ["person/b"]
    assert table.named("Varo") == []


def test_named_finds_all_who_share_a_name_and_their_aliases() -> None:
    table = people(row("a", "Ilena Varo"), row("b", "Ilena Varo"), row("c", "Mona Lund", aliases="Ilena Varo"))
    assert [person.key for person in table.named("Ilena Varo")] == ["person/a", "person/b", "person/c"]


def test_sharing_finds_other_spellings_of_a_family_name() -> None:
    table = people(row("a", "Oleh Varskyy"), row("b", "Tarek al-Shamaa"), row("c", "Mona Lund"))
    assert [person.key for person in table.sharing("Varsky")] == ["person/a"]
    assert [person.key for person in table.sharing("al-Shama")] == ["person/b"]


def test_officers_returns_those_of_a_state_or_organization() -> None:
    table = people(
        row("a", "A", terms="President;XO;2030;"), row("b", "B", terms="Envoy;organization/league;2030;"), row("c", "C")
    )
    assert [person.key for person in table.officers("XO")] == ["person/a"]
    assert [person.key for person in table.officers("organization/league")] == ["person/b"]


def test_a_later_row_of_the_same_key_replaces_an_earlier_one() -> None:
    table = people(row("a", "Ilena Varo"), row("a", "Mona Lund"))
    assert [person.name for person in table] == ["Mona Lund"]
    assert table.named("Ilena Varo") == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("person/a\tA", "2 cells, not 6"),
        ("varo\tA\t\t\t\t", "'varo' is no key of a person"),
        ("person/a\t\t\t\t\t", "no name"),
        ("person/a\tA\t12\t\t\t", "'12' is no Wikidata id"),
        ("person/a\tA\t\tB||C\t\t", "an empty alias"),
        ("person/a\tA\t\t\tEnvoy;XO;2030\t", "the term 'Envoy;XO;2030' is not office;of;start;end"),
        ("person/a\tA\t\t\tEnvoy;Ostravia;2030;\t", "'Ostravia' is no state or organization"),
        ("person/a\tA\t\t\tEnvoy;XO;May 2030;\t", "'May 2030' is no date"),
        ("person/a\tA\t\t\tEnvoy;XO;2030-02-30;\t", "'2030-02-30' is no day of the calendar"),
        ("person/a\tA\t\t\tEnvoy;XO;2030;2029-12\t", "ends before it begins"),
    ],
)
def test_load_gazetteer_names_file_and_line_of_a_faulty_row(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("\t".join(COLUMNS) + "\n" + row("z", "Z") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"^own\.tsv, line 3: .*{re.escape(message)}"):
        load_gazetteer([file])


def test_load_gazetteer_raises_for_a_person_that_is_there_twice(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("\n".join(["\t".join(COLUMNS), row("a", "A"), row("a", "B")]), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^own\.tsv, line 3: the key 'person/a' is there twice"):
        load_gazetteer([file])


def test_load_gazetteer_adds_people_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("\n".join(["\t".join(COLUMNS), ROW]), encoding="utf-8")
    assert [person.key for person in load_gazetteer([file]).people.named("Ilena Varo")] == ["person/ilena-varo"]


def test_every_shipped_row_is_well_formed_and_its_key_its_own() -> None:
    rows = list(shipped_people())
    table = People(rows)
    assert len(table) == len(rows) > 10_000
    assert {person.wikidata is not None for person in table} == {True, False}


def test_no_two_shipped_people_have_one_wikidata_id() -> None:
    ids = [person.wikidata for person in People(shipped_people()) if person.wikidata is not None]
    assert len(ids) == len(set(ids))


@given(st.text(max_size=30))
def test_plain_is_the_same_for_what_is_plain_already(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_sound_and_ends_keep_something_of_every_word(word: str) -> None:
    assert sound(word)
    assert len(ends(word)) == 1
