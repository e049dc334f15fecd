"""Lines between nodes that keep clear of other nodes, and places for their labels that keep clear of everything."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kg.export.picture.shapes import Box, Curve, around_corner, between

_BENDS = (0.0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32)
_BENDS_OF_PAIR = (0.12, 0.2, 0.32)
_SHARES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_SAMPLES = 25
_CLEARANCE = 6.0
_LABEL_GAP = 2.0
_TIP = 14.0


def route(ends: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> list[Curve]:
    """Return a line for each pair of ends, that runs through as few other nodes as possible; two of one pair bend apart."""
    pairs = set(ends)
    return [
        around_corner(boxes[source])
        if source == target
        else _line(source, target, boxes, bends=_BENDS_OF_PAIR if (target, source) in pairs else _BENDS)
        for source, target in ends
    ]


def _line(source: str, target: str, boxes: Mapping[str, Box], *, bends: Sequence[float]) -> Curve:
    lines = [between(boxes[source], boxes[target], bend=bend) for bend in bends]
    others = [box for node, box in boxes.items() if node not in {source, target}]
    return min(lines, key=lambda line: _struck(line, others))


def _struck(line: Curve, boxes: Sequence[Box]) -> int:
    points = line.points(_SAMPLES)
    left, right = min(point[0] for point in points), max(point[0] for point in points)
    top, bottom = min(point[1] for point in points), max(point[1] for point in points)
    frame = Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    near = [box for box in boxes if box.overlaps(frame, gap=_CLEARANCE)]
    return sum(any(box.holds(point, gap=_CLEARANCE) for point in points) for box in near)


def label_boxes(lines: Sequence[Curve], sizes: Sequence[tuple[float, float]], nodes: Sequence[Box]) -> list[Box | None]:
    """Return a place at its line for the label of each, clear of nodes, other labels and its arrow; None for one that finds none.

    Of free places one is taken that hides the least of other lines.
    """
    points = np.array([line.points(_SAMPLES) for line in lines]).reshape(-1, _SAMPLES, 2)
    lengths = np.linalg.norm(np.diff(points, axis=1), axis=2).sum(axis=1)
    taken = _Taken(nodes)
    found: dict[int, Box] = {}
    # The shortest lines have the fewest places, so they choose first.
    for number in sorted(range(len(lines)), key=lambda number: (float(lengths[number]), number)):
        tip = points[number][np.linalg.norm(points[number] - points[number][-1], axis=1) <= _TIP]
        candidates = _candidates(lines[number], sizes[number])
        free = [box for box in candidates if taken.leaves(box) and _hidden(box, tip) == 0]
        others = np.delete(points, number, axis=0).reshape(-1, 2)
        best = min(free, key=lambda box: _hidden(box, others), default=None)
        if best is not None:
            found[number] = best
            taken.add(best)
    return [found.get(number) for number in range(len(lines))]


def nearest_free(line: Curve, size: tuple[float, float], taken: Sequence[Box]) -> Box:
    """Return the place nearest to the middle of a line that is clear of everything, for a label that found none on the line."""
    x, y = line.at(0.5)
    places = _Taken(taken)
    for radius in range(0, 1_000_000, 8):
        for step in range(24):
            angle = math.tau * step / 24
            box = Box(x + radius * math.cos(angle), y + radius * math.sin(angle), *size)
            if places.leaves(box):
                return box
    raise AssertionError("a plane has a free place")


def _candidates(line: Curve, size: tuple[float, float]) -> Iterator[Box]:
    """Yield places for a label: on the line, the middle first; then close beside it."""
    yield from (Box(*line.at(share), *size) for share in _SHARES)
    for share in _SHARES:
        x, y = line.at(share)
        for side in (-1, 1):
            yield Box(x, y + side * (size[1] / 2 + _LABEL_GAP), *size)
            yield Box(x + side * (size[0] / 2 + _LABEL_GAP), y, *size)


class _Taken:
    """Boxes that nothing else may overlap."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = np.array([*boxes]).reshape(-1, 4)

    def add(self, box: Box) -> None:
        self._boxes = np.vstack((self._boxes, box))

    def leaves(self, box: Box) -> bool:
        """Tell whether a box is clear of all."""
        gaps = np.abs(self._boxes[:, :2] - box[:2]) * 2 - self._boxes[:, 2:] - box[2:]
        return not bool((gaps < 2 * _LABEL_GAP).all(axis=1).any())


def _hidden(box: Box, points: npt.NDArray[np.float64]) -> int:
    """Return how many points a box would hide."""
    return int(np.count_nonzero((np.abs(points - (box.x, box.y)) * 2 < (box.width, box.height)).all(axis=1)))
