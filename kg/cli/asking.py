"""Ask a store: ``kg ask``, ``kg query``, ``kg search``, ``kg show``."""

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
    text = sys.stdin.read() if sparql == "-" else sparql
    with open_store(read_settings(store=store)) as opened:
        _write_answer(opened.query(text), format)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(metavar="[QUESTION]", help="Its name; without one, all are listed.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--with", "-w", metavar="NAME=VALUE", help="A parameter's value (may be repeated).")
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    format: Annotated[QueryFormat | None, typer.Option("--format", "-f", help="What to write.")] = None,  # noqa: A002
) -> None:
    """Ask one of the questions that lie ready, or list them.

    They are the queries of `ontology/questions`. Example: `kg ask who-last-met-whom --with "who=Elena Marsh"`
    """
    from kg import tables
    from kg.graph.questions import fill_question, get_question, questions

    if question is None:
        out.print(tables.questions(questions()))
        return
    asked = get_question(question)
    given = dict(_pair(value) for value in values or ())
    settings = read_settings(store=store, base=base)
    with open_store(settings) as opened:
        answer = opened.query(fill_question(opened, asked, given, base=settings.base))
        if format is QueryFormat.TABLE or (format is None and sys.stdout.isatty()):
            out.print(tables.asked(asked, given), markup=False, highlight=False)
        _write_answer(answer, format)


def _pair(written: str) -> tuple[str, str]:
    """Read one value of --with."""
    name, equals, value = written.partition("=")
    if not equals:
        raise typer.BadParameter(f"{written!r} gives no parameter a value. Write it as on=2025-11-23.", param_hint="--with")
    return name.strip(), value.strip()


def _write_answer(answer: Answer, format: QueryFormat | None) -> None:  # noqa: A002  # as the option is called
    """Write an answer: in a format, or else as a table on a terminal and as CSV elsewhere."""
    from kg import tables

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
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="Words in names or texts; the last may be a beginning.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", "-k", metavar="CLASS", help="Only these: Person, Statement … (may be repeated).")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many to show.")] = 20,
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Find actors, places, meetings, issues, texts, statements and documents by words, the best first.

    Example: `kg search frozen assets --kind Statement`
    """
    from kg import tables
    from kg.graph.lookups.indexed import FINDABLE, find_by_words
    from kg.graph.vocabulary import DEM

    names = {str(term).removeprefix(DEM): term for term in FINDABLE}
    for wanted in kind or ():
        if wanted not in names:
            raise typer.BadParameter(
                f"{wanted!r} cannot be found by words. Name one of: {', '.join(names)}.", param_hint="--kind"
            )
    settings = read_settings(store=store, base=base)
    with open_store(settings) as opened:
        found = find_by_words(opened, " ".join(words), kinds=[names[one] for one in kind or names], limit=limit)
    out.print(tables.found_things(found, base=settings.base) if found else "nothing found")


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
    from kg.graph.lookup import negotiations_of, statements_of
    from kg.graph.lookups.entity import get_entity
    from kg.graph.lookups.meetings import meetings_of
    from kg.graph.lookups.paging import Slice
    from kg.graph.lookups.relations import find_relations

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
                tables.relations(list(find_relations(opened, iri, part=Slice(limit=100)).items)),
            ]
        for table in found:
            if table.row_count:
                out.print(table)
