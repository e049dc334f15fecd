"""Cut a long run of words into windows that the encoder can read, each with some words of context around its own.

In: the number of pieces of each word, and where a window may well end. Out: windows whose own words, in order, are all words once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_PIECES = 250
"""The most pieces of a window with its context: the length that the network was trained on."""

CONTEXT = 20
"""About how many pieces of context a window has on each side where it is cut."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The words ``begin``–``end`` are read, and those from ``first`` to ``last`` (exclusive, both) are the window's own."""

    begin: int
    first: int
    last: int
    end: int


def cut(sizes: Sequence[int], stops: Sequence[bool], *, most: int = MOST_PIECES, context: int = CONTEXT) -> list[Extent]:
    """Return the windows over words of these sizes (in pieces); a cut lies behind a word that is a stop where there is one."""
    before = np.concatenate([[0], np.cumsum(sizes)])
    total = int(before[-1])
    extents: list[Extent] = []
    first = 0
    while first < len(sizes):
        begin = int(np.searchsorted(before, before[first] - context))
        if total - before[begin] <= most:
            extents.append(Extent(begin, first, len(sizes), len(sizes)))
            break
        furthest = int(np.searchsorted(before, before[begin] + most - context, side="right")) - 1
        last = _last_stop(stops, first, max(furthest, first + 1))
        end = max(int(np.searchsorted(before, before[last] + context, side="right")) - 1, last)
        extents.append(Extent(begin, first, last, end))
        first = last
    return extents


def _last_stop(stops: Sequence[bool], first: int, furthest: int) -> int:
    """Return the end behind the last stop in the second half of a window, or the furthest there can be."""
    for end in range(furthest, first + (furthest - first) // 2, -1):
        if stops[end - 1]:
            return end
    return furthest
