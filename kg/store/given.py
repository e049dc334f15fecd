"""What a writer is given, checked and turned into Oxigraph's terms: the names of graphs, and their triples."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef

from kg.errors import StoreError
from kg.store.terms import to_oxigraph, triples_to_oxigraph


def graph_name(name: object) -> NamedNode:
    """Return the name of a graph. Raise StoreError for what is no absolute IRI."""
    try:
        node = to_oxigraph(name) if isinstance(name, URIRef) else None
    except ValueError as error:
        raise StoreError(f"Graph name {name!r} is no absolute IRI. Name the graph by one.") from error
    if not isinstance(node, NamedNode):
        raise StoreError(f"Graph {name!r} has no IRI for a name. Give Graph(identifier=URIRef(…)).")
    return node


def triples_of(graph: Graph) -> set[pyoxigraph.Triple]:
    """Return the triples of a graph. Raise StoreError for what RDF 1.1 does not allow."""
    try:
        return set(triples_to_oxigraph(graph))
    except ValueError as error:
        raise StoreError(f"Graph {graph.identifier} cannot be stored: {error}. Mend it; nothing was written.") from error
