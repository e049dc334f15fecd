"""Answers that are kept as long as the snapshot that they are of: who asks the same again need not wait for a process.

Small ones alone are kept, those asked for longest ago go first, and none of a query whose answer could differ from one time to the next.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Self

from kg.store.engine.protocol import QueryJob, QueryResult
from kg.store.protocol import AnswerKind

LARGEST = 2**18
"""How many bytes an answer may have that is kept."""

_OVERHEAD = 1000
_VARIES = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\\u", re.IGNORECASE)

Key = tuple[str, str, tuple[str, ...] | None, tuple[str, ...] | None, bool, int | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    kind: AnswerKind
    media_type: str
    truncated: bool
    whole: bytes


class KeptAnswers:
    """Answers of one snapshot, of ``most`` bytes in all; 0 keeps none."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._used = 0
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self.snapshot = 0

    def move(self, snapshot: int) -> None:
        """Forget all: there is another snapshot."""
        self.snapshot = snapshot
        self._kept.clear()
        self._used = 0

    def get(self, job: QueryJob) -> QueryResult | None:
        """Return the answer to a query that was asked before, None where there is none."""
        key = _key(job)
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return QueryResult(
            snapshot=self.snapshot,
            chunks=WholeAnswer(kept.whole),
            kind=kept.kind,
            media_type=kept.media_type,
            truncated=kept.truncated,
            whole=kept.whole,
        )

    def add(self, job: QueryJob, result: QueryResult) -> None:
        """Keep an answer, if it is worth it."""
        whole = result.whole
        if (
            not job.keep
            or whole is None
            or result.snapshot != self.snapshot
            or len(whole) > min(LARGEST, self._most)
            or _VARIES.search(job.text)
        ):
            return
        key = _key(job)
        if key in self._kept:
            return
        self._kept[key] = _Kept(result.kind, result.media_type, result.truncated, whole)
        self._used += len(whole) + len(job.text) + _OVERHEAD
        while self._used > self._most:
            (text, *_), gone = self._kept.popitem(last=False)
            self._used -= len(gone.whole) + len(text) + _OVERHEAD


class WholeAnswer:
    """The bytes of an answer that is there, as chunks."""

    def __init__(self, whole: bytes) -> None:
        self._left = whole

    def __aiter__(self) -> Self:
        """Return the chunks."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk: all there is."""
        if not self._left:
            raise StopAsyncIteration
        chunk, self._left = self._left, b""
        return chunk

    async def aclose(self) -> None:
        """Drop what is left."""
        self._left = b""


def _key(job: QueryJob) -> Key:
    return job.text, job.media_type, job.default_graphs, job.named_graphs, job.union_default, job.max_rows
