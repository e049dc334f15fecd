"""Answers: their kinds, rows, graphs, truth and formats."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from io import StringIO
from xml.etree import ElementTree as ET

import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, XSD

from kg.errors import QueryError
from kg.graph.vocabulary import DEM
from kg.store.embedded import EmbeddedStore
from kg.store.formats import RESULT_FORMATS, TRIPLE_FORMATS
from kg.store.protocol import Store
from tests.unit.store.conftest import NewStore

ADA, BEN = URIRef("https://example.org/ada"), URIRef("https://example.org/ben")
SELECT = "SELECT ?person ?name { ?person a dem:Person OPTIONAL { ?person rdfs:label ?name } } ORDER BY ?person"
RDFLIB_PARSERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


@pytest.fixture
def store(new_store: NewStore) -> Iterator[Store]:
    graph = Graph(identifier=URIRef("https://example.org/graph/1"))
    graph.add((ADA, RDF.type, DEM.Person))
    graph.add((ADA, RDFS.label, Literal('Ada, "the\tfirst"', lang="en")))
    graph.add((BEN, RDF.type, DEM.Person))
    with new_store() as opened:
        opened.replace_graph(graph)
        yield opened


def test_select_gives_rows_in_order_without_unbound_variables(store: Store) -> None:
    answer = store.query(SELECT)
    assert answer.kind == "solutions"
    assert answer.variables == ("person", "name")
    assert list(answer.rows()) == [{"person": ADA, "name": Literal('Ada, "the\tfirst"', lang="en")}, {"person": BEN}]
    assert len(answer.graph()) == 0


def test_texts_are_the_rows_without_the_kinds_of_their_terms(store: Store) -> None:
    assert list(store.query(SELECT).texts()) == [{"person": str(ADA), "name": 'Ada, "the\tfirst"'}, {"person": str(BEN)}]
    assert list(store.query('SELECT (1.50 AS ?n) ("\\"type\\":\\"triple\\"" AS ?t) {}').texts()) == [
        {"n": "1.5", "t": '"type":"triple"'}
    ]
    assert list(store.query("ASK {}").texts()) == []


def test_answer_can_be_read_again(store: Store) -> None:
    answer = store.query(SELECT)
    assert answer
    assert list(answer.rows()) == list(answer.rows())
    assert answer.serialize("text/csv").count(b"\r\n") == 3


def test_answer_without_results_is_false(store: Store) -> None:
    assert not store.query("SELECT * { ?s a dem:State }")
    assert not store.query("DESCRIBE <https://example.org/nobody>")


@pytest.mark.parametrize(("pattern", "truth"), [("?s a dem:Person", True), ("?s a dem:State", False)])
def test_ask_gives_its_truth_in_every_format(store: Store, pattern: str, truth: bool) -> None:
    answer = store.query(f"ASK {{ {pattern} }}")
    assert (answer.kind, answer.variables, list(answer.rows()), bool(answer)) == ("boolean", (), [], truth)
    for media_type in ("application/sparql-results+json", "application/sparql-results+xml"):
        read = pyoxigraph.parse_query_results(
            answer.serialize(media_type), pyoxigraph.QueryResultsFormat.from_media_type(media_type)
        )
        assert bool(read) is truth
    for media_type in ("text/csv", "text/tab-separated-values"):
        assert answer.serialize(media_type) == str(truth).lower().encode()


def test_select_reads_back_from_json(store: Store) -> None:
    assert json.loads(store.query(SELECT).serialize("application/sparql-results+json")) == {
        "head": {"vars": ["person", "name"]},
        "results": {
            "bindings": [
                {
                    "person": {"type": "uri", "value": str(ADA)},
                    "name": {"type": "literal", "value": 'Ada, "the\tfirst"', "xml:lang": "en"},
                },
                {"person": {"type": "uri", "value": str(BEN)}},
            ]
        },
    }


def test_select_reads_back_from_xml(store: Store) -> None:
    root = ET.fromstring(store.query(SELECT).serialize("application/sparql-results+xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [element.get("name") for element in root.iter(f"{space}variable")] == ["person", "name"]
    assert [element.text for element in root.iter(f"{space}uri")] == [str(ADA), str(BEN)]
    assert [element.text for element in root.iter(f"{space}literal")] == ['Ada, "the\tfirst"']


def test_select_reads_back_from_csv(store: Store) -> None:
    rows = list(csv.reader(StringIO(store.query(SELECT).serialize("text/csv").decode(), newline="")))
    assert rows == [["person", "name"], [str(ADA), 'Ada, "the\tfirst"'], [str(BEN), ""]]


def test_select_reads_back_from_tsv(store: Store) -> None:
    lines = store.query(SELECT).serialize("text/tab-separated-values").decode().split("\n")
    assert lines == ["?person\t?name", f'<{ADA}>\t"Ada, \\"the\\tfirst\\""@en', f"<{BEN}>\t", ""]


@pytest.mark.parametrize("media_type", TRIPLE_FORMATS)
def test_construct_reads_back_from_every_format(store: Store, media_type: str) -> None:
    answer = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert (answer.kind, answer.variables, list(answer.rows())) == ("triples", (), [])
    expected = answer.graph()
    assert len(expected) == 3
    read = Graph().parse(data=answer.serialize(media_type), format=RDFLIB_PARSERS[media_type])
    assert isomorphic(read, expected)


def test_construct_gives_a_triple_once(store: Store) -> None:
    answer = store.query("CONSTRUCT { dem:Person a rdfs:Class } { ?s a dem:Person }")
    assert answer.serialize("application/n-triples").count(b"\n") == 1


def test_turtle_uses_the_usual_prefixes(store: Store) -> None:
    assert b"a dem:Person" in store.query("DESCRIBE <https://example.org/ben>").serialize("text/turtle")


@pytest.mark.parametrize(
    ("query", "media_type", "formats"),
    [("ASK {}", "text/turtle", RESULT_FORMATS), ("DESCRIBE <a:b>", "text/csv", TRIPLE_FORMATS)],
)
def test_serialize_refuses_a_format_of_another_kind(store: Store, query: str, media_type: str, formats: tuple[str, ...]) -> None:
    answer = store.query(query)
    assert answer.formats() == formats
    with pytest.raises(ValueError, match=f"'{media_type}' does not fit an answer of {answer.kind}"):
        answer.serialize(media_type)


def test_rows_keep_lexical_form_and_datatype(store: Store) -> None:
    (row,) = store.query("SELECT ('2025-11'^^xsd:gYearMonth AS ?month) ('x'^^xsd:string AS ?word) {}").rows()
    assert row == {"month": Literal("2025-11", datatype=XSD.gYearMonth), "word": Literal("x")}


def test_fault_of_evaluation_is_a_query_error(store: Store) -> None:
    with pytest.raises(QueryError, match=r"could not be evaluated.*https://example.org/f") as caught:
        store.query("SELECT (<https://example.org/f>(?s) AS ?x) { ?s ?p ?o }")
    assert (caught.value.line, caught.value.column) == (None, None)


def test_triple_term_is_reported_as_beyond_rdf_1_1(store: Store) -> None:
    answer = store.query("SELECT ?x { BIND(<<( <a:b> <a:c> <a:d> )>> AS ?x) }")
    with pytest.raises(QueryError, match=r"is no term of RDF 1\.1"):
        list(answer.rows())
    with pytest.raises(QueryError, match="no text"):
        list(answer.texts())


def test_answer_keeps_no_result_of_oxigraph_beyond_its_reading(store: Store) -> None:
    answer = store.query(SELECT)
    rows = answer.rows()
    next(iter(rows))
    held = [answer, rows]
    thread = threading.Thread(target=held.clear)
    del answer, rows
    thread.start()
    thread.join()
    assert held == []


def test_answer_can_be_read_in_another_thread(store: Store) -> None:
    answer = store.query(SELECT)
    read: list[bytes] = []
    thread = threading.Thread(target=lambda: read.append(answer.serialize("text/csv")))
    thread.start()
    thread.join()
    assert read == [answer.serialize("text/csv")]


def test_xml_results_hold_only_what_xml_can() -> None:
    with EmbeddedStore(None) as store:
        answer = store.query("SELECT ('a\\u0001b\\uFFFE\\r\\n<&>' AS ?x) {}")
        root = ET.fromstring(answer.serialize("application/sparql-results+xml"))
    assert [literal.text for literal in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["a\ufffdb\ufffd\r\n<&>"]


def test_rdf_xml_holds_only_what_xml_can(store: Store) -> None:
    answer = store.query("CONSTRUCT { <a:b> rdfs:label 'a\\u0001b\\r' } {}")
    graph = Graph().parse(data=answer.serialize("application/rdf+xml"), format="xml")
    assert list(graph.objects()) == [Literal("a\ufffdb\r")]


def test_rdf_xml_refuses_a_predicate_that_it_cannot_name(store: Store) -> None:
    answer = store.query("CONSTRUCT { <a:b> <https://example.org/1> 'c' } {}")
    with pytest.raises(QueryError, match=r"cannot write the predicate <https://example\.org/1>"):
        answer.serialize("application/rdf+xml")
    assert len(Graph().parse(data=answer.serialize("text/turtle"), format="turtle")) == 1
