"""Write results, triples and quads as bytes, by Oxigraph, and mend what it gets wrong in XML.

XML 1.0 cannot hold every character, so those that it forbids become U+FFFD there. RDF/XML cannot write every predicate: one
whose IRI does not end like an XML name is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from kg.errors import QueryError
from kg.graph.prefixes import PREFIXES

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME_END = re.compile(r"[^\W\d][\w.-]*\Z")


def write_result(result: QueryBoolean | QuerySolutions, form: QueryResultsFormat) -> bytes:
    """Write what SELECT or ASK found."""
    written = result.serialize(format=form) or b""
    return _as_xml(written) if form == QueryResultsFormat.XML else written


def write_triples(triples: Iterable[pyoxigraph.Triple], form: RdfFormat) -> bytes:
    """Write triples, with the usual prefixes. Raise QueryError for what RDF/XML cannot write."""
    if form != RdfFormat.RDF_XML:
        return pyoxigraph.serialize(triples, format=form, prefixes=PREFIXES) or b""
    kept = list(triples)
    for predicate in {triple.predicate.value for triple in kept}:
        if _XML_NAME_END.search(predicate) is None:
            raise QueryError(f"RDF/XML cannot write the predicate <{predicate}>, which ends in no XML name. Take another format.")
    return _as_xml(pyoxigraph.serialize(kept, format=form, prefixes=PREFIXES) or b"")


def write_quads(quads: Iterable[pyoxigraph.Quad], form: RdfFormat) -> bytes:
    """Write quads, with the usual prefixes."""
    return pyoxigraph.serialize(quads, format=form, prefixes=PREFIXES) or b""


def _as_xml(written: bytes) -> bytes:
    """Replace what no XML may hold, and keep carriage returns from being read as line feeds."""
    return _NOT_XML.sub("\ufffd", written.decode()).replace("\r", "&#13;").encode()
