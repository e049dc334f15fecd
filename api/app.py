"""Make the HTTP face of one store."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.responses import RedirectResponse

from api import errors
from api.head import HeadAsGet
from api.observing import Metrics, Observed
from api.routes import entities, export, health, metrics, questions, sparql
from kg import __version__
from kg.config import Settings, load_settings
from kg.store.opening import open_store
from kg.store.protocol import Store

DESCRIPTION = """\
What diplomats said, met about, agreed on and turned down, as a graph. Each fact comes with its passage, its speaker and its
firmness. One named graph holds each document; the default graph of a query is the union of all.

Errors are [problem details](https://www.rfc-editor.org/rfc/rfc9457): what is wrong, and what to do.
"""

TAGS = [
    {"name": "sparql", "description": "Ask anything, in SPARQL 1.1."},
    {"name": "entities", "description": "Find actors and places, and how they stand to each other."},
    {"name": "questions", "description": "Ask what lies ready, without SPARQL."},
    {"name": "export", "description": "Take everything along."},
    {"name": "health", "description": "Is it up, and what does it hold?"},
]


def create_app(settings: Settings, *, store: Store | None = None) -> FastAPI:
    """Return the app that serves ``store``, or the store that ``settings`` names, opened for reading while the app runs.

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
    app.state.metrics = Metrics()
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observed, metrics=app.state.metrics)
    errors.install(app)
    app.add_api_route("/", _to_documentation, include_in_schema=False)
    for module in (sparql, entities, questions, export, health, metrics):
        app.include_router(module.router)
    return app


def app_from_environment() -> FastAPI:
    """Return the app for the settings of the environment and ``demarche.toml``: what ``kg serve`` runs."""
    return create_app(load_settings(environment=os.environ, file=Path("demarche.toml")))


def _to_documentation() -> RedirectResponse:
    return RedirectResponse("docs")
