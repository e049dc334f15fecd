"""Every kind of store: graphs replaced and removed whole, and asked together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDFS, XSD
from rdflib.term import Node

from kg.errors import QueryError, StoreError
from kg.store.protocol import Edit, Store
from tests.unit.store.conftest import NewStore

EX = "https://example.org/"
FIRST, SECOND = URIRef(EX + "graph/1"), URIRef(EX + "graph/2")
ADA, BEN = URIRef(EX + "ada"), URIRef(EX + "ben")
KNOWS = URIRef(EX + "knows")

Triples = list[tuple[Node, Node, Node]]


def graph_of(name: URIRef, triples: Triples) -> Graph:
    graph = Graph(identifier=name)
    for triple in triples:
        graph.add(triple)
    return graph


def union_of(store: Store) -> Graph:
    return store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").graph()


def count(store: Store, pattern: str = "{ ?s ?p ?o }") -> int:
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {pattern}").rows()
    return int(row["n"])


def test_store_satisfies_the_protocol(store: Store) -> None:
    as_protocol: Store = store
    assert as_protocol.graph_names() == []


def test_replace_graph_replaces_the_whole_graph(store: Store) -> None:
    store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN), (ADA, RDFS.label, Literal("Ada"))]))
    changed = graph_of(FIRST, [(ADA, RDFS.label, Literal("Ada Quill"))])
    store.replace_graph(changed)
    assert store.graph_names() == [FIRST]
    assert isomorphic(union_of(store), changed)


def test_replace_graph_leaves_other_graphs_alone(store: Store) -> None:
    first = graph_of(FIRST, [(ADA, KNOWS, BEN)])
    second = graph_of(SECOND, [(BEN, KNOWS, ADA)])
    store.replace_graph(first)
    store.replace_graph(second)
    store.replace_graph(graph_of(FIRST, []))
    assert isomorphic(union_of(store), second)
    assert store.graph_names() == [FIRST, SECOND]


def test_union_holds_a_triple_of_two_graphs_once(store: Store) -> None:
    for name in (FIRST, SECOND):
        store.replace_graph(graph_of(name, [(ADA, KNOWS, BEN)]))
    assert count(store) == 1
    assert count(store, "{ GRAPH ?g { ?s ?p ?o } }") == 2
    assert store.triple_count() == 1


def test_remove_graph_keeps_in_the_union_what_another_graph_holds(store: Store) -> None:
    store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN), (BEN, KNOWS, ADA)]))
    store.replace_graph(graph_of(SECOND, [(ADA, KNOWS, BEN)]))
    assert store.remove_graph(FIRST)
    assert list(union_of(store)) == [(ADA, KNOWS, BEN)]
    assert store.graph_names() == [SECOND]


def test_remove_graph_tells_that_there_was_none(store: Store) -> None:
    assert not store.remove_graph(FIRST)


def test_blank_nodes_of_two_graphs_stay_apart(store: Store) -> None:
    node = BNode("same")
    for name in (FIRST, SECOND):
        store.replace_graph(graph_of(name, [(ADA, KNOWS, node), (node, RDFS.label, Literal("somebody"))]))
    assert count(store, f"{{ <{ADA}> <{KNOWS}> ?somebody }}") == 2


def test_blank_nodes_are_removed_with_their_graph(store: Store) -> None:
    store.replace_graph(graph_of(FIRST, [(BNode(), KNOWS, BNode())]))
    store.remove_graph(FIRST)
    assert store.triple_count() == 0


def test_replace_graph_writes_nothing_when_a_term_is_bad(store: Store) -> None:
    kept = graph_of(FIRST, [(ADA, KNOWS, BEN)])
    store.replace_graph(kept)
    with pytest.raises(StoreError, match=r"no term of RDF 1\.1.*nothing was written"):
        store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, URIRef("relative"))]))
    assert isomorphic(union_of(store), kept)


@pytest.mark.parametrize(
    "triple",
    [
        (Literal("words"), KNOWS, ADA),
        (ADA, BNode(), BEN),
        (ADA, RDFS.label, Literal("\ud800")),
    ],
    ids=["literal subject", "blank predicate", "lone surrogate"],
)
def test_replace_graph_refuses_what_is_no_rdf(store: Store, triple: tuple[Node, Node, Node]) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        store.replace_graph(graph_of(FIRST, [triple]))


@pytest.mark.parametrize("name", [URIRef("relative"), BNode()], ids=["relative", "blank"])
def test_replace_graph_refuses_a_graph_without_an_iri(store: Store, name: URIRef) -> None:
    with pytest.raises(StoreError, match="IRI"):
        store.replace_graph(graph_of(name, [(ADA, KNOWS, BEN)]))


def test_change_replaces_removes_and_edits_at_once(store: Store) -> None:
    third = URIRef(EX + "graph/3")
    shared, own = (ADA, KNOWS, BEN), (BEN, KNOWS, ADA)
    for name in (FIRST, SECOND, third):
        store.replace_graph(graph_of(name, [shared, own]))
    gained = (ADA, RDFS.label, Literal("Ada"))
    edit = Edit(gained=graph_of(third, [gained]), lost=graph_of(third, [shared]))
    store.change([graph_of(FIRST, [gained])], removed=[SECOND], edits=[edit])
    assert store.graph_names() == [FIRST, third]
    assert set(union_of(store)) == {gained, own}
    assert set(store.dataset().graph(third)) == {gained, own}


def test_change_of_nothing_changes_nothing(store: Store) -> None:
    store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))
    store.change([])
    store.change([graph_of(FIRST, [(ADA, KNOWS, BEN)])], removed=[SECOND])
    assert store.dump("application/n-quads") == f"<{ADA}> <{KNOWS}> <{BEN}> <{FIRST}> .\n".encode()


def test_query_knows_the_usual_prefixes_and_the_query_its_own(store: Store) -> None:
    store.replace_graph(graph_of(FIRST, [(ADA, RDFS.label, Literal("Ada"))]))
    assert store.query("ASK { ?s rdfs:label 'Ada' }")
    assert store.query(f"PREFIX rdfs: <{EX}> PREFIX e: <{EX}> ASK {{ e:ada ?p ?o FILTER(?p != rdfs:label) }}")


def test_query_says_where_it_is_malformed(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column 3") as raised:
        store.query("SELECT * {\n  FILTR(?s) }")
    assert (raised.value.line, raised.value.column) == (2, 3)


def test_query_with_service_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_triple_count_follows_writes(store: Store) -> None:
    assert store.triple_count() == 0
    store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))
    assert store.triple_count() == 1
    store.remove_graph(FIRST)
    assert store.triple_count() == 0


def test_dataset_holds_every_graph_and_their_union(store: Store) -> None:
    first = graph_of(FIRST, [(ADA, KNOWS, BEN)])
    second = graph_of(SECOND, [(BEN, RDFS.label, Literal("Ben", lang="en"))])
    store.replace_graph(first)
    store.replace_graph(second)
    dataset = store.dataset()
    assert isomorphic(dataset.graph(FIRST), first)
    assert isomorphic(dataset.graph(SECOND), second)
    assert set(dataset.triples((None, None, None))) == {*first, *second}


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [("application/trig", "trig"), ("application/n-quads", "nquads"), ("application/ld+json", "json-ld")],
)
def test_dump_of_quads_reads_back_with_its_names(store: Store, media_type: str, parser: str) -> None:
    graphs = [graph_of(FIRST, [(ADA, KNOWS, BEN)]), graph_of(SECOND, [(ADA, KNOWS, BEN), (BEN, KNOWS, ADA)])]
    for graph in graphs:
        store.replace_graph(graph)
    dataset = Dataset()
    dataset.parse(data=store.dump(media_type), format=parser)
    for graph in graphs:
        assert isomorphic(dataset.graph(graph.identifier), graph)
    assert len(dataset.graph(dataset.default_graph.identifier)) == 0


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_dump_of_triples_reads_back_as_the_union(store: Store, media_type: str, parser: str) -> None:
    store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))
    store.replace_graph(graph_of(SECOND, [(ADA, KNOWS, BEN), (BEN, RDFS.label, Literal("Bén\n", lang="en"))]))
    read = Graph().parse(data=store.dump(media_type), format=parser)
    assert isomorphic(read, union_of(store))
    assert len(read) == 2


def test_dump_refuses_a_format_it_does_not_know(store: Store) -> None:
    with pytest.raises(ValueError, match="'image/png' is no RDF format"):
        store.dump("image/png")


def test_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")
    with pytest.raises(StoreError, match="closed"):
        store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.tuples(TEXT, st.sampled_from(["en", "de-ch", "uk"])).map(lambda pair: Literal(pair[0], lang=pair[1])),
    st.integers(-(10**12), 10**12).map(Literal),
    st.booleans().map(Literal),
    st.dates().map(Literal),
    TEXT.map(lambda text: Literal(text, datatype=URIRef(EX + "datatype"))),
    st.just(Literal("0.75", datatype=XSD.decimal)),
)
SUBJECTS = st.one_of(st.sampled_from([ADA, BEN, URIRef(EX + "é?q=1#x")]), st.sampled_from([BNode("a"), BNode("b")]))
GRAPHS = st.lists(st.tuples(SUBJECTS, st.sampled_from([KNOWS, RDFS.label]), st.one_of(SUBJECTS, LITERALS)), max_size=8)


@settings(deadline=None, max_examples=50)
@given(triples=GRAPHS)
def test_store_gives_back_what_was_put_in(new_store: NewStore, triples: Triples) -> None:
    graph = graph_of(FIRST, triples)
    with new_store() as store:
        store.replace_graph(graph)
        assert isomorphic(union_of(store), graph)
        assert isomorphic(store.dataset().graph(FIRST), graph)


@settings(deadline=None, max_examples=50)
@given(writes=st.lists(st.tuples(st.sampled_from([FIRST, SECOND]), st.one_of(st.none(), GRAPHS)), max_size=6))
def test_union_is_that_of_the_graphs_after_any_writes(new_store: NewStore, writes: list[tuple[URIRef, Triples | None]]) -> None:
    left: dict[URIRef, Graph] = {}
    with new_store() as store:
        for name, triples in writes:
            if triples is None:
                assert store.remove_graph(name) == (left.pop(name, None) is not None)
            else:
                left[name] = graph_of(name, triples)
                store.replace_graph(left[name])
        merged = Graph()
        for graph in left.values():
            renamed = {node: BNode() for triple in graph for node in triple if isinstance(node, BNode)}
            for subject, predicate, object_ in graph:
                merged.add((renamed.get(subject, subject), predicate, renamed.get(object_, object_)))  # type: ignore[call-overload]
        assert isomorphic(union_of(store), merged)
        assert store.graph_names() == sorted(left)
