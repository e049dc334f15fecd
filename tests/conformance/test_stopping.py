"""A server that is told to stop: it lets requests come to their end, for a while, and leaves no process and no file behind."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.store.embedded import EmbeddedStore
from tests.engines import EX, PATIENCE, all_gone, descendants, fill
from tests.servers import free_port

COUNTED = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d FILTER(?a != ?d) }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?h ?i FILTER(?a != ?d) }"


@contextmanager
def served(store: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run ``kg serve`` until it answers; yield it and its port."""
    told = {f"DEMARCHE_{name.upper()}": value for name, value in settings.items()}
    port = free_port()
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | told) as process:
        try:
            _wait(port)
            yield process, port
        finally:
            process.kill()


def get(port: int, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def _wait(port: int) -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.1)):
        try:
            get(port, "/health/live")
        except ConnectionRefusedError:
            pause.wait(0.1)
        else:
            return
    pytest.fail("the server does not start")


class Asking(threading.Thread):
    """Asks a query, and keeps the status, or the name of what went wrong."""

    def __init__(self, port: int, query: str) -> None:
        super().__init__()
        self.outcome: int | str = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._connection.request("GET", f"/sparql?{urlencode({'query': query, 'timeout': 60})}")
        assert any("demarche_queries_running 1.0" in get(port, "/metrics") for _ in range(1000))

    def run(self) -> None:
        try:
            response = self._connection.getresponse()
            response.read()
        except (http.client.HTTPException, ConnectionError) as error:
            self.outcome = type(error).__name__
        else:
            self.outcome = response.status
        finally:
            self._connection.close()


@pytest.mark.parametrize(
    ("sign", "tokens"), [(signal.SIGTERM, f"write {'w' * 20}"), (signal.SIGINT, "")], ids=["written", "read alone"]
)
def test_request_that_runs_is_answered_before_the_server_stops(tmp_path: Path, sign: signal.Signals, tokens: str) -> None:
    store = fill(tmp_path / "store", people=200)
    with served(store, tokens=tokens) as (process, port):
        asking = Asking(port, COUNTED)
        asking.start()
        processes = descendants(process.pid) - {process.pid}
        process.send_signal(sign)
        process.wait(PATIENCE)
        asking.join()
    assert asking.outcome == 200
    assert processes
    assert all_gone(processes)
    with EmbeddedStore(store) as again:
        assert again.triple_count() == 4 * 200
    assert not [path for path in (store / "snapshots").glob("*") if path.is_dir()]


def test_request_without_an_end_does_not_keep_the_server(tmp_path: Path) -> None:
    store = fill(tmp_path / "store", people=1000)
    with served(store, grace="1") as (process, port):
        asking = Asking(port, ENDLESS)
        asking.start()
        processes = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        asking.join()
    assert asking.outcome != 200
    assert all_gone(processes)


def test_one_writing_server_has_the_store_to_itself(tmp_path: Path) -> None:
    store = fill(tmp_path / "store", people=10)
    with served(store, tokens=f"write {'w' * 20}"):
        command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(free_port())]
        second = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 2, check=False)
        assert second.returncode != 0
        assert "the store is open elsewhere" in second.stderr
        assert EX not in second.stderr
