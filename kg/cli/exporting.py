"""Write a store as files of other tools, and check it: ``kg export``, ``kg validate``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import BaseOption, StoreOption, app, open_store, out, parse_day, read_settings, say

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.graph.validate import Report


@app.command()
def export(
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format",
            "-f",
            help="svg, graphml, gexf, cytoscape, dot, csv (for Neo4j), or RDF: turtle, trig, nt, nq, jsonld, rdfxml.",
        ),
    ],
    store: StoreOption = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
    around: Annotated[str | None, typer.Option("--around", help="Only what is near this entity: a name, an id, an IRI.")] = None,
    depth: Annotated[int, typer.Option("--depth", help="How many edges around it.")] = 1,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Only what was stated, or holds, on this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Only what was stated, or holds, on this day or before.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="Only what this document says, by its id (may be repeated).")
    ] = None,
    predicate: Annotated[
        list[str] | None, typer.Option("--predicate", help="Only edges of this kind, such as metWith (may be repeated).")
    ] = None,
    modality: Annotated[
        list[str] | None, typer.Option("--modality", help="Only what is said so firmly, such as asserted (may be repeated).")
    ] = None,
    confidence: Annotated[float | None, typer.Option("--confidence", help="Only what is at least so sure, from 0 to 1.")] = None,
    view: Annotated[
        str | None, typer.Option("--view", help="For RDF: reified, or reifier as RDF 1.2 has it.", show_default="reified")
    ] = None,
    base: BaseOption = None,
) -> None:
    """Write the graph, or the part that meets all criteria, in the format of another tool.

    Example: `kg export --format svg --around "Marco Rubio" --depth 2 --output rubio.svg`
    """
    from kg.export import Selection
    from kg.export import export as export_graph

    settings = read_settings(store=store, base=base)
    selection = Selection(
        around=around,
        depth=depth,
        since=parse_day(since, option="--since"),
        until=parse_day(until, option="--until"),
        documents=tuple(document or ()),
        predicates=tuple(predicate or ()),
        modalities=tuple(modality or ()),
        confidence=confidence,
    )
    with open_store(settings) as opened:
        data = export_graph(opened, format, selection=selection, view=view, base=settings.base)
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
