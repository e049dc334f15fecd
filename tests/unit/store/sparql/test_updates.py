"""SPARQL updates that keep the union: what they do, what they refuse, and where they say the fault lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.errors import QueryError, StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.sparql.updates import prepared

START = "INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1, 2 } GRAPH <x:h> { <x:a> <x:p> 2, 3 } }"


def updated(*texts: str, union: bool = True) -> list[Quad]:
    """Return all quads after some updates, in order."""
    store = EmbeddedStore(None, union=union)
    for text in texts:
        store.update(text)
    return sorted(store._open_database(), key=str)


def values(quads: list[Quad], graph: str | None) -> list[str]:
    """Return the objects in a graph; None is the default graph."""
    return [
        quad.object.value
        for quad in quads
        if (isinstance(quad.graph_name, DefaultGraph) if graph is None else str(quad.graph_name) == f"<{graph}>")
        and not hasattr(quad.object, "subject")
    ]


@pytest.mark.parametrize(
    ("text", "union"),
    [
        ("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 9 } }", ["1", "2", "3", "9"]),
        ("DELETE DATA { GRAPH <x:g> { <x:a> <x:p> 1, 2 } }", ["2", "3"]),
        ("DELETE WHERE { GRAPH ?g { ?s ?p 2 } }", ["1", "3"]),
        ("WITH <x:g> DELETE { ?s ?p 2 } INSERT { ?s ?p 4 . GRAPH <x:k> { ?s ?p 5 } } WHERE { ?s ?p 2 }", ["1", "2", "3", "4", "5"]),
        (
            "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p ?n } } WHERE { GRAPH ?g { ?s ?p ?o } BIND(?o + 10 AS ?n) }",
            ["11", "12", "13"],
        ),
        ("INSERT { GRAPH ?nobody { ?s ?p 9 } } WHERE { GRAPH ?g { ?s ?p ?o } }", ["1", "2", "3"]),
        ("CLEAR GRAPH <x:g>", ["2", "3"]),
        ("DROP GRAPH <x:h> ; CLEAR SILENT GRAPH <x:none>", ["1", "2"]),
        ("DROP NAMED", []),
        ("CLEAR ALL", []),
        ("COPY <x:g> TO <x:h>", ["1", "2"]),
        ("MOVE GRAPH <x:g> TO GRAPH <x:h>", ["1", "2"]),
        ("ADD DEFAULT TO <x:all>", ["1", "2", "3"]),
        ("PREFIX x: <x:> # x:g\n DELETE { GRAPH x:g { ?s ?p ?o } # }\n } WHERE { GRAPH x:g { ?s ?p ?o } } ;", ["2", "3"]),
        ("CREATE GRAPH <x:new> ; INSERT { GRAPH <x:new> { ?s ?p 8 } } USING <x:g> WHERE { ?s ?p 1 }", ["1", "2", "3", "8"]),
    ],
)  # fmt: skip
def test_update_keeps_the_union(text: str, union: list[str]) -> None:
    assert values(updated(START, text), None) == union


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <x:g> { [] <x:p> (1 2) . _:b <x:p> _:b } GRAPH <x:h> { _:b <x:p> [ <x:q> 5 ] } }",
        "WITH <x:h> DELETE { ?s ?p 3 } INSERT { [] ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { GRAPH ?g { ?s <x:list> (?o) } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 7 {| <x:said> <x:b> |} . << <x:a> <x:p> 8 >> <x:said> <x:b> } }",
    ],
)
def test_update_with_nameless_nodes_keeps_the_union(text: str) -> None:
    quads = updated(START, text)
    assert len(quads) > 8
    in_union = {quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)}
    assert in_union == {quad.triple for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}


def test_update_leaves_no_graph_of_its_own() -> None:
    store = EmbeddedStore(None)
    store.update(START)
    store.update("DELETE WHERE { GRAPH ?g { ?s ?p 1 } }")
    assert [str(name) for name in store.graph_names()] == ["x:g", "x:h"]


def test_patterns_see_the_union_and_no_graph_of_ours() -> None:
    counted = "SELECT (COUNT(DISTINCT ?g) AS ?n) { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }"
    quads = updated(START, f"INSERT {{ GRAPH <x:n> {{ <x:n> <x:p> ?n }} }} WHERE {{ {counted} }}")
    assert values(quads, "x:n") == ["2"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("INSERT DATA { <x:a> <x:p> 1 }", 1, 15),
        ("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 }\n<x:a> <x:p> 1 }", 2, 1),
        ("DELETE WHERE { ?s ?p ?o }", 1, 16),
        ("DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", 1, 10),
        ("INSERT { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }", 1, 10),
        ("CLEAR DEFAULT", 1, 7),
        ("DROP SILENT DEFAULT", 1, 13),
        ("COPY <x:g> TO DEFAULT", 1, 15),
        ("MOVE DEFAULT TO <x:g>", 1, 17),
    ],
)
def test_update_of_the_union_itself_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(QueryError, match="The default graph is the union of the others") as caught:
        updated(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("LOAD <http://127.0.0.1:9/> INTO GRAPH <x:g>", "LOAD at line 1, column 1 is refused"),
        ("LOAD SILENT <x:a> ; LOAD <file:///etc/hostname>", "LOAD at line 1, column 21 is refused"),
        ("INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE at line 1, column 45"),
        ("INSERT DATA { GRAPH <x:g> {", "malformed at line 1"),
        ("\nSELECT * {}", "malformed at line 2"),
        ("BASE x", "malformed at line 1"),
        ("PREFIX : x", "malformed at line 1"),
        ("PREFIX a: b INSERT DATA {}", "malformed at line 1"),
        ("\nPREFIX a: <x:>\nINSRT DATA {}", "malformed at line 3"),
        ("; ;", "malformed at line 1"),
    ],
)  # fmt: skip
def test_update_that_reaches_out_or_is_malformed_is_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        updated(text)
    with pytest.raises(QueryError, match=reason):
        updated(text, union=False)


@pytest.mark.parametrize("union", [True, False])
def test_silent_load_loads_nothing_and_the_rest_is_done(tmp_path: Path, *, union: bool) -> None:
    file = tmp_path / "told.nt"
    file.write_text("<x:a> <x:p> 7 .")
    load = f"LOAD SILENT <{file.as_uri()}> INTO GRAPH <x:g>"
    done = updated(START, f"{load} ; INSERT DATA {{ GRAPH <x:g> {{ <x:a> <x:p> 9 }} }} ;\n{load.lower()}", union=union)
    assert values(done, "x:g") == ["1", "2", "9"]


def test_update_that_fails_changes_nothing() -> None:
    store = EmbeddedStore(None)
    store.update(START)
    with pytest.raises(StoreError, match="Nothing was changed"):
        store.update("CLEAR GRAPH <x:g> ; DROP GRAPH <x:none>")
    assert store.triple_count() == 3


def test_dataset_of_the_protocol_stands_in_for_using() -> None:
    text = "INSERT { GRAPH <x:k> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    store = EmbeddedStore(None)
    store.update(START)
    store.update(text, using=("x:g",))
    assert values(sorted(store._open_database(), key=str), "x:k") == ["1", "2"]


def test_plain_update_is_left_as_it_is() -> None:
    assert prepared("CLEAR DEFAULT", using=(), using_named=(), union=False) == "CLEAR DEFAULT"
    assert values(updated("INSERT DATA { <x:a> <x:p> 1 }", union=False), None) == ["1"]


def test_dumped_union_is_that_of_the_graphs() -> None:
    store = EmbeddedStore(None)
    store.update(START)
    assert store.dump(RdfFormat.N_TRIPLES.media_type).count(b"\n") == 3
