"""SERVICE and LOAD over HTTP: refused as long as no host is allowed, and from allowed ones alone otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from tests.servers import oxigraph_server

TOKEN = "w" * 20
WRITING = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
FEDERATED = "http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery"


@pytest.fixture
def other() -> Iterator[str]:
    """Run another server, which holds one triple."""
    with oxigraph_server() as url:
        insert = "INSERT DATA { <x:a> <x:b> 'from there' }"
        httpx2.post(f"{url}/update", content=insert, headers={"Content-Type": "application/sparql-update"}).raise_for_status()
        yield url


def serve(folder: Path, *hosts: str) -> TestClient:
    settings = Settings(store=folder, workers=1, long_queries=1, tokens=f"write {TOKEN}", allowed_hosts=hosts)
    return TestClient(create_app(settings), raise_server_exceptions=False)


def test_hosts_that_are_allowed_are_asked_and_loaded_from(tmp_path: Path, other: str) -> None:
    with serve(tmp_path / "store", other.removeprefix("http://")) as client:
        query = f"SELECT ?o {{ SERVICE <{other}/query> {{ <x:a> <x:b> ?o }} }}"
        got = client.get("/sparql", params={"query": query, "format": "csv"})
        assert (got.status_code, got.text) == (200, "o\r\nfrom there\r\n")
        load = f"LOAD <{other}/store?default> INTO GRAPH <x:g>"
        assert client.post("/sparql", content=load, headers=WRITING).status_code == 204
        ask = "ASK { <x:a> <x:b> 'from there' GRAPH <x:g> { <x:a> <x:b> 'from there' } }"
        assert client.get("/sparql", params={"query": ask}).json()["boolean"] is True
        assert client.post("/sparql", content=load, headers={**WRITING, "Authorization": ""}).status_code == 401
        for problem in (
            client.get("/sparql", params={"query": query.replace("127.0.0.1", "localhost")}),
            client.post("/sparql", content=f"{load} ; INSERT {{ }} WHERE {{ SERVICE <{other}/query> {{ }} }}", headers=WRITING),
        ):
            assert (problem.status_code, problem.json()["type"].rpartition("#")[2]) == (400, "refused")
        missing = client.post("/sparql", content=load.replace("/store", "/nothing"), headers=WRITING)
        assert (missing.status_code, missing.json()["type"].rpartition("#")[2]) == (400, "query-failed")
        assert "answered 404" in missing.json()["detail"]
        assert FEDERATED in client.get("/sparql", headers={"Accept": "application/n-triples"}).text


def test_no_host_is_asked_unless_some_are_allowed(tmp_path: Path, other: str) -> None:
    with serve(tmp_path / "store") as client:
        for silent in ("", "SILENT "):
            query = f"SELECT ?o {{ SERVICE {silent}<{other}/query> {{ <x:a> <x:b> ?o }} }}"
            assert client.get("/sparql", params={"query": query}).json()["type"].rpartition("#")[2] == "refused"
        load = f"LOAD <{other}/store?default> INTO GRAPH <x:g>"
        assert client.post("/sparql", content=load, headers=WRITING).json()["type"].rpartition("#")[2] == "refused"
        assert FEDERATED not in client.get("/sparql", headers={"Accept": "application/n-triples"}).text
