"""Backups over HTTP, of a store that is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings

ADMIN, WRITE = "a" * 20, "w" * 20


@pytest.fixture
def admin(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(store=tmp_path / "store", backups=tmp_path / "backups", tokens=f"admin {ADMIN}; write {WRITE}")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {ADMIN}"
        yield client


def insert(client: TestClient, number: int) -> None:
    update = f"INSERT DATA {{ GRAPH <x:g> {{ <x:a> <x:p> {number} }} }}"
    assert client.post("/sparql", data={"update": update}).status_code == 204


def values(client: TestClient) -> list[str]:
    return client.get("/sparql?query=SELECT+?o+{?s+<x:p>+?o}+ORDER+BY+?o&format=csv").text.split()[1:]


def test_store_is_backed_up_and_brought_back_while_it_is_served(admin: TestClient) -> None:
    insert(admin, 1)
    assert admin.post("/admin/backups", json={"name": "one"}).status_code == 201
    insert(admin, 2)
    assert values(admin) == ["1", "2"]
    before = int(admin.get("/sparql?query=ASK{}").headers["Demarche-Snapshot"])
    restored = admin.post("/admin/restore", json={"name": "one"})
    assert restored.status_code == 204
    assert int(restored.headers["Demarche-Snapshot"]) > before
    assert values(admin) == ["1"]
    insert(admin, 3)
    assert values(admin) == ["1", "3"]
    assert admin.get("/admin/backups").json() == {"items": [{"name": "one"}]}


@pytest.mark.parametrize(
    ("path", "name", "status"),
    [
        ("backups", "one", 409),
        ("backups", "../store", 400),
        ("backups", ".hidden", 400),
        ("backups", "a/b", 400),
        ("restore", "two", 404),
        ("restore", "..", 400),
    ],
)
def test_names_that_do_not_fit_are_refused(admin: TestClient, path: str, name: str, status: int) -> None:
    admin.post("/admin/backups", json={"name": "one"})
    response = admin.post(f"/admin/{path}", json={"name": name})
    assert (response.status_code, bool(response.json()["advice"])) == (status, True)


def test_administrators_alone_may(admin: TestClient) -> None:
    for headers, status in (({"Authorization": f"Bearer {WRITE}"}, 403), ({"Authorization": ""}, 401)):
        assert admin.post("/admin/restore", json={"name": "one"}, headers=headers).status_code == status
        assert admin.get("/admin/backups", headers=headers).status_code == status


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(store=tmp_path / "store", tokens=f"admin {ADMIN}"))) as client:
        response = client.post("/admin/backups", json={"name": "one"}, headers={"Authorization": f"Bearer {ADMIN}"})
    assert response.status_code == 404
    assert "DEMARCHE_BACKUPS" in response.json()["advice"]
