"""Engines for tests that may ask other hosts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from kg.outreach.fetching import GuardedFetcher
from kg.outreach.hosts import read_hosts
from kg.store.engine.outreach import Outreach
from kg.store.engine.served import ServedStore
from kg.store.engine.workers import PoolLimits
from tests.other_hosts import Host, a_host

MOST_BYTES = 100_000
"""How long a document, and the answers to a query together, may be."""
LIMITS = PoolLimits(workers=1, long_queries=1)


@asynccontextmanager
async def reaching_engine(folder: Path, *hosts: str, union: bool = True) -> AsyncIterator[ServedStore]:
    fetcher = GuardedFetcher(read_hosts(hosts))
    async with ServedStore(folder, limits=LIMITS, union=union, outreach=Outreach(fetcher, most_bytes=MOST_BYTES)) as engine:
        yield engine


def run_reaching(folder: Path, test: Callable[[ServedStore, Host, Host], Awaitable[None]], *, union: bool = True) -> None:
    """Run a test over an engine, a host that it may ask, and one that it may not."""

    async def go() -> None:
        async with a_host() as host, a_host() as stranger, reaching_engine(folder, host.address, union=union) as engine:
            await test(engine, host, stranger)
            assert stranger.asked == []

    asyncio.run(go())
