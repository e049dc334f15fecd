"""The context gives every term of the ontology a short name, and JSON-LD written with it reads as the same graph."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import OWL, RDF, SKOS

from kg.export.rdf import write_graph
from kg.graph.ontology_files import ontology_graph, read_ontology_file
from kg.graph.vocabulary import DEFAULT_BASE, DEM, PLOVER
from tests.ontology.examples import example, examples

ONTOLOGY = ontology_graph()
CONTEXT: dict[str, Any] = json.loads(read_ontology_file("context.jsonld"))["@context"]
PREFIXES = {name: value for name, value in CONTEXT.items() if isinstance(value, str) and value.endswith(("#", "/"))}


def expanded(name: str) -> str:
    """Return the IRI that a short name stands for, or a keyword."""
    value = CONTEXT[name]
    prefix, _, local = str(value["@id"] if isinstance(value, dict) else value).partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else prefix


def named_terms() -> list[URIRef]:
    return sorted({URIRef(str(node)) for node in ONTOLOGY.subjects() if str(node).startswith((DEM, PLOVER))})


def test_context_names_each_term_of_the_ontology_by_its_local_name_and_no_other() -> None:
    ours = {name: expanded(name) for name in CONTEXT if name not in PREFIXES and expanded(name).startswith((DEM, PLOVER))}
    assert ours == {str(term).partition("#")[2]: str(term) for term in named_terms()}


def test_context_reads_the_value_of_an_object_property_as_a_resource() -> None:
    properties = [str(term) for term in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty) if str(term).startswith(DEM)]
    kinds = {name: CONTEXT[name].get("@type") for name in (iri.removeprefix(DEM) for iri in properties)}
    assert [name for name, kind in kinds.items() if kind not in {"@id", "@vocab"}] == []


def test_context_writes_concepts_in_short() -> None:
    written = write_graph(graph_of("event"), "jsonld").decode()
    (event,) = (node for node in json.loads(written)["@graph"][0]["@graph"] if node["type"] == "Event")
    assert (event["modality"], event["eventType"]) == ("asserted", "CONSULT")


@pytest.mark.parametrize("name", examples("valid"))
def test_json_ld_of_an_example_reads_as_the_same_graph(name: str) -> None:
    graph = graph_of(name)
    read = Dataset()
    read.parse(data=write_graph(graph, "jsonld").decode(), format="json-ld")
    again = Graph()
    again += read.graph(graph.identifier)
    assert to_isomorphic(again) == to_isomorphic(graph)
    assert len(again) > 0


@pytest.mark.parametrize("name", [name for name in examples("valid") if name != "assertion"])
def test_json_ld_of_an_example_needs_no_prefix(name: str) -> None:
    """Only rdf:predicate takes a relation as a value, and there JSON-LD wants an IRI or a prefix."""
    assert "dem:" not in json.dumps(json.loads(write_graph(graph_of(name), "jsonld"))["@graph"])


def test_context_names_what_the_shapes_ask_for_beside_the_ontology() -> None:
    names = {expanded(name) for name in CONTEXT if name not in PREFIXES}
    assert {str(SKOS.prefLabel), str(SKOS.altLabel), str(SKOS.exactMatch)} <= names


def graph_of(name: str) -> Graph:
    graph = Graph(identifier=URIRef(f"{DEFAULT_BASE}graph/example"))
    graph += example("valid", name)
    return graph
