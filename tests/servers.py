"""Start servers for a test, on a port of the system's choice, and stop them with it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_ATTEMPTS = 5  # somebody else may take the port between its choice and its use
_ROOT = Path(__file__).resolve().parents[1]
_GRACE = 30.0
"""Seconds that a server has to end by itself."""
_DEMARCHE = """
import os, socket, sys, uvicorn
listening = socket.socket(fileno=int(sys.argv[1]))
config = uvicorn.Config("api.app:app_from_environment", factory=True, log_level="warning", server_header=False)
uvicorn.Server(config).run(sockets=[listening])
"""


@contextmanager
def oxigraph_server(*options: str) -> Iterator[str]:
    """Run Oxigraph's own server, in memory, while the block runs; give its address. Skip the test where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if binary is None:
        pytest.skip("the server of Oxigraph is not there; install it with: pip install oxigraph")
    for _ in range(_ATTEMPTS):
        address = f"127.0.0.1:{free_port()}"
        with subprocess.Popen([binary, "serve", "--bind", address, *options], stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                if "Listening" in process.stderr.readline():
                    yield f"http://{address}"
                    return
            finally:
                process.kill()
    pytest.fail("the server of Oxigraph does not start")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its address, and its process."""

    address: str
    pid: int


@contextmanager
def demarche_server(store: Path, **settings: str) -> Iterator[str]:
    """Serve a store with Demarche, in a process of its own, while the block runs; give its address."""
    with demarche_process(store, **settings) as running:
        yield running.address


@contextmanager
def demarche_process(store: Path, **settings: str) -> Iterator[Running]:
    """Serve a store with Demarche, in a process of its own, while the block runs.

    The address takes requests at once: those that come before the service has started wait for it.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DEMARCHE_")}
    told = {f"DEMARCHE_{name.upper()}": value for name, value in {"store": str(store), **settings}.items()}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [sys.executable, "-c", _DEMARCHE, str(listening.fileno())]
        process = subprocess.Popen(
            command,
            env=inherited | told,
            pass_fds=[listening.fileno()],
            cwd=_ROOT,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    with process:
        try:
            yield Running(address, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
