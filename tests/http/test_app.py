"""The app as a whole: its store, its state, its documentation and its errors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg import __version__
from kg.config import Settings
from kg.errors import StoreError, StoreLockedError
from kg.graph.mapping import to_graph
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction


class FailingStore(EmbeddedStore):
    """A store whose disk or code fails under it."""

    def __init__(self, failure: Exception) -> None:
        super().__init__(None)
        self.failure = failure

    def triple_count(self) -> int:
        raise self.failure


def test_app_opens_the_store_of_its_settings_and_closes_it(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.replace_graph(to_graph(an_extraction()))
        expected = store.triple_count()
    with TestClient(create_app(Settings(store=tmp_path / "store"))) as client:
        assert client.get("/health").json()["triples"] == expected
    EmbeddedStore(tmp_path / "store").close()


def test_app_does_not_start_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"), TestClient(create_app(Settings(store=tmp_path / "absent"))):
        pass
    assert list(tmp_path.iterdir()) == []


def test_app_does_not_start_while_the_store_is_written(tmp_path: Path) -> None:
    with (
        EmbeddedStore(tmp_path / "store"),
        pytest.raises(StoreLockedError),
        TestClient(create_app(Settings(store=tmp_path / "store"))),
    ):
        pass


def test_app_leaves_a_given_store_open(store: EmbeddedStore) -> None:
    with TestClient(create_app(Settings(), store=store)) as client:
        client.get("/health")
    assert store.triple_count() > 0


def test_health_counts_what_the_store_holds(client: TestClient, store: EmbeddedStore) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "version": __version__,
        "graphs": 3,
        "documents": 1,
        "triples": store.triple_count(),
    }


def test_health_is_503_when_the_store_fails() -> None:
    with TestClient(create_app(Settings(), store=FailingStore(StoreError("/secret/path: bad block")))) as client:
        response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["detail"] == "The store cannot be read at present."


def test_unforeseen_error_is_500_without_its_particulars() -> None:
    app = create_app(Settings(), store=FailingStore(RuntimeError("secret")))
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/health")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "https://w3id.org/demarche/problem#internal",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The server failed on this request.",
        "instance": "/health",
        "advice": "Report it; the server's log says why.",
    }


def test_unknown_path_is_404(client: TestClient) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "There is nothing at /nowhere."


def test_root_leads_to_the_documentation(client: TestClient) -> None:
    response = client.get("/")
    assert response.url.path == "/docs"
    assert response.status_code == 200


def test_documentation_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(loaded) >= 2
    for address in loaded:
        assert address.startswith("/")
        assert client.get(address).status_code == 200
    assert '"validatorUrl": null' in page


def test_openapi_describes_every_route_with_an_example(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/api/v1/entities", "/id/{id}", "/health", "/health/live", "/health/ready", "/metrics"} <= set(paths)
    for path, operations in paths.items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            assert operation["description"], (path, method)
            assert "example" in json.dumps(operation), (path, method)
            assert "application/problem+json" in operation["responses"]["4XX"]["content"], (path, method)
            assert "422" not in operation["responses"], (path, method)
            for parameter in operation.get("parameters", []):
                assert parameter["description"], (path, method, parameter["name"])
                assert {"example", "examples"} & {*parameter, *parameter.get("schema", {})}, (path, method, parameter["name"])
