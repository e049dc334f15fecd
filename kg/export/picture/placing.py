"""Where the nodes of a picture stand: near to what they are joined to, and clear of each other.

Each part that hangs together is laid out for itself, such that its distances are near to the numbers of edges between its nodes
(stress majorization, from a spring layout); then the parts are set side by side, and nodes that nothing joins in rows beneath.
The same input gives the same places.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.export.picture.shapes import Box

Places = npt.NDArray[np.float64]
_Framed = tuple[dict[str, Box], tuple[float, float, float, float]]

GAP = 30.0
"""How far nodes keep from each other."""

_ROUNDS = 80
_BREADTH = 1.3
_BENDING = 0.8
_CROWDED = 0.35
_CLEARINGS, _CLEARANCE, _STEP = 30, 8.0, 20.0
_SEED = 1


def place(sizes: Mapping[str, tuple[float, float]], lengths: Mapping[tuple[str, str], float]) -> dict[str, Box]:
    """Return a box for each node, of its width and height, no two nearer than ``GAP``.

    ``lengths`` says how long the line between two nodes should be, from middle to middle.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(sizes))
    for (one, other), length in sorted(lengths.items()):
        if one != other:
            longest = max(length, graph.edges[one, other]["length"]) if graph.has_edge(one, other) else length
            graph.add_edge(one, other, length=longest)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    blocks = [_block(graph.subgraph(part), part, sizes) for part in parts if len(part) > 1]
    alone = [{node: Box(0, 0, *sizes[node])} for node in sorted(part[0] for part in parts if len(part) == 1)]
    return _packed(blocks, alone)


def _block(part: nx.Graph, nodes: list[str], sizes: Mapping[str, tuple[float, float]]) -> dict[str, Box]:
    places = _turned(_stressed(part, nodes))
    places[:, 0] *= _BREADTH
    widths, heights = (np.array([sizes[node][side] for node in nodes]) for side in (0, 1))
    while np.count_nonzero(_overlapping(places, widths, heights)) > len(nodes) * _CROWDED:
        places *= 1.1
    rows = {node: row for row, node in enumerate(nodes)}
    lines = [(rows[one], rows[other]) for one, other in sorted(part.edges)]
    places = _off_lines(places, widths, heights, lines)
    return {node: Box(float(places[row, 0]), float(places[row, 1]), *sizes[node]) for row, node in enumerate(nodes)}


def _stressed(part: nx.Graph, nodes: list[str]) -> Places:
    """Return places whose distances come near to the lengths of the ways between the nodes."""
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(part.edges))
    ways = dict(nx.all_pairs_dijkstra_path_length(part, weight="length"))
    wanted = _bent(np.array([[float(ways[one][other]) for other in nodes] for one in nodes]))
    start = nx.spring_layout(ordered, seed=_SEED, iterations=100, method="force")
    places: Places = np.array([start[node] for node in nodes]) * wanted.max()
    weights = 1 / np.where(wanted == 0, np.inf, wanted) ** 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(_ROUNDS):
        gaps = np.hypot(*(places[:, None, axis] - places[None, :, axis] for axis in (0, 1)))
        pull = -weights * wanted / np.maximum(gaps, 1e-9)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ pull @ places
    return places


def _bent(ways: Places) -> Places:
    """Return long ways shortened, so that chains bend and the picture stays compact."""
    shortest = np.min(ways, where=ways > 0, initial=np.inf)
    return np.asarray(shortest * (ways / shortest) ** _BENDING)


def _turned(places: Places) -> Places:
    """Return places turned so that they reach furthest across."""
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    long = axes[:, 1] * (1 if axes[0, 1] >= 0 else -1)
    return np.asarray(centred @ np.array([[long[0], -long[1]], [long[1], long[0]]]))


def _off_lines(places: Places, widths: Places, heights: Places, lines: Sequence[tuple[int, int]]) -> Places:
    """Return places clear of each other, with as few nodes as can be on lines between others."""
    best = _apart(places, widths, heights)
    fewest = len(_struck(best, widths, heights, lines))
    current = best
    for _ in range(_CLEARINGS):
        struck = _struck(current, widths, heights, lines)
        if not struck:
            break
        moved = current.copy()
        for node, way in struck:
            moved[node] += way
        current = _apart(moved, widths, heights)
        count = len(_struck(current, widths, heights, lines))
        if count < fewest:
            best, fewest = current, count
    return best


def _struck(places: Places, widths: Places, heights: Places, lines: Sequence[tuple[int, int]]) -> list[tuple[int, Places]]:
    """Return the nodes that stand on lines between others, each with a step off the line."""
    found = []
    for one, other in lines:
        along = places[other] - places[one]
        length = float(np.linalg.norm(along))
        normal = np.array([-along[1], along[0]]) / length
        shares = (places - places[one]) @ along / length**2
        off = (places - places[one]) @ normal
        need = (widths * abs(normal[0]) + heights * abs(normal[1])) / 2 + _CLEARANCE
        for node in np.flatnonzero((np.abs(off) < need) & (shares > 0) & (shares < 1)):
            if node not in {one, other}:
                step = min(need[node] - abs(off[node]), _STEP) * (1 if off[node] >= 0 else -1)
                found.append((int(node), normal * step))
    return found


def _apart(places: Places, widths: Places, heights: Places) -> Places:
    """Return places such that no two boxes overlap: each pair that does is pushed apart the shorter way.

    Where pushing comes to no end, everything is spread a little and pushed again.
    """
    places = places.copy()
    across, down = (widths[:, None] + widths) / 2 + GAP, (heights[:, None] + heights) / 2 + GAP
    for sweep in itertools.count(1):
        over = _overlapping(places, widths, heights)
        if not over.any():
            break
        for one, other in zip(*np.nonzero(over), strict=True):
            _push(places, one, other, across[one, other], down[one, other])
        if sweep % 100 == 0:
            places *= 1.1
    return places


def _overlapping(places: Places, widths: Places, heights: Places) -> npt.NDArray[np.bool_]:
    """Tell for each pair, named once, whether its boxes are nearer than ``GAP``."""
    across, down = (widths[:, None] + widths) / 2 + GAP, (heights[:, None] + heights) / 2 + GAP
    dx, dy = (places[:, None, axis] - places[None, :, axis] for axis in (0, 1))
    return np.triu((across - np.abs(dx) > 1e-6) & (down - np.abs(dy) > 1e-6), 1)


def _push(places: Places, one: int, other: int, across: float, down: float) -> None:
    dx, dy = places[other] - places[one]
    over_x, over_y = across - abs(dx), down - abs(dy)
    if over_x <= 0 or over_y <= 0:
        return
    axis, over, way = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
    step = (over / 2 + 1e-3) * (1 if way >= 0 else -1)
    places[one, axis] -= step
    places[other, axis] += step


def _packed(blocks: Sequence[dict[str, Box]], alone: Sequence[dict[str, Box]]) -> dict[str, Box]:
    """Return all blocks in rows, together somewhat broader than high; single nodes come in rows of their own, beneath."""
    framed = [(block, _frame(block)) for block in (*blocks, *alone)]
    area = sum((right - left + 2 * GAP) * (bottom - top + 2 * GAP) for _, (left, top, right, bottom) in framed)
    broadest = max((right - left for _, (left, _, right, _) in framed), default=0.0)
    limit = max(broadest, math.sqrt(area * _BREADTH)) + 1
    placed: dict[str, Box] = {}
    y = 0.0
    tallest_first = sorted(framed[: len(blocks)], key=lambda one: one[1][1] - one[1][3])
    rows = [(row, 2 * GAP) for row in _rows(tallest_first, limit, gap=2 * GAP)]
    rows += [(row, GAP) for row in _rows(framed[len(blocks) :], limit, gap=GAP)]
    for row, gap in rows:
        x = 0.0
        for block, (left, top, right, _) in row:
            placed.update({node: box.moved(box.x - left + x, box.y - top + y) for node, box in block.items()})
            x += right - left + gap
        y += max(bottom - top for _, (_, top, _, bottom) in row) + gap
    return placed


def _rows(framed: Sequence[_Framed], limit: float, *, gap: float) -> list[list[_Framed]]:
    """Return blocks in rows, each in the first that has room."""
    rows: list[list[_Framed]] = []
    lengths: list[float] = []
    for block, frame in framed:
        length = frame[2] - frame[0] + gap
        row = next((number for number, taken in enumerate(lengths) if taken + length <= limit + gap), len(rows))
        if row == len(rows):
            rows.append([])
            lengths.append(0.0)
        rows[row].append((block, frame))
        lengths[row] += length
    return rows


def _frame(boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of all boxes."""
    return (
        min(box.x - box.width / 2 for box in boxes.values()),
        min(box.y - box.height / 2 for box in boxes.values()),
        max(box.x + box.width / 2 for box in boxes.values()),
        max(box.y + box.height / 2 for box in boxes.values()),
    )
