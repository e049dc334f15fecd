"""An update's LOADs: what they name, and the update with the triples of fetched documents in their place.

The triples come in last, since nothing of what is done to an update concerns them: until then two identifiers of their own stand for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from kg.errors import QueryError, ReadingError, RefusedError
from kg.graph.prefixes import PREFIXES
from kg.store.protocol import GraphChange
from kg.store.sent import read_triples
from kg.store.sparql.lexing import line_and_column, tokens
from kg.store.sparql.screening import Operation, ScreenedUpdate, screen_update

_VAGUE = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml", "application/json")
"""Media types that say less than the ending of a name."""


class Document(Protocol):
    """What an address named: its bytes, their media type, and where they came from in the end."""

    @property
    def url(self) -> str:
        """The address of the document, which relative IRIs in it are resolved against."""
        ...

    @property
    def data(self) -> bytes:
        """The bytes."""
        ...

    @property
    def media_type(self) -> str:
        """The media type that the server named; empty where it named none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A LOAD: the IRI of its document (None: it has none), the graph as it is written (None: the default graph), its place."""

    iri: str | None
    silent: bool
    graph: str | None
    line: int
    column: int

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"LOAD at line {self.line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """An update without LOAD, and the triples, as N-Triples, that come in place of some of its words."""

    text: str
    triples: Mapping[str, str]

    def filled(self, text: str) -> str:
        """Return a text that was made of this one with the triples in it."""
        for placeholder, triples in self.triples.items():
            text = text.replace(placeholder, triples)
        return text


def loads_of(text: str, *, union: bool) -> list[Load]:
    """Return the LOADs of an update, in order. Raise RefusedError for one of the default graph where that is the union."""
    screened = screen_update(text, prefixes=PREFIXES)
    loads = [_load(text, operation) for operation in screened.operations if operation.kind == "LOAD"]
    for load in loads:
        if union and load.graph is None and not load.silent:
            raise RefusedError(
                f"{load.place} loads into the default graph, which is the union of the others and cannot be written. "
                "Name a graph: LOAD <…> INTO GRAPH <…>.",
                load.line,
                load.column,
            )
    return loads


def without_loads(screened: ScreenedUpdate, documents: Mapping[str, Document], *, union: bool) -> Loaded:
    """Put INSERT DATA in place of each LOAD of one of the documents.

    A LOAD SILENT that cannot be done does nothing. Raise RefusedError for any other whose document is not there, and QueryError
    for one whose document is no RDF.
    """
    text = screened.text
    triples = {}
    for operation in reversed(screened.operations):
        if operation.kind != "LOAD":
            continue
        load = _load(screened.text, operation)
        try:
            data = _triples(load, documents)
        except QueryError:
            if not load.silent:
                raise
            data = None
        if data is None or (load.silent and union and load.graph is None):
            written = "INSERT DATA { }"
        else:
            name = f"<urn:uuid:{uuid4()}>"
            placeholder = f"{name} {name} {name} ."
            triples[placeholder] = data
            written = (
                f"INSERT DATA {{ {placeholder} }}"
                if load.graph is None
                else f"CREATE SILENT GRAPH {load.graph} ; INSERT DATA {{ GRAPH {load.graph} {{ {placeholder} }} }}"
            )
        text = f"{text[: operation.start]}{written}{text[operation.end :]}"
    return Loaded(text, triples)


def media_type_of(document: Document) -> str:
    """Return the form of RDF that a document is in: by its media type, or by the ending of its name where that says more."""
    ending = urlsplit(document.url).path.rpartition("/")[2].rpartition(".")[2].lower()
    by_ending = RdfFormat.from_extension(ending)
    by_type = RdfFormat.from_media_type(document.media_type) if document.media_type else None
    form = (by_ending or by_type) if document.media_type in _VAGUE else by_type
    if form is None:
        raise ReadingError(f"its media type {document.media_type!r} is no form of RDF that is known here")
    return form.media_type


def _load(text: str, operation: Operation) -> Load:
    words = [token.text for token in tokens(text[operation.start : operation.end]) if token.kind in ("iri", "name")]
    clause = operation.clauses[0] if operation.clauses else None
    line, column = line_and_column(text, operation.start)
    return Load(
        iri=clause.iri if clause is not None else None,
        silent=clause is not None and clause.silent,
        graph=words[-1] if len(words) > 1 else None,
        line=line,
        column=column,
    )


def _triples(load: Load, documents: Mapping[str, Document]) -> str:
    document = None if load.iri is None else documents.get(load.iri)
    if document is None:
        raise RefusedError(
            f"{load.place} is refused: no update reaches the network or a file. Fetch it yourself, and send "
            "it as INSERT DATA, or to the Graph Store.",
            load.line,
            load.column,
        )
    try:
        media_type = media_type_of(document)
        change = GraphChange(action="add", graph=None, content=document.data, media_type=media_type, base=document.url)
        return _text(read_triples(change))
    except ReadingError as error:
        raise QueryError(f"{load.place}: {load.iri} cannot be loaded: {error}") from None


def _text(triples: Iterable[Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
