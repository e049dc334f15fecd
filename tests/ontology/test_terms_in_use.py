"""Nothing is written that the ontology lacks, and nothing stands in the ontology that is never written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.graph import terms
from kg.graph.identity.joins import Basis
from kg.graph.ontology_files import ontology_graph, question_names, read_question
from kg.graph.vocabulary import DEM, PLOVER
from kg.records import Predicate
from kg.store.sparql.matching import MATCHES
from tests.ontology.examples import example, examples
from tests.ontology.sample import sample_graphs

ROOT = Path(__file__).parents[2]
ONTOLOGY = ontology_graph()
TABLES: tuple[Iterable[URIRef], ...] = (
    terms.ENTITY_CLASSES.values(),
    terms.ENTITY_TYPES,
    terms.MEETING_CLASSES.values(),
    terms.MODALITIES,
    terms.STATUSES,
    terms.PROPOSAL_STATUSES,
    terms.EVENT_TYPES,
    terms.PREDICATES,
    [DEM[basis] for basis in get_args(Basis)],
)
"""What the code can write, by its own tables."""

ASKED = {URIRef(MATCHES)}
"""What is never written, and answered when it is asked."""

IN_CODE = re.compile(r"""\bDEM\.(\w+)|\bDEM\["([\w-]+)"\]|\bdem:([A-Za-z][\w-]*)""")


def is_our_term(node: Node) -> bool:
    return str(node).startswith((DEM, PLOVER))


def terms_of(graphs: Iterable[Graph]) -> set[URIRef]:
    return {URIRef(str(node)) for graph in graphs for triple in graph for node in triple if is_our_term(node)}


def written() -> set[URIRef]:
    """Return the terms of the samples' graphs, of the valid examples, and of the code's tables."""
    graphs = [*sample_graphs().values(), *(example("valid", name) for name in examples("valid"))]
    return terms_of(graphs) | set(chain.from_iterable(TABLES))


def used(ontology: Graph) -> set[URIRef]:
    """Return what is written, and what stands above it: its classes, super-properties and schemes."""
    found = written() | ASKED
    while (
        more := {
            URIRef(str(above))
            for term in found
            for relation in (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)
            for above in ontology.objects(term, relation)
            if str(above).startswith("https://w3id.org/demarche/")
        }
        - found
    ):
        found |= more
    return found


def unused(ontology: Graph) -> set[URIRef]:
    """Return the terms of an ontology that nothing uses."""
    kinds = (
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        SKOS.ConceptScheme,
        *ontology.subjects(RDFS.subClassOf, SKOS.Concept),
    )
    defined = {URIRef(str(term)) for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return {term for term in defined if str(term).startswith("https://w3id.org/demarche/")} - used(ontology)


@cache
def defined() -> set[URIRef]:
    return {URIRef(str(term)) for term in ONTOLOGY.subjects(RDF.type) if is_our_term(term)}


def test_ontology_defines_each_term_that_is_written() -> None:
    assert written() - defined() == set()


def test_ontology_has_no_term_that_nothing_uses() -> None:
    assert unused(ONTOLOGY) == set()


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, DEM.Modality], ids=str)
def test_term_that_nothing_uses_would_be_found(kind: URIRef) -> None:
    ontology = ontology_graph()
    ontology.add((DEM.idle, RDF.type, kind))
    ontology.add((DEM.idle, RDFS.label, Literal("idle", lang="en")))
    assert unused(ontology) == {DEM.idle}


def test_tables_hold_each_relation_and_each_concept() -> None:
    assert {DEM[name] for name in get_args(Predicate)} == set(ONTOLOGY.subjects(RDFS.subPropertyOf, DEM.relatesTo))
    for kind, tables in (
        (DEM.Modality, [terms.MODALITIES]),
        (DEM.StatusConcept, [terms.STATUSES, terms.PROPOSAL_STATUSES]),
        (DEM.EventType, [terms.EVENT_TYPES]),
        (DEM.IdentityBasis, [[DEM[basis] for basis in get_args(Basis)]]),
    ):
        assert set(ONTOLOGY.subjects(RDF.type, kind)) == set(chain.from_iterable(tables))


def test_code_names_only_terms_of_the_ontology() -> None:
    code = {
        path: IN_CODE.findall(path.read_text(encoding="utf-8"))
        for package in ("kg", "api")
        for path in (ROOT / package).rglob("*.py")
    }
    named = {(path, DEM[name]) for path, found in code.items() for names in found for name in names if name}
    assert len(named) > 100
    assert [(str(path), term) for path, term in named if term not in defined()] == []


@pytest.mark.parametrize("name", question_names())
def test_questions_name_only_terms_of_the_ontology(name: str) -> None:
    named = {DEM[local] for local in re.findall(r"\bdem:([\w-]+)", read_question(name))}
    assert named - defined() == set()
