"""Query processes: what they answer, what ends them, and that an end costs nobody but the query that it ends."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import BusyError, QueryError, QueryMemoryError, QueryTimeoutError, WorkerDiedError
from kg.store.engine.protocol import QueryJob
from kg.store.engine.served import ServedStore
from kg.store.engine.workers import PoolLimits
from tests.engines import EX, answer, count, fill, state, until

PEOPLE = 2000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
HUNGRY = "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d ?a"
T = TypeVar("T")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("workers") / "store", people=PEOPLE)


def serve(folder: Path, work: Callable[[ServedStore], Awaitable[T]], *, limits: PoolLimits | None = None) -> T:
    async def whole() -> T:
        async with ServedStore(folder, limits=limits, read_only=True) as engine:
            return await work(engine)

    return asyncio.run(whole())


async def one_that_runs(engine: ServedStore, text: str) -> tuple[asyncio.Task[str], int]:
    """Begin a query, and return it with the process that runs it: the one that is busy."""
    task = asyncio.create_task(answer(engine, text))
    await until(lambda: any(state(pid) == "R" for pid in engine.pool.pids()) and engine.pool.running == 1)
    (pid,) = [worker.child.pid for worker in engine.pool._busy.values()]
    return task, pid


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
        ("text/csv", QueryResultsFormat.CSV),
    ],
)
@pytest.mark.parametrize("rows", [3, 5000])
def test_worker_answers_as_oxigraph_does(folder: Path, media_type: str, form: QueryResultsFormat, rows: int) -> None:
    text = f"SELECT ?s ?o {{ ?s <{EX}label> ?o . ?s <{EX}knows> ?x }} ORDER BY ?o ?x LIMIT {rows}"
    expected = pyoxigraph.Store.read_only(str(folder)).query(text)
    assert isinstance(expected, pyoxigraph.QuerySolutions)
    assert (
        serve(folder, lambda engine: answer(engine, text, media_type=media_type))
        == (expected.serialize(format=form) or b"").decode()
    )


def test_worker_gives_each_triple_once(folder: Path) -> None:
    text = f"CONSTRUCT {{ ?x a <{EX}Known> }} WHERE {{ ?s <{EX}knows> ?x }}"
    found = serve(folder, lambda engine: answer(engine, text, media_type="text/turtle"))
    triples = [quad.triple for quad in pyoxigraph.parse(found, format=RdfFormat.TURTLE)]
    assert len(triples) == len(set(triples)) > 0


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"])
@pytest.mark.parametrize(("most", "truncated"), [(9, True), (10, False), (11, False), (0, True)])
def test_worker_limits_rows_and_says_so(folder: Path, media_type: str, most: int, truncated: bool) -> None:
    async def work(engine: ServedStore) -> tuple[bool, int]:
        job = QueryJob(text=f"SELECT ?o {{ ?s <{EX}number> ?o }} LIMIT 10", media_type=media_type, max_rows=most)
        result = await engine.query(job)
        data = b"".join([chunk async for chunk in result.chunks])
        if media_type == "text/csv":
            return result.truncated, len(list(csv.DictReader(io.StringIO(data.decode()))))
        form = QueryResultsFormat.from_media_type(media_type)
        rows = pyoxigraph.parse_query_results(data, format=form)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        return result.truncated, len(list(rows))

    assert serve(folder, work) == (truncated, min(most, 10))


def test_worker_limits_triples_and_says_so(folder: Path) -> None:
    async def work(engine: ServedStore) -> tuple[bool, int]:
        result = await engine.query(QueryJob(text="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", max_rows=7))
        data = b"".join([chunk async for chunk in result.chunks])
        return result.truncated, data.count(b"\n")

    assert serve(folder, work) == (True, 7)


def test_malformed_query_is_told_with_its_place(folder: Path) -> None:
    with pytest.raises(QueryError, match="line 1, column 12: 'FILTR'") as caught:
        serve(folder, lambda engine: answer(engine, "SELECT * { FILTR(?x) }"))
    assert (caught.value.line, caught.value.column) == (1, 12)


def test_service_is_refused_by_the_worker_itself(folder: Path) -> None:
    with pytest.raises(QueryError, match="SERVICE at line 1, column 12"):
        serve(folder, lambda engine: answer(engine, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))


def test_answer_that_does_not_fit_the_form_is_an_error(folder: Path) -> None:
    with pytest.raises(QueryError, match="does not hold"):
        serve(folder, lambda engine: answer(engine, "ASK {}", media_type="text/turtle"))


def test_dataset_of_the_protocol_takes_the_place_of_the_stores(folder: Path) -> None:
    async def work(engine: ServedStore) -> list[str]:
        text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        jobs = [
            QueryJob(text=text, media_type="text/csv", default_graphs=(f"{EX}people",)),
            QueryJob(text=text, media_type="text/csv", default_graphs=(f"{EX}none",)),
            QueryJob(text=text, media_type="text/csv", named_graphs=(f"{EX}people",)),
            QueryJob(text=text, media_type="text/csv", union_default=False),
        ]
        return [((await engine.query(job)).whole or b"").decode().split()[1] for job in jobs]

    assert serve(folder, work) == [str(PEOPLE * 4), "0", "0", "0"]


def test_query_past_its_time_is_stopped_and_its_process_gone(folder: Path) -> None:
    async def work(engine: ServedStore) -> None:
        task = asyncio.create_task(answer(engine, ENDLESS, timeout=0.3))
        await until(lambda: engine.pool.running == 1)
        (pid,) = [worker.child.pid for worker in engine.pool._busy.values()]
        with pytest.raises(QueryTimeoutError, match=r"whole 0\.3 seconds"):
            await task
        await until(lambda: state(pid) == "")
        assert await count(engine, f"?s <{EX}label> ?o") == PEOPLE

    serve(folder, work)


def test_query_past_its_memory_is_stopped_as_such(folder: Path) -> None:
    async def work(engine: ServedStore) -> int:
        with pytest.raises(QueryMemoryError, match="more memory than it may have"):
            await answer(engine, HUNGRY)
        return await count(engine, f"?s <{EX}label> ?o")

    assert serve(folder, work, limits=PoolLimits(memory=2**26)) == PEOPLE


@pytest.mark.parametrize(
    "text", ["ASK " + "{" * 50_000 + "}" * 50_000, "ASK { ?s a" + "/a" * 100_000 + " ?o }"], ids=["groups", "path"]
)
def test_query_that_is_nested_too_deeply_says_so(folder: Path, text: str) -> None:
    async def work(engine: ServedStore) -> int:
        with pytest.raises(QueryMemoryError, match="nested too deeply, or too long"):
            await answer(engine, text)
        return await count(engine, f"?s <{EX}label> ?o")

    assert serve(folder, work) == PEOPLE


def test_worker_that_dies_costs_only_its_own_query(folder: Path) -> None:
    async def work(engine: ServedStore) -> int:
        task, pid = await one_that_runs(engine, ENDLESS)
        other = asyncio.create_task(count(engine, f"?s <{EX}label> ?o"))
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerDiedError, match="ended by itself"):
            await task
        return await other

    assert serve(folder, work) == PEOPLE


def test_answer_that_breaks_off_raises_where_it_is_read(folder: Path) -> None:
    async def work(engine: ServedStore) -> None:
        result = await engine.query(QueryJob(text=STREAM))
        assert result.whole is None
        assert len(await anext(result.chunks)) > 0
        (pid,) = [worker.child.pid for worker in engine.pool._busy.values()]
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerDiedError):
            async for _ in result.chunks:
                pass

    serve(folder, work)


@pytest.mark.parametrize("way", ["closed", "let go of", "cancelled"])
def test_query_whose_reader_goes_away_is_stopped(folder: Path, way: str) -> None:
    async def work(engine: ServedStore) -> None:
        if way == "cancelled":
            task, pid = await one_that_runs(engine, ENDLESS)
            task.cancel()
        else:
            result = await engine.query(QueryJob(text=STREAM))
            (pid,) = [worker.child.pid for worker in engine.pool._busy.values()]
            if way == "closed":
                await result.chunks.aclose()
            del result
        await until(lambda: engine.pool.running == 0 and state(pid) == "")

    serve(folder, work)


def test_stream_waits_for_a_slow_reader(folder: Path) -> None:
    async def work(engine: ServedStore) -> None:
        result = await engine.query(QueryJob(text=STREAM))
        (pid,) = [worker.child.pid for worker in engine.pool._busy.values()]
        await until(lambda: state(pid) == "S")
        await result.chunks.aclose()

    serve(folder, work)


def test_more_queries_than_may_wait_are_sent_away(folder: Path) -> None:
    async def work(engine: ServedStore) -> None:
        tasks = [asyncio.create_task(answer(engine, ENDLESS)) for _ in range(3)]
        await until(lambda: engine.pool.waiting == 2)
        with pytest.raises(BusyError, match="2 queries wait already") as caught:
            await answer(engine, "ASK {}")
        assert caught.value.retry_after > 0
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    serve(folder, work, limits=PoolLimits(workers=1, long_queries=0, most_waiting=2))


def test_small_query_need_not_wait_for_long_ones(folder: Path) -> None:
    async def work(engine: ServedStore) -> int:
        tasks = [asyncio.create_task(answer(engine, ENDLESS)) for _ in range(4)]
        found = await count(engine, f"?s <{EX}label> ?o")
        assert not any(task.done() for task in tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return found

    assert serve(folder, work, limits=PoolLimits(workers=1, long_queries=4)) == PEOPLE


def test_many_queries_of_some_length_are_answered_by_few_processes(folder: Path) -> None:
    text = f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}knows> ?b . ?b <{EX}knows> ?c . ?c <{EX}knows> ?d }}"
    clients, each = 8, 12

    async def work(engine: ServedStore) -> set[int]:
        seen: set[int] = set()

        async def ask() -> None:
            for _ in range(each):
                await answer(engine, text)
                seen.update(engine.pool.pids())

        await asyncio.gather(*(ask() for _ in range(clients)))
        return seen

    assert len(serve(folder, work, limits=PoolLimits(kept_answers=0))) < clients * each / 2


def test_worker_inherits_neither_files_nor_secrets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMARCHE_TOKEN", "secret")

    async def work(engine: ServedStore) -> None:
        await answer(engine, "ASK {}", media_type="application/sparql-results+json")
        with (folder / "CURRENT").open("rb") as ours:
            os.set_inheritable(ours.fileno(), True)
            for pid in engine.pool.pids():
                assert b"DEMARCHE_TOKEN" not in Path(f"/proc/{pid}/environ").read_bytes()
                opened = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
                assert len([name for name in opened if name.startswith("socket:")]) == 1

    serve(folder, work)


def test_processes_are_gone_when_the_engine_is_closed(folder: Path) -> None:
    async def whole() -> list[int]:
        async with ServedStore(folder, read_only=True) as engine:
            task, _ = await one_that_runs(engine, ENDLESS)
            pids = engine.pool.pids()
        with pytest.raises(WorkerDiedError, match="being stopped"):
            await task
        return pids

    pids = asyncio.run(whole())
    assert [state(pid) for pid in pids] == [""] * len(pids)
