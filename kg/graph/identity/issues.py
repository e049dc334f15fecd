"""Which issues of different documents are one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.referents import Key
from kg.records import Extraction


def join_issues(extractions: Sequence[Extraction], same: Callable[[Key], str]) -> Iterator[Join | Rivals]:  # noqa: ARG001
    """Yield the pairs of issues of different documents that are one, or that must not be."""
    yield from ()
