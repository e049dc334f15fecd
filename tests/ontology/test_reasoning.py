"""A reasoner finds no contradiction in what the project writes, finds those that are put there, and concludes nothing odd."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEFAULT_BASE, DEM, PLOVER
from tests.ontology.examples import example, examples
from tests.ontology.reasoning import clashes, closure
from tests.ontology.sample import REFERENCE, sample_graphs

ID = Namespace(DEFAULT_BASE)
DOCUMENT = ID["document/d"]
MET = ID["document/d/meeting/1"]
VARO, PORT_LYS, NORLAND = ID["person/varo"], ID["city/port-lys"], ID["country/norland"]

WRONG: dict[str, tuple[URIRef, URIRef, Node]] = {
    "a person that is a meeting": (VARO, RDF.type, DEM.Meeting),
    "a city that is a person": (PORT_LYS, RDF.type, DEM.Person),
    "a person with the offsets of a span": (VARO, DEM.begin, Literal(5)),
    "a document with the status of a meeting": (DOCUMENT, DEM.hasStatus, MET),
    "a statement that is of a document and of a place": (ID["document/d/statement/1"], DEM.inDocument, PORT_LYS),
    "a merge that is a split": (ID["decision/1"], RDF.type, DEM.Split),
}
"""By what is wrong with it, a triple that makes the valid examples contradict themselves by classes."""

WRONG_VALUES: dict[str, tuple[URIRef, URIRef, Node]] = {
    "a second modality": (MET, DEM.modality, DEM.negated),
    "a second basis": (ID["document/d/referent/person/varo"], DEM.basis, DEM["by-link"]),
    "a second status": (ID["document/d/issue/1"], DEM.status, DEM.agreed),
    "a second type of event": (ID["document/d/event/1"], DEM.eventType, PLOVER.ASSAULT),
}
"""The same, by values of which there is one."""


@cache
def valid_graph() -> Graph:
    """Return the ontology with all valid examples."""
    graph = ontology_graph()
    for name in examples("valid"):
        graph += example("valid", name)
    return graph


@cache
def sample_graph() -> Graph:
    """Return the ontology with the graphs of a store that holds the shipped samples; of the gazetteer, what they speak of."""
    graph = ontology_graph()
    for name, part in sample_graphs().items():
        if name != REFERENCE:
            graph += part
    known = set(graph.all_nodes())
    for triple in sample_graphs()[REFERENCE]:
        if triple[0] in known:
            graph.add(triple)
    return graph


@cache
def sample_closure() -> tuple[Graph, list[str]]:
    return closure(sample_graph())


def with_triple(triple: tuple[Node, Node, Node]) -> Graph:
    graph = Graph()
    graph += valid_graph()
    graph.add(triple)
    return graph


@pytest.mark.parametrize("graph", [ontology_graph, valid_graph], ids=["ontology", "examples"])
def test_closure_holds_no_contradiction(graph: Callable[[], Graph]) -> None:
    closed, errors = closure(graph())
    assert errors == []
    assert clashes(closed) == set()


def test_closure_of_the_samples_holds_no_contradiction() -> None:
    closed, errors = sample_closure()
    assert errors == []
    assert clashes(closed) == set()


@pytest.mark.parametrize("what", WRONG)
def test_closure_contradicts_itself_where_classes_do(what: str) -> None:
    closed, errors = closure(with_triple(WRONG[what]))
    assert errors != []
    assert clashes(closed) != set()


@pytest.mark.parametrize("what", WRONG_VALUES)
def test_closure_contradicts_itself_where_values_do(what: str) -> None:
    closed, _ = closure(with_triple(WRONG_VALUES[what]))
    assert clashes(closed) != set()


def test_closure_contradicts_itself_where_somebody_met_herself() -> None:
    _, errors = closure(with_triple((VARO, DEM.metWith, VARO)))
    assert errors != []


def test_every_class_can_have_a_member_and_every_property_a_use() -> None:
    graph = ontology_graph()
    for term in set(graph.subjects(RDF.type, OWL.Class)):
        graph.add((URIRef(f"{term}?member"), RDF.type, term))
    for term in set(graph.subjects(RDF.type, OWL.ObjectProperty)):
        graph.add((URIRef(f"{term}?subject"), URIRef(str(term)), URIRef(f"{term}?object")))
    closed, errors = closure(graph)
    assert errors == []
    assert clashes(closed) == set()


def test_city_that_speaks_hosts_and_signs_stays_a_city() -> None:
    graph = with_triple((ID["document/d/statement/1"], DEM.speaker, PORT_LYS))
    for subject, term in (("document/d/negotiation/1", DEM.mediator), ("document/d/referent/proposal/harbour-plan", DEM.author)):
        graph.add((ID[subject], term, PORT_LYS))
    closed, _ = closure(graph)
    assert {kind for kind in closed.objects(PORT_LYS, RDF.type) if str(kind).startswith(DEM)} == {DEM.City, DEM.Place, DEM.Entity}


def test_closure_of_the_samples_makes_nothing_what_its_graph_does_not_call_it() -> None:
    asserted = sample_graph()
    closed, _ = sample_closure()
    told: dict[Node, set[Node]] = {}
    for node, kind in asserted.subject_objects(RDF.type):
        told.setdefault(node, set()).update(one for one in asserted.transitive_objects(kind, RDFS.subClassOf) if one is not None)
    concluded = {
        (node, kind) for node, kind in closed.subject_objects(RDF.type) if str(node).startswith(ID) and str(kind).startswith(DEM)
    }
    assert {(node, kind) for node, kind in concluded if kind not in told.get(node, set())} == set()
    assert concluded


def test_closure_concludes_what_symmetry_places_and_approvals_tell() -> None:
    graph = with_triple((VARO, DEM.metWith, ID["person/brek"]))
    closed, _ = closure(graph)
    assert (ID["person/brek"], DEM.metWith, VARO) in closed
    assert (ID["document/d/event/1"], DEM.heldAt, NORLAND) in closed
    plan = ID["document/d/referent/proposal/harbour-plan"]
    graph.remove((plan, DEM.requiresApprovalOf, None))
    assert (plan, DEM.requiresApprovalOf, VARO) in closure(graph)[0]
