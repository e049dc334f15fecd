"""Documents are added, replaced and removed over HTTP, and people decide, where a writer is there and the request may."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.jobs import MOST_AT_WORK
from api.routes.writing import LONG
from kg.config import Settings
from kg.errors import ModelError
from kg.graph.knowledge_base import KnowledgeBase
from kg.records import Document, Extraction
from kg.store.embedded import EmbeddedStore
from tests.builders import TEXT, a_document, an_extraction

DOCUMENTS, DECISIONS, JOBS = "/api/v1/documents", "/api/v1/decisions", "/api/v1/jobs"
READ, WRITE = "r" * 20, "w" * 20
TOKENS = f"read {READ}; write {WRITE}"
BASE = "https://w3id.org/demarche/id/"


class Reader:
    """Reads the invented statement, and finds nothing in any other text.

    It waits for its gate with texts longer than ``gated`` characters, and fails where it is told to.
    """

    def __init__(self) -> None:
        self.gated = 0
        self.gate = threading.Event()
        self.gate.set()
        self.failure: Exception | None = None
        self.read: list[Document] = []
        self.closed = False

    async def extract(self, document: Document) -> Extraction:
        while not self.gate.is_set() and len(document.text) > self.gated:
            await asyncio.to_thread(self.gate.wait, 0.05)
        if self.failure is not None:
            raise self.failure
        self.read.append(document)
        return an_extraction(document=document) if document.text == TEXT else Extraction(document=document)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    with EmbeddedStore(None) as opened:
        KnowledgeBase(opened).add([an_extraction()])
        yield opened


@pytest.fixture
def client(store: EmbeddedStore, reader: Reader) -> Iterator[TestClient]:
    """Talk to an app that may write."""
    app = create_app(Settings(max_bytes=100_000, tokens=TOKENS), store=store, extracting=reader)
    with TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {WRITE}"}) as opened:
        yield opened


def kind(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["type"].rpartition("#")[2]


def ids(client: TestClient) -> list[str]:
    return [one["identifier"] for one in client.get(DOCUMENTS).json()["items"]]


def test_document_is_there_once_it_is_answered(client: TestClient, reader: Reader) -> None:
    sent = {"id": "other", "text": TEXT, "title": "Another", "date": "2031-03-01", "source": "https://x.example/"}
    response = client.post(DOCUMENTS, json=sent)
    assert (response.status_code, response.headers["location"]) == (201, f"{DOCUMENTS}/other")
    assert response.json() == {
        "id": response.json()["id"],
        "document": "other",
        "iri": f"{BASE}document/other",
        "stage": "done",
        "created": True,
        "error": None,
    }
    found = client.get(response.headers["location"]).json()
    assert (found["title"], found["date"], found["text"]) == ("Another", "2031-03-01", TEXT)
    assert len(client.get("/api/v1/entities/person/ilena-varo").json()["documents"]) == 2
    assert [document.source for document in reader.read] == ["https://x.example/"]


@pytest.mark.parametrize(
    ("media_type", "body", "text", "title"),
    [
        ("text/plain", "Grüße aus Port Lys.\r\nBald mehr.", "Grüße aus Port Lys.\nBald mehr.", "Told"),
        ("text/plain; charset=iso-8859-1", "Grüße".encode("latin-1"), "Grüße", "Told"),
        ("text/html; charset=utf-8", "<h1>Own</h1><p>Hello there.</p>", "Hello there.", "Told"),
        ("application/json", '{"text": "Hello.", "title": "Own"}', "Hello.", "Told"),
    ],
)
def test_document_is_read_from_text_html_and_json(
    client: TestClient, media_type: str, body: str | bytes, text: str, title: str
) -> None:
    parameters = {"id": "sent", "title": "Told", "date": "2031-03-01"}
    response = client.post(DOCUMENTS, params=parameters, content=body, headers={"Content-Type": media_type})
    assert response.status_code == 201, response.text
    found = client.get(f"{DOCUMENTS}/sent").json()
    assert (text in found["text"], found["title"], found["date"]) == (True, title, "2031-03-01")


def test_document_without_an_id_is_called_after_its_text(client: TestClient) -> None:
    first = client.post(DOCUMENTS, json={"text": "Hello."})
    assert (first.status_code, first.json()["document"].startswith("text-")) == (201, True)
    assert kind(client.post(DOCUMENTS, json={"text": "Hello."})) == (409, "conflict")


def test_document_of_an_id_that_is_taken_is_refused_and_can_be_replaced(client: TestClient) -> None:
    assert kind(client.post(DOCUMENTS, json={"id": "port-lys", "text": "Hello."})) == (409, "conflict")
    response = client.put(f"{DOCUMENTS}/port-lys", json={"text": "Hello."})
    assert (response.status_code, response.json()["created"]) == (200, False)
    assert client.get(f"{DOCUMENTS}/port-lys").json()["text"] == "Hello."
    assert client.get("/api/v1/entities/person/ilena-varo").status_code == 404


def test_document_is_put_where_there_was_none(client: TestClient) -> None:
    response = client.put(f"{DOCUMENTS}/a%2Fb c", content="Hello.", headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.headers["location"]) == (201, f"{DOCUMENTS}/a%2Fb%20c")
    assert "a/b c" in ids(client)


def test_document_is_removed(client: TestClient) -> None:
    assert client.delete(f"{DOCUMENTS}/port-lys").status_code == 204
    assert ids(client) == []
    assert kind(client.delete(f"{DOCUMENTS}/port-lys")) == (404, "not-found")


@pytest.mark.parametrize(
    ("body", "media_type", "status", "problem"),
    [
        (b"", "text/plain", 400, "bad-input"),
        (b"\xff\xfe\x00", "text/plain", 400, "bad-input"),
        (b"<p></p>", "text/html", 400, "bad-input"),
        (b"{", "application/json", 400, "malformed-json"),
        (b"[" * 100_000, "application/json", 400, "malformed-json"),
        (b"[1]", "application/json", 400, "bad-parameter"),
        (b'{"title": "no text"}', "application/json", 400, "bad-parameter"),
        (b'{"text": "x", "colour": "red"}', "application/json", 400, "bad-parameter"),
        (b'{"text": "x", "date": "Tuesday"}', "application/json", 400, "bad-parameter"),
        (b'{"text": "x", "id": "another"}', "application/json", 400, "two-ids"),
        (b"%PDF", "application/pdf", 415, "unsupported-media-type"),
        (b"x" * 100_001, "text/plain", 413, "too-large"),
    ],
)
def test_what_is_no_document_is_refused(client: TestClient, body: bytes, media_type: str, status: int, problem: str) -> None:
    before = ids(client)
    response = client.put(f"{DOCUMENTS}/sent", content=body, headers={"Content-Type": media_type})
    assert kind(response) == (status, problem)
    assert ids(client) == before


def test_long_document_is_a_job_whose_progress_can_be_followed(client: TestClient, reader: Reader) -> None:
    reader.gate.clear()
    response = client.post(DOCUMENTS, json={"id": "long", "text": "Hello. " * LONG})
    assert kind(response) == (413, "too-large")
    response = client.post(DOCUMENTS, json={"id": "long", "text": "Hello. " * (LONG // 7 + 1)})
    assert (response.status_code, response.json()["stage"] in {"waiting", "extracting"}) == (202, True)
    place = response.headers["location"]
    assert client.get(place).json()["stage"] in {"waiting", "extracting"}
    assert client.get(JOBS).json()["items"] == [client.get(place).json()]
    reader.gate.set()
    events = client.get(f"{place}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(data) for data in re.findall(r"^data: (.*)$", events.text, re.MULTILINE)]
    assert told[-1] == client.get(place).json()
    assert (told[-1]["stage"], told[-1]["created"]) == ("done", True)
    assert [(one["stage"], one["created"]) for one in told[:-1]] == [("waiting", None), ("extracting", None), ("writing", None)]
    assert "long" in ids(client)


def test_job_is_followed_on_where_a_connection_broke_until_nothing_is_left(client: TestClient) -> None:
    response = client.post(DOCUMENTS, json={"id": "short", "text": "Hello."}, headers={"Prefer": "respond-async"})
    events = f"{response.headers['location']}/events"
    assert re.findall(r"^id: (.*)$", client.get(events).text, re.MULTILINE) == ["1", "2", "3", "4"]
    again = client.get(events, headers={"Last-Event-ID": "2"}).text
    assert re.findall(r'"stage":"(\w+)"', again) == ["writing", "done"]
    assert client.get(events, headers={"Last-Event-ID": "4"}).status_code == 204
    for number in ("x", "+0.0"):
        assert kind(client.get(events, headers={"Last-Event-ID": number})) == (400, "bad-parameter")


def test_short_document_waits_for_no_long_one_but_for_what_was_sent_of_it_before(client: TestClient, reader: Reader) -> None:
    reader.gate.clear()
    reader.gated = LONG
    long = client.put(f"{DOCUMENTS}/long", json={"text": "Hello. " * (LONG // 7 + 1)}).headers["location"]
    anew = client.put(f"{DOCUMENTS}/long", json={"text": "Anew."}, headers={"Prefer": "respond-async"}).headers["location"]
    assert client.put(f"{DOCUMENTS}/short", json={"text": "Hello."}).status_code == 201
    assert [client.get(place).json()["stage"] for place in (long, anew)] == ["extracting", "waiting"]
    reader.gate.set()
    client.get(f"{anew}/events")
    assert client.get(f"{DOCUMENTS}/long").json()["text"] == "Anew."


def test_document_becomes_a_job_when_it_is_asked_for(client: TestClient) -> None:
    response = client.post(DOCUMENTS, json={"id": "short", "text": "Hello."}, headers={"Prefer": "respond-async"})
    assert response.status_code == 202
    assert client.get(f"{response.headers['location']}/events").status_code == 200
    assert "short" in ids(client)


def test_job_that_fails_says_why(client: TestClient, reader: Reader) -> None:
    reader.failure = RuntimeError("secret")
    assert kind(client.post(DOCUMENTS, json={"id": "short", "text": "Hello."})) == (500, "internal")
    reader.failure = ModelError("secret, too")
    response = client.post(DOCUMENTS, json={"id": "short", "text": "Hello."}, headers={"Prefer": "respond-async"})
    client.get(f"{response.headers['location']}/events")
    failed = client.get(response.headers["location"]).json()
    assert (failed["stage"], failed["error"]["status"], "secret" in json.dumps(failed)) == ("failed", 500, False)
    assert failed["error"]["instance"] == response.headers["location"]
    told = re.findall(r"^data: (.*)$", client.get(f"{response.headers['location']}/events").text, re.MULTILINE)
    assert json.loads(told[-1]) == failed
    assert ids(client) == ["port-lys"]


def test_no_more_jobs_are_taken_than_fit(client: TestClient, reader: Reader) -> None:
    reader.gate.clear()
    for number in range(MOST_AT_WORK):
        sent = client.put(f"{DOCUMENTS}/{number}", json={"text": "x"}, headers={"Prefer": "respond-async"})
        assert sent.status_code == 202
    response = client.put(f"{DOCUMENTS}/more", json={"text": "x"}, headers={"Prefer": "respond-async"})
    assert (kind(response), response.headers["retry-after"]) == ((503, "too-many-jobs"), "30")


def test_job_that_is_not_there_is_404(client: TestClient) -> None:
    assert kind(client.get(f"{JOBS}/7")) == (404, "not-found")
    assert kind(client.get(f"{JOBS}/7/events")) == (404, "not-found")


def test_app_breaks_off_what_is_at_work_when_it_stops(store: EmbeddedStore, reader: Reader) -> None:
    reader.gate.clear()
    app = create_app(Settings(tokens=TOKENS), store=store, extracting=reader)
    with TestClient(app, headers={"Authorization": f"Bearer {WRITE}"}) as client:
        assert client.put(f"{DOCUMENTS}/x", json={"text": "x"}, headers={"Prefer": "respond-async"}).status_code == 202
    (job,) = app.state.jobs.all()
    assert (job.stage, job.error.kind, reader.closed) == ("failed", "stopping", True)


def test_people_decide_and_take_it_back(client: TestClient) -> None:
    renaming = {"kind": "rename", "thing": "Ilena Varo", "label": "Ilena Varo-Lind", "reason": "she married"}
    response = client.post(DECISIONS, json=renaming)
    assert response.status_code == 201
    (made,) = response.json()["items"]
    assert (made["number"], made["kind"], made["label"], made["reason"]) == (1, "rename", "Ilena Varo-Lind", "she married")
    assert client.get("/api/v1/entities/person/ilena-varo").json()["label"] == "Ilena Varo-Lind"
    assert client.get(DECISIONS).json()["items"] == [made]
    assert client.delete(f"{DECISIONS}/1").status_code == 204
    assert client.get("/api/v1/entities/person/ilena-varo").json()["label"] == "Ilena Varo"
    assert kind(client.delete(f"{DECISIONS}/1")) == (404, "not-found")


def test_people_merge_and_split(client: TestClient, store: EmbeddedStore) -> None:
    KnowledgeBase(store).add([an_extraction(document=a_document(id="other"))])
    merged = client.post(DECISIONS, json={"kind": "merge", "first": "Ilena Varo", "second": "Tomas Brek"})
    assert (merged.status_code, client.get("/api/v1/entities", params={"q": "Brek"}).json()["total"]) == (201, 1)
    assert client.get("/api/v1/entities", params={"q": "Brek"}).json()["items"][0]["label"] == "Ilena Varo"
    assert client.delete(f"{DECISIONS}/1").status_code == 204
    split = client.post(DECISIONS, json={"kind": "split", "thing": "Ilena Varo", "documents": ["other"]})
    assert (split.status_code, client.get("/api/v1/entities", params={"q": "varo"}).json()["total"]) == (201, 2)


@pytest.mark.parametrize(
    ("decision", "status", "problem"),
    [
        ({"kind": "guess"}, 400, "bad-parameter"),
        ({"kind": "rename", "thing": "Ilena Varo", "label": " "}, 400, "bad-input"),
        ({"kind": "merge", "first": "Ilena Varo", "second": "Ilena Varo"}, 400, "bad-input"),
        ({"kind": "merge", "first": "Ilena Varo", "second": "Kelmaria"}, 400, "bad-input"),
        ({"kind": "merge", "first": "Ilena Varo", "second": "Nobody"}, 404, "not-found"),
        ({"kind": "split", "thing": "Ilena Varo", "documents": ["nothing"]}, 400, "bad-input"),
    ],
)
def test_decision_that_makes_no_sense_is_refused(client: TestClient, decision: dict[str, Any], status: int, problem: str) -> None:
    assert kind(client.post(DECISIONS, json=decision)) == (status, problem)
    assert client.get(DECISIONS).json() == {"items": []}


CHANGES = [
    ("POST", DOCUMENTS),
    ("PUT", f"{DOCUMENTS}/x"),
    ("DELETE", f"{DOCUMENTS}/port-lys"),
    ("POST", DECISIONS),
    ("DELETE", f"{DECISIONS}/1"),
    ("GET", JOBS),
]


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_those_who_may_only_read_change_nothing(client: TestClient, method: str, path: str) -> None:
    body = {} if method == "GET" else {"json": {"text": "x", "kind": "rename", "thing": "Varo", "label": "x"}}
    response = client.request(method, path, headers={"Authorization": f"Bearer {READ}"}, **body)  # type: ignore[arg-type]
    assert kind(response) == (403, "insufficient-scope")
    assert ids(client) == ["port-lys"]


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_store_that_is_served_for_reading_changes_for_nobody(store: EmbeddedStore, method: str, path: str) -> None:
    with TestClient(create_app(Settings(), store=store)) as client:
        assert kind(client.request(method, path)) == (403, "read-only")
