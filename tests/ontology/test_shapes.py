"""Every shape lets its valid example pass and finds just what is broken in its broken one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node

from kg.graph.ontology_files import ontology_graph, shapes_graph
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from tests.ontology.examples import example, examples
from tests.ontology.sample import sample_graphs

SHAPES = shapes_graph()

BROKEN: dict[str, set[tuple[str, str | None, str | None]]] = {
    "approval": {("document/d/proposal/1/approval/1", "dem:approver", None)},
    "assertion": {
        ("document/d/assertion/1", "dem:beginDate", "in spring"),
        ("document/d/assertion/1", "dem:roleOf", f"{DEFAULT_BASE}country/norland"),
        ("document/d/assertion/1", "rdf:object", None),
        ("document/d/assertion/1", "rdf:predicate", "rdfs:seeAlso"),
    },
    "confidence": {("document/d/event/1", "dem:confidence", "90"), ("document/d/statement/1", "dem:confidence", None)},
    "decision": {("decision/1", None, None), ("decision/1", "dcterms:created", "2031-02-27"), ("decision/1", "dem:number", None)},
    "document": {
        ("document/d", "dcterms:date", "2031-02-26"),
        ("document/d", "dem:records", "none"),
        ("document/d", "dem:text", None),
    },
    "entity": {
        ("city/port-lys", "dem:locatedIn", "Norland"),
        ("city/port-lys", "rdfs:label", None),
        ("city/port-lys", "skos:altLabel", ""),
        ("city/port-lys", "skos:exactMatch", "Port Lys"),
    },
    "event": {
        ("document/d/event/1", "dem:eventType", "dem:CONSULT"),
        ("document/d/event/1", "dem:source|dem:target", f"{DEFAULT_BASE}person/brek"),
        ("document/d/event/1", "dem:statedOn", "Tuesday"),
    },
    "evidence": {
        ("document/d/statement/1", "prov:wasDerivedFrom", None),
        ("document/d/statement/1", "prov:wasDerivedFrom/rdf:type", None),
    },
    "issue-status": {("document/d/issue/1", "dem:status", "dem:stuck")},
    "issue": {
        ("document/d/referent/issue/fleet", "dem:hasStatus", None),
        ("document/d/referent/issue/fleet", "dem:hasStatus/rdf:type", None),
        ("document/d/referent/issue/fleet", "rdfs:label", None),
    },
    "meeting": {
        ("document/d/referent/meeting/call", "dem:date", "2031"),
        ("document/d/referent/meeting/call", "dem:hasStatus", None),
        ("document/d/referent/meeting/call", "dem:hasStatus/rdf:type", None),
        ("document/d/referent/meeting/call", "dem:heldAt", f"{DEFAULT_BASE}city/port-lys"),
        ("document/d/referent/meeting/call", "dem:participant", f"{DEFAULT_BASE}person/varo"),
        ("document/d/referent/meeting/call", "rdfs:label", None),
    },
    "mention": {
        ("document/d#char=0,4", "dem:mentionKind", "title"),
        ("document/d#char=0,4", "dem:mentions", f"{DEFAULT_BASE}person/varo"),
    },
    "mentioned-entity": {("person/varo", "dem:mentionedIn", None), ("person/varo", "dem:named", None)},
    "merge": {("decision/1", "dem:member", None)},
    "modality": {("document/d/meeting/1", "dem:modality", "dem:certain")},
    "negotiation": {
        ("document/d/negotiation/1", "dem:beginDate", None),
        ("document/d/negotiation/1", "dem:party|dem:mediator|dem:negotiates", f"{DEFAULT_BASE}person/brek"),
        ("document/d/negotiation/1", "dem:sitting", f"{DEFAULT_BASE}person/varo"),
        ("document/d/negotiation/1", "rdfs:label", None),
    },
    "passages": {
        ("document/d/negotiation/1", "prov:wasDerivedFrom", None),
        ("document/d/negotiation/1", "prov:wasDerivedFrom/rdf:type", None),
    },
    "preferred-name": {("person/ilena-varo", "skos:prefLabel", None)},
    "proposal-status": {("document/d/proposal/1", "dem:status", "dem:open")},
    "proposal-version": {
        ("document/d/proposal/1/version/1", "dem:date", "2031"),
        ("document/d/proposal/1/version/1", "dem:points", None),
    },
    "proposal": {
        ("proposal/harbour-plan", "dem:author|dem:recipient|dem:party", f"{DEFAULT_BASE}person/brek"),
        ("proposal/harbour-plan", "dem:needs", f"{DEFAULT_BASE}document/d"),
        ("proposal/harbour-plan", "dem:points", "many"),
        ("proposal/harbour-plan", "dem:proposalKind", "letter"),
        ("proposal/harbour-plan", "dem:version", f"{DEFAULT_BASE}document/d"),
    },
    "quotation": {("document/d#char=5,8", "dem:exact", "saw")},
    "referent": {
        ("document/d/referent/person/varo", "dem:basis", "dem:by-guess"),
        ("document/d/referent/person/varo", "dem:identifiedAs", None),
        ("document/d/referent/person/varo", "dem:inDocument", None),
    },
    "renaming": {("decision/1", "dem:member", None), ("decision/1", "skos:prefLabel", None)},
    "span": {("document/d#char=8,5", "dem:begin", "8"), ("document/d#char=8,5", "dem:exact", None)},
    "split": {("decision/1", "dem:secondPart", None), ("decision/2", "dem:firstPart", f"{DEFAULT_BASE}person/tomas-brek")},
    "standing": {("document/d/meeting/1", "^dem:hasStatus", None), ("document/d/meeting/1", "dem:statedOn", "Tuesday")},
    "statement": {("document/d/statement/1", "dem:direct", None), ("document/d/statement/1", "dem:speaker", "Varo")},
    "time-expression": {("document/d/time/1", "dem:date", "2031-03-05"), ("document/d/time/1", "dem:timeRole", "before")},
    "topic": {("document/d/topic/fleet", "rdfs:label", None)},
}

WITHOUT_A_SHAPE = {
    "Entity": "abstract: graphs name the class below it",
    "Actor": "abstract: graphs name the class below it",
    "Occurrence": "abstract: graphs name the class below it",
    "Standing": "abstract: graphs name the class below it",
    "Modality": "its concepts stand in the ontology; the shapes list them",
    "StatusConcept": "its concepts stand in the ontology; the shapes list them",
    "EventType": "its concepts stand in the ontology; the shapes ask for their namespace",
    "IdentityBasis": "its concepts stand in the ontology; the shapes list them",
}


def targeted_shapes() -> list[URIRef]:
    targets = (SH.targetClass, SH.targetSubjectsOf)
    return sorted({URIRef(str(shape)) for target in targets for shape in SHAPES.subjects(target)})


def example_name(shape: URIRef) -> str:
    """Return the name of the broken example for a shape: dem:IssueStatusShape has issue-status."""
    return re.sub(r"(?<=.)([A-Z])", r"-\1", shape.removeprefix(DEM).removesuffix("Shape")).lower()


def messages_of(shape: Node) -> Iterator[str]:
    """Yield what a shape says by itself, or with a property of its own."""
    yield from (str(message) for message in SHAPES.objects(shape, SH.message))
    for constraint in SHAPES.objects(shape, SH.property):
        yield from messages_of(constraint)


def targets(shape: URIRef, graph: Graph) -> set[Node]:
    """Return the nodes of a graph that a shape is for."""
    by_class = {node for term in SHAPES.objects(shape, SH.targetClass) for node in graph.subjects(RDF.type, term)}
    by_property = {node for term in SHAPES.objects(shape, SH.targetSubjectsOf) for node in graph.subjects(URIRef(str(term)))}
    return by_class | by_property


@pytest.mark.parametrize("name", examples("valid"))
def test_validate_finds_nothing_in_a_valid_example(name: str) -> None:
    assert [str(violation) for violation in validate(example("valid", name)).violations] == []


@pytest.mark.parametrize("name", examples("broken"))
def test_validate_finds_what_is_broken_in_an_example(name: str) -> None:
    violations = validate(example("broken", name)).violations
    assert {(item.focus.removeprefix(DEFAULT_BASE), item.path, item.value) for item in violations} == BROKEN[name]


@pytest.mark.parametrize("shape", targeted_shapes(), ids=example_name)
def test_broken_example_of_a_shape_shows_its_messages_and_no_others(shape: URIRef) -> None:
    violations = validate(example("broken", example_name(shape))).violations
    assert violations
    assert {item.message for item in violations} <= set(messages_of(shape))


@pytest.mark.parametrize("shape", targeted_shapes(), ids=example_name)
def test_valid_examples_hold_something_for_each_shape(shape: URIRef) -> None:
    assert [name for name in examples("valid") if targets(shape, example("valid", name))]


def test_broken_examples_are_of_a_shape_each_or_of_a_misquotation() -> None:
    assert set(examples("broken")) == {example_name(shape) for shape in targeted_shapes()} | {"quotation"}


def test_messages_say_what_is_wrong_and_what_to_do() -> None:
    messages = [str(message) for message in SHAPES.objects(None, SH.message)]
    assert [message for message in messages if not re.fullmatch(r"[A-Z][^.]+\. [A-Z].+\.", message)] == []


def test_every_class_of_the_ontology_has_a_shape_or_a_reason_for_none() -> None:
    classes = {
        str(term).removeprefix(DEM) for term in ontology_graph().subjects(RDF.type, OWL.Class) if str(term).startswith(DEM)
    }
    shaped = {str(term).removeprefix(DEM) for term in SHAPES.objects(None, SH.targetClass)}
    assert classes == shaped | WITHOUT_A_SHAPE.keys()
    assert shaped & WITHOUT_A_SHAPE.keys() == set()


def test_shapes_list_the_concepts_of_the_ontology() -> None:
    listed = {term for head in SHAPES.objects(None, SH["in"]) for term in SHAPES.items(head) if str(term).startswith(DEM)}
    kinds = (DEM.Modality, DEM.StatusConcept, DEM.IdentityBasis)
    assert listed == {term for kind in kinds for term in ontology_graph().subjects(RDF.type, kind)}


def test_shapes_name_only_terms_of_the_ontology() -> None:
    shapes = set(SHAPES.subjects(RDF.type, SH.NodeShape)) | set(SHAPES.subjects(RDF.type, SH.PropertyShape))
    used = {node for triple in SHAPES for node in triple if str(node).startswith(DEM)} - shapes
    assert used - set(ontology_graph().subjects()) == set()


def test_every_graph_of_a_store_conforms_by_itself() -> None:
    graphs = sample_graphs()
    kinds = {name.removeprefix(f"{DEFAULT_BASE}graph/").partition("/")[0] for name in graphs}
    assert kinds == {"document", "identity", "curation", "reference"}
    assert [str(violation) for graph in graphs.values() for violation in validate(graph).violations] == []


def test_graph_of_identity_is_checked_without_the_documents() -> None:
    graph = example("valid", "referent") + example("valid", "preferred-name")
    assert validate(graph).violations == ()
    graph.remove((None, DEM.basis, None))
    assert [violation.path for violation in validate(graph).violations] == ["dem:basis", "dem:basis"]


def test_graph_of_reference_is_checked_without_a_document_that_mentions() -> None:
    graph = example("valid", "entity")
    assert (None, DEM.mentionedIn, None) not in graph
    assert validate(graph).violations == ()
