"""The command line: ``kg``. The one module that prints.

Exit codes: 0 done, 1 something could not be done (the message on standard error says what and what to do), 2 wrong usage.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kg.config import ENVIRONMENT_PREFIX, Settings, load_settings
from kg.errors import DemarcheError, NotFoundError, ReadingError

if TYPE_CHECKING:
    from kg.extraction.extract import Extractor
    from kg.graph.validate import Report
    from kg.records import Extraction
    from kg.store.embedded import EmbeddedStore
    from kg.store.protocol import Answer

app = typer.Typer(
    help="Turn diplomatic statements into a knowledge graph, and ask it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)


class ExtractFormat(StrEnum):
    """What ``kg extract`` writes."""

    JSON = "json"
    JSONL = "jsonl"
    TRIG = "trig"
    TURTLE = "turtle"
    NT = "nt"
    JSONLD = "jsonld"


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

StoreOption = Annotated[Path | None, typer.Option("--store", help="Folder of the store.", show_default="demarche-store")]
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


def main() -> None:
    """Run the command line; every error of ours ends in one line on standard error and exit code 1."""
    try:
        app()
    except DemarcheError as error:
        _say(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader has gone (`kg … | head`): that is its right, and no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _say(message: str) -> None:
    err.print(f"kg: {message}", markup=False, highlight=False)


def _settings(**flags: object) -> Settings:
    return load_settings(flags, environment=os.environ, file=Path("demarche.toml"))


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date. Write it as 2025-11-23.", param_hint="--date") from error


def _extractor(settings: Settings) -> Extractor:
    from kg.extraction.extract import load_extractor

    return load_extractor(model=settings.model, gazetteers=settings.gazetteer, link_threshold=settings.link_threshold)


@contextmanager
def _store(settings: Settings, *, create: bool = False) -> Iterator[EmbeddedStore]:
    from kg.store.embedded import EmbeddedStore

    if not create and not settings.store.exists():
        raise NotFoundError(f"{settings.store}: no store there. Build one with: kg build FILE --store {settings.store}")
    with EmbeddedStore(settings.store, read_only=not create) as store:
        yield store


@app.command()
def extract(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Files, - for standard input, or URLs.")],
    date: DateOption = None,
    format: Annotated[ExtractFormat, typer.Option("--format", "-f", help="What to write.")] = ExtractFormat.JSON,  # noqa: A002
    model: ModelOption = None,
    base: BaseOption = None,
    gazetteer: GazetteerOption = None,
    link_threshold: LinkThresholdOption = None,
) -> None:
    """Print what documents say.

    A `.jsonl` source holds one document a line (id, text, date, title, source).

    Example: `kg extract remarks.txt --date 2025-11-23 --format turtle`
    """
    from kg.serialization import to_json
    from kg.reading.sources import read_all

    settings = _settings(model=model, base=base, gazetteer=gazetteer, link_threshold=link_threshold)
    day = _day(date)
    extractor = _extractor(settings)
    for number, document in enumerate(read_all(sources, settings=settings, date=day)):
        extraction = extractor.extract(document)
        if format is ExtractFormat.JSON:
            _write(to_json(extraction, indent=2) + "\n")
        elif format is ExtractFormat.JSONL:
            _write(to_json(extraction) + "\n")
        else:
            from kg.export import write_graph
            from kg.graph.mapping import to_graph

            text = write_graph(to_graph(extraction, base=settings.base), format.value).decode("utf-8")
            _write(("\n" if number else "") + text)


@app.command()
def frames(text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or two.")], model: ModelOption = None) -> None:
    """Show which predicates a text holds, what fills their slots, and what they give or why nothing.

    The lexicon is `ontology/frames.toml`. Example: `kg frames "Norland will host talks with Sudland in May."`
    """
    from kg import tables
    from kg.extraction.explain import explain_frames
    from kg.language.analysis import analyse
    from kg.records import Document

    extractor = _extractor(_settings(model=model))
    analysis = analyse(Document(id="text", text=text), extractor.nlp, gazetteer=extractor.gazetteer)
    out.print(tables.frames(explain_frames(analysis, extractor.lexicon)))


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@app.command()
def build(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Files, - for standard input, or URLs.")],
    store: StoreOption = None,
    date: DateOption = None,
    model: ModelOption = None,
    base: BaseOption = None,
    gazetteer: GazetteerOption = None,
    link_threshold: LinkThresholdOption = None,
) -> None:
    """Add documents to a store; one that is there already is replaced.

    A source that cannot be read is named, the others are added, and the exit code is 1.

    Example: `kg build remarks.txt readouts.jsonl --store graph`
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from kg import tables
    from kg.build import add_document
    from kg.reading.sources import read

    settings = _settings(store=store, model=model, base=base, gazetteer=gazetteer, link_threshold=link_threshold)
    day = _day(date)
    failed = 0
    counts: dict[str, int] = {}
    seen: dict[str, str] = {}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _store(settings, create=True) as opened, Progress(*columns, console=err, transient=True) as progress:
        extractor = _extractor(settings)
        task = progress.add_task("sources", total=len(sources))
        for source in sources:
            progress.update(task, description=source)
            try:
                for document in read(source, settings=settings, date=day):
                    if document.id in seen:
                        raise ReadingError(
                            f"{source}: its document has the id {document.id!r}, as that of {seen[document.id]} has. Rename one."
                        )
                    seen[document.id] = source
                    progress.update(task, description=f"{source}: {document.id}")
                    if document.date is None:
                        _say(f"{source}: {document.id} has no date, so that relative dates stay open. Give one with --date.")
                    _count(counts, add_document(document, extractor=extractor, store=opened, base=settings.base))
            except DemarcheError as error:
                failed += 1
                _say(str(error))
            progress.advance(task)
        triples = opened.triple_count()
    out.print(tables.summary(counts, title=f"{settings.store}: {triples} triples"))
    if failed:
        _say(f"{failed} of {len(sources)} sources could not be added; the messages above say why.")
        raise typer.Exit(1)


def _count(counts: dict[str, int], extraction: Extraction) -> None:
    counts["documents"] = counts.get("documents", 0) + 1
    for facet in ("entities", "statements", "meetings", "issues", "negotiations", "proposals", "times", "events", "relations"):
        counts[facet] = counts.get(facet, 0) + len(getattr(extraction, facet))


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
    with _store(_settings(store=store)) as opened:
        answer = opened.query(text)
        chosen = format or (QueryFormat.TABLE if sys.stdout.isatty() else None)
        if chosen is QueryFormat.TABLE and answer.kind == "solutions":
            table = tables.solutions(answer)
            out.print(table)
            out.print(f"{table.row_count} row{'' if table.row_count == 1 else 's'}")
        elif format in {None, QueryFormat.TABLE} and answer.kind == "boolean":
            _write("true\n" if answer else "false\n")
        else:
            _write(answer.serialize(_media_type(answer, chosen)).decode("utf-8"))


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
    entity: Annotated[str, typer.Argument(help="A name, an id (person/marco-rubio), a Wikidata id, or an IRI.")],
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Show one entity: what it is called, what it said, whom it met, how it stands to others.

    Example: `kg show "Marco Rubio"`
    """
    from kg import tables
    from kg.graph.find import resolve_entity
    from kg.graph.lookup import get_entity, meetings_of, negotiations_of, relations_of, statements_of

    settings = _settings(store=store, base=base)
    with _store(settings) as opened:
        iri = resolve_entity(opened, entity, base=settings.base)
        out.print(tables.entity(get_entity(opened, iri)))
        found = (
            tables.statements(statements_of(opened, iri)),
            tables.meetings(meetings_of(opened, iri)),
            tables.negotiations(negotiations_of(opened, iri)),
            tables.relations(relations_of(opened, iri)),
        )
        for table in found:
            if table.row_count:
                out.print(table)


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

    with _store(_settings(store=store)) as opened:
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
        [(str(file), validate_file(file))] if file is not None else _store_reports(_settings(store=store))
    )
    broken = 0
    for name, report in reports:
        violations = report.violations
        broken += bool(violations)
        for violation in violations:
            _say(f"{name}: {violation.focus} {violation.path or ''}: {violation.message}")
        out.print(f"{name}: {'conforms' if not violations else f'{len(violations)} violations'}", markup=False, highlight=False)
    if broken:
        raise typer.Exit(1)


def _store_reports(settings: Settings) -> Iterator[tuple[str, Report]]:
    from kg.graph.validate import validate as check

    with _store(settings) as opened:
        dataset = opened.dataset()
        for name in opened.graph_names():
            yield str(name), check(dataset.graph(name))


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
    settings = _settings(store=store, host=host, port=port, base=base)
    if not settings.store.exists():
        raise NotFoundError(f"{settings.store}: no store there. Build one with: kg build FILE --store {settings.store}")
    import uvicorn

    # The service is found by its name and reads its settings from the environment: kg knows nothing of api.
    for name in ("store", "base"):
        os.environ[f"{ENVIRONMENT_PREFIX}{name.upper()}"] = str(getattr(settings, name))
    out.print(f"http://{settings.host}:{settings.port}/  (docs at /docs; stop with Ctrl-C)", highlight=False)
    uvicorn.run("api.app:app_from_environment", factory=True, host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    main()
