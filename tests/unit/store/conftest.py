"""The kinds of store, each empty when a test gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from kg.store.connection import Connection
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore
from tests.servers import oxigraph_server

NewStore = Callable[[], AbstractContextManager[Store]]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Run one server for all tests; give its address."""
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="session", params=["embedded", "remote"])
def new_store(request: pytest.FixtureRequest) -> NewStore:
    """Return what opens an empty store of each kind in turn."""
    if request.param == "embedded":
        return lambda: EmbeddedStore(None)
    address: str = request.getfixturevalue("server")
    return lambda: emptied(address)


@pytest.fixture
def store(new_store: NewStore) -> Iterator[Store]:
    """Return an empty store of each kind in turn."""
    with new_store() as opened:
        yield opened


def emptied(address: str) -> RemoteStore:
    """Empty a server, and open it as a store."""
    connection = Connection(address)
    connection.update("DROP ALL")
    connection.close()
    return RemoteStore(address)
