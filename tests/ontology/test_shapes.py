"""Every shape lets its valid example pass and finds just what is broken in its broken one."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kg.graph.ontology_files import ontology_folder, read_ontology_file, shapes_graph
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE, DEM

BROKEN: dict[str, set[tuple[str, str, str | None]]] = {
    "approval": {("document/d/proposal/1/approval/1", "dem:approver", None)},
    "assertion": {
        ("document/d/assertion/1", "rdf:object", None),
        ("document/d/assertion/1", "rdf:predicate", "rdfs:seeAlso"),
        ("document/d/assertion/1", "dem:confidence", None),
        ("document/d/assertion/1", "dem:roleOf", f"{DEFAULT_BASE}country/ostravia"),
        ("document/d/assertion/1", "dem:beginDate", "in spring"),
    },
    "confidence": {("document/d/statement/1", "dem:confidence", None), ("document/d/event/1", "dem:confidence", "90")},
    "document": {("document/d", "dem:text", None), ("document/d", "dcterms:date", "2031-02-26")},
    "entity": {
        ("person/varo", "rdfs:label", None),
        ("person/varo", "dem:confidence", "1.5"),
        ("person/varo", "dem:mentionedIn", None),
    },
    "event": {
        ("document/d/event/1", "dem:eventType", "dem:CONSULT"),
        ("document/d/event/1", "dem:source|dem:target", f"{DEFAULT_BASE}person/brek"),
    },
    "evidence": {
        ("document/d/statement/1", "prov:wasDerivedFrom", None),
        ("document/d/statement/1", "prov:wasDerivedFrom/rdf:type", None),
    },
    "issue": {
        ("document/d/issue/1", "rdfs:label", None),
        ("document/d/issue/1", "dem:hasStatus", None),
        ("document/d/issue/1", "dem:hasStatus/rdf:type", None),
    },
    "issue-status": {
        ("document/d/issue/1/status", "dem:status", "dem:stuck"),
        ("document/d/issue/1/status", "dem:statedOn", "Tuesday"),
    },
    "meeting": {
        ("document/d/meeting/1", "dem:participant", f"{DEFAULT_BASE}person/varo"),
        ("document/d/meeting/1", "dem:heldAt", f"{DEFAULT_BASE}city/port-lys"),
        ("document/d/meeting/1", "dem:date", "2031"),
    },
    "mention": {
        ("document/d#char=0,4", "dem:mentions", f"{DEFAULT_BASE}person/varo"),
        ("document/d#char=0,4", "dem:mentionKind", "title"),
    },
    "modality": {("document/d/meeting/1", "dem:modality", "dem:certain")},
    "negotiation": {
        ("document/d/negotiation/1", "rdfs:label", None),
        ("document/d/negotiation/1", "dem:party|dem:mediator|dem:negotiates", f"{DEFAULT_BASE}person/brek"),
        ("document/d/negotiation/1", "dem:sitting", f"{DEFAULT_BASE}person/varo"),
        ("document/d/negotiation/1", "dem:beginDate", None),
    },
    "passages": {
        ("document/d/negotiation/1", "prov:wasDerivedFrom", None),
        ("document/d/negotiation/1", "prov:wasDerivedFrom/rdf:type", None),
        ("document/d/negotiation/1", "dem:confidence", None),
    },
    "proposal": {
        ("proposal/harbour-plan", "dem:proposalKind", "letter"),
        ("proposal/harbour-plan", "dem:author|dem:recipient|dem:party|dem:requiresApprovalOf", f"{DEFAULT_BASE}person/brek"),
        ("proposal/harbour-plan", "dem:points", "many"),
        ("proposal/harbour-plan", "dem:version", f"{DEFAULT_BASE}document/d"),
        ("proposal/harbour-plan", "dem:needs", f"{DEFAULT_BASE}document/d"),
    },
    "proposal-status": {
        ("document/d/proposal/1", "dem:status", "dem:open"),
        ("document/d/proposal/1", "dem:statedOn", "Tuesday"),
    },
    "proposal-version": {
        ("document/d/proposal/1/version/1", "dem:points", None),
        ("document/d/proposal/1/version/1", "dem:date", "2031"),
    },
    "quotation": {("document/d#char=5,8", "dem:exact", "saw")},
    "span": {("document/d#char=8,5", "dem:begin", "8"), ("document/d#char=8,5", "dem:exact", None)},
    "statement": {("document/d/statement/1", "dem:direct", None), ("document/d/statement/1", "dem:speaker", "Varo")},
    "time-expression": {
        ("document/d/time/1", "dem:timeRole", "before"),
        ("document/d/time/1", "dem:date", "2031-03-05"),
    },
    "topic": {("document/d/topic/fleet", "rdfs:label", None)},
}


def examples(folder: str) -> list[str]:
    return sorted(file.name.removesuffix(".ttl") for file in ontology_folder().joinpath("examples", folder).iterdir())


def example(folder: str, name: str) -> Graph:
    return Graph().parse(data=read_ontology_file(f"examples/{folder}/{name}.ttl"), format="turtle")


@pytest.mark.parametrize("name", examples("valid"))
def test_validate_finds_nothing_in_a_valid_example(name: str) -> None:
    assert [str(violation) for violation in validate(example("valid", name)).violations] == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_validate_finds_what_is_broken_in_an_example(name: str) -> None:
    violations = validate(example("broken", name)).violations
    assert {(item.focus.removeprefix(DEFAULT_BASE), item.path, item.value) for item in violations} == BROKEN[name]
    assert all(item.message.endswith(".") for item in violations)


def test_examples_show_every_shape_that_has_a_target() -> None:
    shapes = shapes_graph()
    targeted = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    names = {re.sub(r"(?<=.)([A-Z])", r"-\1", str(shape).removeprefix(DEM).removesuffix("Shape")).lower() for shape in targeted}
    assert names | {"quotation"} == set(examples("broken")) == set(BROKEN)
    beside_others = {
        "confidence",
        "evidence",
        "modality",
        "passages",
        "issue-status",
        "proposal-status",
        "proposal-version",
        "approval",
    }
    assert names - beside_others == set(examples("valid"))


def test_shapes_name_only_terms_of_the_ontology() -> None:
    ontology = Graph().parse(data=read_ontology_file("demarche.ttl"), format="turtle")
    shapes = set(shapes_graph().subjects(RDF.type, SH.NodeShape)) | set(shapes_graph().subjects(RDF.type, SH.PropertyShape))
    used = {node for triple in shapes_graph() for node in triple if str(node).startswith(DEM)} - shapes
    assert used - set(ontology.subjects()) == set()
