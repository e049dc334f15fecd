"""Which words of a graph are indexed, and as what.

What has no IRI is left out, since no query could name it. A name that is written by two properties is one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode
from pyoxigraph import Literal as OxLiteral

from kg.graph.prefixes import PREFIXES

Kind = Literal["name", "title", "role", "text", "passage", "reason"]

KINDS: dict[str, Kind] = {
    f"{PREFIXES['rdfs']}label": "name",
    f"{PREFIXES['skos']}prefLabel": "name",
    f"{PREFIXES['skos']}altLabel": "name",
    f"{PREFIXES['dcterms']}title": "title",
    f"{PREFIXES['dem']}roleTitle": "role",
    f"{PREFIXES['dem']}text": "text",
    f"{PREFIXES['dem']}exact": "passage",
    f"{PREFIXES['dem']}reason": "reason",
}
"""The properties whose values are indexed, and what these are."""

ALL_KINDS: tuple[Kind, ...] = get_args(Kind)

DEFAULT = ""
"""What the default graph is called here, where it is one of its own."""

_PROPERTIES = {NamedNode(name): kind for name, kind in KINDS.items()}


class Entry(NamedTuple):
    """Words that something has in a graph. A NUL, which SQLite takes for an end, is a space."""

    subject: str
    kind: Kind
    text: str


def entries_of(database: pyoxigraph.Store, graph: str, subjects: Iterable[str] | None = None) -> set[Entry]:
    """Return the entries of a graph as it is now: all, or those of some things."""
    name = NamedNode(graph) if graph != DEFAULT else DefaultGraph()
    return {
        entry
        for subject in ([None] if subjects is None else map(NamedNode, subjects))
        for property_, kind in _PROPERTIES.items()
        for entry in _entries(database.quads_for_pattern(subject, property_, None, name), kind)
    }


def graphs_of(database: pyoxigraph.Store, *, union: bool) -> set[str]:
    """Return the graphs that may have entries; with ``union`` without the default graph, which has no others than these."""
    named = {name.value for name in database.named_graphs() if isinstance(name, NamedNode)}
    return named if union else {*named, DEFAULT}


def _entries(quads: Iterable[pyoxigraph.Quad], kind: Kind) -> Iterator[Entry]:
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, OxLiteral) and value.value:
            yield Entry(subject.value, kind, value.value.replace("\0", " "))
