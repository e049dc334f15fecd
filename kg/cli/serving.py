"""Serve a store over HTTP: ``kg serve``."""

from __future__ import annotations

import json
import logging
import math
import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BaseOption, StoreOption, app, out, read_settings
from kg.config import ENVIRONMENT_PREFIX
from kg.errors import NotFoundError

_ACCESS = "demarche.access"
"""The logger of requests."""


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")] = None,
    base: BaseOption = None,
    workers: Annotated[
        int | None, typer.Option(help="Queries that run at once, each in a process.", show_default="one for each processor")
    ] = None,
    tokens_file: Annotated[
        Path | None, typer.Option(help="File of tokens; with one that may write, the store can be changed.", show_default="none")
    ] = None,
) -> None:
    """Serve the store over HTTP: SPARQL, graphs, REST and exports, until interrupted.

    Without tokens it is read alone. A line of the file of tokens is a scope (read, write or admin) and a token: `write 3f9c…`.

    Example: `kg serve --store demarche-store --port 8000`
    """
    settings = read_settings(store=store, host=host, port=port, base=base, workers=workers, tokens_file=tokens_file)
    writable = bool(settings.tokens or settings.tokens_file)
    if isinstance(settings.store, Path) and not settings.store.exists() and not writable:
        raise NotFoundError(f"{settings.store}: no store there. Build one with: kg build FILE --store {settings.store}")
    import uvicorn

    # The service is found by its name and reads its settings from the environment: kg knows nothing of api.
    for name in ("store", "base", "workers", "tokens_file"):
        if (value := getattr(settings, name)) is not None:
            os.environ[f"{ENVIRONMENT_PREFIX}{name.upper()}"] = str(value)
    out.print(f"http://{settings.host}:{settings.port}/  (docs at /docs; stop with Ctrl-C)", highlight=False)
    _log_to_standard_error()
    uvicorn.run(
        "api.app:app_from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=math.ceil(settings.grace),
    )


class _Line(logging.Formatter):
    """Writes what the service notes of each request as it is, for that is JSON, and all else as a line of JSON, too."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name == _ACCESS:
            return record.getMessage()
        line = {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


def _log_to_standard_error() -> None:
    """Write the service's lines of JSON, the warnings of the HTTP server and of all others, and nothing twice."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_ACCESS).setLevel(logging.INFO)
