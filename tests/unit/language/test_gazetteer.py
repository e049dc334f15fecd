"""The gazetteer: its format, its look-up, and the tables that are shipped."""

from __future__ import annotations

import re
import string
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.language.gazetteer import COLUMNS, Gazetteer, GazetteerEntry, load_gazetteer, read_entries

SHIPPED = Path(__file__).parents[3] / "ontology" / "gazetteer"
CELLS = dict.fromkeys(COLUMNS, "") | {"key": "city/lundhaven", "type": "City", "name": "Lundhaven"}


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return load_gazetteer()


def table(tmp_path: Path, *rows: dict[str, str], header: str = "\t".join(COLUMNS)) -> Path:
    file = tmp_path / "own.tsv"
    lines = ["\t".join((CELLS | row)[column] for column in COLUMNS) for row in rows]
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "key", "form"),
    [
        ("Ukraine", "country/ukraine", "name"),
        ("Ukrainian", "country/ukraine", "adjective"),
        ("Ukrainians", "country/ukraine", "demonym"),
        ("Kyiv", "city/kyiv", "capital-city"),
        ("Kiev", "city/kyiv", "capital-city"),
        ("US", "country/united-states", "acronym"),
        ("U.S.", "country/united-states", "acronym"),
        ("American", "country/united-states", "adjective"),
        ("UK", "country/united-kingdom", "acronym"),
        ("Britain", "country/united-kingdom", "name"),
        ("Britons", "country/united-kingdom", "demonym"),
        ("Poles", "country/poland", "demonym"),
        ("Chinese", "country/china", "adjective"),
        ("Türkiye", "country/turkey", "name"),
        ("Chisinau", "city/chisinau", "capital-city"),
        ("Geneva", "city/geneva", "name"),
        ("Washington", "city/washington-dc", "capital-city"),
        ("WHO", "organization/world-health-organization", "acronym"),
        ("State Department", "organization/us-department-of-state", "name"),
        ("Donbas", "region/donbas", "name"),
        ("N’Djamena", "city/ndjamena", "capital-city"),
        ("N'Djamena", "city/ndjamena", "capital-city"),
    ],
)
def test_find_returns_the_entry_and_form_of_a_name(shipped: Gazetteer, name: str, key: str, form: str) -> None:
    found = shipped.find(name)
    assert (found and found.key, shipped.form(name)) == (key, form)


@pytest.mark.parametrize("name", ["us", "who", "polish", "turkey", "ukraine", "Lundhaven", "", "un", "is"])
def test_find_returns_none_for_a_name_in_other_letters_or_unknown(shipped: Gazetteer, name: str) -> None:
    assert (shipped.find(name), shipped.form(name), shipped.needs_context(name)) == (None, None, False)


@pytest.mark.parametrize(
    "name", ["Jordan", "Georgia", "Chad", "Male", "Victoria", "Nice", "Congolese", "Dominican", "IS", "Quad"]
)
def test_needs_context_holds_for_names_of_other_things(shipped: Gazetteer, name: str) -> None:
    assert shipped.needs_context(name)
    assert shipped.find(name) is not None


@pytest.mark.parametrize("name", ["Russia", "US", "Jordanian", "Chadian", "Geneva", "NATO"])
def test_needs_context_fails_for_plain_names(shipped: Gazetteer, name: str) -> None:
    assert not shipped.needs_context(name)


def test_find_prefers_the_entry_that_does_not_mark_the_name() -> None:
    marked = GazetteerEntry(key="country/a", type="Country", name="A", adjectives=("Alban",), needs_context=("Alban",))
    plain = GazetteerEntry(key="country/b", type="Country", name="B", adjectives=("Alban",))
    for order in ((marked, plain), (plain, marked)):
        gazetteer = Gazetteer(order)
        assert gazetteer.find("Alban") == plain
        assert gazetteer.needs_context("Alban")


def test_names_yields_each_string_once_and_both_apostrophes() -> None:
    entry = GazetteerEntry(key="city/o", type="City", name="O'Hara", aliases=("Hara",), capital_of="AA", acronyms=("OH",))
    assert list(Gazetteer([entry]).names()) == [
        ("O'Hara", entry, "capital-city"),
        ("O’Hara", entry, "capital-city"),
        ("Hara", entry, "capital-city"),
        ("OH", entry, "acronym"),
    ]


def test_same_as_is_the_iri_of_wikidata(shipped: Gazetteer) -> None:
    ukraine = shipped.by_key("country/ukraine")
    assert ukraine is not None
    assert ukraine.same_as == ("http://www.wikidata.org/entity/Q212",)
    assert GazetteerEntry(key="city/a", type="City", name="A").same_as == ()


def test_shipped_names_are_found_and_their_entries_known(shipped: Gazetteer) -> None:
    for name, entry, form in shipped.names():
        assert (shipped.find(name), shipped.form(name)) == (entry, form)
        assert shipped.by_key(entry.key) == entry


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.tsv")), ids=lambda file: file.stem)
def test_shipped_file_is_well_formed_and_sorted(file: Path) -> None:
    rows = [entry for entry, _ in read_entries(file)]
    keys = [entry.key for entry in rows]
    assert keys == sorted(set(keys))
    assert all(entry.key.partition("/")[0] == entry.type.lower() for entry in rows)
    assert all(entry.capital_of is None or entry.type == "City" for entry in rows)
    assert all((entry.kind is not None) == (entry.type == "Organization") for entry in rows)


def test_shipped_keys_and_wikidata_ids_are_unique(shipped: Gazetteer) -> None:
    rows = [entry for file in SHIPPED.glob("*.tsv") for entry, _ in read_entries(file)]
    assert len(rows) == len(shipped)
    ids = Counter(entry.wikidata for entry in rows if entry.wikidata is not None)
    assert [wikidata for wikidata, count in ids.items() if count > 1] == []


def test_shipped_name_of_two_entries_is_marked_in_all_but_one() -> None:
    unmarked = Counter(
        name
        for file in SHIPPED.glob("*.tsv")
        for entry, _ in read_entries(file)
        for name, _ in entry.forms()
        if name not in entry.needs_context
    )
    assert [name for name, count in unmarked.items() if count > 1] == []


def test_shipped_states_have_ids_and_their_capitals_point_at_them(shipped: Gazetteer) -> None:
    states = [entry for entry in shipped if entry.type == "Country" and entry.country is not None]
    codes = {entry.country for entry in states}
    members_and_others = 193 + len({"VA", "PS", "XK", "TW", "CK", "NU"})
    assert len(codes) == len(states) == members_and_others
    assert all(entry.wikidata is not None for entry in states)
    with_capital = {entry.capital_of for entry in shipped if entry.capital_of is not None}
    assert codes - with_capital == {"SG", "MC", "VA"}
    assert with_capital <= codes


def test_shipped_capitals_hold_every_correction(shipped: Gazetteer) -> None:
    header, *lines = (SHIPPED / "corrections" / "capitals.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
        found = shipped.find(row["name"])
        assert found is not None
        assert (found.capital_of, found.wikidata or "") == (row["iso2"], row["wikidata"])


def test_shipped_names_are_clean(shipped: Gazetteer) -> None:
    for name, _, _ in shipped.names():
        assert name == name.strip()
        assert re.search(r"[|\t\n\"()\[\]{}]", name) is None or name == "Cocos (Keeling) Islands"


def test_load_adds_and_replaces_by_the_users_files(tmp_path: Path) -> None:
    new = {"key": "city/lundhaven", "name": "Lundhaven", "country": "CH", "aliases": "Lund Haven|Lundhavn"}
    other = {"key": "city/geneva", "name": "Geneva", "aliases": "Genf", "wikidata": "Q71"}
    gazetteer = load_gazetteer([table(tmp_path, new, other)])
    assert gazetteer.find("Lundhavn") == GazetteerEntry(
        key="city/lundhaven", type="City", name="Lundhaven", country="CH", aliases=("Lund Haven", "Lundhavn")
    )
    assert gazetteer.find("Genf") == GazetteerEntry(
        key="city/geneva", type="City", name="Geneva", aliases=("Genf",), wikidata="Q71"
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"key": "Lundhaven"}, "key 'Lundhaven' and type 'City' do not fit"),
        ({"key": "country/lundhaven"}, "key 'country/lundhaven' and type 'City' do not fit"),
        ({"name": ""}, "no name. Give the entry 'city/lundhaven'"),
        ({"name": " Lundhaven"}, "begins or ends with white space"),
        ({"wikidata": "71"}, "'71' is no Wikidata id"),
        ({"country": "ch"}, "'ch' is no ISO 3166 code"),
        ({"capital_of": "CHE"}, "'CHE' is no ISO 3166 code"),
        ({"kind": "club"}, "unknown kind 'club'"),
        ({"acronyms": "Lund Haven"}, "'Lund Haven' is no acronym"),
        ({"aliases": "Lund||Haven"}, "holds an empty, padded or repeated value"),
        ({"aliases": "Lund|Lund"}, "holds an empty, padded or repeated value"),
        ({"needs_context": "Lund"}, "needs_context names 'Lund', which is no name of 'city/lundhaven'"),
        ({"name": "Geneva"}, "'Geneva' names both 'city/lundhaven' and 'city/geneva' (cities.tsv, line "),
    ],
)
def test_load_raises_with_file_and_line(tmp_path: Path, row: dict[str, str], message: str) -> None:
    with pytest.raises(LexiconError, match=rf"^own\.tsv, line 2: .*{re.escape(message)}"):
        load_gazetteer([table(tmp_path, row)])


def test_load_raises_for_a_key_that_is_there_twice(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"^own\.tsv, line 3: the key 'city/lundhaven' is there twice"):
        load_gazetteer([table(tmp_path, {}, {})])


def test_load_raises_for_a_wrong_number_of_cells(tmp_path: Path) -> None:
    file = table(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "city/a\tCity\tA\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^own\.tsv, line 2: 3 cells, not 12"):
        load_gazetteer([file])


def test_load_raises_for_another_header(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"^own\.tsv, line 1: not the header of a gazetteer"):
        load_gazetteer([table(tmp_path, header="key,type,name")])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_load_raises_for_a_file_that_is_missing_or_no_text(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "own.tsv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LexiconError, match=r"own\.tsv: not readable as UTF-8 text"):
        load_gazetteer([file])


NAMES = st.text(string.ascii_letters + "'’é", min_size=1, max_size=6)


@given(names=st.lists(st.lists(NAMES, min_size=1, max_size=4, unique=True), min_size=1, max_size=5))
def test_every_name_of_every_entry_is_found(names: list[list[str]]) -> None:
    plain = [[name.replace("’", "'") for name in group] for group in names]
    entries = [
        GazetteerEntry(key=f"city/{i}", type="City", name=first, aliases=tuple(rest)) for i, (first, *rest) in enumerate(plain)
    ]
    gazetteer = Gazetteer(entries)
    for entry in entries:
        for name, _ in entry.forms():
            found = gazetteer.find(name.replace("'", "’"))
            assert found is not None
            assert name in (found.name, *found.aliases)
