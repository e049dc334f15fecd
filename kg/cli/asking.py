"""Ask a store: ``kg query``, ``kg show``."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import BaseOption, StoreOption, app, open_store, out, read_settings, write

if TYPE_CHECKING:
    from kg.store.protocol import Answer


class QueryFormat(StrEnum):
    """What ``kg query`` writes; without one, a table on a terminal and CSV elsewhere."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"


MEDIA_TYPES = {
    QueryFormat.JSON: "application/sparql-results+json",
    QueryFormat.CSV: "text/csv",
    QueryFormat.TSV: "text/tab-separated-values",
    QueryFormat.XML: "application/sparql-results+xml",
    QueryFormat.TURTLE: "text/turtle",
}


@app.command()
def query(
    sparql: Annotated[str, typer.Argument(metavar="SPARQL", help="A query, or - to read it from standard input.")],
    store: StoreOption = None,
    format: Annotated[QueryFormat | None, typer.Option("--format", "-f", help="What to write.")] = None,  # noqa: A002
) -> None:
    """Ask the store in SPARQL; the usual prefixes (dem, rdfs, prov …) need no declaration.

    Example: `kg query 'SELECT ?name { ?p a dem:Person ; rdfs:label ?name }'`
    """
    from kg import tables

    text = sys.stdin.read() if sparql == "-" else sparql
    with open_store(read_settings(store=store)) as opened:
        answer = opened.query(text)
        chosen = format or (QueryFormat.TABLE if sys.stdout.isatty() else None)
        if chosen is QueryFormat.TABLE and answer.kind == "solutions":
            table = tables.solutions(answer)
            out.print(table)
            out.print(f"{table.row_count} row{'' if table.row_count == 1 else 's'}")
        elif format in {None, QueryFormat.TABLE} and answer.kind == "boolean":
            write("true\n" if answer else "false\n")
        else:
            write(answer.serialize(_media_type(answer, chosen)).decode("utf-8"))


def _media_type(answer: Answer, chosen: QueryFormat | None) -> str:
    wanted = MEDIA_TYPES.get(chosen) if chosen is not None else None
    formats = answer.formats()
    if wanted is None:
        return MEDIA_TYPES[QueryFormat.CSV] if answer.kind == "solutions" else formats[0]
    if wanted not in formats:
        raise typer.BadParameter(
            f"a query of this form gives {answer.kind}, not {chosen}. Its formats: {', '.join(formats)}.", param_hint="--format"
        )
    return wanted


@app.command()
def show(
    thing: Annotated[str, typer.Argument(help="A name, an id (person/marco-rubio), a Wikidata id, or an IRI.")],
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Show one person, state or other entity, with all it said, met and stands to; or how an issue or a meeting stood, and when.

    Example: `kg show "Marco Rubio"`
    """
    from kg import tables
    from kg.graph.find import is_entity, resolve_thing
    from kg.graph.history import history_of
    from kg.graph.lookup import get_entity, meetings_of, negotiations_of, relations_of, statements_of

    settings = read_settings(store=store, base=base)
    with open_store(settings) as opened:
        iri = resolve_thing(opened, thing, base=settings.base)
        found = [tables.thing(history_of(opened, iri))]
        if is_entity(opened, iri):
            out.print(tables.entity(get_entity(opened, iri)))
            found += [
                tables.statements(statements_of(opened, iri)),
                tables.meetings(meetings_of(opened, iri)),
                tables.negotiations(negotiations_of(opened, iri)),
                tables.relations(relations_of(opened, iri)),
            ]
        for table in found:
            if table.row_count:
                out.print(table)
