"""What an answer over HTTP may cost: rows, time and memory, each told by a status or a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from tests.engines import EX, fill

PEOPLE = 300
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?h ?i FILTER(?a != ?d) }"
GREEDY = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?b ?d"

Serve = Callable[..., TestClient]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve a store of some people under some settings, until the test ends."""
    folder = fill(tmp_path / "store", people=PEOPLE)
    opened: list[TestClient] = []

    def served(**settings: object) -> TestClient:
        client = TestClient(create_app(Settings(store=folder, **settings)), raise_server_exceptions=False)  # type: ignore[arg-type]
        opened.append(client.__enter__())
        return opened[-1]

    yield served
    for client in opened:
        client.__exit__()


@pytest.mark.parametrize("media_type", ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"])
def test_answer_that_is_cut_says_so(serve: Serve, media_type: str) -> None:
    client = serve(max_rows=5)
    cut = client.get("/sparql", params={"query": ALL}, headers={"Accept": media_type})
    assert cut.headers["Demarche-Rows-Limited"] == "5"
    whole = client.get("/sparql", params={"query": f"{ALL} LIMIT 5"}, headers={"Accept": media_type})
    assert "Demarche-Rows-Limited" not in whole.headers
    assert cut.text == whole.text


def test_graph_that_is_cut_says_so(serve: Serve) -> None:
    client = serve(max_rows=5)
    cut = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": "nt"})
    assert (cut.headers["Demarche-Rows-Limited"], len(cut.text.splitlines())) == ("5", 5)


def test_query_past_its_time_is_504(serve: Serve) -> None:
    client = serve()
    response = client.get("/sparql", params={"query": ENDLESS, "timeout": "0.5"})
    assert (response.status_code, response.json()["type"].partition("#")[2]) == (504, "query-timeout")
    assert "0.5 seconds" in response.json()["detail"]
    assert client.get("/sparql?query=ASK{}").status_code == 200


def test_time_that_is_asked_for_has_a_cap(serve: Serve) -> None:
    client = serve(query_timeout=0.3, longest_timeout=0.5)
    for asked in ({}, {"timeout": "1000"}):
        assert client.get("/sparql", params={"query": ENDLESS, **asked}).status_code == 504


def test_query_past_its_memory_is_507(serve: Serve) -> None:
    client = serve(query_memory=2**26)
    response = client.get("/sparql", params={"query": GREEDY})
    assert (response.status_code, response.json()["type"].partition("#")[2]) == (507, "query-too-costly")
    assert client.get(f"/sparql?query=ASK{{<{EX}person/1>+?p+?o}}&format=csv").text == "true"


def test_same_question_is_answered_anew_after_a_change(serve: Serve) -> None:
    client = serve(tokens=f"write {'w' * 20}")
    count = "/sparql?query=SELECT+(COUNT(*)+AS+?n){?s+?p+?o}&format=csv"
    first, again = client.get(count), client.get(count)
    assert first.text == again.text
    update = f"INSERT DATA {{ GRAPH <{EX}more> {{ <{EX}a> <{EX}b> 1 }} }}"
    client.post("/sparql", data={"update": update}, headers={"Authorization": f"Bearer {'w' * 20}"})
    assert int(client.get(count).text.split()[1]) == int(first.text.split()[1]) + 1


@pytest.mark.parametrize("function", ["RAND()", "STRUUID()", "NOW()"])
def test_what_differs_from_time_to_time_is_not_kept(serve: Serve, function: str) -> None:
    client = serve()
    answers = {client.get("/sparql", params={"query": f"SELECT ({function} AS ?x) {{}}", "format": "csv"}).text for _ in range(5)}
    assert len(answers) > 1
