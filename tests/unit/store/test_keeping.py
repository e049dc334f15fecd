"""Stores are copied, brought back, and filled from files of RDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDFS

from kg.errors import ReadingError, StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.folder import restore

ADA, FIRST = URIRef("https://example.org/ada"), URIRef("https://example.org/graph/1")


def graph_of(*labels: str) -> Graph:
    graph = Graph(identifier=FIRST)
    for label in labels:
        graph.add((ADA, RDFS.label, Literal(label)))
    return graph


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    store = EmbeddedStore(tmp_path / "store")
    store.replace_graph(graph_of("Ada"))
    return store


def test_a_backup_holds_what_was_there_when_it_was_made(store: EmbeddedStore, tmp_path: Path) -> None:
    store.backup(tmp_path / "backups" / "one")
    store.replace_graph(graph_of("Ben"))
    store.close()
    restore(tmp_path / "backups" / "one", tmp_path / "again")
    with EmbeddedStore(tmp_path / "again") as again:
        assert isomorphic(again.dataset().graph(FIRST), graph_of("Ada"))
        again.replace_graph(graph_of("Cy"))
    restore(tmp_path / "backups" / "one", tmp_path / "third")
    with EmbeddedStore(tmp_path / "third", read_only=True) as third:
        assert isomorphic(third.dataset().graph(FIRST), graph_of("Ada"))


def test_a_reader_can_make_a_backup(store: EmbeddedStore, tmp_path: Path) -> None:
    store.close()
    with EmbeddedStore(tmp_path / "store", read_only=True) as reader:
        reader.backup(tmp_path / "copy")
    with EmbeddedStore(tmp_path / "copy", read_only=True) as copy:
        assert copy.triple_count() == 1


def test_backup_and_restore_write_over_nothing(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is there already"):
        store.backup(tmp_path / "store")
    with pytest.raises(StoreError, match="holds no backup"):
        restore(tmp_path / "nothing", tmp_path / "new")
    store.backup(tmp_path / "copy")
    with pytest.raises(StoreError, match="is not empty"):
        restore(tmp_path / "copy", tmp_path / "store")
    with pytest.raises(StoreError, match="in memory"):
        EmbeddedStore(None).backup(tmp_path / "other")


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_load_adds_a_file_of_quads_to_graphs_and_union(suffix: str, tmp_path: Path, store: EmbeddedStore) -> None:
    media_type = {"nq": "application/n-quads", "trig": "application/trig"}[suffix]
    file = tmp_path / f"export.{suffix}"
    file.write_bytes(store.dump(media_type))
    copy = EmbeddedStore(None)
    copy.load(file)
    assert copy.dump("application/n-quads") == store.dump("application/n-quads")
    assert copy.triple_count() == 1


def test_load_puts_triples_into_the_graph_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text(f'<{ADA}> <{RDFS.label}> "Ada" .', encoding="utf-8")
    store = EmbeddedStore(None)
    with pytest.raises(ReadingError, match=r"one\.ttl: has triples without a graph"):
        store.load(file)
    store.load(file, graph=FIRST)
    assert isomorphic(store.dataset().graph(FIRST), graph_of("Ada"))
    assert store.triple_count() == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.odt", "", "no RDF format has the suffix"),
        ("a.gz", "", "Unpack it first"),
        ("a.nq", "nonsense", "not readable as"),
    ],
)
def test_load_names_the_file_that_is_not_readable(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError, match=message):
        EmbeddedStore(None).load(tmp_path / name)


def test_load_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"gone\.nq: not readable"):
        EmbeddedStore(None).load(tmp_path / "gone.nq")
