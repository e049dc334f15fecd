"""The engine over a store in a folder: a pool that queries snapshots, and one writer.

Without a writer (``read_only``) the folder itself is queried, and shared with other readers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kg.config import Settings
from kg.errors import StoreError
from kg.outreach.fetching import Fetched, GuardedFetcher
from kg.outreach.hosts import read_hosts
from kg.store.engine.commits import Commits
from kg.store.engine.outreach import Outreach
from kg.store.engine.protocol import QueryJob, QueryResult
from kg.store.engine.snapshot_store import SnapshotStore
from kg.store.engine.snapshots import Snapshots
from kg.store.engine.workers import PoolLimits, WorkerPool
from kg.store.folder import FolderLock, check_folder
from kg.store.protocol import GraphChange, Store

T = TypeVar("T")


class ServedStore:
    """See ``kg.store.engine.protocol.Engine``; an asynchronous context manager, on one event loop.

    ``union`` False gives the store a default graph of its own. With ``outreach`` queries and updates may ask other hosts; without it no
    process of it has a network, where the system allows that. Starting raises StoreError if the folder cannot be a store,
    StoreLockedError if somebody else has it open.
    """

    def __init__(
        self,
        path: Path,
        *,
        limits: PoolLimits | None = None,
        union: bool = True,
        outreach: Outreach | None = None,
        read_only: bool = False,
    ) -> None:
        self.limits = limits if limits is not None else PoolLimits()
        self._path = path.absolute()
        self._read_only = read_only
        self._snapshots: Snapshots | Folder = Folder(self._path) if read_only else Snapshots(self._path)
        self._pool = WorkerPool(self.limits, reading=self._snapshots, union_kept=union)
        self._commits = None if read_only else Commits(self._path, union=union, shown=self._show)
        self._union = union
        self.outreach = outreach
        self._lock: FolderLock | None = None
        self._counts: dict[int, int] = {}
        self._started = False
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def snapshot(self) -> int:
        """The number of the newest snapshot."""
        return self._pool.snapshot

    @property
    def pool(self) -> WorkerPool:
        """The query processes, to be watched."""
        return self._pool

    @property
    def commits(self) -> Commits | None:
        """The writer, to be watched; None where there is none."""
        return self._commits

    async def start(self) -> None:
        """Open the store, and start the processes."""
        self._loop = asyncio.get_running_loop()
        if self._commits is None:
            check_folder(self._path, read_only=True)
            self._lock = FolderLock(self._path, shared=True)
            number = 1
        else:
            number = await self._commits.start()
        self._started = True
        try:
            if self.outreach is not None:
                await self.outreach.start()
            await self._pool.start(number, relay=None if self.outreach is None else self.outreach.address)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Stop the queries, carry out the change that was begun, and close the store."""
        await self._pool.close()
        if self.outreach is not None:
            await self.outreach.close()
        if self._commits is not None:
            await self._commits.close()
        if self._lock is not None:
            self._lock.release()
        if isinstance(self._snapshots, Snapshots):
            self._snapshots.clear()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close."""
        await self.close()

    def kept(self, job: QueryJob) -> QueryResult | None:
        """See ``kg.store.engine.protocol.Engine.kept``."""
        return self._pool.kept(job)

    async def query(self, job: QueryJob) -> QueryResult:
        """See ``kg.store.engine.protocol.Engine.query``."""
        if self.outreach is not None:
            return await self.outreach.query(job, seconds=self._seconds(job.timeout), ask=self._pool.query)
        return await self._pool.query(job)

    async def update(
        self,
        text: str,
        *,
        using: tuple[str, ...] | None = None,
        using_named: tuple[str, ...] | None = None,
        timeout: float | None = None,
    ) -> int:
        """See ``kg.store.engine.protocol.Engine.update``."""
        writer = self._writer()
        seconds = self._seconds(timeout)
        documents: dict[str, Fetched] = {}
        if self.outreach is not None:
            documents = await self.outreach.documents(text, seconds=seconds, union=self._union)
        _, number = await writer.submit(b"u", (text, using or (), using_named or (), documents), seconds=seconds)
        return number

    async def write(self, change: GraphChange) -> int:
        """See ``kg.store.engine.protocol.Engine.write``."""
        _, number = await self._writer().submit(b"g", change, seconds=self.limits.longest_timeout)
        return number

    async def run(self, operation: Callable[[Store], T]) -> tuple[T, int]:
        """See ``kg.store.engine.protocol.Engine.run``."""
        outcome, number = await self._writer().submit(b"k", operation, seconds=self.limits.longest_timeout)
        return outcome, number

    def store(self) -> Store:
        """See ``kg.store.engine.protocol.Engine.store``."""
        assert self._loop is not None
        return SnapshotStore(self._pool, self._loop, counts=self._counts)

    def _writer(self) -> Commits:
        if self._commits is None:
            raise StoreError(f"{self._path}: is served for reading only. Start the server with a token for writing.")
        return self._commits

    def _seconds(self, timeout: float | None) -> float:
        return self.limits.timeout if timeout is None else min(timeout, self.limits.longest_timeout)

    def _show(self, number: int) -> None:
        if isinstance(self._snapshots, Snapshots):
            self._snapshots.add(number)
        self._counts.clear()
        if self._started:
            self._pool.move(number)


def served_from(settings: Settings, *, read_only: bool = False) -> ServedStore:
    """Return the engine that the settings describe, not started yet. Raise SettingsError where the store is on a server."""
    standard = PoolLimits()
    limits = PoolLimits(
        workers=settings.workers or standard.workers,
        long_queries=settings.long_queries,
        timeout=settings.query_timeout,
        longest_timeout=max(settings.query_timeout, settings.longest_timeout),
        memory=settings.query_memory,
        kept_answers=settings.kept_answers,
    )
    allowed = read_hosts(settings.allowed_hosts)
    return ServedStore(
        settings.store_folder,
        limits=limits,
        union=settings.default_graph == "union",
        outreach=Outreach(GuardedFetcher(allowed), most_bytes=settings.max_body) if allowed else None,
        read_only=read_only,
    )


class Folder:
    """The store's own folder in place of snapshots, for where nothing is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def path(self, number: int) -> Path:  # noqa: ARG002  # there is one
        """Return the folder."""
        return self._path

    def hold(self, number: int) -> None:
        """Do nothing: the folder stays."""

    def release(self, number: int) -> None:
        """Do nothing: the folder stays."""
