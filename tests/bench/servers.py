"""Servers to be measured side by side: each started on a free port over the same data, and stopped again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

PATIENCE = 600
"""Seconds that a server may take to read its data."""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ours(store: Path, port: int) -> list[str]:
    """Return the command that serves a store with Demarche."""
    return [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(port)]


def native(store: Path, port: int) -> list[str]:
    """Return the command that serves an Oxigraph database with its native server; empty where that is not installed."""
    program = which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"] if program is not None else []


def rdflib_endpoint(file: Path, port: int) -> list[str]:
    """Return the command that serves a file of RDF with rdflib-endpoint; empty where that is not installed."""
    program = which("rdflib-endpoint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)] if program is not None else []


@contextmanager
def running(command: Sequence[str], *, address: str, **settings: str) -> Iterator[int]:
    """Run a server until it answers at ``address``, and yield its process id; it is stopped at the end.

    ``settings`` are Demarche's, told by its environment.
    """
    told = os.environ | {f"DEMARCHE_{name.upper()}": value for name, value in settings.items()}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True, env=told) as process:
        try:
            _wait(process, address)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def memory(process_id: int) -> int:
    """Return the memory of a process and its children in bytes; what several of them share is counted once in all."""
    children = subprocess.run(["ps", "--ppid", str(process_id), "-o", "pid="], capture_output=True, text=True, check=False)
    return sum(_proportional(int(pid)) for pid in [str(process_id), *children.stdout.split()])


def _proportional(process_id: int) -> int:
    try:
        lines = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r}: ended with {process.returncode} before it answered.")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r}: does not answer at {address}.")
