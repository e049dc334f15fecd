"""What a store on a server does that one in this process need not: reach it, keep or take its union, and bear with its answers."""

from __future__ import annotations

import dataclasses
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.cli import main
from kg.config import Settings
from kg.errors import DemarcheError, QueryError, StoreError
from kg.graph.knowledge_base import KnowledgeBase
from kg.store.connection import Connection, Credentials, credentials_from, endpoints
from kg.store.embedded import EmbeddedStore
from kg.store.opening import open_store
from kg.store.protocol import Edit, Store
from kg.store.remote import RemoteStore
from tests.builders import an_extraction
from tests.servers import free_port, oxigraph_server
from tests.unit.store.conftest import emptied
from tests.unit.store.test_stores import ADA, BEN, FIRST, KNOWS, SECOND, count, graph_of, union_of

JSON = "application/sparql-results+json"
NOTHING = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
FALSE = b'{"head":{},"boolean":false}'

Reply = tuple[int, str, bytes]


@contextmanager
def server_that(reply: Callable[[BaseHTTPRequestHandler, str], Reply]) -> Iterator[str]:
    """Run a server that is well for as long as a store opens, and then replies as told; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(404, "text/plain", b"")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            opening = "NOT+EXISTS" in text
            self._send(*((200, JSON, FALSE) if opening else reply(self, text)))

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # as it is called there
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}"
        finally:
            listening.shutdown()
            thread.join()


def rows_of(store: Store) -> list[object]:
    return list(store.query("SELECT * { ?s ?p ?o }").rows())


@pytest.mark.parametrize(
    ("address", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/ds", "http://h/ds/query", "http://h/ds/update"),
        ("http://h/ds/query", "http://h/ds/query", "http://h/ds/update"),
        ("https://h/sparql", "https://h/sparql", "https://h/sparql"),
        ("http://h/repositories/r", "http://h/repositories/r", "http://h/repositories/r/statements"),
    ],
)
def test_endpoints_are_read_off_the_address(address: str, query: str, update: str) -> None:
    assert endpoints(address) == (query, update)


def test_knowledge_base_is_the_same_on_a_server_as_embedded(server: str) -> None:
    first = an_extraction()
    second = dataclasses.replace(first, document=dataclasses.replace(first.document, id="second"))
    with emptied(server) as remote, EmbeddedStore(None) as embedded:
        stores: tuple[Store, ...] = (remote, embedded)
        for store in stores:
            KnowledgeBase(store).add([first, second])
        assert remote.graph_names() == embedded.graph_names()
        assert isomorphic(union_of(remote), union_of(embedded))
        for store in stores:
            KnowledgeBase(store).remove("second")
        assert isomorphic(union_of(remote), union_of(embedded))
        assert sorted(remote.dump("application/n-quads").splitlines()) == sorted(
            embedded.dump("application/n-quads").splitlines()
        )


def test_readers_see_a_change_before_or_after_but_never_between(server: str) -> None:
    versions = [graph_of(FIRST, [(ADA, KNOWS, Literal(f"{version} {n}")) for n in range(100)]) for version in "ab"]
    seen: set[tuple[str, ...]] = set()
    with emptied(server) as store:
        store.replace_graph(versions[0])
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                rows = store.query("SELECT (COUNT(?o) AS ?n) (SAMPLE(SUBSTR(?o, 1, 1)) AS ?v) { ?s ?p ?o }").rows()
                seen.update((str(row["n"]),) for row in rows)

        reader = threading.Thread(target=read)
        reader.start()
        for turn in range(20):
            store.replace_graph(versions[turn % 2])
        done.set()
        reader.join()
    assert seen == {("100",)}


def test_store_makes_the_union_of_a_server_that_others_filled(server: str) -> None:
    with emptied(server):
        pass
    connection = Connection(server)
    connection.update(f"INSERT DATA {{ GRAPH <{FIRST}> {{ <{ADA}> <{KNOWS}> <{BEN}> }} }}")
    connection.close()
    with pytest.raises(StoreError, match=r"default graph is empty.*'kg build'"):
        RemoteStore(server, read_only=True)
    with RemoteStore(server) as store:
        assert list(union_of(store)) == [(ADA, KNOWS, BEN)]
    with RemoteStore(server, read_only=True) as store:
        assert store.triple_count() == 1


def test_union_that_a_server_computes_is_left_to_it() -> None:
    with oxigraph_server("--union-default-graph") as address, RemoteStore(address) as store:
        for name in (FIRST, SECOND):
            store.replace_graph(graph_of(name, [(ADA, KNOWS, BEN)]))
        assert store.triple_count() == 1
        assert list(union_of(store)) == [(ADA, KNOWS, BEN)]
        store.remove_graph(FIRST)
        assert count(store) == 1
        store.remove_graph(SECOND)
        assert count(store) == 0


def test_store_for_reading_writes_nothing(server: str) -> None:
    with emptied(server), RemoteStore(server, read_only=True) as store, pytest.raises(StoreError, match="for reading only"):
        store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))


def test_edit_with_a_blank_node_is_refused(server: str) -> None:
    with emptied(server) as store, pytest.raises(StoreError, match="blank node"):
        store.change([], edits=[Edit(gained=graph_of(FIRST, [(ADA, KNOWS, BNode())]), lost=Graph(identifier=FIRST))])


def test_absent_server_is_named() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match=f"{address}: nobody answers there.*Start the server"):
        RemoteStore(address)


@pytest.mark.parametrize(
    ("reply", "error", "message"),
    [
        ((500, "text/plain", b"disk\nfull"), StoreError, r"refuses queries at /query \(HTTP 500: disk full\)"),
        ((404, "text/plain", b""), StoreError, r"HTTP 404.*Give the address of its SPARQL endpoint"),
        ((302, "text/plain", b""), StoreError, r"HTTP 302.*Give the address of its SPARQL endpoint"),
        ((400, "text/plain", b"too hard"), QueryError, r"did not take the query \(HTTP 400: too hard\)"),
        ((200, "text/html", b"<p>hello</p>"), StoreError, r"answered with text/html.*Is it a SPARQL endpoint"),
        ((200, JSON, NOTHING[:-5]), QueryError, "cannot be read"),
        ((200, JSON, b""), QueryError, "cannot be read"),
        (
            (200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[' + b" " * 5000 + b"]}}"),
            QueryError,
            "longer than 4000 bytes",
        ),
    ],
    ids=["fault", "absent", "redirect", "refused", "page", "cut off", "empty", "too long"],
)
def test_bad_answer_is_told_with_the_server_and_what_to_do(reply: Reply, error: type[DemarcheError], message: str) -> None:
    with server_that(lambda handler, text: reply) as address, RemoteStore(address, most_bytes=4000) as store:
        with pytest.raises(error, match=message) as raised:
            rows_of(store)
        assert address in str(raised.value)


def test_answer_of_triples_that_is_cut_off_is_an_error() -> None:
    reply = 200, "application/n-triples", b'<a:b> <a:c> "d" .\n<a:b> <a:c> "e'
    with server_that(lambda handler, text: reply) as address, RemoteStore(address) as store:
        answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        with pytest.raises(QueryError, match="cannot be read"):
            answer.graph()


def test_server_that_is_silent_is_given_up() -> None:
    over = threading.Event()

    def wait(handler: BaseHTTPRequestHandler, text: str) -> Reply:
        over.wait(30)
        return 200, JSON, NOTHING

    with server_that(wait) as address, RemoteStore(address, timeout=0.2) as store:
        with pytest.raises(StoreError, match=r"no answer within 0\.2 s\). Try again"):
            rows_of(store)
        with pytest.raises(StoreError, match="Whether it was written is not known"):
            store.replace_graph(graph_of(FIRST, [(ADA, KNOWS, BEN)]))
        over.set()


def test_credentials_are_sent_and_never_shown() -> None:
    seen: list[str] = []

    def refuse(handler: BaseHTTPRequestHandler, text: str) -> Reply:
        seen.append(handler.headers["Authorization"])
        return 403, "text/plain", f"no entry with hush-hush, {handler.headers['Authorization']}".encode()

    given = [
        {"DEMARCHE_STORE_USER": "ada", "DEMARCHE_STORE_PASSWORD": "hush-hush"},
        {"DEMARCHE_STORE_TOKEN": "hush-hush"},
    ]
    for environment in given:
        credentials = credentials_from(environment)
        assert "hush" not in repr(credentials)
        with server_that(refuse) as address, RemoteStore(address, credentials=credentials) as store:
            with pytest.raises(StoreError, match=r"HTTP 403.*DEMARCHE_STORE_TOKEN") as raised:
                rows_of(store)
            assert "hush" not in str(raised.value)
            assert "YWRhOmh1c2gtaHVzaA" not in str(raised.value)
    assert seen == ["Basic YWRhOmh1c2gtaHVzaA==", "Bearer hush-hush"]


def test_store_of_the_settings_is_opened_wherever_it_is(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMARCHE_STORE_USER", raising=False)
    with emptied(server), open_store(Settings(store=server)) as store:
        assert isinstance(store, RemoteStore)
        assert store.graph_names() == []


def test_command_line_asks_a_server(server: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    with emptied(server) as store:
        store.replace_graph(graph_of(FIRST, [(ADA, URIRef("http://www.w3.org/2000/01/rdf-schema#label"), Literal("Ada"))]))
    monkeypatch.setattr(sys, "argv", ["kg", "query", "SELECT ?name { ?s rdfs:label ?name }", "--store", server])
    with pytest.raises(SystemExit) as left:
        main()
    assert (left.value.code or 0, capfd.readouterr().out.split()) == (0, ["name", "Ada"])


def test_credentials_show_no_secret() -> None:
    assert repr(Credentials(user="ada", password="x", token="y")) == "Credentials(user='ada')"
