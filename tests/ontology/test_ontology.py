"""The ontology defines every term that the project uses, each with a label and a definition of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import NotFoundError
from kg.graph.mapping import to_graph
from kg.graph.ontology_files import ONTOLOGY_IRI, ontology_graph, question_names, read_ontology_file, read_question
from kg.graph.terms import (
    ENTITY_TYPES,
    EVENT_TYPES,
    MEETING_CLASSES,
    MODALITIES,
    PREDICATES,
    PROPOSAL_STATUSES,
    STATUSES,
)
from kg.graph.vocabulary import DEM, PLOVER
from kg.records import Predicate
from tests.builders import a_mention, a_negotiated_extraction, a_person

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


def test_ontology_says_its_version() -> None:
    assert [str(version) for version in ONTOLOGY.objects(ONTOLOGY_IRI, OWL.versionInfo)] == ["0.1.0"]


def test_ontology_gives_every_term_a_type() -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology, SKOS.ConceptScheme}
    kinds |= {DEM.Modality, DEM.StatusConcept, DEM.EventType}
    assert [term for term in terms() if not kinds & set(ONTOLOGY.objects(term, RDF.type))] == []


def test_ontology_defines_each_term_that_it_refers_to() -> None:
    referred = {node for triple in ONTOLOGY for node in triple if is_our_term(node)}
    assert referred - set(terms()) == set()


def test_ontology_defines_each_term_of_the_tables() -> None:
    tables = (
        ENTITY_TYPES,
        MEETING_CLASSES.values(),
        MODALITIES,
        STATUSES,
        EVENT_TYPES,
        PREDICATES,
        PROPOSAL_STATUSES,
    )
    assert {term for table in tables for term in table} - set(terms()) == set()


def test_ontology_defines_each_term_that_the_mapping_writes() -> None:
    several_kinds = a_person(mentions=(a_mention("Varo"), a_mention("Varo", kind="nominal"), a_mention("Varo", kind="pronoun")))
    extraction = a_negotiated_extraction()
    graph = to_graph(a_negotiated_extraction(entities=(several_kinds, *extraction.entities[1:])))
    used = {node for triple in graph for node in triple if is_our_term(node)}
    assert used - set(terms()) == set()


def test_ontology_counts_each_predicate_as_a_relation() -> None:
    relations = {str(term).removeprefix(DEM) for term in ONTOLOGY.subjects(RDFS.subPropertyOf, DEM.relatesTo)}
    assert relations == set(get_args(Predicate))


def test_context_names_only_terms_of_the_ontology() -> None:
    context = json.loads(read_ontology_file("context.jsonld"))["@context"]
    prefixes = {name: value for name, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))}
    names = [value["@id"] if isinstance(value, dict) else value for name, value in context.items() if name not in prefixes]
    iris = {prefixes[prefix] + local for prefix, _, local in (name.partition(":") for name in names) if prefix in prefixes}
    assert {iri for iri in iris if is_our_term(iri)} - set(map(str, terms())) == set()


def test_context_has_a_short_name_for_each_property() -> None:
    context = json.loads(read_ontology_file("context.jsonld"))["@context"]
    named = {value["@id"] for value in context.values() if isinstance(value, dict)}
    properties = {
        f"dem:{str(term).removeprefix(DEM)}"
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ONTOLOGY.subjects(RDF.type, kind)
    }
    assert properties - named == set()


@pytest.mark.parametrize("name", question_names())
def test_questions_name_only_terms_of_the_ontology(name: str) -> None:
    used = {DEM[local] for local in re.findall(r"\bdem:([\w-]+)", read_question(name))}
    assert used - set(terms()) == set()


def test_read_question_names_the_questions_when_there_is_none_such() -> None:
    with pytest.raises(NotFoundError, match="who-met-whom"):
        read_question("who-knows")


def test_ontology_graph_is_a_fresh_copy() -> None:
    copy = ontology_graph()
    copy.remove((None, None, None))
    assert len(ontology_graph()) == len(ONTOLOGY)


def test_ontology_reads_as_triples_that_are_written_again() -> None:
    again = Graph().parse(data=ONTOLOGY.serialize(format="nt"), format="nt")
    assert set(again) == set(ONTOLOGY)


@pytest.mark.parametrize("kind", [OWL.Class, DEM.Modality, DEM.StatusConcept, RDFS.subPropertyOf], ids=str)
def test_guide_names_each_class_relation_modality_and_status(kind: URIRef) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
    described = ONTOLOGY.subjects(kind, DEM.relatesTo) if kind == RDFS.subPropertyOf else ONTOLOGY.subjects(RDF.type, kind)
    missing = [name for term in described if f"`{(name := f'dem:{str(term).removeprefix(DEM)}')}`" not in guide]
    assert missing == []
