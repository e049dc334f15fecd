"""What can be seen of the service: request ids, the log, metrics, and whether it lives and is ready."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from kg.errors import StoreError
from kg.store.answer import EmbeddedAnswer
from tests.memory_store import MemoryStore


class BrokenStore(MemoryStore):
    """A store that fails whatever it is asked."""

    def query(
        self, query: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> EmbeddedAnswer:
        raise StoreError("the disk is gone")


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "demarche.access"]


def test_every_answer_has_a_request_id_of_its_own(client: TestClient) -> None:
    first, second = (client.get("/health/live").headers["X-Request-Id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(("given", "kept"), [("abc-1.2_Z", True), ("a b", False), ("x" * 65, False), ("", False)])
def test_a_plain_request_id_of_a_proxy_is_kept(client: TestClient, given: str, kept: bool) -> None:
    assert (client.get("/health/live", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given) is kept


def test_each_request_is_a_line_of_log_without_its_query_and_headers(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="demarche.access")
    answer = client.get("/sparql?query=ASK%7B%7D&secret=plum", headers={"Authorization": "Bearer pear"})
    (line,) = lines(caplog)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["path"], line["route"], line["status"]) == ("GET", "/sparql", "/sparql", 200)
    assert line["bytes"] == len(answer.content)
    assert not any(word in caplog.text for word in ("plum", "pear"))


def test_a_path_cannot_forge_a_line_of_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="demarche.access")
    client.get("/nothing%0A%7B%22status%22:200%7D")
    (line,) = lines(caplog)
    assert "\n" not in caplog.records[0].message
    assert (line["status"], line["route"]) == (404, "unknown")


def test_metrics_count_requests_by_route_and_status(client: TestClient) -> None:
    for path in ("/health/live", "/health/live", "/api/v1/entities/person/nobody", "/nothing/at/all"):
        client.get(path)
    told = client.get("/metrics").text
    assert 'demarche_http_requests_total{method="GET",route="/health/live",status="200"} 2.0' in told
    assert 'demarche_http_requests_total{method="GET",route="unknown",status="404"} 1.0' in told
    assert "nobody" not in told
    assert "demarche_http_open_requests 1.0" in told


def test_a_server_lives_whatever_its_store_does_and_is_not_ready_without_it() -> None:
    with TestClient(create_app(Settings(), store=BrokenStore()), raise_server_exceptions=False) as broken:
        assert broken.get("/health/live").status_code == 200
        answer = broken.get("/health/ready")
    assert answer.status_code == 503
    assert "disk" not in answer.text


def test_a_server_with_a_store_is_ready(client: TestClient) -> None:
    assert client.get("/health/ready").json() == {"status": "ok"}
