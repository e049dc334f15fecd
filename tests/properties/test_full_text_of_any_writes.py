"""After any writes, however they are made, full text finds what the store says, and in each snapshot what that says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

from kg.errors import NotFoundError, ReadingError, StoreError
from kg.graph.vocabulary import DEM
from kg.store.embedded import EmbeddedStore
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.finding import finder_of
from kg.store.protocol import Edit, GraphChange

WORDS = ("truce", "treaty", "envoy")
GRAPHS = ("x:g", "x:h")
THINGS = ("x:a", "x:b", "x:c")
INDEXED = "rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title|dem:roleTitle|dem:text|dem:exact|dem:reason"

Write = Callable[[EmbeddedStore, Path], object]

graphs = st.sampled_from(GRAPHS)
things = st.sampled_from(THINGS)
properties = st.sampled_from((RDFS.label, DEM.text, DEM.modality))
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
triples = st.tuples(things.map(URIRef), properties, texts.map(Literal))
contents = st.lists(triples, max_size=3)


def graph_of(name: str, content: Iterable[tuple[URIRef, URIRef, Literal]]) -> Graph:
    graph = Graph(identifier=URIRef(name))
    for triple in content:
        graph.add(triple)
    return graph


def n_triples(content: Iterable[tuple[URIRef, URIRef, Literal]]) -> str:
    return " ".join(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in content)


def replace(name: str, content: list[tuple[URIRef, URIRef, Literal]], removed: list[str]) -> Write:
    return lambda store, _: store.change([graph_of(name, content)], removed=[URIRef(other) for other in removed])


def edit(name: str, gained: list[tuple[URIRef, URIRef, Literal]], lost: list[tuple[URIRef, URIRef, Literal]]) -> Write:
    return lambda store, _: store.change([], edits=[Edit(gained=graph_of(name, gained), lost=graph_of(name, lost))])


def update(text: str) -> Write:
    return lambda store, _: store.update(text)


def put(name: str, content: list[tuple[URIRef, URIRef, Literal]]) -> Write:
    return lambda store, _: store.write(GraphChange(action="put", graph=name, content=n_triples(content).encode()))


def add(name: str, content: list[tuple[URIRef, URIRef, Literal]]) -> Write:
    return lambda store, _: store.write(GraphChange(action="add", graph=name, content=n_triples(content).encode()))


def remove(name: str) -> Write:
    return lambda store, _: store.write(GraphChange(action="remove", graph=name))


def load(name: str, content: list[tuple[URIRef, URIRef, Literal]], whole: bool) -> Write:
    def loaded(store: EmbeddedStore, scratch: Path) -> None:
        file = scratch / "some.nt"
        file.write_text(n_triples(content).replace(" . ", " .\n") + ("" if whole else "\nno triple"), encoding="utf-8")
        store.load(file, graph=URIRef(name))

    return loaded


data = st.builds(lambda name, content: f"GRAPH <{name}> {{ {n_triples(content)} }}", graphs, contents)
patterns = st.builds(
    lambda graph, thing, property_: f"GRAPH {graph} {{ {thing} {property_.n3()} ?text }}",
    st.one_of(graphs.map("<{}>".format), st.just("?g")),
    st.one_of(things.map("<{}>".format), st.just("?thing")),
    properties,
)
template = st.builds("GRAPH {} {{ <x:c> rdfs:label ?text }}".format, st.sampled_from(("<x:g>", "<x:h>", "?g", "x:g", "dem:new")))
updates = st.one_of(
    data.map("INSERT DATA {{ {} }}".format),
    data.map("DELETE DATA {{ {} }}".format),
    data.map("INSERT DATA {{ GRAPH ex:g {{ ex:c rdfs:label 'envoy' }} {} }}".format),
    patterns.map("DELETE WHERE {{ {} }}".format),
    st.builds("INSERT {{ {} }} WHERE {{ {} }}".format, template, patterns),
    st.builds("DELETE {{ {} }} INSERT {{ {} }} WHERE {{ {} }}".format, patterns, template, patterns),
    st.builds(
        "WITH <{}> DELETE {{ ?thing ?p ?text }} INSERT {{ <x:a> dem:text ?text }} "
        "WHERE {{ ?thing ?p ?text ; dem:matches '{}' }}".format,
        graphs,
        st.sampled_from(WORDS),
    ),
    st.builds("{} SILENT GRAPH <{}>".format, st.sampled_from(("CLEAR", "DROP")), graphs),
    st.builds("{} SILENT <{}> TO <{}>".format, st.sampled_from(("ADD", "COPY", "MOVE")), graphs, graphs),
    st.sampled_from(("CLEAR ALL", "DROP NAMED", "COPY DEFAULT TO <x:h>")),
)
writes = st.one_of(
    st.builds(replace, graphs, contents, st.lists(graphs, max_size=1)),
    st.builds(edit, graphs, contents, contents),
    st.lists(updates, min_size=1, max_size=3).map(" ;\n".join).map("PREFIX ex: <x:> PREFIX x: <x:> {}".format).map(update),
    st.builds(put, graphs, contents),
    st.builds(add, graphs, contents),
    st.builds(remove, graphs),
    st.builds(load, graphs, contents, st.booleans()),
)
steps = st.one_of(writes, writes, writes, st.sampled_from(("snapshot", "drop a snapshot", "open again")))


def said(store: EmbeddedStore) -> dict[str, set[str]]:
    """What has which words, read from the graphs."""
    rows = list(store.query(f"SELECT ?thing ?text {{ ?thing {INDEXED} ?text }}").rows())
    return {word: {str(row["thing"]) for row in rows if word in str(row["text"]).split()} for word in WORDS}


def found(store: EmbeddedStore) -> dict[str, set[str]]:
    """What has which words, by full text."""
    return {
        word: {str(row["thing"]) for row in store.query(f"SELECT ?thing {{ ?thing dem:matches '{word}' }}").rows()}
        for word in WORDS
    }


def found_in(snapshot: Path) -> dict[str, set[str]]:
    finder = finder_of(snapshot)
    assert finder is not None
    hits = {word: {thing for thing, _ in finder.find(Sought(text=word, limit=100))} for word in WORDS}
    finder.close()
    return hits


@settings(max_examples=60, deadline=None)
@given(taken=st.lists(steps, min_size=1, max_size=12))
def test_full_text_agrees_with_the_store_and_with_each_snapshot(taken: list[Write | str]) -> None:
    with TemporaryDirectory() as place:
        scratch = Path(place)
        store = EmbeddedStore(scratch / "store")
        snapshots: dict[Path, dict[str, set[str]]] = {}
        for number, step in enumerate(taken):
            if step == "snapshot":
                folder = scratch / "store" / "snapshots" / str(number)
                store.snapshot(folder)
                snapshots[folder] = said(store)
            elif step == "drop a snapshot" and snapshots:
                folder = next(iter(snapshots))
                del snapshots[folder]
                for file in folder.iterdir():
                    file.unlink()
                folder.rmdir()
            elif step == "open again":
                store.close()
                store = EmbeddedStore(scratch / "store")
            elif callable(step):
                with suppress(NotFoundError, ReadingError, StoreError):
                    step(store, scratch)
            assert found(store) == said(store)
            assert all(found_in(folder) == then for folder, then in snapshots.items())
        store.backup(scratch / "backup")
        expected = said(store)
        store.close()
        with EmbeddedStore(scratch / "backup", read_only=True) as backup:
            assert found(backup) == expected


@settings(max_examples=40, deadline=None)
@given(taken=st.lists(writes, min_size=1, max_size=6))
def test_full_text_agrees_with_a_store_in_memory(taken: list[Write]) -> None:
    with TemporaryDirectory() as place:
        store = EmbeddedStore(None)
        for step in taken:
            with suppress(NotFoundError, ReadingError, StoreError):
                step(store, Path(place))
            assert found(store) == said(store)
