"""The index lies in the store's folder, in step with it through crashes, damage, backups and snapshots."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.engine.protocol import QueryJob
from kg.store.engine.served import ServedStore
from kg.store.engine.snapshots import copy_newest
from kg.store.folder import restore
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.finding import finder_of
from kg.store.fulltext.tables import FILE
from tests.engines import answer

WRITE = 'INSERT DATA {{ GRAPH <x:{0}> {{ <x:{0}> rdfs:label "{1}" }} }}'


def found(store: EmbeddedStore, text: str) -> set[str]:
    return {str(row["t"]).removeprefix("x:") for row in store.query(f"SELECT ?t {{ ?t dem:matches '{text}' }}").rows()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with EmbeddedStore(tmp_path / "store") as store:
        store.update(WRITE.format("a", "truce"))
    return tmp_path / "store"


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("spoilt", ["gone", "no database", "half a database", "of another version"])
def test_index_that_is_gone_or_damaged_is_made_anew(folder: Path, spoilt: str, read_only: bool) -> None:
    index = folder / FILE
    match spoilt:
        case "gone":
            index.unlink()
        case "no database":
            index.write_bytes(b"no database at all " * 100)
        case "half a database":
            index.write_bytes(index.read_bytes()[:5000])
        case _:
            connection = sqlite3.connect(index)
            connection.execute("PRAGMA user_version = 99")
            connection.close()
    with EmbeddedStore(folder, read_only=read_only) as store:
        assert found(store, "truce") == {"a"}


KILLED = """
import os, sys
from pathlib import Path
import kg.store.fulltext.tables as tables
from kg.store.embedded import EmbeddedStore

store = EmbeddedStore(Path(sys.argv[1]))
moment = sys.argv[2]
if moment == "before the store is written":
    store._evaluate = lambda *_, **__: os._exit(9)
elif moment == "before the index is written":
    tables.replace = lambda *_, **__: os._exit(9)
store.update('DROP GRAPH <x:a> ; INSERT DATA { GRAPH <x:b> { <x:b> rdfs:label "truce" } }')
os._exit(9)
"""


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("moment", ["before the store is written", "before the index is written", "after both"])
def test_index_agrees_after_a_process_ended_at_any_moment(folder: Path, moment: str, read_only: bool) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(folder), moment], check=False).returncode == 9
    with EmbeddedStore(folder, read_only=read_only) as store:
        assert found(store, "truce") == ({"a"} if moment == "before the store is written" else {"b"})


def test_backup_takes_the_index_along(folder: Path, tmp_path: Path) -> None:
    with EmbeddedStore(folder) as store:
        store.update(WRITE.format("b", "truce"))
        store.backup(tmp_path / "backup")
        store.update(WRITE.format("c", "truce"))
    assert (tmp_path / "backup" / FILE).is_file()
    restore(tmp_path / "backup", tmp_path / "again")
    with EmbeddedStore(tmp_path / "again", read_only=True) as store:
        assert found(store, "truce") == {"a", "b"}


def test_copy_of_a_snapshot_is_a_store_of_its_own(folder: Path, tmp_path: Path) -> None:
    async def serve() -> None:
        async with ServedStore(folder) as engine:
            copy_newest(folder, tmp_path / "copy")
            await engine.update(WRITE.format("b", "truce"))

    asyncio.run(serve())
    with EmbeddedStore(tmp_path / "copy", read_only=True) as store:
        assert found(store, "truce") == {"a"}
    with EmbeddedStore(tmp_path / "copy") as store:
        store.update(WRITE.format("c", "truce"))
        assert found(store, "truce") == {"a", "c"}
    with EmbeddedStore(folder) as store:
        assert found(store, "truce") == {"a", "b"}


def test_snapshots_keep_what_they_show_until_they_are_gone(folder: Path) -> None:
    def entries() -> int:
        with sqlite3.connect(folder / FILE) as connection:
            (number,) = connection.execute("SELECT COUNT(*) FROM entries").fetchone()
        connection.close()
        return int(number)

    first, second = folder / "snapshots" / "1", folder / "snapshots" / "2"
    with EmbeddedStore(folder) as store:
        store.snapshot(first)
        store.update("DROP GRAPH <x:a>")
        store.snapshot(second)
        for snapshot, expected in ((first, [("x:a", 0.0)]), (second, [])):
            finder = finder_of(snapshot)
            assert finder is not None
            assert finder.find(Sought(text="truce", limit=10, ranked=False)) == expected
            finder.close()
        assert entries() == 1
        shutil.rmtree(first)
        store.snapshot(folder / "snapshots" / "3")
        assert entries() == 0


def test_failed_update_leaves_the_index_in_step(folder: Path) -> None:
    with EmbeddedStore(folder) as store:
        with pytest.raises(StoreError):
            store.update(WRITE.format("b", "truce") + " ; CREATE GRAPH <x:a>")
        assert found(store, "truce") == {"a"}


def test_served_queries_find_what_was_written(folder: Path) -> None:
    query = 'SELECT ?t { ?t dem:matches "truce" } ORDER BY ?t'

    async def ask() -> None:
        async with ServedStore(folder) as engine:
            assert (await answer(engine, query)).split() == ["t", "x:a"]
            await engine.update(WRITE.format("b", "truce"))
            assert (await answer(engine, query)).split() == ["t", "x:a", "x:b"]
            await engine.update("DELETE { GRAPH ?g { ?t ?p ?o } } WHERE { GRAPH ?g { ?t ?p ?o } ?t dem:matches 'truce' }")
            assert (await answer(engine, query)).split() == ["t"]
            with pytest.raises(QueryError, match="has no words behind it"):
                await engine.query(QueryJob(text="SELECT * { ?t dem:matches ?words }"))

    asyncio.run(ask())


def test_served_for_reading_only_asks_the_folder_itself(folder: Path) -> None:
    async def ask() -> str:
        async with ServedStore(folder, read_only=True) as engine:
            return await answer(engine, 'SELECT ?t { ?t dem:matches "truce" }')

    assert asyncio.run(ask()).split() == ["t", "x:a"]
    (folder / FILE).unlink()
    with pytest.raises(StoreError, match="no full text that is in step"):
        asyncio.run(ask())


def test_writer_that_is_stopped_leaves_the_snapshots_as_they_are(folder: Path) -> None:
    product = " ".join(f"?s{number} ?p{number} ?o{number} ." for number in range(40))
    heavy = f"INSERT {{ GRAPH <x:a> {{ <x:h> rdfs:label ?n }} }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ {product} }} }} }}"

    async def ask() -> None:
        async with ServedStore(folder) as engine:
            for number in range(30):
                await engine.update(f"INSERT DATA {{ GRAPH <x:n> {{ <x:n{number}> <x:p> <x:n> }} }}")
            with pytest.raises(QueryError):
                await engine.update(heavy, timeout=0.2)
            assert (await answer(engine, 'SELECT ?t { ?t dem:matches "truce" }')).split() == ["t", "x:a"]
            await engine.update(WRITE.format("b", "truce"))
            assert len((await answer(engine, 'SELECT ?t { ?t dem:matches "truce" }')).split()) == 3

    asyncio.run(ask())
