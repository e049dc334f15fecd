"""The writer from the server's side: changes one after another, and a snapshot behind each group of them.

What waits while a group is carried out is the next group, so that many small writes share a snapshot. A change is acknowledged once
its snapshot is there; making it also brings the change to the disk. A change that runs too long costs the writer its life, but nothing
that was written before: another writer opens the store, and takes a snapshot of what is there.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import BusyError, DemarcheError, QueryMemoryError, QueryTimeoutError, StoreError, WorkerDiedError
from kg.store.engine.child import Child, End

_MOST_IN_GROUP = 64
_ENDED = b"."

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Order:
    letter: bytes
    payload: bytes
    seconds: float | None
    outcome: asyncio.Future[tuple[Any, int]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Commits:
    """Changes to the store in a folder, on one event loop. ``shown`` is called with the number of each snapshot."""

    def __init__(self, path: Path, *, union: bool, shown: Callable[[int], None], most_waiting: int = 1000) -> None:
        self._path = path
        self._options = {"path": str(path.absolute()), "union": union}
        self._shown = shown
        self._most_waiting = most_waiting
        self._orders: asyncio.Queue[_Order] = asyncio.Queue()
        self._heard: asyncio.Queue[tuple[bytes, Any]] = asyncio.Queue()
        self._child: Child | None = None
        self._work: asyncio.Task[None] | None = None
        self._number = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False

    async def start(self) -> int:
        """Open the store and make a snapshot; return its number. Raise StoreError, StoreLockedError."""
        await self._open(fresh=True)
        number = await self._take_snapshot()
        self._work = asyncio.create_task(self._carry_on())
        return number

    async def close(self) -> None:
        """Carry out what was begun, refuse the rest, and close the store."""
        self._closed = True
        while not self._orders.empty():
            order = self._orders.get_nowait()
            if not order.outcome.done():
                order.outcome.set_exception(
                    BusyError("The server is being stopped. Nothing was written; send it again later.", 5)
                )
        if self._work is not None:
            await self._idle.wait()
            self._work.cancel()
        if self._child is not None:
            self._child.hang_up()
            await self._child.over

    async def submit(self, letter: bytes, order: object, *, seconds: float | None) -> tuple[Any, int]:
        """Have the writer carry out an order; return what came out, and the number of the snapshot that shows it.

        Raise BusyError, QueryTimeoutError after so many seconds of work, WorkerDiedError, or what the order raises.
        """
        if self._closed or self._orders.qsize() >= self._most_waiting:
            raise BusyError(f"{self._orders.qsize()} changes wait already. Send it again in a few seconds.", 5)
        waiting = _Order(letter, pickle.dumps(order), seconds)
        self._orders.put_nowait(waiting)
        return await waiting.outcome

    @property
    def pid(self) -> int | None:
        """The number of the writer's process; None when there is none just now."""
        return self._child.pid if self._child is not None else None

    @property
    def working(self) -> bool:
        """Whether a change is being carried out."""
        return not self._idle.is_set()

    @property
    def waiting(self) -> int:
        """How many changes wait."""
        return self._orders.qsize()

    async def _carry_on(self) -> None:
        while True:
            group = [await self._orders.get()]
            self._idle.clear()
            while len(group) < _MOST_IN_GROUP and not self._orders.empty():
                group.append(self._orders.get_nowait())
            await self._carry_out(group)
            self._idle.set()

    async def _carry_out(self, group: list[_Order]) -> None:
        done: list[tuple[_Order, Any]] = []
        for order in group:
            if order.outcome.done():  # whoever asked has gone away before it was begun
                continue
            try:
                done.append((order, await self._tell(order.letter, order.payload, seconds=order.seconds)))
            except DemarcheError as error:
                if type(error) is StoreError:
                    # A database that could not write once does not try again before it is opened anew.
                    await self._kill()
                if not order.outcome.done():
                    order.outcome.set_exception(error)
        if not done:
            return
        try:
            number = await self._take_snapshot()
        except DemarcheError as error:
            _log.error("no snapshot could be made: %s", error)
            await self._kill()
            late = StoreError(f"The change is written, but cannot be shown yet: {error}")
            for order, _ in done:
                if not order.outcome.done():
                    order.outcome.set_exception(late)
            return
        for order, outcome in done:
            if not order.outcome.done():
                order.outcome.set_result((outcome, number))

    async def _take_snapshot(self) -> int:
        number = self._number + 1
        await self._tell(b"s", pickle.dumps(number))
        self._number = number
        self._shown(number)
        return number

    async def _tell(self, letter: bytes, payload: bytes, *, seconds: float | None = None) -> Any:
        if self._child is None:
            await self._open(fresh=False)
        assert self._child is not None
        self._child.send(letter, payload)
        try:
            async with asyncio.timeout(seconds):
                return await self._answer()
        except TimeoutError:
            said = await self._kill()
        if said is not None and said[0] == b"d":  # it was done after all
            return pickle.loads(said[1])
        raise QueryTimeoutError(
            f"The change ran for its whole {seconds:g} seconds, and was stopped. Change less at a time, or take longer."
        )

    async def _answer(self) -> Any:
        letter, outcome = await self._heard.get()
        if letter == _ENDED:
            self._child = None
            end: End = outcome
            if end.out_of_stack:
                raise QueryMemoryError(
                    "The change is nested too deeply, or too long, and the writer ended in it: it is there wholly or not at all. "
                    "Take it apart."
                )
            raise WorkerDiedError(
                f"The writer ended in the middle of the change (code {end.code}): it is there wholly or not at all. "
                "Look, and send it again."
            )
        value = pickle.loads(outcome)
        if letter == b"f":
            raise value
        return value

    async def _kill(self) -> tuple[bytes, Any] | None:
        """End the writer; return what it said last, if it did."""
        child = self._child
        if child is not None:
            child.kill()
            await child.over
        self._child = None
        said = None
        while not self._heard.empty():
            frame = self._heard.get_nowait()
            said = said if frame[0] == _ENDED else frame
        return said

    async def _open(self, *, fresh: bool) -> None:
        self._child = Child(
            "kg.store.engine.writer", {**self._options, "fresh": fresh, "parent": os.getpid()}, heard=self._hear, ended=self._end
        )
        try:
            last = await self._answer()
        except DemarcheError:
            await self._kill()
            raise
        self._number = max(self._number, last)

    def _hear(self, letter: bytes, payload: bytes) -> None:
        self._heard.put_nowait((letter, payload))

    def _end(self, end: End) -> None:
        if end.code != 0:
            _log.error("the writer's process ended (code %s): %s", end.code, end.said)
        self._heard.put_nowait((_ENDED, end))
