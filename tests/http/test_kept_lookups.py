"""A look-up that was answered is answered again without a look at the store, until the store changes, and to each as he asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from kg.graph.knowledge_base import KnowledgeBase
from kg.store.embedded import EmbeddedStore
from tests.builders import a_document, an_extraction

VARO = "/api/v1/entities/person/ilena-varo"
OWN = {"x-request-id", "date"}


@pytest.fixture
def asked(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> Mock:
    counting = Mock(wraps=store.query)
    monkeypatch.setattr(store, "query", counting)
    return counting


@pytest.fixture
def client(store: EmbeddedStore) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(kept_answers=20_000), store=store), raise_server_exceptions=False) as opened:
        yield opened


def told(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, {name: value for name, value in response.headers.items() if name not in OWN}


@pytest.mark.parametrize("path", [VARO, "/api/v1/meetings?limit=1"])
@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_look_up_is_given_again_as_it_was(client: TestClient, asked: Mock, path: str, accept: str) -> None:
    first = client.get(path, headers={"Accept": accept})
    before = asked.call_count
    second = client.get(path, headers={"Accept": accept})
    assert told(second) == told(first)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    tag = first.headers["etag"]
    third = client.get(path, headers={"Accept": accept, "If-None-Match": tag})
    assert (third.status_code, third.content, third.headers["etag"]) == (304, b"", tag)
    assert client.head(path, headers={"Accept": accept}).headers["content-length"] == first.headers.get("content-length")
    assert asked.call_count == before
    assert 'route="/api/v1/entities/{id:path}"' in client.get("/metrics").text or path != VARO


def test_look_up_is_packed_for_those_alone_who_take_it_so(client: TestClient) -> None:
    plain, packed, again = (client.get(VARO, headers={"Accept-Encoding": way}) for way in ("identity", "gzip", "identity"))
    assert (packed.headers["content-encoding"], packed.content) == ("gzip", plain.content)
    assert told(again) == told(plain)


def test_look_up_is_new_when_the_store_has_changed(client: TestClient, store: EmbeddedStore) -> None:
    assert len(client.get(VARO).json()["documents"]) == 1
    KnowledgeBase(store).add([an_extraction(document=a_document(id="other"))])
    assert len(client.get(VARO).json()["documents"]) == 2


def test_errors_and_what_has_no_room_are_not_kept(client: TestClient, asked: Mock) -> None:
    assert [client.get("/api/v1/entities/nobody").status_code for _ in range(2)] == [404, 404]
    client.get(VARO)
    for context in range(30):
        client.get(f"/api/v1/statements?context={context}")
    before = asked.call_count
    assert client.get(VARO).status_code == 200
    assert asked.call_count > before
