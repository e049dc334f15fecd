"""The prefixes that queries may use without declaring them, and that serializations declare; plain text, so that no library is needed."""

from __future__ import annotations

PREFIXES: dict[str, str] = {
    "dem": "https://w3id.org/demarche/ontology#",
    "plover": "https://w3id.org/demarche/plover#",
    "wd": "http://www.wikidata.org/entity/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
}
