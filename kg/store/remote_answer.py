"""The answer of a server: read as an answer of the embedded store is, and let go of when it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from kg.store.answer import EmbeddedAnswer, Result
from kg.store.protocol import AnswerKind

T = TypeVar("T")


class RemoteAnswer(EmbeddedAnswer):
    """The result of one query to a server; see ``kg.store.protocol.Answer``.

    ``fetch`` sends the query and gives its result while the block runs; each reading sends it anew. Its errors pass: QueryError
    for the query, StoreError for the server.
    """

    def __init__(
        self, fetch: Callable[[], AbstractContextManager[Result]], *, kind: AnswerKind, variables: Sequence[str] = ()
    ) -> None:
        super().__init__(_none, kind=kind, variables=variables)
        self._fetch = fetch

    def _read(self, read: Callable[[Result], T]) -> T:
        with self._fetch() as result:
            return read(result)


def _none() -> Result:
    return iter(())
