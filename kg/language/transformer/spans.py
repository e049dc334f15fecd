"""Names out of the scores of all short spans of words: what is likelier a name than not, where no two cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class NameSpan:
    """Words from ``begin`` to ``end`` (exclusive) with the index of their label, and how much likelier it is than none."""

    begin: int
    end: int
    label: int
    margin: float


def name_spans(first: Floats, last: Floats, weights: Floats, widths: Floats, *, limits: Sequence[int]) -> list[NameSpan]:
    """Return the names among words, sorted by place; they may stand inside one another.

    ``first`` and ``last`` are words × width + 1, ``weights`` labels × width + 1 × width + 1, and
    ``widths`` longest name × labels; label 0 is none. ``limits`` has for each word where a name that begins there must have ended: its
    sentence's end. Of two that cross, the likelier stays.
    """
    words, longest, labels = len(first), len(widths), len(weights)
    if words == 0:
        return []
    turned = (first @ weights.transpose(1, 0, 2).reshape(first.shape[1], -1)).reshape(words, labels, -1)
    padded = np.concatenate([last, np.zeros((longest, last.shape[1]), np.float32)])
    ends = np.lib.stride_tricks.sliding_window_view(padded, longest, axis=0)[:words]
    scores = np.matmul(turned, ends).transpose(0, 2, 1) + widths
    best = scores.argmax(2)
    found = [
        NameSpan(
            int(begin),
            int(begin + width + 1),
            int(best[begin, width]),
            float(scores[begin, width].max() - scores[begin, width, 0]),
        )
        for begin, width in np.argwhere(best > 0)
        if begin + width < limits[begin]
    ]
    return sorted(_without_crossing(found))


def _without_crossing(spans: list[NameSpan]) -> list[NameSpan]:
    kept: list[NameSpan] = []
    covering: dict[int, list[NameSpan]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: -span.margin):
        words = range(span.begin, span.end)
        if not any(_cross(span, other) for word in words for other in covering[word]):
            kept.append(span)
            for word in words:
                covering[word].append(span)
    return kept


def _cross(one: NameSpan, other: NameSpan) -> bool:
    return one.begin < other.begin < one.end < other.end or other.begin < one.begin < other.end < one.end


def outermost(spans: list[NameSpan]) -> list[NameSpan]:
    """Return the spans that stand inside no other."""
    kept: list[NameSpan] = []
    for span in sorted(spans, key=lambda span: (span.begin, -span.end)):
        if not kept or span.begin >= kept[-1].end:
            kept.append(span)
    return kept
