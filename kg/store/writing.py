"""Write results, triples, quads and whole stores as bytes, by Oxigraph; what it gets wrong in XML, ``kg.store.xml`` mends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

import pyoxigraph
from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple

from kg.graph.prefixes import PREFIXES
from kg.store.xml import XmlSink, writable


def write_result(result: QueryBoolean | QuerySolutions, form: QueryResultsFormat) -> bytes:
    """Write what SELECT or ASK found."""
    written = result.serialize(format=form) or b""
    return _mended(written) if form == QueryResultsFormat.XML else written


def write_triples(triples: Iterable[Triple], form: RdfFormat) -> bytes:
    """Write triples, with the usual prefixes. Raise QueryError for what RDF/XML cannot write."""
    if form != RdfFormat.RDF_XML:
        return pyoxigraph.serialize(triples, format=form, prefixes=PREFIXES) or b""
    return _mended(pyoxigraph.serialize(writable(triples), format=form, prefixes=PREFIXES) or b"")


def write_quads(quads: Iterable[Quad], form: RdfFormat) -> bytes:
    """Write quads, with the usual prefixes."""
    return pyoxigraph.serialize(quads, format=form, prefixes=PREFIXES) or b""


def write_whole(media_type: str, *, quads: Callable[[], Iterable[Quad]], union: Callable[[], Iterable[Triple]]) -> bytes:
    """Write a store: its quads in a format that names graphs, else its union. Raise ValueError for a media type of no RDF format."""
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type!r} is no RDF format that is known here. Take application/trig or text/turtle.")
    return write_quads(quads(), form) if form.supports_datasets else write_triples(union(), form)


def _mended(written: bytes) -> bytes:
    file = BytesIO()
    sink = XmlSink(file)
    sink.write(written)
    sink.finish()
    return file.getvalue()
