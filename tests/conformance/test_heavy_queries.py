"""Eight shapes of query that no machine finishes are over when their time is up; small ones go on meanwhile.

How long small ones take also hangs on what else the machine does, which only ever makes it longer: so that is measured up to three times.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.engines import EX, children, descendants, fill, processor_seconds, state, until
from tests.servers import demarche_server

PEOPLE = 5000
SECONDS = 2.0
SMALL = 50
TRIES = 3

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
    """How a query ended, as a status or as "broken off", and how many seconds after it was asked."""

    ending: int | str
    seconds: float


CLIENT = """
import http.client, os, sys, time
from urllib.parse import urlencode
os.nice(10)
print("ready", flush=True)
host, seconds = sys.argv[1:]
body = urlencode({"query": sys.stdin.read(), "timeout": seconds})
begin = time.monotonic()
connection = http.client.HTTPConnection(host, timeout=60)
try:
    connection.request("POST", "/sparql", body, {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    ending = response.status
    while response.read(1 << 20):
        pass
except (http.client.HTTPException, ConnectionError):
    ending = "broken off"
print(ending, time.monotonic() - begin)
"""
"""Asks a query in a process of its own, so that the flood of an answer does not hold up who measures."""


async def run(address: str, query: str, *, ready: asyncio.Barrier) -> Outcome:
    """Ask a query when all who are to ask are ready, so that nobody's start is taken for the service's work."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", CLIENT, address.removeprefix("http://"), str(SECONDS))
    client = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert client.stdout is not None
    await client.stdout.readline()
    await ready.wait()
    told, _ = await client.communicate(query.encode())
    ending, _, seconds = told.decode().strip().rpartition(" ")
    return Outcome(int(ending) if ending.isdigit() else ending, float(seconds))


async def small(client: httpx2.AsyncClient, first: int) -> list[float]:
    """Ask small queries one after another; return their times in seconds, the shortest first."""
    took = []
    for number in range(first, first + SMALL):
        begin = time.monotonic()
        query = f"SELECT ?label {{ <{EX}person/{number}> <{EX}label> ?label }}"
        found = await client.get("/sparql", params={"query": query, "format": "csv"})
        took.append(time.monotonic() - begin)
        assert found.text == f"label\r\nPerson of the number {number}\r\n"
    return sorted(took)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("heavy") / "store", people=PEOPLE)


@dataclass(frozen=True)
class Seen:
    """What came of all heavy queries at once: how each ended, the times of small ones before and meanwhile, and who still works."""

    outcomes: dict[str, Outcome]
    idle: list[float]
    meanwhile: list[float]
    rests: bool


async def all_at_once(address: str, server: int) -> Seen:
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        await small(client, 0)
        assert await _rests(server)  # its processes have all started
        idle = await small(client, SMALL)
        ready = asyncio.Barrier(len(HEAVY) + 1)
        running = {name: asyncio.create_task(run(address, text, ready=ready)) for name, text in HEAVY.items()}
        await ready.wait()
        await until(lambda: sum(state(pid) == "R" for pid in descendants(server)) >= 2)
        meanwhile = await small(client, 2 * SMALL)
        outcomes = {name: await task for name, task in running.items()}
        await until(lambda: all(state(pid) != "R" for pid in descendants(server)))
        return Seen(outcomes, idle, meanwhile, rests=await _rests(server))


async def _rests(server: int) -> bool:
    """Tell whether the server and its processes come to rest, once new ones have taken the place of those that were ended."""
    for _ in range(20):
        before = processor_seconds(server)
        await asyncio.sleep(0.5)
        if processor_seconds(server) - before < 0.1:
            return True
    return False


def test_heavy_queries_are_over_in_time_and_small_ones_go_on(folder: Path) -> None:
    told = []
    for _ in range(TRIES):
        before = children()
        with demarche_server(folder, kept_answers="0") as address:
            (server,) = children() - before
            seen = asyncio.run(all_at_once(address, server))
        assert {name: outcome for name, outcome in seen.outcomes.items() if outcome.seconds > SECONDS + 1} == {}
        assert {outcome.ending for outcome in seen.outcomes.values()} <= {504, 507, "broken off"}
        assert seen.rests
        # Of fifty, the slowest is the 99th percentile.
        if seen.meanwhile[-1] < 10 * seen.idle[-1]:
            return
        told.append(
            [round(seconds * 1000, 1) for seconds in (seen.idle[SMALL // 2], seen.idle[-1], *seen.meanwhile[SMALL // 2 :: 24])]
        )
    pytest.fail(f"small queries take too long, in milliseconds: {told}")
