"""All that a graph says of one resource: its triples, those that name it, its referents, statuses and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from kg.graph.queries import Row, fill
from kg.graph.rows import nodes
from kg.graph.views import Node
from kg.graph.vocabulary import PREFIXES
from kg.store.protocol import Store

MOST_LINES = 200
_MOST_TRIPLES = 20_000
_IS_THERE = "ASK { { $thing ?p ?o } UNION { ?s ?p $thing } UNION { GRAPH $thing { ?s ?p ?o } } }"
_PARTS: Sequence[str] = (
    "CONSTRUCT WHERE { $thing ?property ?value }",
    "CONSTRUCT { ?referent ?property ?value } WHERE { ?referent dem:identifiedAs $thing ; ?property ?value }",
    "CONSTRUCT { ?status ?property ?value } WHERE { $thing dem:hasStatus ?status . ?status ?property ?value }",
    "CONSTRUCT { ?span ?property ?value } WHERE { $thing prov:wasDerivedFrom ?span . ?span ?property ?value }",
    """CONSTRUCT { ?span ?property ?value } WHERE {
      $thing dem:hasStatus ?status . ?status prov:wasDerivedFrom ?span . ?span ?property ?value }""",
    "CONSTRUCT { ?span ?property ?value } WHERE { ?span dem:mentions $thing . ?span ?property ?value }",
    """CONSTRUCT { ?assertion ?property ?value } WHERE {
      ?assertion ?place $thing . FILTER(?place IN (rdf:subject, rdf:object, dem:speaker)) ?assertion ?property ?value }""",
)
_OUT = "SELECT DISTINCT ?property ?value WHERE { $thing ?property ?value . FILTER(?property != dem:records) } ORDER BY ?property ?value"
_IN = "SELECT DISTINCT ?property ?value WHERE { ?value ?property $thing } ORDER BY ?property ?value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One triple about a resource: the property in short ("dem:metWith"), and the node or the text at its other end."""

    property: str
    node: Node | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a page tells of a resource: what it says of others, and others of it; ``truncated`` where it is more than a page takes."""

    node: Node
    lines: tuple[Line, ...]
    named_by: tuple[Line, ...]
    truncated: bool


def is_there(store: Store, iri: URIRef) -> bool:
    """Tell whether any triple names a resource, or it names a graph."""
    return bool(store.query(fill(_IS_THERE, thing=iri)))


def describe(store: Store, iri: URIRef) -> Graph:
    """Return the triples about a resource with those of its referents, its statuses, its words, and the assertions about it."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for part in _PARTS:
        for triple in store.query(f"{fill(part, thing=iri)} LIMIT {_MOST_TRIPLES}").graph():
            graph.add(triple)
    return graph


def description(store: Store, iri: URIRef) -> Description:
    """Return what a page tells of a resource."""
    out, in_ = (list(store.query(f"{fill(query, thing=iri)} LIMIT {MOST_LINES + 1}").rows()) for query in (_OUT, _IN))
    known = nodes(store, [*out[:MOST_LINES], *in_[:MOST_LINES], {"value": iri}], "value")

    def line(row: Row) -> Line:
        node = known.get(str(row["value"])) if isinstance(row["value"], URIRef) else None
        return Line(property=short(str(row["property"])), node=node, text=str(row["value"]) if node is None else None)

    return Description(
        node=known[str(iri)],
        lines=tuple(map(line, out[:MOST_LINES])),
        named_by=tuple(map(line, in_[:MOST_LINES])),
        truncated=len(out) > MOST_LINES or len(in_) > MOST_LINES,
    )


def short(iri: str) -> str:
    """Return an IRI with the prefix that stands for its beginning, if there is one."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
