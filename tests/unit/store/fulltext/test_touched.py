"""What an update may change is told before it is evaluated: never less, and where that is easy not more."""

from __future__ import annotations

import pytest

from kg.store.fulltext.touched import touched_by

PREFIX = "PREFIX ex: <x:> "
G, H = "x:g", "x:h"


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT DATA { GRAPH <x:g> { <x:a> rdfs:label 1, 2 . <x:b> a <x:c> } }", {G: {"x:a", "x:b"}}),
        ("DELETE DATA { GRAPH ex:g { ex:a rdfs:label 1 } GRAPH ex:h { ex:b a ex:c } }", {G: {"x:a"}, H: {"x:b"}}),
        ("INSERT DATA { GRAPH ex:g { [] rdfs:label 1 } }", {G: set()}),
        (
            "INSERT DATA { GRAPH ex:g { ex:a a 1 } } ; DELETE DATA { GRAPH ex:g { ex:b a 1 } } ; PREFIX ex: <x:x> "
            "INSERT DATA { GRAPH ex:g { ex:c a 1 } }",
            {G: {"x:a", "x:b"}, "x:xg": {"x:xc"}},
        ),
        (
            "DELETE { GRAPH ex:g { ?s ?p ?o } } INSERT { GRAPH <x:h> { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
            {G: None, H: None},
        ),
        ("WITH ex:g DELETE { ?s ?p ?o } INSERT { GRAPH ex:h { ?s ?p 1 } } WHERE { ?s ?p ?o }", {G: None, H: None}),
        ("DELETE WHERE { GRAPH ex:g { ?s ?p ?o } }", {G: None}),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("INSERT DATA { GRAPH ex:g { ex:a a 1 } } ; DROP ALL", None),
        ("INSERT DATA { GRAPH ex:g { ex:a a 1 } } ; CLEAR GRAPH ex:g", {G: None}),
        ("DROP SILENT GRAPH <x:g>", {G: None}),
        ("CREATE GRAPH ex:g", {}),
        ("CLEAR NAMED", None),
        ("MOVE SILENT GRAPH ex:g TO ex:h", {G: None, H: None}),
        ("COPY DEFAULT TO ex:h", {H: None}),
    ],
)
def test_graphs_and_things_that_an_update_may_change(update: str, expected: dict[str, set[str] | None] | None) -> None:
    assert touched_by(PREFIX + update, union=True) == expected


def test_many_things_are_told_as_their_graph() -> None:
    things = " ".join(f"<x:{number}> a 1 ." for number in range(2000))
    assert touched_by(f"INSERT DATA {{ GRAPH <x:g> {{ {things} }} }}", union=True) == {G: None}


def test_default_graph_of_its_own_may_be_changed_by_any_template() -> None:
    assert touched_by("INSERT { <x:a> rdfs:label ?o } WHERE { ?s ?p ?o }", union=False) is None
    assert touched_by("INSERT DATA { <x:a> rdfs:label 1 }", union=False) == {"": frozenset({"x:a"})}
