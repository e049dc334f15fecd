"""The servers that the W3C's tests can be run against: Demarche's own, and Oxigraph's to try the tests themselves on.

``DEMARCHE_W3C_SERVER`` names one of them; Demarche's is meant otherwise. Oxigraph's takes no multipart/form-data, and answers some HEAD
and CONSTRUCT requests otherwise than the W3C's tests of protocols want it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from tests.conformance.w3c.manifests import Loaded
from tests.conformance.w3c.running import Answer
from tests.servers import demarche_server, oxigraph_server

PATIENCE = 60.0
"""Seconds that an answer may take before something is taken for broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where a server takes queries, updates and graphs."""

    query: str
    update: str
    graphs: str


class Server:
    """A running server, as one client sees it."""

    def __init__(self, client: httpx2.Client, paths: Paths, *, malformed: Callable[[httpx2.Response], bool]) -> None:
        self.paths = paths
        self.holds: tuple[Loaded, ...] | None = None
        self._client = client
        self._malformed = malformed
        del client.headers["Accept"]  # a request says no more than it is told to

    def request(self, method: str, target: str, *, headers: dict[str, str], content: bytes | None) -> httpx2.Response:
        """Send a request to a path on the server, with parameters as they are."""
        self.holds = None
        return self._client.request(method, target, headers=headers, content=content)

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        return str(self._client.base_url.join(path))

    def query(self, text: str, *, accept: str) -> Answer:
        """Ask a query, which is the body."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self._answer(self._client.post(self.paths.query, headers=headers, content=text.encode()))

    def update(self, text: str) -> Answer:
        """Ask for an update, which is the body."""
        headers = {"Content-Type": "application/sparql-update"}
        return self._answer(self.request("POST", self.paths.update, headers=headers, content=text.encode()))

    def _answer(self, response: httpx2.Response) -> Answer:
        return Answer(
            status=response.status_code,
            malformed=self._malformed(response),
            media_type=response.headers.get("Content-Type", ""),
            body=response.content,
        )


@contextmanager
def w3c_server() -> Iterator[Server]:
    """Run the server that is to be tested, empty, with a default graph of its own and the right to write."""
    with SERVERS[os.environ.get("DEMARCHE_W3C_SERVER", "demarche")]() as server:
        yield server


@contextmanager
def oxigraph() -> Iterator[Server]:
    """Run Oxigraph's own server."""
    paths = Paths(query="/query", update="/update", graphs="/store")
    with oxigraph_server() as address, httpx2.Client(base_url=address, timeout=PATIENCE) as client:
        yield Server(client, paths, malformed=lambda response: response.status_code == 400)


@contextmanager
def demarche() -> Iterator[Server]:
    """Run Demarche, over an empty store, with a token for everything."""
    token = secrets.token_urlsafe()
    with (
        TemporaryDirectory() as folder,
        demarche_server(Path(folder, "store"), default_graph="plain", tokens=f"admin {token}") as address,
        httpx2.Client(base_url=address, timeout=PATIENCE, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        paths = Paths(query="/sparql", update="/sparql", graphs="/graphs")
        yield Server(client, paths, malformed=_is_malformed)


def _is_malformed(response: httpx2.Response) -> bool:
    """Tell a malformed text from one that is refused, since it would reach the network, or that cannot be evaluated."""
    return response.status_code == 400 and response.json()["type"].endswith("#malformed-query")


SERVERS = {"demarche": demarche, "oxigraph": oxigraph}
