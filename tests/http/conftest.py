"""An app over a small store, and a client that talks to it in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.config import Settings
from kg.graph.knowledge_base import KnowledgeBase
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    """Hold the graph of one invented statement."""
    with EmbeddedStore(None) as opened:
        KnowledgeBase(opened).add([an_extraction()])
        yield opened


@pytest.fixture
def client(store: EmbeddedStore) -> Iterator[TestClient]:
    """Talk to the app as a client would: a fault of the server is a response, not an exception."""
    with TestClient(create_app(Settings(), store=store), raise_server_exceptions=False) as opened:
        yield opened
