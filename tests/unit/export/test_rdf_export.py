"""RDF comes out sorted, prefixed and complete, and reads back as the same graph."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import RDFS

from kg.export import RDF_FORMATS, write_graph, write_store
from kg.export.rdf import QUAD_FORMATS, TRIPLE_FORMATS
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.mapping import from_graph, to_graph
from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.records import Extraction
from tests.builders import a_document, a_person, an_extraction
from tests.exports import a_store
from tests.memory_store import MemoryStore

PARSERS = {"turtle": "turtle", "nt": "nt", "rdfxml": "xml"}
LATER = Extraction(document=a_document(id="later"), entities=(a_person(),))
GRAPHS = [to_graph(an_extraction()), to_graph(LATER)]


def union(*graphs: Graph) -> Graph:
    """Return all triples but the archives of documents, which formats of triples leave out."""
    merged = Graph()
    for graph in graphs:
        merged += graph
    merged.remove((None, DEM.records, None))
    return merged


def quads_of(graphs: list[Graph]) -> set[ox.Quad]:
    return {
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(str(graph.identifier)))
        for graph in graphs
        for triple in ox.parse(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize("rdf_format", sorted(TRIPLE_FORMATS))
def test_write_store_writes_the_union_of_all_graphs_as_triples(rdf_format: str) -> None:
    written = write_store(MemoryStore(GRAPHS), rdf_format)
    assert to_isomorphic(Graph().parse(data=written, format=PARSERS[rdf_format])) == to_isomorphic(union(*GRAPHS))


@pytest.mark.parametrize("rdf_format", [*sorted(QUAD_FORMATS), "jsonld"])
def test_write_store_keeps_graphs_apart_as_quads(rdf_format: str) -> None:
    written = write_store(MemoryStore(GRAPHS), rdf_format)
    parser = QUAD_FORMATS.get(rdf_format, ox.RdfFormat.JSON_LD)
    assert set(ox.parse(written, parser)) == quads_of(GRAPHS)


@pytest.mark.parametrize("rdf_format", RDF_FORMATS)
def test_write_store_is_the_same_bytes_whatever_the_order_of_writing(rdf_format: str) -> None:
    forth, back = MemoryStore(GRAPHS), MemoryStore(GRAPHS[::-1])
    assert write_store(forth, rdf_format) == write_store(back, rdf_format)


@pytest.mark.parametrize("rdf_format", RDF_FORMATS)
def test_write_store_writes_an_empty_store(rdf_format: str) -> None:
    assert b"document" not in write_store(MemoryStore(), rdf_format).replace(b"documentDate", b"").replace(b"documentSource", b"")


@pytest.mark.parametrize("rdf_format", sorted(PARSERS))
def test_write_graph_writes_all_but_the_archive_as_triples(rdf_format: str) -> None:
    written = write_graph(to_graph(an_extraction()), rdf_format)
    assert to_isomorphic(Graph().parse(data=written, format=PARSERS[rdf_format])) == to_isomorphic(union(GRAPHS[0]))


@pytest.mark.parametrize(("rdf_format", "parser"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_write_graph_writes_a_graph_from_which_the_extraction_comes_back(rdf_format: str, parser: str) -> None:
    dataset = Dataset()
    dataset.parse(data=write_graph(to_graph(an_extraction()), rdf_format).decode(), format=parser)
    assert from_graph(dataset.graph(GRAPHS[0].identifier)) == an_extraction()


@pytest.mark.parametrize("rdf_format", ["trig", "nq"])
def test_write_store_writes_what_a_store_is_loaded_from_again(rdf_format: str) -> None:
    dataset = Dataset()
    dataset.parse(
        data=write_store(a_store(decided=True), rdf_format).decode(), format={"nq": "nquads"}.get(rdf_format, rdf_format)
    )
    again = MemoryStore([graph for graph in dataset.graphs() if len(graph)])
    knowledge = KnowledgeBase(again)
    before = write_store(again, "nq")
    knowledge.add(list(knowledge.extractions().values()))
    assert write_store(again, "nq") == before == write_store(a_store(decided=True), "nq")


@pytest.mark.parametrize("rdf_format", ["trig", "nq", "jsonld"])
def test_write_graph_names_the_graph(rdf_format: str) -> None:
    written = write_graph(to_graph(LATER), rdf_format)
    parser = QUAD_FORMATS.get(rdf_format, ox.RdfFormat.JSON_LD)
    assert {quad.graph_name for quad in ox.parse(written, parser)} == {ox.NamedNode(f"{DEFAULT_BASE}graph/document/later")}


def test_write_graph_declares_prefixes_in_turtle() -> None:
    written = write_graph(to_graph(LATER), "turtle").decode()
    assert f"<{DEFAULT_BASE}person/ilena-varo> a dem:Person ;" in written


def test_write_graph_writes_json_ld_in_short_names() -> None:
    written = json.loads(write_graph(to_graph(LATER), "jsonld"))
    (graph,) = written["@graph"]
    (person,) = (node for node in graph["@graph"] if node["type"] == "Person")
    assert person == {
        "id": f"{DEFAULT_BASE}person/ilena-varo",
        "type": "Person",
        "altLabel": ["Ilena Varo", "Varo"],
        "label": "Ilena Varo",
        "mentionedIn": f"{DEFAULT_BASE}document/later",
        "named": True,
        "roleTitle": "Foreign Minister",
    }


def test_write_store_writes_words_in_a_language_and_blank_nodes() -> None:
    store = MemoryStore([ontology_graph()])
    assert to_isomorphic(Graph().parse(data=write_store(store, "turtle"), format="turtle")) == to_isomorphic(ontology_graph())


@given(st.text())
def test_write_graph_keeps_any_text_but_what_xml_forbids(text: str) -> None:
    graph = Graph(identifier="urn:graph")
    graph.add((URIRef("urn:x"), RDFS.comment, Literal(text)))
    for rdf_format in ("turtle", "nt", "trig", "nq"):
        parsed = list(ox.parse(write_graph(graph, rdf_format), (TRIPLE_FORMATS | QUAD_FORMATS)[rdf_format]))  # type: ignore[operator]
        assert [statement.object for statement in parsed] == [ox.Literal(text)]
    (comment,) = Graph().parse(data=write_graph(graph, "rdfxml"), format="xml").objects()
    allowed = (character in "\t\n\r" or character >= " " for character in text)
    expected = "".join(
        character if fine and character not in "\ufffe\uffff" else "\ufffd" for character, fine in zip(text, allowed, strict=True)
    )
    assert str(comment) == expected


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian's raptor2-utils) is not installed")
@pytest.mark.parametrize(
    ("rdf_format", "parser"), [("turtle", "turtle"), ("nt", "ntriples"), ("rdfxml", "rdfxml"), ("nq", "nquads")]
)
def test_write_store_is_read_by_rapper(tmp_path: Path, rdf_format: str, parser: str) -> None:
    file = tmp_path / "out"
    file.write_bytes(write_store(MemoryStore(GRAPHS[:1]), rdf_format))
    count = len(GRAPHS[0]) if rdf_format == "nq" else len(union(GRAPHS[0]))
    answer = subprocess.run(["rapper", "-i", parser, "-c", file], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr.splitlines()[-1]) == (0, f"rapper: Parsing returned {count} triples")
