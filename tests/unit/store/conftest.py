"""The kinds of store, each empty when a test gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from kg.store.connection import Connection, Credentials
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore
from tests.servers import demarche_server, oxigraph_server

TOKEN = "w" * 20

NewStore = Callable[[], AbstractContextManager[Store]]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Run one server for all tests; give its address."""
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Demarche's own server for all tests; give the address of its endpoint."""
    with demarche_server(tmp_path_factory.mktemp("served") / "store", tokens=f"write {TOKEN}") as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="session", params=["embedded", "remote", "served"])
def new_store(request: pytest.FixtureRequest) -> NewStore:
    """Return what opens an empty store of each kind in turn: here, on Oxigraph's server, and on one of our own."""
    if request.param == "embedded":
        return lambda: EmbeddedStore(None)
    own = request.param == "served"
    address: str = request.getfixturevalue("own_server" if own else "server")
    return lambda: emptied(address, Credentials(token=TOKEN) if own else None)


@pytest.fixture
def store(new_store: NewStore) -> Iterator[Store]:
    """Return an empty store of each kind in turn."""
    with new_store() as opened:
        yield opened


def emptied(address: str, credentials: Credentials | None = None) -> RemoteStore:
    """Empty a server, and open it as a store."""
    connection = Connection(address, credentials=credentials)
    connection.update("DROP ALL")
    connection.close()
    return RemoteStore(address, credentials=credentials)
