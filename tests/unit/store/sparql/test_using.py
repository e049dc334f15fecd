"""Updates that get their dataset from beside them."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.store.sparql.screening import screen_update
from kg.store.sparql.using import with_dataset

ONE, TWO, OUT, P = (NamedNode(f"http://example.org/{name}") for name in ("one", "two", "out", "p"))


@pytest.fixture
def store() -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    made.extend([Quad(graph, P, Literal(graph.value[-3:]), graph) for graph in (ONE, TWO)])
    return made


def values(store: pyoxigraph.Store, graph: NamedNode) -> list[str]:
    return sorted(
        quad.object.value for quad in store.quads_for_pattern(None, None, None, graph) if isinstance(quad.object, Literal)
    )


def run(store: pyoxigraph.Store, update: str, *, using: tuple[NamedNode, ...] = (), named: tuple[NamedNode, ...] = ()) -> None:
    iris = [tuple(node.value for node in nodes) for nodes in (using, named)]
    store.update(with_dataset(screen_update(update), using=iris[0], using_named=iris[1]))


def test_using_names_the_default_graph_of_each_operation(store: pyoxigraph.Store) -> None:
    copy = f"INSERT {{ GRAPH {OUT} {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    run(store, f"{copy} ; CREATE GRAPH <http://example.org/x> ; {copy}", using=(ONE,))
    assert values(store, OUT) == ["one"]


def test_using_named_leaves_the_default_graph_empty(store: pyoxigraph.Store) -> None:
    run(store, f"INSERT {{ GRAPH {OUT} {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}", named=(TWO,))
    assert values(store, OUT) == ["two"]
    run(store, f"INSERT {{ GRAPH {OUT} {{ ?s ?p 'more' }} }} WHERE {{ ?s ?p ?o }}", named=(TWO,))
    assert values(store, OUT) == ["two"]


def test_delete_where_keeps_to_the_dataset(store: pyoxigraph.Store) -> None:
    run(store, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", named=(TWO,))
    assert (values(store, ONE), values(store, TWO)) == (["one"], [])


def test_update_without_a_dataset_stays_as_it_is() -> None:
    text = "WITH <http://e/> DELETE WHERE { ?s ?p ?o }"
    assert with_dataset(screen_update(text), using=(), using_named=()) == text


@pytest.mark.parametrize(
    "update",
    ["WITH <http://e/> DELETE {} WHERE {}", "DELETE {} USING <http://e/> WHERE {}", "INSERT {} USING NAMED <http://e/> WHERE {}"],
)
def test_dataset_of_both_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="Give one or the other"):
        with_dataset(screen_update(f"CLEAR ALL ; {update}"), using=("http://e/",), using_named=())


@pytest.mark.parametrize("iri", ["http://e/> WHERE {} ; CLEAR ALL #", "relative", "", "http://e/a b"])
def test_what_is_no_iri_is_refused(iri: str) -> None:
    with pytest.raises(QueryError, match="no absolute IRI"):
        with_dataset(screen_update("DELETE {} WHERE {}"), using=(iri,), using_named=())
