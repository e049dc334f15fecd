"""A disk that fills while a store is served: what was acknowledged is kept, what fails is said, and all goes on when there is room again.

The system's limit on the size of a file takes the place of the disk: beyond it nothing is written, either.
"""

from __future__ import annotations

import asyncio
import random
import re
import resource
from pathlib import Path

import pytest
from rdflib.namespace import RDFS

from kg.errors import StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.engine.served import ServedStore
from kg.store.protocol import GraphChange
from tests.engines import count

TRIPLES = 100
SMALL = 1_000_000
MOST = 200


def change(number: int, predicate: str) -> GraphChange:
    """Return a graph that cannot be packed into much less than 30 kilobytes."""
    chance = random.Random(number)
    content = "".join(f'<x:{number}-{each}> <{predicate}> "w{chance.randbytes(150).hex()}" .\n' for each in range(TRIPLES))
    return GraphChange(action="put", graph=f"x:g{number}", content=content.encode())


async def write_until_full(engine: ServedStore, predicate: str) -> set[int]:
    """Write graph after graph until nothing is taken any more; return those that were acknowledged."""
    acknowledged: set[int] = set()
    for number in range(MOST):
        try:
            await engine.write(change(number, predicate))
        except StoreError as error:
            assert re.search("File too large|disk I/O error", str(error))  # noqa: PT017  # there is more to see afterwards
            return acknowledged
        acknowledged.add(number)
    pytest.fail("the limit on files was never reached")


@pytest.mark.parametrize("predicate", ["x:p", str(RDFS.label)], ids=["the store", "the full text"])
def test_full_disk_costs_nothing_that_was_acknowledged(tmp_path: Path, predicate: str) -> None:
    async def fill() -> set[int]:
        async with ServedStore(tmp_path / "store") as engine:
            assert engine.commits is not None
            assert engine.commits.pid is not None
            await engine.write(change(MOST, predicate))
            resource.prlimit(engine.commits.pid, resource.RLIMIT_FSIZE, (SMALL, SMALL))
            acknowledged = await write_until_full(engine, predicate)
            assert await count(engine, "GRAPH ?g { ?s ?p ?o }") >= TRIPLES * len(acknowledged)
            # The next writer is bound by no limit: as if there was room again.
            await engine.write(change(MOST + 1, predicate))
            return {*acknowledged, MOST, MOST + 1}

    acknowledged = asyncio.run(fill())
    assert len(acknowledged) > 2
    with EmbeddedStore(tmp_path / "store") as store:
        rows = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows()
        found = {int(str(row["g"]).removeprefix("x:g")): int(row["n"]) for row in rows}
        assert acknowledged <= found.keys()
        assert set(found.values()) == {TRIPLES}
        by_words = {str(row["s"]) for row in store.query('SELECT ?s { ?s dem:matches "w*" }').rows()}
        assert by_words == {str(row["s"]) for row in store.query("SELECT ?s { ?s rdfs:label ?o }").rows()}
        assert store.triple_count() == TRIPLES * len(found)
