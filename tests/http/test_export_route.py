"""The whole graph as a file, in every format."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.export import FORMATS, export
from kg.store.embedded import EmbeddedStore


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_gives_the_file_with_its_type_and_name(client: TestClient, store: EmbeddedStore, name: str) -> None:
    response = client.get(f"/export/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == FORMATS[name].media_type
    assert response.headers["content-disposition"] == f'attachment; filename="demarche{FORMATS[name].suffix}"'
    assert response.content == export(store, name)


def test_export_of_turtle_reads_back_as_the_graph(client: TestClient, store: EmbeddedStore) -> None:
    read = Graph().parse(data=client.get("/export/turtle").content, format="turtle")
    assert isomorphic(read, store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").graph())


def test_unknown_export_is_404_and_lists_the_formats(client: TestClient) -> None:
    response = client.get("/export/parchment")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["detail"] == "There is no export format 'parchment'."
    assert problem["advice"] == f"Take one of: {', '.join(FORMATS)}."
