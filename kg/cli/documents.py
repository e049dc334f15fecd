"""Read documents and put them into a store: ``kg extract``, ``kg frames``, ``kg build``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import (
    BaseOption,
    DateOption,
    GazetteerOption,
    LinkThresholdOption,
    ModelOption,
    StoreOption,
    app,
    err,
    make_extractor,
    open_store,
    out,
    parse_day,
    read_settings,
    say,
    write,
)
from kg.errors import DemarcheError, ReadingError

if TYPE_CHECKING:
    from kg.records import Extraction


class ExtractFormat(StrEnum):
    """What ``kg extract`` writes."""

    JSON = "json"
    JSONL = "jsonl"
    TRIG = "trig"
    TURTLE = "turtle"
    NT = "nt"
    JSONLD = "jsonld"


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
    from kg.reading.sources import read_all
    from kg.serialization import to_json

    settings = read_settings(model=model, base=base, gazetteer=gazetteer, link_threshold=link_threshold)
    day = parse_day(date)
    extractor = make_extractor(settings)
    for number, document in enumerate(read_all(sources, settings=settings, date=day)):
        extraction = extractor.extract(document)
        if format is ExtractFormat.JSON:
            write(to_json(extraction, indent=2) + "\n")
        elif format is ExtractFormat.JSONL:
            write(to_json(extraction) + "\n")
        else:
            from kg.export import write_graph
            from kg.graph.mapping import to_graph

            text = write_graph(to_graph(extraction, base=settings.base), format.value).decode("utf-8")
            write(("\n" if number else "") + text)


@app.command()
def frames(text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or two.")], model: ModelOption = None) -> None:
    """Show which predicates a text holds, what fills their slots, and what they give or why nothing.

    The lexicon is `ontology/frames.toml`. Example: `kg frames "Norland will host talks with Sudland in May."`
    """
    from kg import tables
    from kg.extraction.explain import explain_frames
    from kg.language.analysis import analyse
    from kg.records import Document

    extractor = make_extractor(read_settings(model=model))
    analysis = analyse(Document(id="text", text=text), extractor.nlp, gazetteer=extractor.gazetteer)
    out.print(tables.frames(explain_frames(analysis, extractor.lexicon)))


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

    settings = read_settings(store=store, model=model, base=base, gazetteer=gazetteer, link_threshold=link_threshold)
    day = parse_day(date)
    failed = 0
    counts: dict[str, int] = {}
    seen: dict[str, str] = {}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with open_store(settings, create=True) as opened, Progress(*columns, console=err, transient=True) as progress:
        extractor = make_extractor(settings)
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
                        say(f"{source}: {document.id} has no date, so that relative dates stay open. Give one with --date.")
                    _count(counts, add_document(document, extractor=extractor, store=opened, base=settings.base))
            except DemarcheError as error:
                failed += 1
                say(str(error))
            progress.advance(task)
        triples = opened.triple_count()
    out.print(tables.summary(counts, title=f"{settings.store}: {triples} triples"))
    if failed:
        say(f"{failed} of {len(sources)} sources could not be added; the messages above say why.")
        raise typer.Exit(1)


def _count(counts: dict[str, int], extraction: Extraction) -> None:
    counts["documents"] = counts.get("documents", 0) + 1
    for facet in ("entities", "statements", "meetings", "issues", "negotiations", "proposals", "times", "events", "relations"):
        counts[facet] = counts.get(facet, 0) + len(getattr(extraction, facet))
