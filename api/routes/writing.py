"""Documents in and out, for those who may write; a long one is a job."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Path, Query
from fastapi.sse import EventSourceResponse, format_sse_event
from rdflib import URIRef
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.dependencies import KnowledgeOfApp, SettingsOfApp, StoreOfApp
from api.errors import problem_of
from api.jobs import MOST_AT_WORK, Job, Jobs, TooManyJobsError
from api.models.writing import JobListModel, JobModel
from api.problems import ProblemError, responses
from api.scalars import IN_DIGITS
from api.security.access import needs
from api.sent import Told, read_document, request_body
from kg.editing.knowledge import Knowledge
from kg.editing.operations import require_free
from kg.graph.names import document_id, document_iri
from kg.records import Document

router = APIRouter(prefix="/api/v1", dependencies=[needs("write")])

LONG = 20_000
"""How many characters a document may have and still be answered when it is there."""

_SIGN_OF_LIFE = 15.0

DocumentPath = Annotated[str, Path(max_length=1000, description="The document: its id or IRI.", examples=["port-lys"])]
JobPath = Annotated[str, Path(max_length=100, description="The id of the job.", examples=["5f0c1a9e3d7b2468"])]
_EXAMPLE = {
    "id": "port-lys",
    "title": "Talks in Port Lys",
    "date": "2031-02-26",
    "text": "Foreign Minister Ilena Varo of Ostravia met Defence Minister Tomas Brek of Kelmaria in Port Lys on Tuesday.",
}
_LOCATION = {"Location": {"description": "Where to look.", "schema": {"type": "string"}}}
_ADDED: dict[int | str, dict[str, Any]] = {
    201: {"description": "It is there; Location is the document.", "model": JobModel, "headers": _LOCATION},
    202: {"description": "It is a job; Location tells how far it is.", "model": JobModel, "headers": _LOCATION},
}


def _told(
    title: Annotated[str | None, Query(max_length=1000, description="Its title.", examples=["Talks in Port Lys"])] = None,
    date: Annotated[
        datetime.date | None, Query(description="Its day, from which relative days are counted.", examples=["2031-02-26"])
    ] = None,
    source: Annotated[
        str | None, Query(max_length=2000, description="Where it comes from.", examples=["https://news.example/port-lys"])
    ] = None,
) -> Told:
    return Told(title=title, date=date, source=source)


ToldOfQuery = Annotated[Told, Depends(_told)]


@router.post(
    "/documents",
    tags=["documents"],
    summary="Add a document",
    status_code=201,
    response_model=None,
    responses={**_ADDED, **responses(400, 401, 403, 409, 413, 415, 503)},
    openapi_extra={"requestBody": request_body(_EXAMPLE)},
)
async def add(
    *,
    request: Request,
    knowledge: KnowledgeOfApp,
    store: StoreOfApp,
    settings: SettingsOfApp,
    told: ToldOfQuery,
    id: Annotated[  # noqa: A002
        str | None, Query(min_length=1, max_length=200, description="Its id; none: made from the text.", examples=["port-lys"])
    ] = None,
) -> Response:
    """Read a document, as JSON, plain text or HTML, and add all that it says. An id that is there already is refused.

    Of more than 20,000 characters, or with `Prefer: respond-async`, it becomes a job (202).
    """
    told = Told(id=id, title=told.title, date=told.date, source=told.source)
    document = await read_document(request, told, most=settings.max_bytes)
    await run_in_threadpool(require_free, store, document.id, base=settings.base)
    return await _put(request, knowledge, document, replace=False)


@router.put(
    "/documents/{id:path}",
    tags=["documents"],
    summary="Replace a document",
    response_model=None,
    responses={
        200: {"description": "It is in the place of the one before.", "model": JobModel},
        **_ADDED,
        **responses(400, 401, 403, 413, 415, 503),
    },
    openapi_extra={"requestBody": request_body(_EXAMPLE)},
)
async def replace(
    request: Request,
    knowledge: KnowledgeOfApp,
    settings: SettingsOfApp,
    told: ToldOfQuery,
    id: DocumentPath,  # noqa: A002
) -> Response:
    """Read a document and put it in the place of the one of this id, or add it. What rested on the one before alone is gone."""
    told = Told(id=_id(id, base=settings.base), title=told.title, date=told.date, source=told.source)
    document = await read_document(request, told, most=settings.max_bytes)
    return await _put(request, knowledge, document, replace=True)


@router.delete(
    "/documents/{id:path}",
    tags=["documents"],
    summary="Remove a document",
    status_code=204,
    responses={204: {"description": "It is gone, with all that rested on it alone."}, **responses(401, 403, 404)},
    openapi_extra={"x-example": "DELETE /api/v1/documents/port-lys"},
)
async def remove(knowledge: KnowledgeOfApp, settings: SettingsOfApp, id: DocumentPath) -> None:  # noqa: A002
    """Take out a document with all that rests on it alone. What people decided stays."""
    await knowledge.remove_document(_id(id, base=settings.base))


@router.get("/jobs", tags=["jobs"], summary="List jobs", responses=responses(401, 403))
async def jobs(request: Request) -> JobListModel:
    """List the jobs that are at work or waiting, and the last thousand that ended."""
    known: Jobs = request.app.state.jobs
    return JobListModel(items=[_model(request, job) for job in known.all()])


@router.get("/jobs/{id}", tags=["jobs"], summary="Tell how far a job is", responses=responses(401, 403, 404))
async def job(request: Request, id: JobPath) -> JobModel:  # noqa: A002
    """Tell how far a job is, and why it failed if it did."""
    return _model(request, _job(request, id))


@router.get(
    "/jobs/{id}/events",
    tags=["jobs"],
    summary="Follow a job",
    response_class=Response,
    responses={
        200: {
            "description": "Server-sent events, to the end of the job: each has the job as its data.",
            "content": {
                "text/event-stream": {"example": 'id: 2\nevent: stage\ndata: {"id":"5f0c1a9e3d7b2468","stage":"extracting"}\n\n'}
            },
        },
        204: {
            "description": "The job has ended, and all of it was told before `Last-Event-ID`: there is nothing to follow any more."
        },
        **responses(400, 401, 403, 404),
    },
)
async def follow(
    request: Request,
    id: JobPath,  # noqa: A002
    last_event_id: Annotated[
        int, Header(ge=0, le=1000, description="The last event that was seen: those behind it follow.", examples=[2]), IN_DIGITS
    ] = 0,
) -> Response:
    """Follow a job: an event for each stage that it went through and each that comes – waiting, extracting, writing, done or failed.

    An `EventSource` whose connection breaks goes on where it was, and stops when the job has ended.
    """
    followed = _job(request, id)
    if followed.ended and last_event_id >= len(followed.stages):
        return Response(status_code=204)
    return EventSourceResponse(
        _events(request, followed, seen=last_event_id), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def _events(request: Request, followed: Job, *, seen: int) -> AsyncIterator[bytes]:
    place = seen + 1
    while True:
        try:
            async with asyncio.timeout(_SIGN_OF_LIFE):
                if not await followed.reach(place):
                    return
        except TimeoutError:  # so that nobody in between takes the connection for dead
            yield format_sse_event(comment="still at work")
            continue
        told = _model(request, followed, stages=place).model_dump_json()
        yield format_sse_event(data_str=told, event="stage", id=str(place))
        place += 1


async def _put(request: Request, knowledge: Knowledge, document: Document, *, replace: bool) -> Response:
    """Start a job, and answer when it has ended unless it is long."""
    state = request.app.state
    long = len(document.text) > LONG

    async def work(job: Job) -> None:
        job.enter("extracting")
        extraction = await state.extracting.extract(document)
        job.enter("writing")
        job.created = await knowledge.put_document(extraction, replace=replace)

    try:
        started = state.jobs.start(document.id, work, long=long, explain=lambda error: problem_of(request, error))
    except TooManyJobsError as error:
        raise ProblemError(
            503,
            "too-many-jobs",
            f"{MOST_AT_WORK} documents are on their way already.",
            advice="Send it again later.",
            headers={"Retry-After": "30"},
        ) from error
    if long or "respond-async" in request.headers.get("prefer", "").lower():
        return _told_of(request, started, status=202, location=f"/api/v1/jobs/{started.id}")
    await started.end()
    if started.error is not None:
        raise started.error
    location = f"/api/v1/documents/{quote(document.id, safe='')}"
    return _told_of(request, started, status=201 if started.created else 200, location=location)


def _told_of(request: Request, job: Job, *, status: int, location: str) -> Response:
    headers = {"Location": f"{request.scope.get('root_path', '')}{location}"}
    return JSONResponse(_model(request, job).model_dump(mode="json"), status_code=status, headers=headers)


def _job(request: Request, id: str) -> Job:  # noqa: A002
    known: Jobs = request.app.state.jobs
    found = known.get(id)
    if found is None:
        raise ProblemError(404, "not-found", f"There is no job {id!r}.", advice="Jobs are forgotten when the server stops.")
    return found


def _model(request: Request, job: Job, *, stages: int | None = None) -> JobModel:
    """Return what is told of a job, or was to be told when it had gone through so many stages."""
    over = stages is None or stages == len(job.stages)
    problem = (
        job.error.body(instance=f"{request.scope.get('root_path', '')}/api/v1/jobs/{job.id}") if over and job.error else None
    )
    iri = str(document_iri(job.document, base=request.app.state.settings.base))
    stage = job.stages[stages - 1 if stages is not None else -1]
    created = job.created if over else None
    return JobModel(id=job.id, document=job.document, iri=iri, stage=stage, created=created, error=problem)


def _id(written: str, *, base: str) -> str:
    """Return the id of a document that is given by its id or IRI."""
    return document_id(URIRef(written), base=base) if written.startswith(base) else written.removeprefix("document/")
