"""The pool of query processes: no query can hang it, and none costs more than itself.

Nothing in Oxigraph can stop a query that runs, so each runs in a process that can be killed, and is, when its time is up, when
its reader goes away, or when it has taken too much memory. Another process takes its place, which is there in some hundredths of a second.

So many queries run at once as there are ``workers``. One that takes longer than ``LONG``, or if others wait much longer than is usual,
makes room for another: it moves among the long ones, of which there may be ``long_queries``, and after ``VERY_LONG`` gives way to
others on the processor. So small queries need not wait for heavy ones. Spare processes are at hand to take its place, and one that is
too many when its long query is over becomes such, since to start one costs more than most queries.
"""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass

from kg.errors import BusyError, DemarcheError, QueryMemoryError, QueryTimeoutError, WorkerDiedError
from kg.store.engine.answers import KeptAnswers
from kg.store.engine.child import End
from kg.store.engine.fair_queue import FairQueue
from kg.store.engine.pool_worker import PoolWorker, Reading
from kg.store.engine.protocol import QueryJob, QueryResult
from kg.store.engine.tickets import Ticket, out_of_memory

LONG = 0.1
VERY_LONG = 0.25
"""Seconds after which a query is a long one, and a very long one."""

_TICK = 0.025
_HASTE = 0.008
"""Seconds between two looks at what runs, and while others wait."""

_NICE = 0
_NICE_WHEN_LONG = 15
_TIMES_THE_USUAL = 4
_HOW_FAST_USUAL_CHANGES = 0.1
_SPARE = 8
_SPARE_WHEN_BUSY = 2  # to start one takes more of the processor than most queries
_LULL = 0.5
_PATIENCE = 0.05
_LONGEST_PATIENCE = 5.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """How much a pool does at once, and what a query may cost.

    ``workers`` queries run at once, beside ``long_queries`` that take long. ``timeout`` and ``longest_timeout`` are seconds; ``memory``
    is how many bytes a query may allocate. ``kept_answers`` is how many bytes of answers are kept to be given
    again (see ``kg.store.engine.answers``). ``most_waiting`` queries may wait, each ``longest_wait`` seconds, before they are sent away.
    """

    workers: int = max(2, os.cpu_count() or 2)
    long_queries: int = 16
    timeout: float = 30.0
    longest_timeout: float = 600.0
    memory: int = 2**30
    kept_answers: int = 2**26
    most_waiting: int = 1000
    longest_wait: float = 30.0


class WorkerPool:
    """Queries over the newest snapshot, each in a process of its own; lives on one event loop.

    ``union_kept``, and the ``relay`` with which it is started, are those of ``kg.store.engine.evaluation.evaluate``.
    """

    def __init__(
        self,
        limits: PoolLimits,
        *,
        reading: Reading,
        union_kept: bool = True,
    ) -> None:
        self.limits = limits
        self.snapshot = 0
        self._reading = reading
        self._options: dict[str, object] = {"union_kept": union_kept, "relay": None, "memory": limits.memory, "nice": _NICE}
        self._waiting: FairQueue[Ticket] = FairQueue(limits.most_waiting)
        self._since: dict[Ticket, float] = {}
        self._workers: set[PoolWorker] = set()
        self._idle: list[PoolWorker] = []
        self._spare: list[PoolWorker] = []
        self._busy: dict[Ticket, PoolWorker] = {}
        self._long = 0
        self._usual = 0.0
        self._failures = 0
        self._tick: asyncio.TimerHandle | None = None
        self._lull: asyncio.TimerHandle | None = None
        self._ready: asyncio.Future[None] | None = None
        self._closed = False
        self._answers = KeptAnswers(limits.kept_answers)

    async def start(self, snapshot: int, *, relay: str | None = None) -> None:
        """Start the processes over a snapshot; return when one can answer. Raise WorkerDiedError when none can."""
        self._options["relay"] = relay
        self.snapshot = snapshot
        self._answers.move(snapshot)
        self._loop = asyncio.get_running_loop()
        self._ready = self._loop.create_future()
        self._fill()
        await self._ready

    async def close(self) -> None:
        """End all processes, and with an error the queries that still run or wait."""
        self._closed = True
        for timer in (self._tick, self._lull):
            if timer is not None:
                timer.cancel()
        while (ticket := self._waiting.take()) is not None:
            ticket.fail(BusyError("The server is being stopped. Ask again when it is back.", 5))
        for ticket in list(self._busy):
            ticket.fail(WorkerDiedError("The server is being stopped, and with it the query. Ask again when it is back."))
        workers = [*self._workers, *self._spare]
        for worker in workers:
            worker.child.kill()
        for worker in workers:
            await worker.child.over

    def move(self, snapshot: int) -> None:
        """Have every query from now on answered from a newer snapshot; those that run keep theirs."""
        self.snapshot = snapshot
        self._answers.move(snapshot)
        for worker in self._idle:
            worker.open(snapshot)
        if self._lull is not None:
            self._lull.cancel()
        self._lull = self._loop.call_later(_LULL, self._renew)

    def _renew(self) -> None:
        """Let the spare processes go on to the newest snapshot, too, once the changes have come to a rest."""
        for worker in self._spare:
            if worker.told != self.snapshot:
                worker.open(self.snapshot)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self._waiting)

    @property
    def running(self) -> int:
        """How many queries run."""
        return len(self._busy)

    def pids(self) -> list[int]:
        """Return the processes' numbers."""
        return sorted(worker.child.pid for worker in (*self._workers, *self._spare))

    def kept(self, job: QueryJob) -> QueryResult | None:
        """See ``kg.store.engine.protocol.Engine.kept``."""
        return self._answers.get(job)

    async def query(self, job: QueryJob) -> QueryResult:
        """See ``kg.store.engine.protocol.Engine.query``."""
        kept = self.kept(job)
        if kept is not None:
            return kept
        seconds = self.limits.timeout if job.timeout is None else min(job.timeout, self.limits.longest_timeout)
        ticket = Ticket(job, seconds=seconds, cancel=self._cancel)
        begun = ticket.begun()
        if self._idle and not self._waiting and self._has_room():
            self._run(ticket)
        elif self._closed or self._waiting.full:
            begun.close()
            raise BusyError(f"{len(self._waiting)} queries wait already. Ask again in a few seconds.", 5)
        else:
            self._waiting.put(ticket, client=job.client)
            self._since[ticket] = self._loop.time()
            self._dispatch()
            self._keep_ticking()
        try:
            result = await begun
            self._answers.add(job, result)
            return result
        except asyncio.CancelledError:
            ticket.cancel()
            raise

    def _has_room(self) -> bool:
        return len(self._busy) - self._long < self.limits.workers

    def _run(self, ticket: Ticket) -> None:
        worker = self._idle.pop()
        self._since.pop(ticket, None)
        self._busy[ticket] = worker
        worker.run(ticket, now=self._loop.time())
        if self._tick is None:
            self._keep_ticking()

    def _dispatch(self) -> None:
        while self._idle and len(self._waiting) and self._has_room():
            ticket = self._waiting.take()
            if ticket is not None:
                self._run(ticket)

    def _cancel(self, ticket: Ticket) -> None:
        ticket.done = True
        worker = self._busy.get(ticket)
        if worker is not None:
            worker.child.kill()
        elif ticket in self._since:
            del self._since[ticket]
            self._waiting.remove(ticket, client=ticket.job.client)

    def _fill(self) -> None:
        """Have as many workers at hand as may run, and some spare ones; those are started one after another, to take little away."""
        if self._closed:
            return
        while len(self._workers) - self._long < self.limits.workers:
            worker = next((spare for spare in self._spare if spare.opened), None) or next(iter(self._spare), None)
            if worker is None:
                worker = self._new()
            else:
                self._spare.remove(worker)
            self._workers.add(worker)
            if worker.told != self.snapshot:
                worker.open(self.snapshot)
            if worker.opened:
                self._idle.append(worker)
        wanted = _SPARE_WHEN_BUSY if self._long > 1 or self._waiting else _SPARE
        if len(self._spare) < min(wanted, self.limits.long_queries) and all(
            spare.opened for spare in (*self._spare, *self._workers)
        ):
            spare = self._new()
            self._spare.append(spare)
            spare.open(self.snapshot)
        self._dispatch()

    def _new(self) -> PoolWorker:
        return PoolWorker(self._options, self._reading, free=self._freed, ended=self._ended)

    def _freed(self, worker: PoolWorker) -> None:
        """Take a worker back: it has opened its first snapshot, or its query is over."""
        self._failures = 0
        if worker in self._spare:
            self._fill()
            return
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)
        if worker.ticket is not None:
            took = min(LONG, self._loop.time() - worker.since)
            self._usual += _HOW_FAST_USUAL_CHANGES * (took - self._usual)
        self._settle(worker)
        too_many = len(self._workers) - self._long > self.limits.workers
        if (worker.reniced and not worker.child.renice(_NICE)) or (too_many and len(self._spare) >= _SPARE):
            worker.child.kill()  # it cannot have its old standing back, or nobody waits for it
            return
        worker.reniced = False
        if too_many:
            self._workers.discard(worker)
            self._spare.append(worker)
            if worker.told != self.snapshot:
                worker.open(self.snapshot)
            return
        if worker.told != self.snapshot:
            worker.open(self.snapshot)
        self._idle.append(worker)
        self._fill()

    def _ended(self, worker: PoolWorker, end: End) -> None:
        ticket = worker.ticket
        self._settle(worker)
        self._workers.discard(worker)
        for others in (self._idle, self._spare):
            if worker in others:
                others.remove(worker)
        if ticket is not None and not ticket.done:
            ticket.fail(_why(end))
        if worker.opened or self._closed:
            self._fill()
            return
        # It could not even begin: others might not, either, and are not tried in haste.
        self._failures += 1
        _log.error("a query process could not start (code %s): %s", end.code, end.said)
        if self._ready is not None and not self._ready.done() and self._failures > self.limits.workers:
            self._ready.set_exception(WorkerDiedError(f"No query process can start: {end.said.strip()[-300:] or end.code}"))
        self._loop.call_later(min(_PATIENCE * 2**self._failures, _LONGEST_PATIENCE), self._fill)

    def _settle(self, worker: PoolWorker) -> None:
        if worker.ticket is not None:
            self._busy.pop(worker.ticket, None)
            worker.ticket = None
        if worker.long:
            worker.long = False
            self._long -= 1

    def _keep_ticking(self) -> None:
        if self._closed:
            return
        if self._tick is None:
            self._tick = self._loop.call_later(_HASTE if self._waiting else _TICK, self._look)
        elif self._waiting and self._tick.when() - self._loop.time() > _HASTE:
            self._tick.cancel()
            self._tick = self._loop.call_later(_HASTE, self._look)

    def _look(self) -> None:
        """See which queries have become long ones, and which must go."""
        self._tick = None
        now = self._loop.time()
        # Where all queries take some time, none of them is in the way of the others: a process for each would be.
        enough = min(LONG, max(_HASTE / 2, _TIMES_THE_USUAL * self._usual)) if self._waiting else LONG
        for ticket, worker in list(self._busy.items()):
            took = now - worker.since
            if took > ticket.seconds:
                _stop(ticket, worker, _too_long(ticket.seconds))
            elif took > enough:
                self._put_aside(worker, very=took > VERY_LONG or bool(self._waiting))
        late = [ticket for ticket, since in self._since.items() if now - since > self.limits.longest_wait]
        for ticket in late:
            self._cancel_waiting(ticket)
        self._dispatch()
        if self._busy or self._since:
            self._keep_ticking()

    def _put_aside(self, worker: PoolWorker, *, very: bool) -> None:
        if not worker.long and self._long < self.limits.long_queries:
            worker.long = True
            self._long += 1
            self._fill()
        if very and not worker.reniced:
            worker.reniced = worker.child.renice(_NICE_WHEN_LONG)

    def _cancel_waiting(self, ticket: Ticket) -> None:
        del self._since[ticket]
        self._waiting.remove(ticket, client=ticket.job.client)
        ticket.fail(BusyError(f"The query has waited {self.limits.longest_wait:g} seconds for its turn. Ask again later.", 10))


def _stop(ticket: Ticket, worker: PoolWorker, error: DemarcheError) -> None:
    ticket.fail(error)
    worker.child.kill()


def _too_long(seconds: float) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"The query ran for its whole {seconds:g} seconds, and was stopped. Ask for less: a LIMIT, fewer combinations, a bound subject; "
        "or for more time."
    )


def _why(end: End) -> DemarcheError:
    if end.out_of_memory:
        return out_of_memory()
    if end.out_of_stack:
        return QueryMemoryError("The query is nested too deeply, or too long, to be evaluated. Take it apart.")
    return WorkerDiedError(
        f"The process that evaluated the query ended by itself (code {end.code}); another has taken its place. Ask again, and report it "
        "if it happens again."
    )
