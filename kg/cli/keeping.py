"""Keep a store safe, and fill it with what is RDF already: ``kg backup``, ``kg restore``, ``kg load``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import StoreOption, app, open_folder, open_store, out, read_settings
from kg.errors import StoreLockedError


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    store: StoreOption = None,
) -> None:
    """Copy a store as it is now to a new folder, which `kg restore` takes. A server may go on meanwhile, and write.

    Example: `kg backup backups/2025-11-24`
    """
    from kg.store.engine.snapshots import copy_newest

    settings = read_settings(store=store)
    try:
        with open_folder(settings) as opened:
            opened.backup(folder)
    except StoreLockedError:
        copy_newest(settings.store_folder, folder)
    out.print(f"{folder}: written", markup=False, highlight=False)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `kg backup` wrote.")],
    store: StoreOption = None,
) -> None:
    """Make a store out of a backup; where the store is to be, nothing may lie.

    Example: `kg restore backups/2025-11-24 --store demarche-store`
    """
    from kg.store.folder import restore as copy_back

    settings = read_settings(store=store)
    copy_back(folder, settings.store_folder)
    with open_store(settings, write=True) as opened:  # which makes the full text that the copy of a served store lacks
        out.print(f"{settings.store}: {opened.triple_count()} triples", markup=False, highlight=False)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="RDF files: .nq, .trig, .nt, .ttl, .rdf, .jsonld.")],
    graph: Annotated[str | None, typer.Option("--graph", help="IRI of the graph for triples that have none.")] = None,
    store: StoreOption = None,
) -> None:
    """Add RDF files to a store as they are; a million triples take less than a minute. To put in documents, use `kg build`.

    Example: `kg load export.nq --store copy`
    """
    from rdflib import URIRef

    settings = read_settings(store=store)
    with open_folder(settings, create=True) as opened:
        for file in files:
            opened.load(file, graph=URIRef(graph) if graph is not None else None)
        out.print(f"{settings.store}: {opened.triple_count()} triples", markup=False, highlight=False)
