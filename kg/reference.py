"""What is known beforehand, as a graph: the states, organizations and places of the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.graph import names
from kg.graph.terms import ENTITY_CLASSES
from kg.graph.vocabulary import DEFAULT_BASE, DEM, PREFIXES
from kg.language.gazetteer import Gazetteer, GazetteerEntry

_ORGANIZATIONS: Mapping[str, URIRef] = {"intergovernmental": DEM.InternationalOrganization, "government": DEM.GovernmentBody}


def reference_graph(gazetteer: Gazetteer, *, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph of a gazetteer's entries: what they are, what they are called, and in which state they lie."""
    graph = Graph(identifier=URIRef(f"{base}graph/reference"), bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    states = {entry.country: entry for entry in gazetteer if entry.type == "Country" and entry.country is not None}
    for entry in gazetteer:
        iri = _iri(entry, base=base)
        graph.add((iri, RDF.type, _class(entry)))
        graph.add((iri, RDFS.label, Literal(entry.name)))
        for name in (*entry.aliases, *entry.acronyms):
            graph.add((iri, SKOS.altLabel, Literal(name)))
        for link in entry.same_as:
            graph.add((iri, SKOS.exactMatch, URIRef(link)))
        state = states.get(entry.country or "")
        if state is not None and entry.type in {"City", "Region"}:
            graph.add((iri, DEM.locatedIn, _iri(state, base=base)))
    return graph


def _iri(entry: GazetteerEntry, *, base: str) -> URIRef:
    return names.entity_iri(f"id:{entry.key}", base=base)


def _class(entry: GazetteerEntry) -> URIRef:
    return _ORGANIZATIONS.get(entry.kind or "", ENTITY_CLASSES[entry.type])
