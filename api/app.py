"""Make the HTTP face of one store."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse

from api import errors, snapshots
from api.bodies import HeadAsGet, Packed
from api.jobs import Jobs
from api.kept import KeptLookups
from api.observing import Metrics, Observed
from api.routes import (
    deciding,
    documents,
    entities,
    export,
    graphs,
    health,
    keeping,
    linked_data,
    metrics,
    overviews,
    questions,
    records,
    relations,
    sparql,
    writing,
)
from api.security.access import Authenticated
from api.security.guards import RateLimited, SafeHeaders, SizeLimited
from api.security.tokens import load_tokens
from api.sparql.endpoint import SparqlEndpoint
from kg import __version__
from kg.config import Settings, load_settings
from kg.editing.extracting import Extracting, ExtractingProcesses
from kg.graph.lookups.search import Search
from kg.store.engine.protocol import Engine
from kg.store.engine.served import served_from
from kg.store.engine.threads import ThreadEngine
from kg.store.opening import open_store
from kg.store.protocol import Store

DESCRIPTION = """\
What diplomats said, met about, agreed on and turned down, as a graph. Each fact comes with its passage, its speaker and its
firmness. One named graph holds each document; the default graph of a query is the union of all.

Errors are [problem details](https://www.rfc-editor.org/rfc/rfc9457): what is wrong, and what to do.
"""

TAGS = [
    {"name": "sparql", "description": "Ask anything, in SPARQL 1.1, and change it."},
    {"name": "graphs", "description": "Get, put, add to and remove whole graphs."},
    {"name": "entities", "description": "Find actors and places, and all that is known of one."},
    {"name": "relations", "description": "Who stands how to what, and the ways from one to another."},
    {"name": "meetings", "description": "Who met whom, where and when."},
    {"name": "issues", "description": "What is negotiated, and how it stood."},
    {"name": "proposals", "description": "The texts on the table, and how they stood."},
    {"name": "statements", "description": "Who said what."},
    {"name": "documents", "description": "The texts, with all that was found in them."},
    {"name": "overviews", "description": "Day by day, by numbers, and what people decided."},
    {"name": "jobs", "description": "Long documents on their way into the store."},
    {"name": "questions", "description": "Ask what lies ready, without SPARQL."},
    {"name": "linked data", "description": "What each name of the graph stands for, as a page or as RDF."},
    {"name": "export", "description": "Take everything along."},
    {"name": "health", "description": "Is it up, and what does it hold?"},
]


def create_app(
    settings: Settings, *, store: Store | None = None, search: Search | None = None, extracting: Extracting | None = None
) -> FastAPI:
    """Return the app that serves ``store``, or the store that ``settings`` names, opened for reading while the app runs.

    ``search`` finds by words; without one the store is read through. The store is written if the settings have a token for that.
    ``extracting`` reads the documents that are added; by itself, that is done in processes of its own.

    A given store is the caller's to close. Raise SettingsError for tokens that cannot be read. When the app starts without a store it
    raises StoreError if there is none in the folder to read, and StoreLockedError if somebody else has it open.
    """

    tokens = load_tokens(settings)

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[None]:
        async with _engine(settings, store=store, writable=tokens.may("write")) as engine:
            running.state.engine = engine
            running.state.snapshots = snapshots.Snapshots(engine)
            running.state.metrics.watch(engine)
            running.state.jobs = Jobs()
            try:
                yield
            finally:
                await running.state.jobs.close()
                running.state.extracting.close()

    app = FastAPIOffline(
        title="Demarche",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        lifespan=lifespan,
        redoc_url=None,
        swagger_ui_parameters={"validatorUrl": None},
    )
    app.state.settings = settings
    app.state.search = search
    app.state.tokens = tokens
    app.state.extracting = (
        extracting
        if extracting is not None
        else ExtractingProcesses(model=settings.model, gazetteers=settings.gazetteer, link_threshold=settings.link_threshold)
    )
    app.state.metrics = Metrics()
    # The last one added is the first that a request meets.
    app.add_middleware(KeptLookups, most=settings.kept_answers)
    app.add_middleware(SparqlEndpoint)
    app.add_middleware(Packed)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SizeLimited, max_body=settings.max_body)
    app.add_middleware(Authenticated, tokens=tokens, private=settings.private)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors,
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Demarche-Rows-Limited", "Demarche-Snapshot", "ETag", "Link", "Location", "X-Request-Id"],
        )
    if settings.rate:
        app.add_middleware(RateLimited, rate=settings.rate)
    app.add_middleware(SafeHeaders)
    app.add_middleware(Observed, metrics=app.state.metrics)
    app.add_exception_handler(snapshots.NotModifiedError, snapshots.not_modified)
    errors.install(app)
    app.add_api_route("/", _to_documentation, include_in_schema=False)
    for module in (
        sparql,
        graphs,
        entities,
        relations,
        records,
        writing,
        documents,
        overviews,
        deciding,
        questions,
        export,
        linked_data,
        health,
        keeping,
        metrics,
    ):
        app.include_router(module.router)
    return app


@asynccontextmanager
async def _engine(settings: Settings, *, store: Store | None, writable: bool) -> AsyncIterator[Engine]:
    """Give the engine over a given store, over a server, or over a folder, and close what was opened for it."""
    if store is not None:
        yield ThreadEngine(store, read_only=not writable)
    elif isinstance(settings.store, str):
        with await asyncio.to_thread(open_store, settings, write=writable) as opened:
            yield ThreadEngine(opened, read_only=not writable)
    else:
        async with served_from(settings, read_only=not writable) as served:
            yield served


def app_from_environment() -> FastAPI:
    """Return the app for the settings of the environment and ``demarche.toml``: what ``kg serve`` runs."""
    return create_app(load_settings(environment=os.environ, file=Path("demarche.toml")))


def _to_documentation() -> RedirectResponse:
    return RedirectResponse("docs")
