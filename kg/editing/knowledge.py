"""What a server asks of whoever may write: documents in and out, and decisions, each seen by all look-ups once it is answered."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from kg.editing import operations
from kg.graph.identity.decisions import AnyDecision
from kg.records import Extraction
from kg.store.engine.protocol import Engine
from kg.store.protocol import Store

T = TypeVar("T")


class Knowledge:
    """Documents and decisions of a store that somebody else owns; ``base`` is what resources are named under.

    Errors are those of ``kg.editing.operations``.
    """

    def __init__(self, engine: Engine, *, base: str, gazetteers: Sequence[Path] = ()) -> None:
        self._engine = engine
        self._base = base
        self._gazetteers = tuple(gazetteers)

    async def put_document(self, extraction: Extraction, *, replace: bool) -> bool:
        """Add a document with what was found in it; tell whether it is new."""
        base, gazetteers = self._base, self._gazetteers
        put = partial(operations.put_document, extraction=extraction, base=base, gazetteers=gazetteers, replace=replace)
        return await self._run(put)

    async def remove_document(self, document_id: str) -> None:
        """Take out a document with all that rests on it alone."""
        await self._run(partial(operations.remove_document, document_id=document_id, base=self._base))

    async def merge(self, first: str, second: str, *, reason: str | None, created: datetime.datetime) -> list[AnyDecision]:
        """Decide that two things are one, called as the first is."""
        decide = partial(operations.merge, first=first, second=second, reason=reason, created=created, base=self._base)
        return await self._run(decide)

    async def split(
        self, thing: str, *, documents: Sequence[str], reason: str | None, created: datetime.datetime
    ) -> list[AnyDecision]:
        """Decide that what was taken for one thing is several."""
        told = {"thing": thing, "documents": tuple(documents), "reason": reason, "created": created, "base": self._base}
        return await self._run(partial(operations.split, **told))  # type: ignore[arg-type]  # by their names

    async def rename(self, thing: str, label: str, *, reason: str | None, created: datetime.datetime) -> list[AnyDecision]:
        """Decide what a thing is called."""
        decide = partial(operations.rename, thing=thing, label=label, reason=reason, created=created, base=self._base)
        return await self._run(decide)

    async def undo(self, number: int) -> AnyDecision:
        """Take back a decision."""
        return await self._run(partial(operations.undo, number=number, base=self._base))

    async def _run(self, operation: Callable[[Store], T]) -> T:
        returned, _ = await self._engine.run(operation)
        return returned
