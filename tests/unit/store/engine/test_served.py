"""A served store: what is acknowledged is visible, what fails leaves no trace, and snapshots come and go."""

from __future__ import annotations

import asyncio
import operator
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from rdflib import URIRef

from kg.errors import (
    BusyError,
    MalformedQueryError,
    NotFoundError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    ReadingError,
    StoreError,
    StoreLockedError,
    WorkerDiedError,
)
from kg.store.embedded import EmbeddedStore
from kg.store.engine.protocol import Engine, QueryJob
from kg.store.engine.served import ServedStore
from kg.store.engine.snapshots import copy_newest
from kg.store.folder import restore
from kg.store.protocol import GraphChange
from tests.engines import EX, answer, count, until

ENDLESS = f"INSERT {{ GRAPH <{EX}g> {{ ?a ?b ?f }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }}"
T = TypeVar("T")


def serve(folder: Path, work: Callable[[ServedStore], Awaitable[T]], *, union: bool = True) -> T:
    async def whole() -> T:
        async with ServedStore(folder, union=union) as engine:
            return await work(engine)

    return asyncio.run(whole())


def insert(number: int, graph: str = "g") -> str:
    return f"INSERT DATA {{ GRAPH <{EX}{graph}> {{ <{EX}s> <{EX}p> {number} }} }}"


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir() if path.is_dir())


def test_update_is_visible_when_it_is_acknowledged(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        before = engine.snapshot
        for number in range(5):
            shown = await engine.update(insert(number))
            result = await engine.query(QueryJob(text="SELECT * { ?s ?p ?o }", media_type="text/csv"))
            assert (result.whole or b"").count(b"\r\n") == number + 2
            assert engine.snapshot == result.snapshot == shown > before

    serve(tmp_path / "store", work)


def test_updates_that_wait_share_a_snapshot(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        numbers = await asyncio.gather(*(engine.update(insert(number, f"g{number % 3}")) for number in range(50)))
        assert await count(engine, "?s ?p ?o") == 50
        assert len(set(numbers)) < 10

    serve(tmp_path / "store", work)


def test_one_failing_update_of_a_group_costs_the_others_nothing(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        texts = [insert(1), "INSERT DATA { nonsense", insert(2)]
        outcomes = await asyncio.gather(*(engine.update(text) for text in texts), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [int, MalformedQueryError, int]
        assert await count(engine, "?s ?p ?o") == 2

    serve(tmp_path / "store", work)


def test_update_past_its_time_is_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        await engine.update("".join(insert(number) + " ; " for number in range(99)) + insert(99))
        with pytest.raises(QueryTimeoutError, match=r"whole 0\.3 seconds"):
            await engine.update(ENDLESS, timeout=0.3)
        assert await count(engine, "?s ?p ?o") == 100
        await engine.update(insert(100))
        assert await count(engine, "?s ?p ?o") == 101

    serve(tmp_path / "store", work)


def test_writer_that_dies_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        await engine.update("".join(insert(number) + " ; " for number in range(99)) + insert(99))
        assert engine.commits is not None
        heavy = asyncio.create_task(engine.update(ENDLESS))
        await until(lambda: engine.commits is not None and engine.commits.working)
        os.kill(engine.commits.pid or 0, signal.SIGKILL)
        with pytest.raises(WorkerDiedError, match="wholly or not at all"):
            await heavy
        await engine.update(insert(100))
        assert await count(engine, "?s ?p ?o") == 101

    serve(tmp_path / "store", work)


def test_update_that_is_nested_too_deeply_says_so(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        await engine.update(insert(1))
        with pytest.raises(QueryMemoryError, match="nested too deeply, or too long"):
            await engine.update("DELETE { GRAPH <x:g> { ?s ?p ?o } } WHERE " + "{" * 50_000 + "}" * 50_000)
        await engine.update(insert(2))
        assert await count(engine, "?s ?p ?o") == 2

    serve(tmp_path / "store", work)


def test_graphs_are_put_added_to_and_removed(tmp_path: Path) -> None:
    def change(action: str, content: bytes = b"") -> GraphChange:
        return GraphChange(action=action, graph=f"{EX}g", content=content, media_type="text/turtle", base=EX)  # type: ignore[arg-type]

    async def work(engine: Engine) -> None:
        await engine.write(change("put", b"<a> <b> <c>, <d> ."))
        await engine.write(change("put", b"<a> <b> <c> ."))
        await engine.write(change("add", b"<a> <b> _:x . _:x <b> [] ."))
        assert await count(engine, f"GRAPH <{EX}g> {{ ?s ?p ?o }}") == await count(engine, "?s ?p ?o") == 3
        with pytest.raises(ReadingError, match="cannot be read as text/turtle"):
            await engine.write(change("put", b"<a> <b>"))
        await engine.write(change("remove"))
        assert await count(engine, "?s ?p ?o") == 0
        with pytest.raises(NotFoundError, match="not in the store"):
            await engine.write(change("remove"))

    serve(tmp_path / "store", work)


@pytest.mark.parametrize("action", ["put", "add", "remove"])
def test_union_is_not_written_itself(tmp_path: Path, action: str) -> None:
    with pytest.raises(QueryError, match="union of all graphs"):
        serve(tmp_path / "store", lambda engine: engine.write(GraphChange(action=action, graph=None)))  # type: ignore[arg-type]


def test_plain_default_graph_is_a_graph_of_its_own(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        await engine.update(f"INSERT DATA {{ <{EX}s> <{EX}p> 1 . GRAPH <{EX}g> {{ <{EX}s> <{EX}p> 2 }} }}")
        await engine.write(GraphChange(action="add", graph=None, content=f"<{EX}s> <{EX}p> <{EX}o> .".encode()))
        own = QueryJob(text="SELECT * { ?s ?p ?o }", media_type="text/csv", union_default=False)
        union = QueryJob(text="SELECT * { ?s ?p ?o }", media_type="text/csv")
        assert [((await engine.query(job)).whole or b"").count(b"\n") for job in (own, union)] == [3, 4]
        await engine.write(GraphChange(action="remove", graph=None))
        assert ((await engine.query(own)).whole or b"").count(b"\n") == 1

    serve(tmp_path / "store", work, union=False)


def test_operations_run_where_the_store_is(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        await engine.update(insert(1))
        assert await engine.run(operator.methodcaller("graph_names")) == ([URIRef(f"{EX}g")], engine.snapshot)

    serve(tmp_path / "store", work)


def test_snapshot_is_a_store_to_look_up(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        await engine.update(insert(1))
        store = engine.store()
        assert await asyncio.to_thread(store.triple_count) == 1
        assert await asyncio.to_thread(store.graph_names) == [URIRef(f"{EX}g")]
        rows = await asyncio.to_thread(lambda: list(store.query("SELECT ?o { ?s ?p ?o }").rows()))
        assert [str(row["o"]) for row in rows] == ["1"]
        assert await asyncio.to_thread(lambda: store.query("SELECT ?o { ?s ?p ?o }").texts()) == [{"o": "1"}]
        assert len((await asyncio.to_thread(store.query, "CONSTRUCT WHERE { ?s ?p ?o }")).graph()) == 1
        assert await asyncio.to_thread(store.dump, "application/n-quads") == (
            f'<{EX}s> <{EX}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <{EX}g> .\n'.encode()
        )
        with pytest.raises(StoreError, match="from another thread"):
            store.graph_names()
        with pytest.raises(StoreError, match="not written"):
            store.remove_graph(URIRef(f"{EX}g"))

    serve(tmp_path / "store", work)


def test_snapshots_that_nobody_reads_are_gone(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        for number in range(5):
            await engine.update(insert(number))
        await until(lambda: snapshots(tmp_path / "store") == [f"{engine.snapshot:012d}"])

    serve(tmp_path / "store", work)
    assert snapshots(tmp_path / "store") == []


def test_snapshot_stays_while_a_query_reads_it(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        await engine.update("".join(insert(number) + " ; " for number in range(200)) + insert(200))
        result = await engine.query(QueryJob(text="SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
        old = f"{engine.snapshot:012d}"
        await engine.update(insert(999))
        assert old in snapshots(tmp_path / "store")
        await result.chunks.aclose()
        await until(lambda: old not in snapshots(tmp_path / "store"))

    serve(tmp_path / "store", work)


def test_numbers_grow_and_leftovers_are_cleared_from_one_run_to_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "store"

    async def work(engine: ServedStore) -> int:
        return await engine.update(insert(1))

    first = serve(folder, work)
    (folder / "snapshots" / f"{first + 5:012d}").mkdir()
    (folder / "snapshots" / f"{first + 6:012d}.tmp").mkdir()
    assert serve(folder, work) > first + 6
    assert snapshots(folder) == []
    with EmbeddedStore(folder, read_only=True) as store:
        assert store.triple_count() == 1


def test_served_store_is_nobody_elses(tmp_path: Path) -> None:
    async def work(engine: ServedStore) -> None:
        with pytest.raises(StoreLockedError):
            EmbeddedStore(tmp_path / "store", read_only=True)

    serve(tmp_path / "store", work)
    EmbeddedStore(tmp_path / "store").close()


def test_store_that_is_read_only_refuses_to_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    EmbeddedStore(folder).close()

    async def whole() -> None:
        async with ServedStore(folder, read_only=True) as engine:
            assert await count(engine, "?s ?p ?o") == 0
            with pytest.raises(StoreError, match="for reading only"):
                await engine.update(insert(1))

    asyncio.run(whole())


def test_engine_that_is_closed_refuses_changes(tmp_path: Path) -> None:
    async def whole() -> None:
        async with ServedStore(tmp_path / "store") as engine:
            await engine.update(insert(1))
        with pytest.raises(BusyError):
            await engine.update(insert(2))
        with pytest.raises(BusyError):
            await answer(engine, "ASK {}")

    asyncio.run(whole())


def test_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")

    async def whole() -> None:
        async with ServedStore(tmp_path):
            pass

    with pytest.raises(StoreError, match=r"holds 'letter\.txt'"):
        asyncio.run(whole())


def test_store_that_is_served_and_written_can_be_backed_up(tmp_path: Path) -> None:
    async def work(engine: Engine) -> None:
        writing = asyncio.create_task(write_on(engine))
        for number in range(3):
            await until(lambda: engine.snapshot > 3 * (number + 1))  # noqa: B023  # waited for at once
            await asyncio.to_thread(copy_newest, tmp_path / "store", tmp_path / f"backup-{number}")
        writing.cancel()

    async def write_on(engine: Engine) -> None:
        for number in range(10_000):
            await engine.update(insert(number))

    serve(tmp_path / "store", work)
    held = []
    for number in range(3):
        restore(tmp_path / f"backup-{number}", tmp_path / f"again-{number}")
        with EmbeddedStore(tmp_path / f"again-{number}") as again:
            values = {int(row["o"]) for row in again.query(f"SELECT ?o {{ <{EX}s> <{EX}p> ?o }}").rows()}
            assert values == set(range(len(values)))
            held.append(len(values))
    assert held == sorted(held)
    assert held[0] > 0


def test_store_that_nobody_serves_has_no_snapshot_to_copy(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store"), pytest.raises(StoreError, match="no snapshot"):
        copy_newest(tmp_path / "store", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
