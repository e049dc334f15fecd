"""The folder of a store: what may be opened, by whom, and what is refused untouched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

from kg.errors import StoreError, StoreLockedError
from kg.store.embedded import EmbeddedStore

NAME = URIRef("https://example.org/graph/1")
ADA = URIRef("https://example.org/ada")

OPEN_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from kg.errors import DemarcheError
from kg.store.embedded import EmbeddedStore
try:
    with EmbeddedStore(Path(sys.argv[1]), read_only=sys.argv[2] == "read") as store:
        print(store.triple_count())
except DemarcheError as error:
    print(type(error).__name__)
"""


def filled(path: Path) -> Path:
    graph = Graph(identifier=NAME)
    graph.add((ADA, RDFS.label, Literal("Ada")))
    with EmbeddedStore(path) as store:
        store.replace_graph(graph)
    return path


def opened_elsewhere(path: Path, mode: str) -> str:
    command = [sys.executable, "-c", OPEN_IN_ANOTHER_PROCESS, str(path), mode]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_store_is_made_with_its_parents_and_kept(tmp_path: Path) -> None:
    path = filled(tmp_path / "new" / "store")
    with EmbeddedStore(path) as store:
        assert store.graph_names() == [NAME]
        assert store.triple_count() == 1


def test_store_reads_without_writing_when_read_only(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    with EmbeddedStore(path, read_only=True) as store:
        assert store.triple_count() == 1
        with pytest.raises(StoreError, match="opened for reading only"):
            store.remove_graph(NAME)
        assert store.triple_count() == 1


@pytest.mark.parametrize("mode", ["read", "write"])
def test_writer_keeps_another_process_out(tmp_path: Path, mode: str) -> None:
    path = filled(tmp_path / "store")
    with EmbeddedStore(path):
        assert opened_elsewhere(path, mode) == "StoreLockedError"
    assert opened_elsewhere(path, mode) == "1"


def test_readers_share_a_store_and_keep_a_writer_out(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    with EmbeddedStore(path, read_only=True), EmbeddedStore(path, read_only=True):
        assert opened_elsewhere(path, "read") == "1"
        assert opened_elsewhere(path, "write") == "StoreLockedError"


def test_failed_opening_does_not_weaken_the_writers_hold(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    with EmbeddedStore(path):
        for read_only in (True, False):
            with pytest.raises(StoreLockedError, match=r"open elsewhere.*Stop that, or name another folder"):
                EmbeddedStore(path, read_only=read_only)
        assert opened_elsewhere(path, "write") == "StoreLockedError"


def test_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(StoreError, match=r"notes\.txt: is a file"):
        EmbeddedStore(path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("read_only", [True, False])
def test_folder_with_other_files_is_left_untouched(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError):
        EmbeddedStore(tmp_path, read_only=read_only)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_absent_folder_is_not_made_when_read_only(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        EmbeddedStore(tmp_path / "absent", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    assert EmbeddedStore(filled(tmp_path), read_only=True).triple_count() == 1


def test_damaged_store_is_reported_and_let_go(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    (path / "CURRENT").write_text("nonsense\n")
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot be opened") as caught:
            EmbeddedStore(path)
        assert not isinstance(caught.value, StoreLockedError)


def test_native_oxigraph_writer_counts_as_a_lock(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    held = pyoxigraph.Store(str(path))
    with pytest.raises(StoreLockedError):
        EmbeddedStore(path)
    del held


def test_database_of_another_program_gets_its_union_when_opened_to_write(tmp_path: Path) -> None:
    path = tmp_path / "store"
    foreign = pyoxigraph.Store(str(path))
    foreign.update(f'INSERT DATA {{ GRAPH <{NAME}> {{ <{ADA}> <{RDFS.label}> "Ada" }} }}')
    del foreign
    with pytest.raises(StoreError, match="opened for reading only"):
        EmbeddedStore(path, read_only=True)
    with EmbeddedStore(path) as store:
        assert store.triple_count() == 1
