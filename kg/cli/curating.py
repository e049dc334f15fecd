"""Decide who is who: ``kg merge``, ``kg split``, ``kg rename``, ``kg decisions``, ``kg undo``."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from kg.cli.console import BaseOption, StoreOption, app, open_store, out, read_settings

ThingArgument = Annotated[
    str, typer.Argument(metavar="THING", help="A name, an id (person/marco-rubio), a Wikidata id, or an IRI.", show_default=False)
]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why, for those who come later.")]


@app.command()
def merge(
    first: ThingArgument,
    second: ThingArgument,
    reason: ReasonOption = None,
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Say that two persons, states, meetings, proposals or issues are one; it is called as the first is.

    Example: `kg merge "Tomas Reyl" person/t-reyl --reason "the spokesperson signs both ways"`
    """
    from kg.graph import curation
    from kg.graph.find import resolve_thing
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings, write=True) as opened:
        things = [resolve_thing(opened, thing, base=settings.base) for thing in (first, second)]
        decision = curation.merge(KnowledgeBase(opened, base=settings.base), *things, reason=reason, created=_now())
    _say_how_to_undo([decision.number])


@app.command()
def split(
    thing: ThingArgument,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="A document that speaks of something else (may be repeated).")
    ] = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Say that what was taken for one thing is several.

    Without --document, what was merged by a decision comes apart again. Example: `kg split "Elena Marsh" --document valdoria-readout`
    """
    from kg.graph import curation
    from kg.graph.find import resolve_thing
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings, write=True) as opened:
        iri = resolve_thing(opened, thing, base=settings.base)
        knowledge = KnowledgeBase(opened, base=settings.base)
        decisions = curation.split(knowledge, iri, documents=document or (), reason=reason, created=_now())
    _say_how_to_undo([decision.number for decision in decisions])


@app.command()
def rename(
    thing: ThingArgument,
    label: Annotated[str, typer.Argument(help="What it is to be called.")],
    reason: ReasonOption = None,
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Say what a thing is to be called; its IRI stays.

    Example: `kg rename "frozen assets" "Frozen Russian assets"`
    """
    from kg.graph import curation
    from kg.graph.find import resolve_thing
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings, write=True) as opened:
        iri = resolve_thing(opened, thing, base=settings.base)
        knowledge = KnowledgeBase(opened, base=settings.base)
        decision = curation.rename(knowledge, iri, label, reason=reason, created=_now())
    _say_how_to_undo([decision.number])


@app.command()
def decisions(store: StoreOption = None, base: BaseOption = None) -> None:
    """List what people decided about who is who, with the numbers that `kg undo` takes."""
    from kg import tables
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings) as opened:
        out.print(tables.decisions(KnowledgeBase(opened, base=settings.base).decisions(), base=settings.base))


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The number of a decision; `kg decisions` lists them.")],
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Take a decision back, as if it had never been made.

    Example: `kg undo 3`
    """
    from kg.graph import curation
    from kg.graph.knowledge_base import KnowledgeBase

    settings = read_settings(store=store, base=base)
    with open_store(settings, write=True) as opened:
        decision = curation.undo(KnowledgeBase(opened, base=settings.base), number)
    out.print(f"decision {decision.number}: undone", highlight=False)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _say_how_to_undo(numbers: list[int]) -> None:
    for number in numbers:
        out.print(f"decision {number}: noted (take it back with: kg undo {number})", highlight=False)
