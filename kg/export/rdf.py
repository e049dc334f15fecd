"""Write graphs as RDF: prefixes declared, statements sorted, so that the same graph is the same bytes.

Formats of triples (Turtle, N-Triples, RDF/XML) are the union of all graphs; TriG, N-Quads and JSON-LD keep the graphs apart.
Only the latter hold what a store is loaded from again, so only they have ``dem:records``, each document's archive.
RDF/XML cannot hold every character: those that XML 1.0 forbids become U+FFFD there, and offsets still count them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal as OneOf
from typing import get_args

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.plugins.serializers.jsonld import Converter
from rdflib.plugins.shared.jsonld.context import Context

from kg.export.cutting import RECORDS, selected_quads
from kg.export.reifiers import to_reifiers
from kg.export.selection import EVERYTHING, Selection
from kg.graph.ontology_files import read_ontology_file
from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES
from kg.store.protocol import Store

View = OneOf["reified", "reifier"]

TRIPLE_FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
QUAD_FORMATS: Mapping[str, ox.RdfFormat] = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}
RDF_FORMATS = (*TRIPLE_FORMATS, *QUAD_FORMATS, "jsonld")
VIEWS: tuple[View, ...] = get_args(View)
"""How assertions are written: with rdf:subject, rdf:predicate and rdf:object, or as RDF 1.2 reifiers."""

REIFIER_FORMATS = ("turtle", "trig", "nt", "nq")
"""The formats whose syntax RDF 1.2 widened by triple terms, and that readers of it read."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPE = ox.NamedNode(str(RDF.type))


def write_store(
    store: Store,
    rdf_format: str,
    *,
    selection: Selection = EVERYTHING,
    view: View = "reified",
    base: str = DEFAULT_BASE,
) -> bytes:
    """Return what is selected of a store in one of ``RDF_FORMATS``; the view with reifiers, in one of ``REIFIER_FORMATS``."""
    quads = selected_quads(store, selection, base=base)
    return _write(to_reifiers(quads) if view == "reifier" else quads, rdf_format, version="1.2" if view == "reifier" else None)


def write_graph(graph: Graph, rdf_format: str) -> bytes:
    """Return one graph, such as ``to_graph`` makes, in one of ``RDF_FORMATS``; the formats that name graphs name it."""
    name = ox.NamedNode(str(graph.identifier))
    triples = ox.parse(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)
    return _write((ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples), rdf_format)


def xml_text(text: str) -> str:
    """Return a text that XML 1.0 can hold: U+FFFD in place of each character that it cannot."""
    return _NOT_XML.sub("\ufffd", text)


def _write(quads: Iterable[ox.Quad], rdf_format: str, *, version: str | None = None) -> bytes:
    ordered = sorted(set(quads), key=_quad_key)
    if rdf_format == "jsonld":
        return _json_ld(ordered)
    if rdf_format in QUAD_FORMATS:
        return _announced(_serialized(ordered, QUAD_FORMATS[rdf_format]), rdf_format, version)
    triples = sorted({quad.triple for quad in ordered if quad.predicate != RECORDS}, key=_triple_key)
    written = _serialized(triples, TRIPLE_FORMATS[rdf_format])
    if rdf_format == "rdfxml":
        return xml_text(written.decode()).replace("\r", "&#xD;").encode()
    return _announced(written, rdf_format, version)


def _announced(written: bytes, rdf_format: str, version: str | None) -> bytes:
    """Say which version of RDF a file needs, in the formats that have a word for it; a reader of RDF 1.1 stops at it."""
    return f'VERSION "{version}"\n'.encode() + written if version is not None and rdf_format in {"turtle", "trig"} else written


def _serialized(statements: Iterable[ox.Quad] | Iterable[ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    written = ox.serialize(statements, format=rdf_format, prefixes=dict(sorted(PREFIXES.items())))
    return written if written is not None else b""


def _json_ld(quads: Iterable[ox.Quad]) -> bytes:
    """Return JSON-LD in the project's context: an object for each graph, with its nodes in the order of their names."""
    context = json.loads(read_ontology_file("context.jsonld"))["@context"]
    converter = Converter(Context(context), use_native_types=True, use_rdf_type=False)
    graphs = []
    for name, members in groupby(quads, key=lambda quad: quad.graph_name):
        graph = Graph(bind_namespaces="none")
        written = ox.serialize((quad.triple for quad in members), format=ox.RdfFormat.N_TRIPLES)
        graph.parse(data=written or b"", format="nt")
        nodes = sorted((_sorted_values(node) for node in converter.from_graph(graph)), key=lambda node: str(node.get("id")))
        graphs.append({"@graph": nodes} if isinstance(name, ox.DefaultGraph) else {"id": name.value, "@graph": nodes})
    return json.dumps({"@context": context, "@graph": graphs}, ensure_ascii=False, indent=1).encode()


def _sorted_values(node: dict[str, object]) -> dict[str, object]:
    """Return a node with its properties, and the values of each, in a fixed order."""
    return {
        name: sorted(value, key=lambda member: json.dumps(member, sort_keys=True)) if isinstance(value, list) else value
        for name, value in sorted(node.items(), key=lambda item: (item[0] not in {"id", "type"}, item[0]))
    }


def _triple_key(triple: ox.Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != _TYPE, str(triple.predicate), str(triple.object)


def _quad_key(quad: ox.Quad) -> tuple[str, tuple[str, bool, str, str]]:
    return str(quad.graph_name), _triple_key(quad.triple)
