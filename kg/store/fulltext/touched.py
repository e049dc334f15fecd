"""Which graphs an update may change, and of which things in them, told before it is evaluated.

What is told may be more than is changed, and is never less: where the words leave a doubt, it is everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.graph.prefixes import PREFIXES
from kg.store.fulltext.entries import DEFAULT
from kg.store.sparql.lexing import Token, tokens
from kg.store.sparql.screening import Operation, screen_update

InGraphs = Mapping[str, frozenset[str] | None]
"""Graphs, each with the things that may change in it; None: all of them."""
Touched = InGraphs | None
"""None: any graph."""

_MOST_SUBJECTS = 1000


def touched_by(text: str, *, union: bool) -> Touched:
    """Tell what an update may change. ``union`` says that the default graph is never written itself."""
    found: dict[str, frozenset[str] | None] = {}
    prologue = ""
    position = 0
    for operation in screen_update(text, prefixes=PREFIXES).operations:
        prologue += " ".join(word.text for word in tokens(text[position : operation.start]) if word.text != ";") + " "
        position = operation.end
        try:
            told = _touched(operation, text[operation.start : operation.end], prologue, union=union)
        except (OSError, RuntimeError, SyntaxError, ValueError):
            return None
        if told is None:
            return None
        for graph, subjects in told.items():
            before = found.get(graph, frozenset())
            found[graph] = None if before is None or subjects is None else _bounded({*before, *subjects})
    return found


def touched_with(quads: Iterable[tuple[str, object]]) -> InGraphs:
    """Tell what changes when some triples do, given by the names of their graphs and their subjects."""
    found: dict[str, set[str]] = {}
    for graph, subject in quads:
        found.setdefault(graph, set()).update([subject.value] if isinstance(subject, NamedNode) else [])
    return {graph: _bounded(subjects) for graph, subjects in found.items()}


def _bounded(subjects: set[str]) -> frozenset[str] | None:
    return frozenset(subjects) if len(subjects) <= _MOST_SUBJECTS else None


def _touched(operation: Operation, text: str, prologue: str, *, union: bool) -> Touched:
    words = tokens(text)
    match operation.kind:
        case "INSERT DATA" | "DELETE DATA":
            opening = next(word.start for word in words if word.text == "{")
            return touched_with((_name(quad), quad.subject) for quad in _quads(f"{prologue} INSERT DATA {text[opening:]}"))
        case "CREATE":
            return {}
        case "LOAD":
            if sum(word.kind in ("iri", "name") for word in words) > 1:
                return _whole(words[-1:], prologue)
            return {} if union else {DEFAULT: None}
        case "CLEAR" | "DROP":
            return _whole(words[-1:], prologue)
        case "ADD" | "COPY" | "MOVE":
            to = next(at for at, word in enumerate(words) if word.is_word("TO"))
            return _whole([words[to - 1], words[-1]], prologue, union=union)
        case "DELETE WHERE":
            return _templates(words, prologue, union=union)
        case "MODIFY" if operation.where is not None:
            where = operation.where - operation.start
            return _templates([word for word in words if word.start < where], prologue, union=union)
        case _:
            return None


def _templates(words: Sequence[Token], prologue: str, *, union: bool) -> Touched:
    """Tell what templates may change: the graphs that they name, if they name all of theirs."""
    graphs = [words[at + 1] for at, word in enumerate(words[:-1]) if word.is_word("GRAPH", "WITH")]
    templates = sum(word.is_word("DELETE", "INSERT") for word in words)
    braces = sum(word.text == "{" for word in words)
    if not union or braces != templates + sum(word.is_word("GRAPH") for word in words):
        return None
    return _whole(graphs, prologue)


def _whole(graphs: Sequence[Token], prologue: str, *, union: bool = False) -> Touched:
    if union:
        graphs = [graph for graph in graphs if not graph.is_word("DEFAULT")]
    if any(graph.kind not in ("iri", "name") for graph in graphs):
        return None
    named = " ".join(f"GRAPH {graph.text} {{ <x:x> <x:x> 0 }}" for graph in graphs)
    return {_name(quad): None for quad in _quads(f"{prologue} INSERT DATA {{ {named} }}")}


def _quads(insertion: str) -> list[Quad]:
    """Return what an insertion inserts, by evaluating it where nothing is."""
    scratch = pyoxigraph.Store()
    scratch.update(insertion, prefixes=PREFIXES)
    return list(scratch)


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else DEFAULT
