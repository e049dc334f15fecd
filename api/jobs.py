"""Work that takes longer than a request should: documents on their way into the store, each with its progress.

Long documents are taken one after another, and so are short ones beside them, so that nobody waits behind a book. What is sent of one
document is carried out in the order in which it was sent. Jobs live as long as the server: one that has not ended is lost with it, and
its document is not added.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from api.problems import ProblemError

Stage = Literal["waiting", "extracting", "writing", "done", "failed"]
ENDED: tuple[Stage, ...] = ("done", "failed")
MOST_KEPT = 1000
MOST_AT_WORK = 100


@dataclass(eq=False)
class Job:
    """A document on its way: the stages that it went through, the last of them the present one, and why it failed if it did.

    ``id`` is not given twice, also not by two runs of a server. ``created`` tells, in the end, whether the document is new in the store.
    """

    id: str
    document: str
    stages: list[Stage] = field(default_factory=lambda: ["waiting"])
    created: bool | None = None
    error: ProblemError | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return self.stages[-1]

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.stage in ENDED

    def enter(self, stage: Stage) -> None:
        """Go on to a stage, and tell all who follow."""
        self.stages.append(stage)
        self._changed.set()
        self._changed = asyncio.Event()

    async def reach(self, count: int) -> bool:
        """Wait until it has gone through so many stages, the present one among them; tell whether it has, or ended before."""
        while len(self.stages) < count and not self.ended:
            await self._changed.wait()
        return len(self.stages) >= count

    async def end(self) -> None:
        """Wait until it has ended."""
        while not self.ended:
            await self._changed.wait()


class TooManyJobsError(Exception):
    """There are as many jobs at work or waiting as are taken."""


class Jobs:
    """The jobs of a server, of those that ended the last thousand."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes = {True: asyncio.Lock(), False: asyncio.Lock()}

    def get(self, id: str) -> Job | None:  # noqa: A002  # as the job calls it
        """Return a job, or None where there is none of this id any more."""
        return self._jobs.get(id)

    def all(self) -> list[Job]:
        """Return the jobs that are known, in the order in which they came."""
        return list(self._jobs.values())

    def start(
        self,
        document: str,
        work: Callable[[Job], Awaitable[None]],
        *,
        long: bool,
        explain: Callable[[Exception], ProblemError],
    ) -> Job:
        """Start work that belongs to no request; ``explain`` says what a client is told of an error. Raise TooManyJobsError."""
        if len(self._tasks) >= MOST_AT_WORK:
            raise TooManyJobsError
        before = [job for job in self._jobs.values() if job.document == document and not job.ended]
        job = Job(secrets.token_hex(8), document)
        self._jobs[job.id] = job
        while len(self._jobs) > MOST_KEPT:
            self._jobs.popitem(last=False)
        task = asyncio.create_task(self._work(job, work, self._lanes[long], before, explain))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def close(self) -> None:
        """Break off what is at work."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(
        self,
        job: Job,
        work: Callable[[Job], Awaitable[None]],
        lane: asyncio.Lock,
        before: list[Job],
        explain: Callable[[Exception], ProblemError],
    ) -> None:
        try:
            for one in before:
                await one.end()
            async with lane:
                await work(job)
        except Exception as error:  # told to whoever asks for the job, by the handlers of errors
            job.error = explain(error)
            job.enter("failed")
        except asyncio.CancelledError:
            job.error = ProblemError(
                503, "stopping", "The server stopped before the document was added.", advice="Send it again."
            )
            job.enter("failed")
            raise
        else:
            job.enter("done")
