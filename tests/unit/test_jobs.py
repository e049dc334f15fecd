"""A job tells every stage to all who follow it, and what is sent of one document is carried out in its order."""

from __future__ import annotations

import asyncio

from api.jobs import Job, Jobs
from api.problems import ProblemError


def test_job_tells_each_stage_to_everybody_who_follows() -> None:
    async def follow() -> None:
        job = Job("x", "document")

        async def stages() -> list[str]:
            found: list[str] = []
            while await job.reach(len(found) + 1):
                found.append(job.stages[len(found)])
            return found

        followers = [asyncio.ensure_future(stages()) for _ in range(3)]
        for stage in ("extracting", "writing", "done"):
            await asyncio.sleep(0)
            job.enter(stage)
        assert [await follower for follower in followers] == [["waiting", "extracting", "writing", "done"]] * 3
        assert await stages() == ["waiting", "extracting", "writing", "done"]

    asyncio.run(follow())


def test_jobs_of_one_document_keep_their_order_and_those_of_others_do_not_wait() -> None:
    async def carry_out() -> None:
        jobs = Jobs()
        gate = asyncio.Event()
        order: list[str] = []

        def start(document: str, name: str, *, long: bool) -> Job:
            async def work(job: Job) -> None:
                job.enter("extracting")
                if long:
                    await gate.wait()
                order.append(name)

            return jobs.start(document, work, long=long, explain=_explain)

        first, second, other = start("a", "first", long=True), start("a", "second", long=False), start("b", "other", long=False)
        await other.end()
        assert (first.stage, second.stage, order) == ("extracting", "waiting", ["other"])
        gate.set()
        await second.end()
        assert (order, len({first.id, second.id, other.id})) == (["other", "first", "second"], 3)

    asyncio.run(carry_out())


def _explain(error: Exception) -> ProblemError:
    return ProblemError(500, "internal", str(error), advice="None.")
