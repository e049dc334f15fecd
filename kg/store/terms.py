"""The one place where rdflib's terms become Oxigraph's and back.

Kept: IRIs, blank nodes, language tags, and datatypes with their lexical form as far as Oxigraph keeps it (it lower-cases
language tags, which RDF 1.1 allows, and writes numbers canonically: "01"^^xsd:integer comes back as "1"^^xsd:integer).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Identifier, Node

from kg.graph.prefixes import PREFIXES

OxTerm = NamedNode | BlankNode | OxLiteral

_IMPLIED_DATATYPES = {str(XSD.string), str(RDF.langString)}


def to_oxigraph(term: Node) -> OxTerm:
    """Convert a term of rdflib. Raise ValueError for a relative or malformed IRI, a bad language tag or a lone surrogate."""
    try:
        match term:
            case URIRef():
                return NamedNode(str(term))
            case BNode():
                return BlankNode(str(term))
            case Literal(language=str(language)):
                return OxLiteral(str(term), language=language)
            case Literal(datatype=URIRef() as datatype):
                return OxLiteral(str(term), datatype=NamedNode(str(datatype)))
            case Literal():
                return OxLiteral(str(term))
            case _:
                raise ValueError("neither an IRI nor a blank node nor a literal")
    except ValueError as error:
        raise ValueError(f"{term!r} is no term of RDF 1.1: {error}") from error


def from_oxigraph(term: object) -> Identifier:
    """Convert a term of Oxigraph. Raise ValueError for a triple term, which RDF 1.1 does not have."""
    match term:
        case NamedNode(value=value):
            return URIRef(value)
        case BlankNode(value=value):
            return BNode(value)
        case OxLiteral(value=value, language=str(language)):
            return Literal(value, lang=language)
        case OxLiteral(value=value, datatype=datatype) if datatype.value in _IMPLIED_DATATYPES:
            return Literal(value)
        case OxLiteral(value=value, datatype=datatype):
            return Literal(value, datatype=URIRef(datatype.value), normalize=False)
        case _:
            raise ValueError(f"{term} is no term of RDF 1.1. Ask for its parts, with SUBJECT(), PREDICATE() and OBJECT().")


def as_dataset(names: Iterable[URIRef], quads: Iterable[Quad]) -> Dataset:
    """Return rdflib's Dataset of graphs of these names and what is in them, its default graph their union, with the usual prefixes."""
    dataset = Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    for name in names:
        dataset.graph(name)
    for quad in quads:
        graph = dataset.graph(from_oxigraph(quad.graph_name))
        graph.add((from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object)))
    return dataset


def triples_to_oxigraph(graph: Graph) -> Iterator[Triple]:
    """Yield the triples of a graph. Raise ValueError for what is no RDF 1.1: a literal as subject, or no IRI as predicate."""
    for triple in graph:
        subject, predicate, object_ = map(to_oxigraph, triple)
        if isinstance(subject, OxLiteral) or not isinstance(predicate, NamedNode):
            raise ValueError(f"{triple!r} is no triple of RDF 1.1: its subject is a literal or its predicate no IRI")
        yield Triple(subject, predicate, object_)
