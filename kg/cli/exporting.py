"""Write a store as files of other tools, and check it: ``kg export``, ``kg validate``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import StoreOption, app, open_store, out, read_settings, say

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.graph.validate import Report


@app.command()
def export(
    format: Annotated[str, typer.Option("--format", "-f", help="graphml, gexf, cytoscape, dot, csv, turtle, trig, jsonld …")],  # noqa: A002
    store: StoreOption = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
) -> None:
    """Write the graph in the format of another tool.

    Example: `kg export --format gexf --output graph.gexf`
    """
    from kg.export import export as export_graph

    with open_store(read_settings(store=store)) as opened:
        data = export_graph(opened, format)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    output.write_bytes(data)
    out.print(f"{output}: {len(data)} bytes", highlight=False)


@app.command()
def validate(
    store: StoreOption = None,
    file: Annotated[Path | None, typer.Option("--file", help="An RDF file to check instead of the store.")] = None,
) -> None:
    """Check a store, or an RDF file, against the shapes.

    Example: `kg validate --store demarche-store`
    """
    from kg.graph.validate import validate_file

    reports: Iterable[tuple[str, Report]] = (
        [(str(file), validate_file(file))] if file is not None else _store_reports(read_settings(store=store))
    )
    broken = 0
    for name, report in reports:
        violations = report.violations
        broken += bool(violations)
        for violation in violations:
            say(f"{name}: {violation.focus} {violation.path or ''}: {violation.message}")
        out.print(f"{name}: {'conforms' if not violations else f'{len(violations)} violations'}", markup=False, highlight=False)
    if broken:
        raise typer.Exit(1)


def _store_reports(settings: Settings) -> Iterator[tuple[str, Report]]:
    from kg.graph.validate import validate as check

    with open_store(settings) as opened:
        dataset = opened.dataset()
        for name in opened.graph_names():
            yield str(name), check(dataset.graph(name))
