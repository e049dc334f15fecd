"""Each RDF file of ``ontology/`` is read without a word of complaint, by rdflib and by an independent parser."""

from __future__ import annotations

import logging
import shutil
import subprocess
import warnings

import pytest
from rdflib import Graph

from kg.graph.ontology_files import ontology_folder, read_ontology_file
from tests.ontology.examples import examples

FILES = [
    "demarche.ttl",
    "shapes.ttl",
    *(f"examples/{folder}/{name}.ttl" for folder in ("valid", "broken") for name in examples(folder)),
]


def read(file: str) -> Graph:
    return Graph().parse(data=read_ontology_file(file), format="turtle")


@pytest.mark.parametrize("file", FILES)
def test_rdflib_reads_a_file_without_warnings(file: str, caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.DEBUG):
        warnings.simplefilter("error")
        graph = read(file)
        # Values are read when they are asked for, and what rdflib cannot read it logs then.
        assert all(node.n3() for triple in graph for node in triple)
    assert caplog.messages == []
    assert len(graph) > 0


def test_value_that_is_none_of_its_datatype_would_be_noticed(caplog: pytest.LogCaptureFixture) -> None:
    text = '<urn:s> <urn:p> "Tuesday"^^<http://www.w3.org/2001/XMLSchema#date> .'
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Graph().parse(data=text, format="turtle")
    assert caplog.messages != []


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian's raptor2-utils) is not installed")
@pytest.mark.parametrize("file", FILES)
def test_rapper_reads_as_many_triples_without_warnings(file: str) -> None:
    path = ontology_folder().joinpath(file)
    answer = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path)], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(set(answer.stdout.splitlines())) == len(read(file))
