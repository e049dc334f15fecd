"""Lay out what the command line shows as tables: values in, rich tables out; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from rdflib import URIRef
from rich.table import Table

from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.extraction.explain import FrameAccount
    from kg.graph.identity.decisions import AnyDecision
    from kg.graph.lookups.indexed import Found
    from kg.graph.questions import Question
    from kg.graph.views import EntityDetail, MeetingView, NegotiationView, Passage, RelationView, StatementView, ThingView
    from kg.store.protocol import Answer


def summary(counts: Mapping[str, int], *, title: str) -> Table:
    """Return what was added, a line a kind."""
    table = Table(title=title, title_justify="left")
    table.add_column("added")
    table.add_column("count", justify="right")
    for name, count in counts.items():
        table.add_row(name, str(count))
    return table


def solutions(answer: Answer) -> Table:
    """Return the rows of a SELECT, its variables as columns."""
    rows = ([_short(row.get(variable, "")) for variable in answer.variables] for row in answer.rows())
    return _table(answer.variables, rows)


def found_things(found: Iterable[Found], *, base: str) -> Table:
    """Return what was found by words, a line a thing, each with what names it to other commands."""
    rows = ((thing.kind, shorten(thing.text, 100, placeholder=" …"), thing.iri.removeprefix(base)) for thing in found)
    return _table(["what", "name or words", "id"], rows)


def questions(found: Iterable[Question]) -> Table:
    """Return the questions that lie ready, each with what can be put into it."""
    table = Table()
    table.add_column("name", no_wrap=True)
    table.add_column("question", overflow="fold")
    table.add_column("parameters", overflow="fold")
    for question in found:
        table.add_row(question.name, question.title, ", ".join(f"{p.name} ({p.kind})" for p in question.parameters))
    return table


def asked(question: Question, values: Mapping[str, str]) -> str:
    """Return the question that is answered, and with which values."""
    used = ", ".join(f"{p.name}: {values.get(p.name, p.default)}" for p in question.parameters)
    return f"{question.title} ({used})" if used else question.title


def _short(value: object) -> str:
    """Return an IRI of a known vocabulary with its prefix ("dem:asserted"), and everything else as it is."""
    if isinstance(value, URIRef):
        for prefix, namespace in PREFIXES.items():
            if value.startswith(namespace) and "/" not in value[len(namespace) :]:
                return f"{prefix}:{value[len(namespace) :]}"
    return str(value)


def entity(detail: EntityDetail) -> Table:
    """Return what is known of an entity by itself."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    rows = {
        "id": detail.iri,
        "name": detail.label,
        "type": ", ".join(detail.types),
        "also": ", ".join(alias for alias in detail.aliases if alias != detail.label),
        "roles": ", ".join(detail.roles),
        "same as": ", ".join(detail.same_as),
        "in": ", ".join(f"{d.title or d.iri} ({d.date or 'undated'}, {_times(d.mentions)})" for d in detail.documents),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, value)
    return table


def statements(found: Iterable[StatementView]) -> Table:
    """Return what somebody said, with the document and the characters it stands at."""
    return _table(("words", "document", "at"), ([s.text, *_place(s.evidence)] for s in found), title="said")


def meetings(found: Iterable[MeetingView]) -> Table:
    """Return whom somebody met, where and when."""
    rows = (
        [m.type, ", ".join(p.label for p in m.participants), m.place.label if m.place else "", m.date or "", m.modality]
        for m in found
    )
    return _table(("kind", "who", "where", "when", "modality"), rows, title="meetings")


def negotiations(found: Iterable[NegotiationView]) -> Table:
    """Return who negotiates with whom, about what, with whose help and since when."""
    rows = (
        [n.label, ", ".join(p.label for p in n.parties), ", ".join(m.label for m in n.mediators), n.begin or "", n.modality]
        for n in found
    )
    return _table(("matter", "who", "mediators", "since", "modality"), rows, title="negotiations")


def thing(found: ThingView) -> Table:
    """Return how a matter, a text or a meeting stood, document by document."""
    rows = (
        [s.date or "", s.value, *_place(s.evidence), s.evidence.text, ", ".join(_name(document) for document in s.differs_from)]
        for s in found.history
    )
    title = found.label + (f" ({', '.join(party.label for party in found.parties)})" if found.parties else "")
    return _table(("date", "status", "document", "at", "words", "differs from"), rows, title=title)


def decisions(found: Iterable[AnyDecision], *, base: str) -> Table:
    """Return what people decided."""
    rows = ([d.number, type(d).__name__.lower(), _what(d, base=base), d.created or "", d.reason or ""] for d in found)
    return _table(("number", "decision", "what", "when", "why"), rows, title="decisions")


def _what(decision: AnyDecision, *, base: str) -> str:
    from kg.graph.identity.decisions import Renaming, Split

    def short(members: Iterable[URIRef]) -> list[str]:
        return [member.removeprefix(base).replace(PREFIXES["wd"], "wd:") for member in members]

    match decision:
        case Split(first=first, second=second):
            return " | ".join(", ".join(short(part)) for part in (first, second))
        case Renaming(members=members, label=label):
            return f"{', '.join(short(members))}: {label}"
        case _:
            return " = ".join(short(decision.members))


def relations(found: Iterable[RelationView]) -> Table:
    """Return how somebody stands to others, with the words that say so."""
    rows = (
        [r.subject.label, r.predicate, r.object.label, r.modality, r.speaker.label if r.speaker else "", r.evidence.text]
        for r in found
    )
    return _table(("subject", "predicate", "object", "modality", "speaker", "words"), rows, title="relations")


def frames(found: Iterable[FrameAccount]) -> Table:
    """Return what each predicate of a text says by the lexicon."""
    rows = (
        [
            f.words,
            f"{f.frame} ({f.form})",
            "; ".join(f"{slot}: {words}" for slot, words in f.arguments),
            f.modality,
            "; ".join(f.gives),
        ]
        for f in found
    )
    return _table(("words", "frame (entry)", "arguments", "modality", "gives"), rows)


def _times(count: int) -> str:
    return "1 mention" if count == 1 else f"{count} mentions"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(" ".join(str(cell).split()) for cell in row))
    return table


def _place(passage: Passage) -> tuple[str, str]:
    return _name(passage.document), f"{passage.start}-{passage.end}"


def _name(document: str) -> str:
    return document.rpartition("/")[2]
