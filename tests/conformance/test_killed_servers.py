"""A server killed in the middle of its writes: all that it acknowledged is there, nothing is half there, full text agrees, and nobody of it
lives on.

``DEMARCHE_KILLS`` says how many times; 20 is the full measure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from kg.store.embedded import EmbeddedStore
from tests.engines import all_gone

KILLS = int(os.environ.get("DEMARCHE_KILLS", "3"))
WRITES = 200
AT_ONCE = 8
EACH = 5

SERVER = """
import asyncio, sys
from pathlib import Path
from kg.store.protocol import GraphChange
from kg.store.engine.served import ServedStore

async def main(folder, first, writes, at_once, each):
    async with ServedStore(Path(folder)) as engine:
        print("pids", engine.commits.pid, *engine.pool.pids(), flush=True)
        gate = asyncio.Semaphore(at_once)

        async def write(number):
            async with gate:
                values = ", ".join(str(number * each + more) for more in range(each))
                if number % 2:
                    named = f"<x:{number}> rdfs:label 'treaty {number}'"
                    await engine.update(f"INSERT DATA {{ GRAPH <x:g{number % 7}> {{ <x:{number}> <x:p> {values} . {named} }} }}")
                else:
                    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
                    content = f"<x:{number}> <x:p> {values} ; {label} 'treaty {number}' .".encode()
                    await engine.write(GraphChange(action="add", graph=f"x:g{number % 7}", content=content, media_type="text/turtle"))
                if number % 9 == 8:  # names come and go
                    await engine.update("DELETE { GRAPH ?g { ?s rdfs:label ?l } } INSERT { GRAPH ?g { ?s rdfs:label 'envoy' } } "
                        f"WHERE {{ VALUES ?s {{ <x:{number - 1}> }} GRAPH ?g {{ ?s rdfs:label ?l }} ?s dem:matches 'treaty' }}")
                print("ack", number, flush=True)

        await asyncio.gather(*(write(number) for number in range(first, first + writes)))

asyncio.run(main(sys.argv[1], *map(int, sys.argv[2:])))
"""


def killed_amid_writes(folder: Path, *, first: int, after: int) -> tuple[list[int], list[int]]:
    """Run a server, kill it after so many acknowledgements; return what it acknowledged, and its processes."""
    arguments = [str(number) for number in (first, WRITES, AT_ONCE, EACH)]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(folder), *arguments], stdout=subprocess.PIPE, text=True)
    acknowledged: list[int] = []
    pids: list[int] = []
    with server:
        assert server.stdout is not None
        while len(acknowledged) < after:
            word, *numbers = server.stdout.readline().split()
            if word == "pids":
                pids = [int(number) for number in numbers]
            else:
                acknowledged.append(int(numbers[0]))
        server.send_signal(signal.SIGKILL)
        acknowledged += [int(line.split()[1]) for line in server.stdout]
    return acknowledged, pids


def found(store: EmbeddedStore, pattern: str) -> set[str]:
    return {str(row["s"]) for row in store.query(f"SELECT ?s {{ {pattern} }}").rows()}


def test_acknowledged_writes_survive_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        more, pids = killed_amid_writes(folder, first=kill * WRITES, after=1 + 37 * kill % (WRITES // 2))
        acknowledged.update(more)
        assert all_gone(pids)
        with EmbeddedStore(folder) as store:
            rows = store.query("SELECT ?s (COUNT(?o) AS ?n) { ?s <x:p> ?o } GROUP BY ?s").rows()
            written = {int(str(row["s"]).removeprefix("x:")): int(row["n"]) for row in rows}
            assert acknowledged <= written.keys()
            assert set(written.values()) == {EACH}
            (apart,) = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows()
            assert int(apart["n"]) == store.triple_count()
            for word in ("treaty", "envoy"):
                assert found(store, f"?s dem:matches '{word}'") == found(
                    store, f"?s rdfs:label ?l FILTER(CONTAINS(?l, '{word}'))"
                )
    assert len(acknowledged) < KILLS * WRITES
