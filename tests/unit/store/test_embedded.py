"""What the embedded store alone does: readers beside a writer in one process."""

from __future__ import annotations

import threading
from pathlib import Path

from rdflib import Literal

from kg.store.embedded import EmbeddedStore
from tests.unit.store.test_stores import ADA, FIRST, KNOWS, count, graph_of


def test_readers_see_a_graph_before_or_after_a_write_but_never_between(tmp_path: Path) -> None:
    versions = [graph_of(FIRST, [(ADA, KNOWS, Literal(f"{version} {n}")) for n in range(200)]) for version in "ab"]
    seen: set[tuple[int, int]] = set()
    with EmbeddedStore(tmp_path / "store") as store:
        store.replace_graph(versions[0])
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                seen.add((count(store), count(store, f"{{ GRAPH <{FIRST}> {{ ?s ?p ?o }} }}")))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for turn in range(10):
            store.replace_graph(versions[turn % 2])
        done.set()
        for reader in readers:
            reader.join()
    assert seen == {(200, 200)}
