"""Eight shapes of query that no machine finishes are over when their time is up; small ones go on meanwhile."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.errors import QueryError, QueryMemoryError, QueryTimeoutError
from kg.store.engine.protocol import Engine, QueryJob
from kg.store.engine.served import ServedStore
from tests.engines import EX, answer, fill, state, until

PEOPLE = 5000
SECONDS = 2.0
SMALL = 50

HEAVY = {
    "cross join in order": "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b ?d ?f",
    "cross join with a filter": 'SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(CONCAT(STR(?b), STR(?d), STR(?f)) = "no") }',
    "cross join with an aggregate": "SELECT ?p (COUNT(*) AS ?n) (MAX(?f) AS ?most) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } GROUP BY ?p",
    "unbounded paths": f"SELECT (COUNT(*) AS ?n) {{ ?a (<{EX}knows>|!<{EX}no>)* ?b . ?c (<{EX}knows>/<{EX}knows>)* ?b }}",
    "huge CONSTRUCT": f"CONSTRUCT {{ ?a <{EX}with> ?d . ?d <{EX}with> ?f }} WHERE {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }}",
    "huge regex": 'SELECT * { ?a ?p ?b . ?c ?q ?d FILTER(REGEX(CONCAT(STR(?b), STR(?d)), "' + "(a|b|[0-9]+x?)*" * 200 + 'z$")) }',
    "deep OPTIONAL": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b "
    + "".join(f"OPTIONAL {{ ?a{level} ?p{level} ?b{level} " for level in range(12))
    + "}" * 12
    + " }",
    "cartesian stream": "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
}


@dataclass(frozen=True)
class Outcome:
    """How a query ended, and how many seconds after it was asked."""

    error: type[QueryError] | None
    seconds: float


async def run(engine: Engine, text: str) -> Outcome:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    try:
        result = await engine.query(QueryJob(text=text, timeout=SECONDS))
        async for _ in result.chunks:
            pass
    except QueryError as error:
        return Outcome(type(error), loop.time() - begin)
    return Outcome(None, loop.time() - begin)


async def small(engine: Engine) -> list[float]:
    loop = asyncio.get_running_loop()
    took = []
    for number in range(SMALL):
        begin = loop.time()
        found = await answer(engine, f"SELECT ?label {{ <{EX}person/{number}> <{EX}label> ?label }}")
        took.append(loop.time() - begin)
        assert found == f"label\r\nPerson of the number {number}\r\n"
    return sorted(took)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("heavy") / "store", people=PEOPLE)


def test_heavy_queries_are_over_in_time_and_small_ones_go_on(folder: Path) -> None:
    async def all_at_once() -> tuple[dict[str, Outcome], list[float], list[float]]:
        async with ServedStore(folder) as engine:
            idle = await small(engine)
            running = {name: asyncio.create_task(run(engine, text)) for name, text in HEAVY.items()}
            await until(lambda: engine.pool.running == len(HEAVY))
            ran = set(engine.pool.pids())
            meanwhile = await small(engine)
            outcomes = {name: await task for name, task in running.items()}
            await until(lambda: engine.pool.running == 0)
            await until(lambda: all(state(pid) != "R" for pid in {*ran, *engine.pool.pids()}))
            return outcomes, idle, meanwhile

    outcomes, idle, meanwhile = asyncio.run(all_at_once())
    assert {name: outcome for name, outcome in outcomes.items() if outcome.seconds > SECONDS + 1} == {}
    assert {outcome.error for outcome in outcomes.values()} <= {QueryTimeoutError, QueryMemoryError}
    # Eight queries share the processors with the small ones, whose wait must stay of the order that it had.
    assert statistics.median(meanwhile) < 10 * idle[-2]


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_query_alone_ends_with_an_error(folder: Path, name: str) -> None:
    async def alone() -> Outcome:
        async with ServedStore(folder, read_only=True) as engine:
            return await run(engine, HEAVY[name])

    assert asyncio.run(alone()).error in {QueryTimeoutError, QueryMemoryError}
