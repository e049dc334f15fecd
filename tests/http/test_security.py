"""Tokens and their scopes, limits on what is sent, and headers that keep browsers careful."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.security.tokens import load_tokens
from kg.config import Settings
from kg.errors import SettingsError
from kg.store.embedded import EmbeddedStore

READ, WRITE, ADMIN = "r" * 20, "w" * 20, "a" * 20
TOKENS = f"read {READ} # analysts ; write {WRITE}; admin {ADMIN}"
INSERT = "INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 } }"
UPDATE = "application/sparql-update"


def serve(store: EmbeddedStore, **settings: object) -> TestClient:
    return TestClient(create_app(Settings(**{"tokens": TOKENS, **settings}), store=store), raise_server_exceptions=False)  # type: ignore[arg-type]


@pytest.fixture
def guarded(store: EmbeddedStore) -> Iterator[TestClient]:
    with serve(store) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def update(client: TestClient, headers: dict[str, str]) -> int:
    status: int = client.post("/sparql", content=INSERT, headers={"Content-Type": UPDATE, **headers}).status_code
    return status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (bearer("x" * 20), 401),
        (bearer(WRITE + "w"), 401),
        ({"Authorization": f"Basic {WRITE}"}, 401),
        (bearer(READ), 403),
        (bearer(WRITE), 204),
        ({"Authorization": f"bearer  {ADMIN}"}, 204),
    ],
)
def test_who_may_write(guarded: TestClient, store: EmbeddedStore, headers: dict[str, str], status: int) -> None:
    before = store.triple_count()
    assert update(guarded, headers) == status
    assert store.triple_count() - before == (1 if status == 204 else 0)


def test_reading_is_open_but_not_with_a_wrong_token(guarded: TestClient) -> None:
    assert guarded.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    refused = guarded.get("/sparql", params={"query": "ASK {}"}, headers=bearer("x" * 20))
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="demarche", error="invalid_token"'


def test_private_service_is_read_with_a_token_alone(store: EmbeddedStore) -> None:
    with serve(store, private=True) as client:
        for path in ("/sparql?query=ASK%7B%7D", "/api/v1/entities", "/export/turtle", "/metrics", "/graphs?default"):
            assert client.get(path).status_code == 401, path
            assert client.get(path, headers=bearer(READ)).status_code == 200, path
        assert client.get("/health/live").status_code == 200


def test_tokens_are_told_to_nobody(guarded: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [guarded.get("/sparql?query=nonsense", headers=bearer(token)) for token in (READ, "z" * 20)]
    told = caplog.text + "".join(answer.text + str(answer.headers) for answer in answers) + repr(guarded.app.state.settings)  # type: ignore[attr-defined]
    assert not any(token in told for token in (READ, WRITE, ADMIN, "z" * 20))


@pytest.mark.parametrize("guess", [READ, WRITE, ADMIN, WRITE[:-1] + "x", "", "é" * 20])
def test_time_tells_nothing_of_a_token(guess: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each token is compared, whichever fits, as a digest, in the standard library's constant time."""
    tokens = load_tokens(Settings(tokens=TOKENS))
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr("hmac.compare_digest", compare)
    expected: dict[str, str] = {READ: "read", WRITE: "write", ADMIN: "admin"}
    assert tokens.scope_of(guess) == expected.get(guess)
    assert len(compared) == len(tokens.entries) == 3
    assert {len(digest) for pair in compared for digest in pair} == {32}


@pytest.mark.parametrize(
    "lines", ["write", "boss " + WRITE, "write short", f"write {WRITE} {READ}", "write " + "é" * 20], ids=lambda lines: lines[:12]
)
def test_tokens_that_cannot_be_read_are_named_by_their_line_alone(tmp_path: Path, lines: str) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# who may\nread {READ}\n{lines}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 3") as raised:
        load_tokens(Settings(tokens_file=file))
    assert not any(token in str(raised.value) for token in (READ, WRITE))


def test_private_without_tokens_is_refused() -> None:
    with pytest.raises(SettingsError, match="nobody could read"):
        load_tokens(Settings(private=True))


def test_body_that_is_too_large_is_413(store: EmbeddedStore) -> None:
    with serve(store, max_body=1000) as client:
        headers = {"Content-Type": UPDATE, **bearer(WRITE)}
        assert client.post("/sparql", content=b" " * 2000 + INSERT.encode(), headers=headers).status_code == 413
        pieces = (b" " * 300 for _ in range(10))
        assert client.post("/sparql", content=pieces, headers=headers).status_code == 413
        assert client.post("/sparql", content=INSERT, headers=headers).status_code == 204


def test_gzip_is_unpacked_and_a_bomb_of_it_is_not(store: EmbeddedStore) -> None:
    with serve(store, max_body=100_000) as client:
        headers = {"Content-Type": UPDATE, "Content-Encoding": "gzip", **bearer(WRITE)}
        bomb = gzip.compress(b" " * 50_000_000)
        assert len(bomb) < 100_000
        assert client.post("/sparql", content=bomb, headers=headers).status_code == 413
        assert client.post("/sparql", content=gzip.compress(INSERT.encode()), headers=headers).status_code == 204
        assert client.post("/sparql", content=b"no gzip", headers=headers).status_code == 400
        assert client.post("/sparql", content=gzip.compress(INSERT.encode())[:-9], headers=headers).status_code == 400
        assert client.post("/sparql", content=INSERT, headers={**headers, "Content-Encoding": "br"}).status_code == 415


def test_query_and_address_that_are_too_long_are_refused(store: EmbeddedStore) -> None:
    with serve(store, max_query=1000) as client:
        query = "ASK {} #" + "é" * 600
        assert (
            client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}).status_code
            == 413
        )
        assert client.get("/sparql?query=ASK%7B%7D&more=" + "x" * 20_000).status_code == 414


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LOAD <file:///etc/hostname> INTO GRAPH <x:g>", "refused"),
        ("INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "refused"),
        ("INSERT DATA { <x:a> <x:p> 1 }", "refused"),
        ("CLEAR DEFAULT", "refused"),
        ("INSERT DATA { GRAPH ?g { <x:a> <x:p> 1 } }", "malformed-query"),
        ("INSERT DATA { _:a <x:p> 1 } ; INSERT DATA { _:a <x:p> 2 }", "malformed-query"),
        ("INSRT DATA {}", "malformed-query"),
    ],
)
def test_what_is_refused_is_told_from_what_is_malformed(guarded: TestClient, text: str, kind: str) -> None:
    problem = guarded.post("/sparql", content=text, headers={"Content-Type": UPDATE, **bearer(WRITE)}).json()
    assert (problem["status"], problem["type"].partition("#")[2]) == (400, kind), problem


def test_rate_is_limited_for_each_client(store: EmbeddedStore) -> None:
    with serve(store, rate=1.0) as client:
        statuses = [client.get("/health/live").status_code for _ in range(5)]
        assert statuses[:2] == [200, 200]
        assert statuses[-1] == 429
        assert int(client.get("/health/live").headers["Retry-After"]) >= 1


def test_answers_keep_browsers_careful(guarded: TestClient) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/api/v1/entities", "/nothing", "/docs"):
        headers = guarded.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "Access-Control-Allow-Origin" not in headers, path


def test_other_origins_may_ask_where_they_are_listed(store: EmbeddedStore) -> None:
    with serve(store, cors=("https://desk.example",)) as client:
        preflight = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
        assert client.options("/sparql", headers=preflight).headers["Access-Control-Allow-Origin"] == "https://desk.example"
        theirs = client.get("/sparql?query=ASK%7B%7D", headers={"Origin": "https://other.example"})
        assert "Access-Control-Allow-Origin" not in theirs.headers
