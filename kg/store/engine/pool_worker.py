"""One process of the pool, from the pool's side: what it is told, the snapshots that it holds, and what is to be told of it."""

from __future__ import annotations

import json
import marshal
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from kg.store.engine.child import Child, End
from kg.store.engine.tickets import Ticket


class Reading(Protocol):
    """Where snapshots lie, and who reads them; see ``kg.store.engine.snapshots.Snapshots``."""

    def path(self, number: int) -> Path:
        """Return where a snapshot lies."""
        ...

    def hold(self, number: int) -> None:
        """Say that somebody reads a snapshot."""
        ...

    def release(self, number: int) -> None:
        """Say that somebody has stopped to read a snapshot."""
        ...


class PoolWorker:
    """A process that evaluates queries, one at a time, and what it is about; ``options`` are those of its ``main``.

    ``free`` is called when it has opened its first snapshot, and when a query is over; ``ended`` when it has ended.
    """

    def __init__(
        self,
        options: Mapping[str, object],
        reading: Reading,
        *,
        free: Callable[[PoolWorker], None],
        ended: Callable[[PoolWorker, End], None],
    ) -> None:
        self.ticket: Ticket | None = None
        self.since = 0.0
        self.long = False
        self.reniced = False
        self.told = -1
        self.opened = False
        self._held: list[int] = []
        self._free = free
        self._ended = ended
        self._reading = reading
        self.child = Child("kg.store.engine.worker", {**options, "parent": os.getpid()}, heard=self._heard, ended=self._end)

    def open(self, snapshot: int) -> None:
        """Have it open another snapshot before its next query."""
        self.told = snapshot
        self._reading.hold(snapshot)
        self._held.append(snapshot)
        self.child.send(b"o", json.dumps({"path": str(self._reading.path(snapshot)), "number": snapshot}).encode())

    def run(self, ticket: Ticket, *, now: float) -> None:
        """Have it evaluate a query."""
        self.ticket = ticket
        self.since = now
        ticket.snapshot = self.told
        ticket.flow = self._flow
        job = ticket.job
        order = (job.text, job.media_type, job.default_graphs, job.named_graphs, job.union_default, job.max_rows)
        self.child.send(b"q", marshal.dumps(order))

    def _flow(self, go_on: bool) -> None:
        if go_on:
            self.child.resume()
        else:
            self.child.pause()

    def _heard(self, letter: bytes, payload: bytes) -> None:
        if letter == b"r":
            number = int(payload)
            while self._held and self._held[0] != number:
                self._reading.release(self._held.pop(0))
            if not self.opened:
                self.opened = True
                self._free(self)
        elif self.ticket is not None and not self.ticket.done and self.ticket.heard(letter, payload):
            self.ticket.flow = None
            self.child.resume()
            self._free(self)

    def _end(self, end: End) -> None:
        for number in self._held:
            self._reading.release(number)
        self._held.clear()
        self._ended(self, end)
