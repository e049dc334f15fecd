"""What the commands share: the application, the consoles, the options, and how a store is opened."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kg.config import Settings, load_settings
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.extraction.extract import Extractor
    from kg.store.embedded import EmbeddedStore
    from kg.store.protocol import Store

app = typer.Typer(
    help="Turn diplomatic statements into a knowledge graph, and ask it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="Folder of the store, or address of a SPARQL server.", show_default="demarche-store"),
]
ModelOption = Annotated[str | None, typer.Option("--model", help="A spaCy pipeline instead of the one in the package.")]
BaseOption = Annotated[str | None, typer.Option("--base", help="IRI that resources are named under.")]
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the statement; relative dates count from it.")
]
GazetteerOption = Annotated[
    list[Path] | None,
    typer.Option("--gazetteer", help="A file of your own names or people beside the shipped ones (may be repeated)."),
]
LinkThresholdOption = Annotated[
    float | None,
    typer.Option(
        "--link-threshold", help="Confidence from 0 to 1 below which nobody is linked to a known person.", show_default="0.6"
    ),
]


def say(message: str) -> None:
    """Print a message on standard error."""
    err.print(f"kg: {message}", markup=False, highlight=False)


def read_settings(**flags: object) -> Settings:
    """Return the settings: these flags, then the environment, then demarche.toml; a flag of None was not given."""
    return load_settings(flags, environment=os.environ, file=Path("demarche.toml"))


def parse_day(text: str | None, *, option: str = "--date") -> datetime.date | None:
    """Read the value of an option that is a day."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date. Write it as 2025-11-23.", param_hint=option) from error


def make_extractor(settings: Settings) -> Extractor:
    """Load the pipeline that the settings name."""
    from kg.extraction.extract import load_extractor

    return load_extractor(model=settings.model, gazetteers=settings.gazetteer, link_threshold=settings.link_threshold)


@contextmanager
def open_store(settings: Settings, *, create: bool = False, write: bool = False) -> Iterator[Store]:
    """Open the store that the settings name: to write, with ``create`` also one that is not there yet; else to read."""
    from kg.store import opening

    _require_folder(settings, create=create)
    with opening.open_store(settings, create=create, write=write) as store:
        yield store


@contextmanager
def open_folder(settings: Settings, *, create: bool = False) -> Iterator[EmbeddedStore]:
    """Open the embedded store that the settings name, for what no server does; with ``create`` to write."""
    from kg.store.embedded import EmbeddedStore

    _require_folder(settings, create=create)
    with EmbeddedStore(settings.store_folder, read_only=not create) as store:
        yield store


def _require_folder(settings: Settings, *, create: bool) -> None:
    if isinstance(settings.store, Path) and not create and not settings.store.exists():
        raise NotFoundError(f"{settings.store}: no store there. Build one with: kg build FILE --store {settings.store}")


def write(text: str) -> None:
    """Write data to standard output, as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()
