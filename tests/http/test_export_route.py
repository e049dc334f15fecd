"""The graph, or a part of it, as a file in every format."""

from __future__ import annotations

import datetime

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.export import FORMATS, Selection, export
from kg.store.embedded import EmbeddedStore

DAY = datetime.date(2031, 2, 25)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_gives_the_file_with_its_type_and_name(client: TestClient, store: EmbeddedStore, name: str) -> None:
    response = client.get(f"/export/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == FORMATS[name].media_type
    assert response.headers["content-disposition"] == f'attachment; filename="demarche{FORMATS[name].suffix}"'
    assert response.content == export(store, name)


def test_export_of_turtle_reads_back_as_the_graph(client: TestClient, store: EmbeddedStore) -> None:
    read = Graph().parse(data=client.get("/export/turtle").content, format="turtle")
    assert isomorphic(read, store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?p != dem:records) }").graph())


def test_unknown_export_is_404_and_lists_the_formats(client: TestClient) -> None:
    response = client.get("/export/parchment")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["detail"] == "There is no export format 'parchment'."
    assert problem["advice"] == f"Take one of: {', '.join(FORMATS)}."


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ("around=Ilena%20Varo", Selection(around="Ilena Varo")),
        ("around=person/ilena-varo&depth=2&modality=asserted", Selection(around="Ilena Varo", depth=2, modalities=("asserted",))),
        ("since=2031-02-25&until=2031-02-25", Selection(since=DAY, until=DAY)),
        (
            "document=port-lys&predicate=metWith&predicate=heldAt",
            Selection(documents=("port-lys",), predicates=("metWith", "heldAt")),
        ),
        ("confidence=0.85", Selection(confidence=0.85)),
        ("until=1900-01-01", Selection(until=datetime.date(1900, 1, 1))),
    ],
)
@pytest.mark.parametrize("name", ["nq", "graphml", "svg"])
def test_export_gives_the_part_that_is_asked_for(
    client: TestClient, store: EmbeddedStore, name: str, query: str, selection: Selection
) -> None:
    response = client.get(f"/export/{name}?{query}")
    assert response.status_code == 200
    assert response.content == export(store, name, selection=selection)
    assert response.content != export(store, name)


def test_export_gives_rdf_with_reifiers_and_says_so(client: TestClient, store: EmbeddedStore) -> None:
    response = client.get("/export/turtle?view=reifier")
    assert response.headers["content-type"].startswith("text/turtle; version=1.2")
    assert response.content == export(store, "turtle", view="reifier")


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("svg?predicate=meets", 404, "Name one of: about, agreedTo"),
        ("svg?modality=sure", 404, "asserted, planned"),
        ("svg?around=Ilena%20Vero", 404, "Did you mean 'Ilena Varo'"),
        ("svg?document=port-lis", 404, "Did you mean 'port-lys'"),
        ("turtle?view=star", 404, "reified, reifier"),
        ("jsonld?view=reifier", 400, "Take one of: turtle, trig, nt, nq"),
        ("svg?since=2031-03-01&until=2031-02-01", 400, "ends before it begins"),
        ("svg?confidence=2", 400, "query.confidence"),
        ("svg?depth=-1", 400, "query.depth"),
        ("svg?since=tuesday", 400, "query.since"),
        ("svg?until=0", 400, "write it as 2025-11-23"),
        ("svg?until=2031-02-30", 400, "query.until"),
    ],
)
def test_export_says_what_is_wrong_with_a_selection(client: TestClient, path: str, status: int, told: str) -> None:
    response = client.get(f"/export/{path}")
    assert response.status_code == status
    assert told in response.json()["detail"]
