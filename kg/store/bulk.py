"""Load RDF files of any size into a store, past its transactions: fast, and in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from kg.errors import ReadingError

_PACKED = {".gz", ".zip", ".bz2", ".xz", ".zst"}


def read_quads(file: Path, *, graph: NamedNode | None = None) -> Iterator[Quad]:
    """Yield the quads of a file, as its suffix says what it is; triples without a graph are put into ``graph``.

    Raises ReadingError for a file that cannot be read, that is malformed, or that has triples without a graph where none is given.
    """
    form = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        advice = "Unpack it first." if file.suffix in _PACKED else "Name a .nq, .trig, .nt, .ttl, .rdf or .jsonld file."
        raise ReadingError(f"{file}: no RDF format has the suffix {file.suffix!r}. {advice}")
    try:
        for quad in pyoxigraph.parse(path=str(file), format=form):
            if isinstance(quad.graph_name, DefaultGraph):
                if graph is None:
                    raise ReadingError(f"{file}: has triples without a graph. Say which graph they belong to.")
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
            else:
                yield quad
    except (OSError, SyntaxError) as error:
        raise ReadingError(f"{file}: not readable as {form.name} ({error}). Mend it, or name another file.") from error


def noting_graphs(quads: Iterable[Quad], names: set[str]) -> Iterator[Quad]:
    """Yield the quads, and put the names of their graphs into a set."""
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            names.add(quad.graph_name.value)
        yield quad


def with_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield each quad, and its triple in the union."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
