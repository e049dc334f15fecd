"""The SPARQL protocol: ways to ask, forms of the answer, and what is refused."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pyoxigraph
import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from kg.store.embedded import EmbeddedStore

SELECT = "SELECT ?name WHERE { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name"
NAMES = ["Ilena Varo", "Tomas Brek", "a spokesman"]
DESCRIBE = "DESCRIBE <https://w3id.org/demarche/id/person/ilena-varo>"
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
PARSERS = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


def ask(client: TestClient, query: str, *, accept: str | None = None, **parameters: str) -> Any:
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def media_type(response: Any) -> str:
    return str(response.headers["content-type"]).partition(";")[0]


def names_in(response: Any) -> list[str]:
    form = pyoxigraph.QueryResultsFormat.from_media_type(media_type(response))
    if form == pyoxigraph.QueryResultsFormat.CSV:
        return [row["name"] for row in csv.DictReader(StringIO(response.text, newline=""))]
    solutions = pyoxigraph.parse_query_results(response.content, form)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [solution["name"].value for solution in solutions]


@pytest.mark.parametrize("accept", [JSON, XML, CSV, TSV])
def test_select_answers_in_what_is_accepted(client: TestClient, accept: str) -> None:
    response = ask(client, SELECT, accept=accept)
    assert response.status_code == 200
    assert media_type(response) == accept
    assert response.headers["vary"] == "Accept"
    assert names_in(response) == NAMES


@pytest.mark.parametrize(("accept", "body"), [(CSV, b"true"), (TSV, b"true"), (JSON, b'{"head":{},"boolean":true}')])
def test_ask_answers_in_what_is_accepted(client: TestClient, accept: str, body: bytes) -> None:
    response = ask(client, "ASK { ?p a dem:Person }", accept=accept)
    assert (media_type(response), response.content) == (accept, body)


@pytest.mark.parametrize("accept", list(PARSERS))
@pytest.mark.parametrize("query", [DESCRIBE, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"], ids=["describe", "construct"])
def test_graphs_answer_in_what_is_accepted(client: TestClient, store: EmbeddedStore, query: str, accept: str) -> None:
    response = ask(client, query, accept=accept)
    assert media_type(response) == accept
    expected = store.query(query).graph()
    assert len(expected) > 5
    assert isomorphic(Graph().parse(data=response.content, format=PARSERS[accept]), expected)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("*/*", JSON),
        (f"{CSV};q=0.4, {XML};q=0.9", XML),
        ("text/*", CSV),
        ("text/*, text/csv;q=0.1", TSV),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("application/json", "application/json"),
        ("image/png, */*;q=0.1", JSON),
    ],
)
def test_select_weighs_what_is_accepted(client: TestClient, accept: str | None, chosen: str) -> None:
    client.headers.pop("accept", None)
    assert media_type(ask(client, SELECT, accept=accept)) == chosen


def test_graph_defaults_to_turtle(client: TestClient) -> None:
    assert media_type(ask(client, DESCRIBE, accept="*/*")) == "text/turtle"


@pytest.mark.parametrize(
    ("query", "name", "chosen"),
    [
        (SELECT, "csv", CSV),
        (SELECT, "tsv", TSV),
        (SELECT, "xml", XML),
        (SELECT, XML, XML),
        (DESCRIBE, "nt", "application/n-triples"),
        (DESCRIBE, "jsonld", "application/ld+json"),
        (DESCRIBE, "rdfxml", "application/rdf+xml"),
        (DESCRIBE, "xml", "application/rdf+xml"),
        (DESCRIBE, "json-ld", "application/ld+json"),
        (DESCRIBE, "n3", "text/turtle"),
        (DESCRIBE, "application/x-nothing,application/ld+json", "application/ld+json"),
    ],
)
def test_format_parameter_goes_before_the_header(client: TestClient, query: str, name: str, chosen: str) -> None:
    assert media_type(ask(client, query, accept="application/sparql-results+json, text/turtle", format=name)) == chosen


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (DESCRIBE, CSV), (SELECT, "image/png")])
def test_unfit_accept_is_406_with_what_fits(client: TestClient, query: str, accept: str) -> None:
    response = ask(client, query, accept=accept)
    assert response.status_code == 406
    assert response.json()["type"].endswith("#not-acceptable")
    assert ("application/rdf+xml" if query == DESCRIBE else JSON) in response.json()["advice"]


@pytest.mark.parametrize(("query", "name"), [(SELECT, "turtle"), (SELECT, "json-ld"), (DESCRIBE, "csv"), (DESCRIBE, JSON)])
def test_format_of_the_other_form_is_406(client: TestClient, query: str, name: str) -> None:
    assert ask(client, query, format=name).status_code == 406


def test_format_that_is_none_is_400_and_lists_them(client: TestClient) -> None:
    response = ask(client, SELECT, format="png")
    assert response.status_code == 400
    assert "json, xml, csv, tsv" in response.json()["advice"]


def test_malformed_accept_is_400(client: TestClient) -> None:
    response = ask(client, SELECT, accept="nonsense")
    assert response.status_code == 400
    assert response.json()["type"].endswith("#malformed-header")


def test_post_of_the_query_itself_is_answered(client: TestClient) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8", "Accept": CSV}
    assert names_in(client.post("/sparql", content=SELECT, headers=headers)) == NAMES


def test_post_of_a_form_is_answered(client: TestClient) -> None:
    response = client.post("/sparql", data={"query": SELECT, "format": "csv"})
    assert names_in(response) == NAMES


def test_post_takes_the_format_from_the_address(client: TestClient) -> None:
    response = client.post("/sparql?format=tsv", content=SELECT, headers={"Content-Type": "application/sparql-query"})
    assert media_type(response) == TSV


def test_query_keeps_letters_beyond_ascii(client: TestClient) -> None:
    query = "SELECT ('Grüße, Ільена' AS ?name) {}"
    assert names_in(ask(client, query)) == ["Grüße, Ільена"]
    assert names_in(client.post("/sparql", data={"query": query})) == ["Grüße, Ільена"]


def test_head_gives_the_headers_of_get_without_the_body(client: TestClient) -> None:
    url = "/sparql?query=ASK%20%7B%7D"
    head, get = (ask(url, headers={"X-Request-Id": "one"}) for ask in (client.head, client.get))
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)


def test_bad_query_is_400_with_line_and_column(client: TestClient) -> None:
    response = ask(client, "SELECT ?name\nWHERE {\n  ?person rdfs:label ?name\n  FILTR(?name)\n}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "https://w3id.org/demarche/problem#malformed-query",
        "title": "Bad Request",
        "status": 400,
        "detail": "The query is malformed at line 4, column 3: 'FILTR' does not fit here. "
        "Check its spelling, and the brackets and full stops before it.",
        "instance": "/sparql",
        "advice": "Mend the query there. Its grammar is that of SPARQL 1.1: https://www.w3.org/TR/sparql11-query/#grammar",
        "line": 4,
        "column": 3,
    }


def test_query_that_fails_is_400_without_a_place(client: TestClient) -> None:
    problem = ask(client, "SELECT (<https://example.org/f>(1) AS ?x) {}").json()
    assert (problem["status"], problem["type"][-13:]) == (400, "#query-failed")
    assert "line" not in problem


@pytest.mark.parametrize("iri", ["<x:absolute>", "<relative>"])
def test_place_of_a_fault_is_that_in_what_was_sent(client: TestClient, iri: str) -> None:
    for query, word in (
        (f"ASK {{\n {iri} ?p ?o FILTR(?o) }}", "FILTR"),
        (f"ASK {{ {iri} ?p ?o SERVICE <x:a> {{}} }}", "SERVICE"),
    ):
        problem = ask(client, query).json()
        before = query[: query.index(word)]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert (problem["line"], problem["column"]) == place
        assert "line {}, column {}".format(*place) in problem["detail"]


@pytest.mark.parametrize("host", ["[::1", "a b", "x/y?", "<x>", "h:port", "[::1]:80:80"])
def test_host_that_is_none_is_not_taken_for_a_base(client: TestClient, host: str) -> None:
    query = "ASK { FILTER(STRSTARTS(STR(<a>), 'http://testserver')) }"
    assert client.get("/sparql", params={"query": query}, headers={"Host": host}).json()["boolean"] is True


@pytest.mark.parametrize(
    "query", ["ASK { <http://[::1> ?p <a> }", "BASE <http://[::1> ASK { ?s ?p <a> }", "ASK FROM <//[> { ?s ?p <a> }"]
)
def test_iri_with_half_an_address_is_malformed(client: TestClient, query: str) -> None:
    assert ask(client, query).json()["type"].endswith("#malformed-query")


def test_malformed_query_need_have_no_place(client: TestClient) -> None:
    problem = ask(client, "SELECT (1 AS ?x) (2 AS ?x) { ?s ?p ?o }").json()
    assert (problem["status"], problem["type"][-16:]) == (400, "#malformed-query")
    assert "line" not in problem


def test_service_is_refused(client: TestClient) -> None:
    problem = ask(client, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").json()
    assert (problem["status"], problem["type"][-8:]) == (400, "#refused")
    assert (problem["line"], problem["column"]) == (1, 12)


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("/sparql?default-graph-uri=https://example.org/", "There is no query."),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "There is more than one query."),
        ("/sparql?query=ASK%7B%7D&update=CLEAR+ALL", "There are a query and an update."),
        ("/sparql?query=ASK%7B%7D&using-graph-uri=x:g", "The parameter 'using-graph-uri' does not fit the query."),
        ("/sparql?query=ASK%7B%7D&timeout=soon", "timeout is 'soon', which is no number of seconds."),
        ("/sparql?query=ASK%7B%7D&timeout=-1", "timeout is '-1', which is no number of seconds."),
        ("/sparql?query=ASK%7B%7D&union-default-graph=maybe", "union-default-graph is 'maybe', which is neither true nor false."),
    ],
)
def test_wrong_parameters_are_400(client: TestClient, url: str, detail: str) -> None:
    response = client.get(url)
    assert (response.status_code, response.json()["detail"]) == (400, detail)


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("POST", {"data": {"update": "CLEAR ALL"}}),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
    ],
    ids=["form", "body"],
)
def test_update_is_403_and_changes_nothing(
    client: TestClient, store: EmbeddedStore, method: str, options: dict[str, Any]
) -> None:
    before = store.triple_count()
    response = client.request(method, "/sparql", **options)
    assert response.status_code == 403
    assert response.json()["type"].endswith("#read-only")
    assert client.get("/health").json()["triples"] == before


def test_update_by_get_is_405(client: TestClient) -> None:
    response = client.get("/sparql", params={"update": "CLEAR ALL"})
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_dataset_of_the_request_takes_the_place_of_the_stores(client: TestClient, store: EmbeddedStore) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph, *others = map(str, reversed(store.graph_names()))

    def count(**dataset: str | list[str]) -> int:
        return int(client.get("/sparql", params={"query": query, "format": "csv", **dataset}).text.split()[1])

    of_one = count(**{"default-graph-uri": graph})
    assert 0 < of_one < count(**{"default-graph-uri": [graph, *others]}) == count()
    assert count(**{"named-graph-uri": graph}) == count(**{"union-default-graph": "false"}) == 0


def test_without_a_query_the_service_is_described(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    described = Graph().parse(data=response.text, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = described.subjects(RDF.type, sd.Service)
    assert (service, sd.endpoint, URIRef("http://testserver/sparql")) in described
    assert (service, sd.feature, sd.UnionDefaultGraph) in described
    assert (service, sd.supportedLanguage, sd.SPARQL11Update) not in described


def test_host_that_a_client_makes_up_stands_in_no_query(client: TestClient) -> None:
    headers = {"Host": "a> SELECT ?evil {} #", "Accept": CSV}
    response = client.get("/sparql", params={"query": "SELECT ?x { BIND(<x> AS ?x) }"}, headers=headers)
    assert response.text == "x\r\nhttp://testserver:80/x\r\n"


def test_update_in_the_place_of_a_query_is_400(client: TestClient) -> None:
    response = ask(client, "CLEAR ALL")
    assert response.status_code == 400
    assert "begins an update" in response.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data; boundary=x"}]
)
def test_post_of_another_type_is_415_with_what_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post("/sparql", content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.headers["accept"] == "application/sparql-query, application/x-www-form-urlencoded, application/sparql-update"


@pytest.mark.parametrize(
    ("content_type", "content"),
    [("application/sparql-query", b"ASK { \xff }"), ("application/x-www-form-urlencoded", b"query=ASK%7B%FF%7D")],
)
def test_post_that_is_no_utf8_is_400(client: TestClient, content_type: str, content: bytes) -> None:
    assert client.post("/sparql", content=content, headers={"Content-Type": content_type}).status_code == 400


def test_other_methods_are_405_with_those_allowed(client: TestClient) -> None:
    response = client.delete("/sparql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert response.headers["content-type"] == "application/problem+json"
