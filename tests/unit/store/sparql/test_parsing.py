"""No query reaches the network or a file."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

from kg.errors import QueryError
from kg.store.embedded import EmbeddedStore

NAME = URIRef("https://example.org/graph/1")
ADA = URIRef("https://example.org/ada")


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    graph = Graph(identifier=NAME)
    graph.add((ADA, RDFS.label, Literal("secret service <x>")))
    with EmbeddedStore(None) as opened:
        opened.replace_graph(graph)
        yield opened


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[str]]]:
    """Listen on a free port; give its address, and a list that grows with each caller."""
    callers: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            callers.append(str(address))
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", callers
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(timeout=5)


SERVICE_QUERIES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT (COUNT(*) AS ?n) { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER(?o<1)SERVICE#>\n<URL> { ?a ?b ?c } }",
    "SELECT * { ?s <http://example.org/#service> ?o . SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { ?s ?p '# service' . SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICE_QUERIES)
def test_service_is_refused_and_calls_nobody(store: EmbeddedStore, endpoint: tuple[str, list[str]], query: str) -> None:
    url, callers = endpoint
    with pytest.raises(QueryError):
        store.query(query.replace("URL", url))
    assert callers == []


def test_service_is_refused_at_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="uses SERVICE at line 3, column 4, which this store refuses") as caught:
        store.query("SELECT * {\n  ?service ?p ?o .\n   SERVICE <http://example.org/> { ?a ?b ?c }\n}")
    assert (caught.value.line, caught.value.column) == (3, 4)


def test_fault_beside_the_word_service_is_reported_as_what_it_is(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="'OPTIONL' does not fit here"):
        store.query("SELECT ?service { OPTIONL { ?service ?p ?o } }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service rdfs:label ?o }",
        "SELECT * { ?s rdfs:label ?o FILTER(CONTAINS(?o, 'service <x>')) }",
        "SELECT * { ?s rdfs:label ?o } # service",
        "SELECT (1 AS ?service) (2 AS ?Service) { ?s rdfs:label ?o }",
        "PREFIX service: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?s service:label ?o }",
        "SELECT * { ?s rdfs:label ?o FILTER(?s != <http://example.org/service>) }",
    ],
)
def test_word_service_is_no_harm_elsewhere(store: EmbeddedStore, query: str) -> None:
    assert len(list(store.query(query).rows())) == 1


@pytest.mark.parametrize("source", ["file:///etc/hostname", "URL"])
@pytest.mark.parametrize("clause", ["FROM <{}> {{ ?s ?p ?o }}", "FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"])
def test_from_fetches_nothing(store: EmbeddedStore, endpoint: tuple[str, list[str]], source: str, clause: str) -> None:
    url, callers = endpoint
    answer = store.query("SELECT * " + clause.format(source.replace("URL", url)))
    assert list(answer.rows()) == []
    assert callers == []


def test_from_narrows_to_a_graph_of_the_store(store: EmbeddedStore) -> None:
    other = Graph(identifier=URIRef("https://example.org/graph/2"))
    other.add((ADA, RDFS.label, Literal("Ada")))
    store.replace_graph(other)
    rows = list(store.query(f"SELECT ?o FROM <{other.identifier}> {{ ?s ?p ?o }}").rows())
    assert rows == [{"o": Literal("Ada")}]


def test_variables_keep_their_names_when_they_hold_the_word(store: EmbeddedStore) -> None:
    assert store.query("SELECT ?Service_x { ?Service_x ?p ?o }").variables == ("Service_x",)
