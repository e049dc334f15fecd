"""The tables keep the rules of Neo4j's importer, as a strict reader of its headers finds."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import to_networkx
from kg.export.neo4j import NODE_COLUMNS, RELATIONSHIP_COLUMNS, relationship_type, write_csv
from tests.exports import LEAGUE_IRI, SECOND, VARO_IRI, a_store

NETWORK = to_networkx(a_store(decided=True))
Value = str | int | float | datetime.date | list[str] | None
Row = dict[str, Value]

_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",\n]*)')
_TYPES = {"string": str, "int": int, "float": float, "date": datetime.date.fromisoformat}


def records_of(text: str) -> list[list[str | None]]:
    """Read fields as the importer does with --multiline-fields: quotes are doubled, an empty field is no value."""
    records: list[list[str | None]] = [[]]
    place = 0
    while place < len(text):
        match = _FIELD.match(text, place)
        assert match is not None
        quoted, plain = match.groups()
        records[-1].append(quoted.replace('""', '"') if quoted is not None else plain or None)
        place = match.end()
        assert text[place] in ",\n", f"a stray character at {place}: {text[place : place + 20]!r}"
        if text[place] == "\n":
            records.append([])
        place += 1
    assert records.pop() == []
    return records


def read_table(text: str) -> list[Row]:
    """Read a table by its header: names, types, arrays between semicolons."""
    header, *records = records_of(text)
    assert all(len(record) == len(header) for record in records)
    return [dict(_cell(str(column), field) for column, field in zip(header, record, strict=True)) for record in records]


def _cell(column: str, field: str | None) -> tuple[str, Value]:
    name, _, kind = column.partition(":")
    if kind in {"ID", "START_ID", "END_ID", "TYPE"}:
        assert field, f"{column} is never empty"
        return column, field
    if kind == "LABEL":
        return column, (field or "").split(";")
    if field is None:
        return name, None
    if kind.endswith("[]"):
        return name, [_TYPES[kind.removesuffix("[]")](member) for member in field.split(";")]  # type: ignore[operator]
    return name, _TYPES[kind or "string"](field)  # type: ignore[operator]


def tables_of(network: nx.MultiDiGraph) -> tuple[list[Row], list[Row]]:
    with zipfile.ZipFile(io.BytesIO(write_csv(network))) as archive:
        assert archive.namelist() == ["nodes.csv", "relationships.csv", "README.txt"]
        nodes, relationships = (read_table(archive.read(name).decode()) for name in archive.namelist()[:2])
    return nodes, relationships


def given_values(row: Row, names: set[str]) -> Row:
    """Return the named values; the reader keeps days as days, the network as text."""
    told = {name: value for name, value in row.items() if name in names and value is not None}
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in told.items()}


def test_write_csv_has_a_row_for_each_node_with_its_types() -> None:
    nodes, _ = tables_of(NETWORK)
    names = {name for _, data in NETWORK.nodes(data=True) for name in data}
    assert {str(row["id:ID"]): given_values(row, names) for row in nodes} == dict(NETWORK.nodes(data=True))


def test_write_csv_has_a_row_for_each_edge_with_its_types() -> None:
    nodes, relationships = tables_of(NETWORK)
    ids = {row["id:ID"] for row in nodes}
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in relationships)
    read = {(row[":START_ID"], row[":END_ID"], row["id"]): row for row in relationships}
    assert read.keys() == set(NETWORK.edges(keys=True))
    for *ends, data in NETWORK.edges(keys=True, data=True):
        row = read[tuple(ends)]
        assert given_values(row, set(data)) == {name: value for name, value in data.items() if name != "label"}


def test_write_csv_labels_nodes_by_kind_and_type() -> None:
    nodes, _ = tables_of(NETWORK)
    labels = {str(row["id:ID"]): row[":LABEL"] for row in nodes}
    assert labels[LEAGUE_IRI] == ["Entity", "Organization"]
    assert sorted(set(map(tuple, labels.values()))) == [  # type: ignore[arg-type]
        ("Entity", "City"),
        ("Entity", "Country"),
        ("Entity", "Facility"),
        ("Entity", "Organization"),
        ("Entity", "Person"),
        ("Issue",),
        ("Meeting", "Talks"),
        ("Negotiation",),
        ("Proposal", "Document"),
        ("Role",),
        ("Topic",),
    ]


def test_write_csv_types_relationships_by_predicate() -> None:
    _, relationships = tables_of(NETWORK)
    (row,) = (row for row in relationships if row["id"] == f"{SECOND}/assertion/1")
    assert (row[":TYPE"], row["begin"], row["confidence"]) == ("REPRESENTATIVE_OF", datetime.date(2029, 5, 1), 0.95)
    assert row[":START_ID"] == VARO_IRI


def test_write_csv_has_a_column_for_each_attribute() -> None:
    def column_names(columns: tuple[str, ...]) -> set[str]:
        return {column.partition(":")[0] for column in columns if not column.startswith(":")}

    assert {name for _, data in NETWORK.nodes(data=True) for name in data} == column_names(NODE_COLUMNS) - {"id"}
    used = {name for *_, data in NETWORK.edges(data=True) for name in data}
    assert used - {"label"} == column_names(RELATIONSHIP_COLUMNS) - {"id"}


def test_write_csv_says_how_to_load_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write_csv(NETWORK))) as archive:
        readme = archive.read("README.txt").decode()
    assert (
        "neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true" in readme
    )


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [("metWith", "MET_WITH"), ("representative-of", "REPRESENTATIVE_OF"), ("party", "PARTY"), ("heldAt", "HELD_AT")],
)
def test_relationship_type_is_in_capitals(predicate: str, expected: str) -> None:
    assert relationship_type(predicate) == expected


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n\\'), min_size=1), st.text(min_size=1))
def test_write_csv_keeps_any_text(label: str, alias: str) -> None:
    network = nx.MultiDiGraph()
    network.add_node("urn:a", label=label, type="Person", kind="entity", aliases=["one", alias.replace("\x00", "")])
    ((row,), _) = tables_of(network)
    assert row["label"] == label.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    aliases = row["aliases"]
    assert isinstance(aliases, list)
    assert len(aliases) == 2
