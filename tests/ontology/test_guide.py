"""The guide names what the ontology has, and its queries are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS

from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEM
from tests.ontology.sample import sample_store

ONTOLOGY = ontology_graph()
GUIDE = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("kind", [OWL.Class, DEM.Modality, DEM.StatusConcept, DEM.IdentityBasis, RDFS.subPropertyOf], ids=str)
def test_guide_names_each_class_relation_and_concept(kind: URIRef) -> None:
    described = ONTOLOGY.subjects(kind, DEM.relatesTo) if kind == RDFS.subPropertyOf else ONTOLOGY.subjects(RDF.type, kind)
    names = [f"dem:{str(term).removeprefix(DEM)}" for term in described if str(term).startswith(DEM)]
    assert [name for name in names if f"`{name}`" not in GUIDE] == []
    assert names


def test_guide_names_only_terms_of_the_ontology() -> None:
    named = {DEM[name] for name in re.findall(r"\bdem:([A-Za-z][\w-]*)", GUIDE)}
    assert named - set(ONTOLOGY.subjects()) == set()


@pytest.mark.parametrize("query", QUERIES, ids=[str(number) for number in range(1, len(QUERIES) + 1)])
def test_query_of_the_guide_is_answered_over_the_samples(query: str) -> None:
    assert list(sample_store().query(query).rows()) != []
