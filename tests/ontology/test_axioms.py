"""The ontology keeps to OWL 2 RL, and names only such terms of others as there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import DCTERMS, GEO, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, XSD, DefinedNamespace

from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEM, PLOVER

ONTOLOGY = ontology_graph()
OURS = "https://w3id.org/demarche/"

RL_AXIOMS = """
Ontology versionIRI versionInfo priorVersion incompatibleWith
Class ObjectProperty DatatypeProperty AnnotationProperty
disjointWith AllDisjointClasses members AllDifferent distinctMembers propertyChainAxiom
SymmetricProperty TransitiveProperty IrreflexiveProperty FunctionalProperty InverseFunctionalProperty
""".split()
"""What the ontology takes from OWL; all of it is in the profile, for classes and properties that have a name."""

RL_DATATYPES = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.dateTime}

CLOSED: tuple[type[DefinedNamespace], ...] = (DCTERMS, GEO, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME)
"""Vocabularies whose terms rdflib lists."""

LISTED = {
    "http://www.w3.org/ns/oa#": "TextPositionSelector TextQuoteSelector start end exact hasSource",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "Actor Event EventType Place eventType hasActor hasPlace hasSubEvent hasTimeStamp",
    str(XSD): "string boolean integer decimal date dateTime gYearMonth gYear",
}
"""Of other vocabularies, the terms that may be named here, as their own specifications have them."""

PLOVER_TYPES = """
AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT
""".split()

PAGES = {
    URIRef("https://www.apache.org/licenses/LICENSE-2.0"),
    URIRef("https://github.com/openeventdata/PLOVER"),
}


def foreign_terms(graph: Graph) -> set[URIRef]:
    return {node for triple in graph for node in triple if isinstance(node, URIRef) and not node.startswith(OURS)} - PAGES


def exists(term: URIRef) -> bool:
    """Tell whether a term is one of its vocabulary."""
    for vocabulary in CLOSED:
        if term.startswith(str(vocabulary)):
            return term in vocabulary
    return any(term.removeprefix(base) in names.split() for base, names in LISTED.items() if term.startswith(base))


def properties(*kinds: URIRef) -> Iterator[URIRef]:
    yield from (URIRef(str(term)) for kind in kinds for term in ONTOLOGY.subjects(RDF.type, kind))


def test_every_term_of_others_exists_in_its_vocabulary() -> None:
    assert {term for term in foreign_terms(ONTOLOGY) if not exists(term)} == set()


@pytest.mark.parametrize("term", [f"{PROV}Meeting", f"{SDO}Persons", "http://www.w3.org/ns/oa#Span", "https://example.org/x"])
def test_a_term_that_its_vocabulary_lacks_would_be_found(term: str) -> None:
    graph = Graph()
    graph.add((DEM.Meeting, RDFS.subClassOf, URIRef(term)))
    assert [term for term in foreign_terms(graph) if not exists(term)] == [URIRef(term)]


def test_ontology_is_aligned_with_each_neighbour() -> None:
    used = foreign_terms(ONTOLOGY)
    neighbours = [str(one) for one in (PROV, ORG, SDO, TIME, SKOS, GEO)] + [base for base in LISTED if base != str(XSD)]
    assert [base for base in neighbours if not any(term.startswith(base) for term in used)] == []


def test_event_types_are_those_of_plover() -> None:
    assert set(ONTOLOGY.subjects(RDF.type, DEM.EventType)) == {PLOVER[name] for name in PLOVER_TYPES}


def test_axioms_are_of_the_profile() -> None:
    used = {str(node).removeprefix(str(OWL)) for triple in ONTOLOGY for node in triple if str(node).startswith(str(OWL))}
    assert used - set(RL_AXIOMS) == set()


def test_axioms_are_of_classes_that_have_a_name() -> None:
    relations = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith)
    joined = [(one, other) for relation in relations for one, other in ONTOLOGY.subject_objects(relation)]
    assert [pair for pair in joined if any(isinstance(node, BNode) for node in pair)] == []


def test_no_axiom_takes_a_term_of_the_language_for_a_class_or_property() -> None:
    above = {*ONTOLOGY.objects(None, RDFS.subClassOf), *ONTOLOGY.objects(None, RDFS.subPropertyOf)}
    assert [term for term in above if str(term).startswith((str(RDF), str(RDFS), str(OWL)))] == []


def test_ranges_of_values_are_datatypes_of_the_profile() -> None:
    ranges = {value for term in properties(OWL.DatatypeProperty) for value in ONTOLOGY.objects(term, RDFS.range)}
    assert ranges <= RL_DATATYPES
    assert ranges


def test_properties_that_follow_from_chains_have_no_number_or_self_rules() -> None:
    """OWL lets only simple properties be functional or irreflexive: none that a chain or transitivity gives, or that is above one."""
    composite = {*properties(OWL.TransitiveProperty), *(URIRef(str(one)) for one in ONTOLOGY.subjects(OWL.propertyChainAxiom))}
    above = {URIRef(str(one)) for term in composite for one in ONTOLOGY.transitive_objects(term, RDFS.subPropertyOf)}
    ruled = set(properties(OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty))
    assert above & ruled == set()


def test_every_property_is_of_one_kind_and_says_what_it_joins() -> None:
    objects, values = set(properties(OWL.ObjectProperty)), set(properties(OWL.DatatypeProperty))
    assert objects & values == set()
    relations = {*ONTOLOGY.transitive_subjects(RDFS.subPropertyOf, DEM.relatesTo)}
    ours = {term for term in objects | values if term in DEM}
    silent = [
        term
        for term in ours - relations
        if not {*ONTOLOGY.objects(term, RDFS.domain), *ONTOLOGY.objects(term, SDO.domainIncludes)}
    ]
    assert silent == []


def test_every_term_of_others_that_an_axiom_uses_is_declared() -> None:
    used = {term for relation in (RDFS.subClassOf, RDFS.subPropertyOf) for term in ONTOLOGY.objects(None, relation)}
    used |= {term for term in ONTOLOGY.predicates() if not str(term).startswith((str(RDF), str(RDFS), str(OWL)))}
    assert {term for term in used if (term, RDF.type, None) not in ONTOLOGY} == set()
