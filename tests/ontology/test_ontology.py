"""The ontology defines every term that the project uses, each with a label and a definition of its own."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import NotFoundError
from kg.graph.ontology_files import ONTOLOGY_IRI, ontology_graph, read_question
from kg.graph.vocabulary import DEM, PLOVER

ONTOLOGY = ontology_graph()
OURS = ("https://w3id.org/demarche/",)


def terms() -> list[URIRef]:
    return sorted({URIRef(str(node)) for node in ONTOLOGY.subjects() if str(node).startswith(OURS)})


def is_our_term(node: object) -> bool:
    return str(node).startswith((DEM, PLOVER))


@pytest.mark.parametrize("term", terms(), ids=str)
def test_ontology_labels_and_defines_every_term(term: URIRef) -> None:
    labels, definitions = list(ONTOLOGY.objects(term, RDFS.label)), list(ONTOLOGY.objects(term, SKOS.definition))
    assert len(labels) == 1
    assert len(definitions) == 1
    assert re.fullmatch(r'[A-Z"].*\.', str(definitions[0]))


def test_ontology_defines_no_two_terms_alike() -> None:
    definitions = [str(definition) for definition in ONTOLOGY.objects(None, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_ontology_says_its_version_and_the_one_before() -> None:
    version = str(ONTOLOGY.value(ONTOLOGY_IRI, OWL.versionInfo))
    assert ONTOLOGY.value(ONTOLOGY_IRI, OWL.versionIRI) == URIRef(f"{ONTOLOGY_IRI}/{version}")
    before = str(ONTOLOGY.value(ONTOLOGY_IRI, OWL.priorVersion)).removeprefix(f"{ONTOLOGY_IRI}/")
    assert [int(part) for part in before.split(".")] < [int(part) for part in version.split(".")]


def test_ontology_tells_what_changed_in_each_version() -> None:
    notes = [str(note) for note in ONTOLOGY.objects(ONTOLOGY_IRI, SKOS.changeNote)]
    told = {match[1] for note in notes if (match := re.match(r"(\d+\.\d+\.\d+): [A-Z].+\.$", note))}
    assert len(notes) == sum(note.startswith(f"{version}: ") for note in notes for version in told)
    assert str(ONTOLOGY.value(ONTOLOGY_IRI, OWL.versionInfo)) in told


def test_ontology_gives_every_term_a_type() -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology, SKOS.ConceptScheme}
    kinds |= {DEM.Modality, DEM.StatusConcept, DEM.EventType, DEM.IdentityBasis}
    assert [term for term in terms() if not kinds & set(ONTOLOGY.objects(term, RDF.type))] == []


def test_ontology_defines_each_term_that_it_refers_to() -> None:
    referred = {node for triple in ONTOLOGY for node in triple if is_our_term(node)}
    assert referred - set(terms()) == set()


def test_read_question_names_the_questions_when_there_is_none_such() -> None:
    with pytest.raises(NotFoundError, match="who-met-whom"):
        read_question("who-knows")


def test_ontology_graph_is_a_fresh_copy() -> None:
    copy = ontology_graph()
    copy.remove((None, None, None))
    assert len(ontology_graph()) == len(ONTOLOGY)


def test_ontology_reads_as_triples_that_are_written_again() -> None:
    again = Graph().parse(data=ONTOLOGY.serialize(format="nt"), format="nt")
    assert to_isomorphic(again) == to_isomorphic(ONTOLOGY)
