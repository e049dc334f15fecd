"""The best projective tree for a sentence, from the score of each word as the head of each other.

Greedy where that gives such a tree, which it does for most sentences; else Eisner's algorithm (1996), one array operation for all spans
of a length. English is projective but for one sentence in fifty or so, and the crossing arcs that a parser without this limit draws
are mostly mistakes. Time grows with the cube of the sentence, memory with its square.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def best_heads(scores: Floats) -> Ints:
    """Return the head of each word: words × (root + words) of scores in, 0 for the root and counting from 1 out.

    Exactly one word hangs from the root, and no two arcs cross.
    """
    words = scores.shape[0]
    scores = scores.copy()
    scores[np.arange(words), np.arange(1, words + 1)] = -np.inf
    greedy: Ints = scores.argmax(1)
    return greedy if _is_tree(greedy) and _is_projective(greedy) else _projective(scores)


def _is_tree(heads: Ints) -> bool:
    if np.count_nonzero(heads == 0) != 1:
        return False
    # After as many doublings of every path as its length has bits, all words must have arrived at the root.
    above = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return not above.any()


def _is_projective(heads: Ints) -> bool:
    words = np.arange(1, len(heads) + 1)
    first, last = np.minimum(heads, words), np.maximum(heads, words)
    crossing = (first[:, None] < first) & (first < last[:, None]) & (last[:, None] < last)
    return not crossing.any()


@dataclass(frozen=True, slots=True)
class _Chart:
    """The best way to fill each span of words, and where it is split.

    ``closed`` spans have all that hangs from their head on that side, ``open`` ones an arc between their ends and room on its inner side;
    in each, ``left`` means that the head is the last word, ``right`` that it is the first.
    """

    left: Floats
    right: Floats
    left_split: Ints
    right_split: Ints
    open_split: Ints


def _projective(scores: Floats) -> Ints:
    """Return the heads of the best tree: two closed spans that meet in the word that hangs from the root."""
    words = len(scores)
    chart = _fill(scores[:, 1:])
    root = int((chart.left[0] + chart.right[:, words - 1] + scores[:, 0]).argmax())
    heads = np.zeros(words, dtype=np.int64)
    closed = [(0, root, False), (root, words - 1, True)]
    while closed:
        first, last, is_right = closed.pop()
        if first == last:
            continue
        split = int((chart.right_split if is_right else chart.left_split)[first, last])
        begin, end = (first, split) if is_right else (split, last)
        heads[end if is_right else begin] = (begin if is_right else end) + 1
        middle = int(chart.open_split[begin, end])
        closed += [(begin, middle, True), (middle + 1, end, False)]
        closed.append((split, last, True) if is_right else (first, split, False))
    return heads


def _fill(scores: Floats) -> _Chart:
    """Return the chart for words × heads of scores, filled from the shortest spans to the longest."""
    words = len(scores)
    left, right, open_left, open_right = (np.zeros((words, words), dtype=np.float32) for _ in range(4))
    left_split, right_split, open_split = (np.zeros((words, words), dtype=np.int64) for _ in range(3))
    for length in range(1, words):
        first = np.arange(words - length)
        last = first + length
        steps = np.arange(length)
        middle = first[:, None] + steps
        inner = right[first[:, None], middle] + left[middle + 1, last[:, None]]
        best = inner.argmax(1)
        open_split[first, last] = first + best
        filled = inner[first, best]
        open_left[first, last] = filled + scores[first, last]
        open_right[first, last] = filled + scores[last, first]
        closing = left[first[:, None], middle] + open_left[middle, last[:, None]]
        best = closing.argmax(1)
        left_split[first, last] = first + best
        left[first, last] = closing[first, best]
        closing = open_right[first[:, None], middle + 1] + right[middle + 1, last[:, None]]
        best = closing.argmax(1)
        right_split[first, last] = first + 1 + best
        right[first, last] = closing[first, best]
    return _Chart(left, right, left_split, right_split, open_split)
