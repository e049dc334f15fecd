"""The graph that says what every referent was found to be, and what each thing is called; only what changes is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

from kg.graph import literals, names
from kg.graph.identity.identity import Identity
from kg.graph.identity.naming import referent_iri
from kg.graph.queries import fill
from kg.graph.vocabulary import DEM, PREFIXES
from kg.store.protocol import Edit, Store

_WRITTEN = """
SELECT ?referent ?document ?thing ?basis ?confidence
WHERE { GRAPH $graph {
  ?referent dem:identifiedAs ?thing ; dem:inDocument ?document ; dem:basis ?basis ; dem:confidence ?confidence
} }
"""
_LABELLED = "SELECT ?thing ?label WHERE { GRAPH $graph { ?thing skos:prefLabel ?label } }"

Told = tuple[str, str, str, str, str]
"""A referent, its document, what it was found to be, on what basis, and how sure that is: IRIs, and a number in digits."""


def identity_graph_iri(*, base: str) -> URIRef:
    """Return the name of the graph."""
    return URIRef(f"{base}graph/identity")


def identity_edit(store: Store, identity: Identity, *, base: str) -> Edit:
    """Return what the identity graph of a store must gain and lose to say this."""
    graph = identity_graph_iri(base=base)
    told, labels = set(_told(identity, base=base)), {(str(iri), label) for iri, label in identity.labels.items()}
    rows = store.query(fill(_WRITTEN, graph=graph)).rows()
    told_before: set[Told] = {
        (str(row["referent"]), str(row["document"]), str(row["thing"]), str(row["basis"]), str(row["confidence"])) for row in rows
    }
    labels_before = {(str(row["thing"]), str(row["label"])) for row in store.query(fill(_LABELLED, graph=graph)).rows()}
    return Edit(
        gained=_graph(graph, told - told_before, labels - labels_before),
        lost=_graph(graph, told_before - told, labels_before - labels),
    )


def _told(identity: Identity, *, base: str) -> Iterator[Told]:
    for found in identity.identifications:
        yield (
            str(referent_iri(found.referent, base=base)),
            str(names.document_iri(found.referent[0], base=base)),
            str(found.canonical),
            str(DEM[found.basis]),
            str(literals.decimal(found.confidence)),
        )


def _graph(name: URIRef, told: Iterable[Told], labels: Iterable[tuple[str, str]]) -> Graph:
    graph = Graph(identifier=name, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in (*_triples(told), *((URIRef(iri), SKOS.prefLabel, Literal(label)) for iri, label in labels)):
        graph.add(triple)
    return graph


def _triples(told: Iterable[Told]) -> Iterator[tuple[URIRef, URIRef, Node]]:
    for referent, document, thing, basis, confidence in told:
        node = URIRef(referent)
        yield node, RDF.type, DEM.Referent
        yield node, DEM.inDocument, URIRef(document)
        yield node, DEM.identifiedAs, URIRef(thing)
        yield node, DEM.basis, URIRef(basis)
        yield node, DEM.confidence, literals.decimal(float(confidence))
