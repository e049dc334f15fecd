"""After any updates the default graph is the union of the named graphs, and those are what SPARQL says they are."""

from __future__ import annotations

import pyoxigraph
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode

from kg.errors import StoreError
from kg.store.embedded import EmbeddedStore

GRAPHS = ("<x:g>", "<x:h>", "<x:k>")
NODES = ("<x:a>", "<x:b>", "1")

graphs = st.sampled_from(GRAPHS)
triples = st.tuples(st.sampled_from(NODES[:2]), st.sampled_from(("<x:p>", "<x:q>")), st.sampled_from(NODES)).map(" ".join)
patterns = st.sampled_from(("?s ?p ?o", "?s <x:p> ?o", "<x:a> ?p ?o", "?s ?p <x:b>", "?s ?p 1"))
in_graphs = st.one_of(graphs, st.just("?g"))


def block(graph: str, *inner: str) -> str:
    return f"GRAPH {graph} {{ {' . '.join(inner)} }}"


data = st.lists(st.builds(block, graphs, triples, triples), min_size=1, max_size=3).map(" ".join)
quad_patterns = st.builds(block, in_graphs, patterns)
templates = st.lists(st.builds(block, in_graphs, patterns), min_size=1, max_size=2).map(" ".join)
wheres = st.one_of(quad_patterns, st.just("GRAPH ?g { ?s ?p ?o }"))

operations = st.one_of(
    data.map("INSERT DATA {{ {} }}".format),
    data.map("DELETE DATA {{ {} }}".format),
    quad_patterns.map("DELETE WHERE {{ {} }}".format),
    st.builds("DELETE {{ {} }} WHERE {{ {} }}".format, templates, wheres),
    st.builds("INSERT {{ {} }} WHERE {{ {} }}".format, templates, wheres),
    st.builds("DELETE {{ {} }} INSERT {{ {} }} WHERE {{ {} }}".format, templates, templates, wheres),
    st.builds(
        "WITH {} DELETE {{ {} }} INSERT {{ {} . {} }} WHERE {{ {} }}".format, graphs, patterns, patterns, templates, patterns
    ),
    st.builds("DELETE {{ {} }} USING {} USING NAMED {} WHERE {{ {} }}".format, templates, graphs, graphs, wheres),
    st.builds("{} SILENT GRAPH {}".format, st.sampled_from(("CLEAR", "DROP", "CREATE")), graphs),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(("ADD", "COPY", "MOVE")), graphs, graphs),
    st.sampled_from(("CLEAR NAMED", "DROP NAMED", "CLEAR ALL", "DROP ALL", "ADD DEFAULT TO <x:k>", "COPY DEFAULT TO <x:h>")),
)
updates = st.lists(operations, min_size=1, max_size=4).map(" ;\n".join)


def named(store: pyoxigraph.Store) -> set[pyoxigraph.Quad]:
    return {quad for quad in store if not isinstance(quad.graph_name, DefaultGraph)}


def mirror(store: pyoxigraph.Store) -> None:
    """Make the union anew, the plain way."""
    store.clear_graph(DefaultGraph())
    store.extend([pyoxigraph.Quad(*quad.triple) for quad in named(store)])


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(updates, max_size=5))
def test_union_is_the_union_after_any_updates(texts: list[str]) -> None:
    store = EmbeddedStore(None)
    database = store._open_database()
    for text in ["INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 } GRAPH <x:h> { <x:a> <x:p> 1 } }", *texts]:
        try:
            store.update(text)
        except StoreError:
            continue
        assert {quad.triple for quad in database if isinstance(quad.graph_name, DefaultGraph)} == {
            quad.triple for quad in named(database)
        }


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(operations, max_size=6))
def test_named_graphs_are_what_the_update_makes_of_them(texts: list[str]) -> None:
    ours, plain = EmbeddedStore(None), pyoxigraph.Store()
    for text in ["INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 } GRAPH <x:h> { <x:a> <x:p> 1 } }", *texts]:
        try:
            plain.update(text)
        except (OSError, RuntimeError):
            continue
        mirror(plain)
        ours.update(text)
        assert named(ours._open_database()) == named(plain)
        assert set(map(NamedNode, map(str, ours.graph_names()))) == set(plain.named_graphs())
