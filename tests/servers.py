"""Start other programs' servers for a test, on a port of the system's choice, and stop them with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_ATTEMPTS = 5  # somebody else may take the port between its choice and its use


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


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
