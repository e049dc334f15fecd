"""Whole graphs over HTTP: got, put, added to and removed, under all their names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from kg.store.embedded import EmbeddedStore

TOKEN = "w" * 20
TURTLE = {"Content-Type": "text/turtle"}
N_TRIPLES = {"Accept": "application/n-triples"}
G = "https://example.org/g"


@pytest.fixture
def editor(store: EmbeddedStore) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(tokens=f"write {TOKEN}"), store=store), raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


def content(client: TestClient, path: str) -> list[str]:
    response = client.get(path, headers=N_TRIPLES)
    assert response.status_code == 200
    return sorted(response.text.splitlines())


@pytest.mark.parametrize("path", [f"/graphs?graph={G}", "/graphs/people/1", "/graphs?graph=relative"])
def test_graph_is_put_added_to_and_removed(editor: TestClient, path: str) -> None:
    assert editor.get(path).status_code == 404
    assert editor.put(path, content="<x:a> <x:p> 1 .", headers=TURTLE).status_code == 201
    assert editor.post(path, content="<x:b> <x:p> <x:c> .", headers=TURTLE).status_code == 204
    assert len(content(editor, path)) == 2
    assert editor.put(path, content="<x:c> <x:p> <> .", headers=TURTLE).status_code == 204
    (triple,) = content(editor, path)
    assert triple.startswith("<x:c> <x:p> <http")
    assert editor.head(path).status_code == 200
    assert editor.delete(path).status_code == 204
    assert editor.delete(path).status_code == 404
    assert editor.get(path).status_code == 404


def test_graph_without_a_name_is_given_one(editor: TestClient) -> None:
    response = editor.post("/graphs", content="<x:a> <x:p> 1 .", headers=TURTLE)
    assert response.status_code == 201
    assert len(content(editor, f"/graphs?graph={response.headers['Location']}")) == 1


def test_several_files_go_into_one_graph(editor: TestClient) -> None:
    files = [
        ("a", ("a.ttl", "<x:a> <x:p> 1 .", "text/turtle")),
        ("b", ("b.nt", "<x:b> <x:p> <x:c> .", "application/octet-stream")),
    ]
    assert editor.post(f"/graphs?graph={G}", files=files).status_code == 201
    assert len(content(editor, f"/graphs?graph={G}")) == 2


def test_union_is_got_and_never_written(editor: TestClient, store: EmbeddedStore) -> None:
    assert len(content(editor, "/graphs?default")) == store.triple_count()
    for method in ("PUT", "POST", "DELETE"):
        response = editor.request(method, "/graphs?default", content="<x:a> <x:p> 1 .", headers=TURTLE)
        assert (response.status_code, "union" in response.json()["detail"]) == (400, True), method


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (TURTLE, "<x:a> <x:p> ", 400),
        (TURTLE, "<a b> <x:p> 1 .", 400),
        ({"Content-Type": "application/pdf"}, "", 415),
        ({"Content-Type": "text/turtle; charset=latin-1"}, "", 415),
        ({"Content-Type": "application/ld+json"}, '{"@context": "file:///etc/passwd", "a": 1}', 400),
        ({"Content-Type": "application/ld+json"}, '{"@context": "http://127.0.0.1:9/c", "a": 1}', 400),
        ({"Content-Type": "application/trig"}, "GRAPH <x:other> { <x:a> <x:p> 1 }", 400),
        ({"Content-Type": "multipart/form-data; boundary=x"}, "--x--\r\n", 400),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    editor: TestClient, store: EmbeddedStore, headers: dict[str, str], body: str, status: int
) -> None:
    before = store.changes
    response = editor.put(f"/graphs?graph={G}", content=body, headers=headers)
    assert response.status_code == status
    assert response.json()["advice"]
    assert store.changes == before


def test_entities_of_xml_are_no_bomb(editor: TestClient) -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 20}">' for level in range(1, 12))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rdf [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/hostname">{levels}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
        '<rdf:Description rdf:about="x:a"><x:p>{}</x:p></rdf:Description></rdf:RDF>'
    )
    for entity in ("&e11;", "&file;"):
        response = editor.put(
            f"/graphs?graph={G}", content=bomb.replace("{}", entity), headers={"Content-Type": "application/rdf+xml"}
        )
        assert response.status_code == 400, entity


@pytest.mark.parametrize("query", ["", f"?graph={G}&default", f"?graph={G}&graph=x:h", "?graph=http://a b", "?graph=http://[::1"])
def test_graph_must_be_named_once(editor: TestClient, query: str) -> None:
    assert editor.get(f"/graphs{query}").status_code == 400


def test_without_a_token_graphs_are_read_alone(client: TestClient, store: EmbeddedStore) -> None:
    assert client.get(f"/graphs?graph={store.graph_names()[0]}").status_code == 200
    for method in ("PUT", "POST", "DELETE"):
        assert client.request(method, f"/graphs?graph={G}", content="", headers=TURTLE).status_code == 403
