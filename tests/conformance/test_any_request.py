"""Whatever is sent to a running server: it answers, its errors say what to do, none of them is a fault of its own, and it goes on.

Each test is over after some hundred requests; ``DEMARCHE_FUZZ_SECONDS`` makes each go on for so long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.knowledge_base import KnowledgeBase
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction
from tests.conformance.fuzzing.raw import RawRequest, exchange, fault_of
from tests.conformance.fuzzing.requests import graph_requests, sparql_requests
from tests.engines import all_gone, descendants
from tests.servers import Running, demarche_process

SECONDS = float(os.environ.get("DEMARCHE_FUZZ_SECONDS") or 0)
EXAMPLES = 150
TOKEN = "w" * 20
FUZZING = Path(__file__).with_name("fuzzing")
LIMITS = {"query_timeout": "2", "longest_timeout": "2", "query_memory": str(2**28)}
FEW = 15.0
"""Seconds that schemathesis has, without more."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """Run a server whose queries are soon over; when it is stopped, nothing of it runs on."""
    folder = tmp_path / "store"
    with EmbeddedStore(folder) as store:
        KnowledgeBase(store).add([an_extraction()])
    with demarche_process(folder, tokens=f"write {TOKEN}", **LIMITS) as running:
        assert answers(running)
        yield running
        assert answers(running)
        processes = descendants(running.pid)
        assert len(processes) > 2
    assert all_gone(processes)


def answers(running: Running) -> bool:
    asked = RawRequest(b"GET", b"/sparql?query=ASK%7B%7D&format=csv")
    answer = exchange(running.address, asked)
    return (answer.status, answer.body) == (200, b"true")


def no_request_of(requests: st.SearchStrategy[RawRequest], running: Running) -> None:
    """Send requests of a kind until the time is over; none may be met with a fault."""

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
    @given(requests)
    def check(request: RawRequest) -> None:
        assert fault_of(exchange(running.address, request), request) is None

    end = time.monotonic() + SECONDS
    check()
    while time.monotonic() < end:
        check()
        assert answers(running)


def test_no_request_to_sparql_is_a_fault_of_the_server(served: Running) -> None:
    no_request_of(sparql_requests(TOKEN), served)


def test_no_request_to_graphs_is_a_fault_of_the_server(served: Running) -> None:
    no_request_of(graph_requests(TOKEN), served)


@pytest.mark.parametrize("headers", [(), ("--header", f"Authorization: Bearer {TOKEN}")], ids=["reading", "writing"])
def test_service_does_as_its_description_says(served: Running, headers: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install schemathesis")
    command = [
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
        *("--config-file", str(FUZZING / "schemathesis.toml"), "--no-color"),
        *("run", f"{served.address}/openapi.json", *headers, "--max-time", f"{max(SECONDS / 2, FEW):.0f}"),
    ]
    answer = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.conformance.fuzzing.hooks", "PYTHONPATH": str(FUZZING.parents[2])},
        timeout=SECONDS + 240,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
