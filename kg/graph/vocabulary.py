"""Namespaces and the names of the terms that the graph uses; ``ontology/demarche.ttl`` defines each of them."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

DEM = Namespace("https://w3id.org/demarche/ontology#")
PLOVER = Namespace("https://w3id.org/demarche/plover#")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
DEFAULT_BASE = "https://w3id.org/demarche/id/"

PREFIXES: dict[str, str] = {
    "dem": str(DEM),
    "plover": str(PLOVER),
    "wd": str(WIKIDATA),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "prov": str(PROV),
    "dcterms": str(DCTERMS),
    "org": str(ORG),
}
"""What queries may use without declaring it, and what serializations declare."""
