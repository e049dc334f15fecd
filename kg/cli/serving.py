"""Serve a store over HTTP: ``kg serve``."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BaseOption, StoreOption, app, out, read_settings
from kg.config import ENVIRONMENT_PREFIX
from kg.errors import NotFoundError


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")] = None,
    base: BaseOption = None,
) -> None:
    """Serve the store over HTTP: SPARQL, REST and exports, until interrupted.

    Example: `kg serve --store demarche-store --port 8000`
    """
    settings = read_settings(store=store, host=host, port=port, base=base)
    if isinstance(settings.store, Path) and not settings.store.exists():
        raise NotFoundError(f"{settings.store}: no store there. Build one with: kg build FILE --store {settings.store}")
    import uvicorn

    # The service is found by its name and reads its settings from the environment: kg knows nothing of api.
    for name in ("store", "base"):
        os.environ[f"{ENVIRONMENT_PREFIX}{name.upper()}"] = str(getattr(settings, name))
    out.print(f"http://{settings.host}:{settings.port}/  (docs at /docs; stop with Ctrl-C)", highlight=False)
    _log_to_standard_error()
    uvicorn.run("api.app:app_from_environment", factory=True, host=settings.host, port=settings.port, log_level="warning")


def _log_to_standard_error() -> None:
    """Write the service's lines of JSON as they are, and nothing twice."""
    logger = logging.getLogger("demarche")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
