"""Between an Extraction and its RDF graph, both ways: the only place where records become triples.

``from_graph(to_graph(extraction))`` is the extraction again. What the graph looks like is told in ``docs/ontology.md``.
"""

from __future__ import annotations

from rdflib import Graph

from kg.graph.reader import GraphReader
from kg.graph.vocabulary import DEFAULT_BASE
from kg.graph.writer import GraphWriter
from kg.records import Extraction


def to_graph(extraction: Extraction, *, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph of one document, its identifier the document's graph IRI, its namespaces bound.

    Raises ValidationError for an extraction that no graph can hold: words that are not what the document has in their place, or
    an id that is neither a CURIE ``id:…`` nor an absolute IRI.
    """
    return GraphWriter(extraction, base=base).write()


def from_graph(graph: Graph, *, base: str = DEFAULT_BASE) -> Extraction:
    """Return the extraction that a document's graph was written from; ``graph.identifier`` must be the document's graph IRI.

    Raises ValidationError for a graph that lacks what a record needs. Triples that belong to no record are passed over.
    """
    return GraphReader(graph, base=base).read()
