"""What is done to a store can be sent to another process, and adds what is known beforehand with the first document."""

from __future__ import annotations

import asyncio
import datetime
import pickle
from collections.abc import Callable
from typing import TypeVar

import pytest
from rdflib import URIRef

from kg.editing.knowledge import Knowledge
from kg.errors import ConflictError, NotFoundError
from kg.graph.vocabulary import DEFAULT_BASE
from kg.store.engine.threads import ThreadEngine
from kg.store.protocol import Store
from tests.builders import an_extraction
from tests.memory_store import MemoryStore

T = TypeVar("T")


class Elsewhere(ThreadEngine):
    """A writer that sees only what passes through a pipe."""

    async def run(self, operation: Callable[[Store], T]) -> tuple[T, int]:
        returned, number = await super().run(pickle.loads(pickle.dumps(operation)))
        return pickle.loads(pickle.dumps(returned)), number


def test_knowledge_is_written_by_whoever_owns_the_store() -> None:
    store = MemoryStore()

    async def write() -> None:
        knowledge = Knowledge(Elsewhere(store), base=DEFAULT_BASE)
        assert await knowledge.put_document(an_extraction(), replace=False) is True
        assert URIRef(f"{DEFAULT_BASE}graph/reference") in store.graph_names()
        assert await knowledge.put_document(an_extraction(), replace=True) is False
        with pytest.raises(ConflictError, match=r"'port-lys'.*from 'https://news.example/port-lys'.*replace it"):
            await knowledge.put_document(an_extraction(), replace=False)
        now = datetime.datetime(2031, 3, 1, tzinfo=datetime.UTC)
        (renaming,) = await knowledge.rename("Ilena Varo", "Varo-Lind", reason=None, created=now)
        assert await knowledge.undo(renaming.number) == renaming
        await knowledge.remove_document("port-lys")
        with pytest.raises(NotFoundError):
            await knowledge.remove_document("port-lys")

    asyncio.run(write())
