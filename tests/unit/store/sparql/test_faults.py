"""Faults of syntax: the line and column of the first word that does not fit, in the user's own text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.embedded import EmbeddedStore


def fault_of(query: str) -> QueryError:
    with EmbeddedStore(None) as store, pytest.raises(QueryError) as caught:
        store.query(query)
    return caught.value


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELCT * { ?s ?p ?o }", 1, 1),
        ("SELECT * { ?s ?p ?o }}", 1, 22),
        ("SELECT ?s WHER { ?s ?p ?o }", 1, 11),
        ("SELECT *\nWHERE {\n  ?s ?p ?o .\n  OPTIONL { ?s ?q ?r }\n}", 4, 3),
        ("SELECT *\nWHERE {\n  ?s ?p ?o .\n x\n}\n", 4, 2),
        ("SELECT * {\n  ?s rdfs:label ?o\n  FILTER ?o\n}", 3, 10),
        ("SELECT *\r\n{ ?s ?p ;;; ? }", 2, 9),
        ("SELECT *\n{\n  ?é 'éé' ?o }", 3, 6),
        ("# a comment } here\nSELECT * { ?s ?p ?o . FILTER(?o > ) }", 2, 35),
        ("SELECT ?s { ?s ?p ?o } LIMIT x", 1, 30),
        ("SELECT * { ?s foo:bar ?o }", 1, 15),
        ("SELECT * {\n ?s <relative> ?o }", 2, 5),
    ],
)
def test_query_error_points_at_the_word(query: str, line: int, column: int) -> None:
    error = fault_of(query)
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}" in str(error)


def test_query_error_points_at_the_end_when_the_query_stops_short() -> None:
    error = fault_of("SELECT * {\n  ?s a dem:Person ")
    assert (error.line, error.column) == (2, 19)
    assert "ends too early" in str(error)


def test_query_error_says_that_a_query_is_empty() -> None:
    assert "it is empty" in str(fault_of(" \n"))


@pytest.mark.parametrize("update", ["INSERT DATA { <a:b> <a:b> 1 }", "delete where { ?s ?p ?o }", "LOAD <file:///etc/hostname>"])
def test_query_error_tells_an_update_from_a_query(update: str) -> None:
    error = fault_of(update)
    assert "begins an update" in str(error)
    assert (error.line, error.column) == (1, 1)


def test_query_error_names_the_prefix_that_is_not_declared() -> None:
    assert "the prefix 'foo' is not declared" in str(fault_of("SELECT * { ?s foo:bar ?o }"))


def test_query_error_names_the_relative_iri() -> None:
    assert "'<relative>' is no absolute IRI" in str(fault_of("SELECT * { ?s <relative> ?o }"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?s ?p ?o } GROUP BY ?s",
        "SELECT ?s (1 AS ?s) { ?s ?p ?o }",
        "SELECT (1 AS ?x) (2 AS ?x) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } GROUP BY ?s",
    ],
    ids=["ungrouped", "bound", "twice", "star"],
)
def test_query_error_has_no_place_when_the_fault_has_none(query: str) -> None:
    error = fault_of(query)
    assert (error.line, error.column) == (None, None)
    assert str(error).startswith("The query is malformed: SELECT ")


def test_query_error_reports_a_lone_surrogate() -> None:
    assert "surrogates" in str(fault_of("SELECT * { ?s ?p '\ud800' }"))


@settings(deadline=None)
@given(st.text(alphabet="abcé \n?{}.<>'#:", max_size=40))
def test_query_error_place_lies_within_the_query(text: str) -> None:
    query = "SELECT * { " + text + "\n]"
    error = fault_of(query)
    lines = query.split("\n")
    assert error.line is not None
    assert error.column is not None
    assert 1 <= error.line <= len(lines)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
