"""Between an Extraction and its RDF graph, both ways: the only place where records become triples.

``from_graph(to_graph(extraction))`` is the extraction again. What the graph looks like is told in ``docs/ontology.md``.
"""

from __future__ import annotations

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from kg.errors import ValidationError
from kg.graph.archive import extraction_from
from kg.graph.identity.naming import Names, names_alone
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.graph.writer import GraphWriter
from kg.records import Extraction


def to_graph(extraction: Extraction, *, known: Names | None = None, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph of one document, its identifier the document's graph IRI, its namespaces bound.

    ``known`` says what the things it speaks of are called, by all documents of a store; without it the document stands alone.
    Raises ValidationError for an extraction that no graph can hold: words that are not what the document has in their place, or
    an id that is neither a CURIE ``id:…`` nor an absolute IRI.
    """
    return GraphWriter(extraction, known=known if known is not None else names_alone(extraction, base=base), base=base).write()


def from_graph(graph: Graph) -> Extraction:
    """Return the extraction that a document's graph was written from.

    Raises ValidationError for a graph that holds no document's records, ReadingError for records that were changed by hand.
    """
    for document in graph.subjects(RDF.type, DEM.Document):
        records, text = graph.value(document, DEM.records), graph.value(document, DEM.text)
        if isinstance(document, URIRef) and records is not None and text is not None:
            return extraction_from(str(records), text=str(text), name=str(document))
    raise ValidationError(f"{graph.identifier}: holds no document with its records. Extract the document again.")
