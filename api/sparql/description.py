"""The description of the service, in the W3C's vocabulary for that (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from rdflib import RDF, BNode, Graph, Namespace, URIRef

from api.negotiation import RESULT_NAMES, TRIPLE_NAMES

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}


def describe_service(endpoint: str, *, union: bool, updates: bool, federated: bool) -> Graph:
    """Describe the service at ``endpoint``: its languages and formats, whether its default graph is the union of all others, and
    whether it takes SERVICE.
    """
    graph = Graph()
    graph.bind("sd", SD)
    graph.bind("format", _FORMATS)
    service = URIRef(endpoint)
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(endpoint)))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    if updates:
        graph.add((service, SD.supportedLanguage, SD.SPARQL11Update))
    if union:
        graph.add((service, SD.feature, SD.UnionDefaultGraph))
    if federated:
        graph.add((service, SD.feature, SD.BasicFederatedQuery))
    for media_type in (*RESULT_NAMES.values(), *TRIPLE_NAMES.values()):
        graph.add((service, SD.resultFormat, _FORMATS[_FORMAT_NAMES[media_type]]))
    dataset, default = BNode(), BNode()
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    return graph
