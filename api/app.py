"""Make the HTTP face of one store."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse

from api import errors, snapshots
from api.head import HeadAsGet
from api.observing import Metrics, Observed
from api.routes import documents, entities, export, health, linked_data, metrics, overviews, questions, records, relations, sparql
from kg import __version__
from kg.config import Settings, load_settings
from kg.graph.lookups.search import Search
from kg.store.opening import open_store
from kg.store.protocol import Store

DESCRIPTION = """\
What diplomats said, met about, agreed on and turned down, as a graph. Each fact comes with its passage, its speaker and its
firmness. One named graph holds each document; the default graph of a query is the union of all.

Errors are [problem details](https://www.rfc-editor.org/rfc/rfc9457): what is wrong, and what to do.
"""

TAGS = [
    {"name": "sparql", "description": "Ask anything, in SPARQL 1.1."},
    {"name": "entities", "description": "Find actors and places, and all that is known of one."},
    {"name": "relations", "description": "Who stands how to what, and the ways from one to another."},
    {"name": "meetings", "description": "Who met whom, where and when."},
    {"name": "issues", "description": "What is negotiated, and how it stood."},
    {"name": "proposals", "description": "The texts on the table, and how they stood."},
    {"name": "statements", "description": "Who said what."},
    {"name": "documents", "description": "The texts, with all that was found in them."},
    {"name": "overviews", "description": "Day by day, by numbers, and what people decided."},
    {"name": "questions", "description": "Ask what lies ready, without SPARQL."},
    {"name": "linked data", "description": "What each name of the graph stands for, as a page or as RDF."},
    {"name": "export", "description": "Take everything along."},
    {"name": "health", "description": "Is it up, and what does it hold?"},
]


def create_app(settings: Settings, *, store: Store | None = None, search: Search | None = None) -> FastAPI:
    """Return the app that serves ``store``, or the store that ``settings`` names, opened for reading while the app runs.

    ``search`` finds by words; without one the store is read through.

    A given store is the caller's to close. When the app starts without one it raises StoreError if there is no store in
    the folder, and StoreLockedError if it is being written.
    """

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[None]:
        if store is not None:
            running.state.store = store
            yield
            return
        with open_store(settings) as opened:
            running.state.store = opened
            yield

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
    app.state.snapshots = snapshots.Snapshots(lambda: getattr(app.state.store, "changes", None))
    app.state.metrics = Metrics()
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observed, metrics=app.state.metrics)
    app.add_exception_handler(snapshots.NotModifiedError, snapshots.not_modified)
    errors.install(app)
    app.add_api_route("/", _to_documentation, include_in_schema=False)
    for module in (sparql, entities, relations, records, documents, overviews, questions, export, linked_data, health, metrics):
        app.include_router(module.router)
    return app


def app_from_environment() -> FastAPI:
    """Return the app for the settings of the environment and ``demarche.toml``: what ``kg serve`` runs."""
    return create_app(load_settings(environment=os.environ, file=Path("demarche.toml")))


def _to_documentation() -> RedirectResponse:
    return RedirectResponse("docs")
