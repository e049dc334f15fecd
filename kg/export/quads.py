"""All quads of a store by graph and subject, as exports read them: once, and in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF

from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_TYPE = ox.NamedNode(str(RDF.type))
_DOCUMENT = ox.NamedNode(str(DEM.Document))

Graph = dict[ox.NamedNode | ox.BlankNode, list[ox.Quad]]


def named(term: URIRef) -> ox.NamedNode:
    """Return a term of the vocabulary as the engine has it."""
    return ox.NamedNode(str(term))


def read_quads(store: Store) -> Iterator[ox.Quad]:
    """Yield everything in a store with the names of its graphs, in no order."""
    return ox.parse(store.dump("application/n-quads"), ox.RdfFormat.N_QUADS)


class QuadIndex:
    """Quads by graph and subject. ``graphs`` has the quads of each subject in each graph, ``documents`` the document of each
    graph that is a document's.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.graphs: dict[ox.NamedNode, Graph] = {}
        self.documents: dict[ox.NamedNode, ox.NamedNode] = {}
        self._everywhere: dict[object, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            if not isinstance(quad.graph_name, ox.NamedNode) or isinstance(quad.subject, ox.Triple):
                continue
            self.graphs.setdefault(quad.graph_name, {}).setdefault(quad.subject, []).append(quad)
            self._everywhere[quad.subject].append(quad)
            if quad.object == _DOCUMENT and quad.predicate == _TYPE and isinstance(quad.subject, ox.NamedNode):
                self.documents[quad.graph_name] = quad.subject

    def of(self, graph: ox.NamedNode, subject: object, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        """Return what a subject has for a predicate in one graph, sorted."""
        return _objects(self.graphs.get(graph, {}).get(subject, []), predicate)  # type: ignore[call-overload]

    def everywhere(self, subject: object, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        """Return what a subject has for a predicate in any graph, each value once, sorted."""
        return _objects(self._everywhere.get(subject, []), predicate)


def _objects(quads: Iterable[ox.Quad], predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
    found = {quad.object for quad in quads if quad.predicate == predicate}
    return sorted((value for value in found if isinstance(value, ox.NamedNode | ox.Literal)), key=str)
