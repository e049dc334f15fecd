"""Read documents, put them into a store and take them out: ``kg extract``, ``kg frames``, ``kg build``, ``kg remove``."""

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
    import datetime

    from kg.config import Settings
    from kg.extraction.extract import Extractor
    from kg.records import Extraction
    from kg.store.protocol import Store


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

    settings = read_settings(store=store, model=model, base=base, gazetteer=gazetteer, link_threshold=link_threshold)
    day = parse_day(date)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with open_store(settings, create=True) as opened, Progress(*columns, console=err, transient=True) as progress:
        work = _Build(opened, make_extractor(settings), settings)
        task = progress.add_task("sources", total=len(sources))
        for source in sources:
            progress.update(task, description=source)
            work.read(source, day)
            progress.advance(task)
        progress.update(task, description="who is who")
        work.flush()
        triples = opened.triple_count()
    out.print(tables.summary(work.counts, title=f"{settings.store}: {triples} triples"))
    if work.failed:
        say(f"{len(work.failed)} of {len(sources)} sources could not be added; the messages above say why.")
        raise typer.Exit(1)


class _Build:
    """The documents on their way into a store: extracted one by one, written many at a time."""

    AT_ONCE = 50

    def __init__(self, store: Store, extractor: Extractor, settings: Settings) -> None:
        self.counts: dict[str, int] = {}
        self.failed: set[str] = set()
        self._store, self._extractor, self._settings = store, extractor, settings
        self._seen: dict[str, str] = {}
        self._waiting: dict[str, tuple[str, Extraction]] = {}

    def read(self, source: str, day: datetime.date | None) -> None:
        """Extract the documents of a source; what goes wrong is said, and the source noted."""
        from kg.build import extract_for
        from kg.reading.sources import read

        try:
            for document in read(source, settings=self._settings, date=day):
                if document.id in self._seen:
                    raise ReadingError(
                        f"{source}: its document has the id {document.id!r}, as that of {self._seen[document.id]} has. Rename one."
                    )
                self._seen[document.id] = source
                if document.date is None:
                    say(f"{source}: {document.id} has no date, so that relative dates stay open. Give one with --date.")
                extraction = extract_for(self._store, document, extractor=self._extractor, base=self._settings.base)
                self._waiting[document.id] = source, extraction
                if len(self._waiting) >= self.AT_ONCE:
                    self.flush()
        except DemarcheError as error:
            self.failed.add(source)
            say(str(error))

    def flush(self) -> None:
        """Write what waits."""
        from kg.build import add_extractions

        extractions = [extraction for _, extraction in self._waiting.values()]
        refused = add_extractions(extractions, extractor=self._extractor, store=self._store, base=self._settings.base)
        for document, error in refused.items():
            self.failed.add(self._waiting[document][0])
            say(str(error))
        for extraction in extractions:
            if extraction.document.id not in refused:
                _count(self.counts, extraction)
        self._waiting.clear()


@app.command()
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT…", help="Ids of documents.")],
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Take documents out of a store, with all that rests on them alone. What people decided stays.

    Example: `kg remove geneva-report`
    """
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings, write=True) as opened:
        knowledge = KnowledgeBase(opened, base=settings.base)
        for document in documents:
            knowledge.remove(document)
            out.print(f"{document}: removed", markup=False, highlight=False)


def _count(counts: dict[str, int], extraction: Extraction) -> None:
    counts["documents"] = counts.get("documents", 0) + 1
    for facet in ("entities", "statements", "meetings", "issues", "negotiations", "proposals", "times", "events", "relations"):
        counts[facet] = counts.get(facet, 0) + len(getattr(extraction, facet))
