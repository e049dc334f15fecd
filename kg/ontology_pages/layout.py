"""Place boxes in columns, so that arrows point to the right and cross little: a small layered layout, in pixels.

Columns come from the longest path from each box. An arrow over several columns gets a waypoint in each between, which takes its turn
in the order there; all arrows to one box share them, so that they run together. The order is improved by moving boxes towards the mean
place of their neighbours. Same input, same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

Edge = tuple[str, str]
Point = tuple[float, float]

_COLUMN_GAP = 72
_BOX_GAP = 20
_WAYPOINT_HEIGHT = 2
_SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies: the upper left corner of each box, the waypoints of each arrow, and the size of the whole."""

    corners: Mapping[str, Point]
    waypoints: Mapping[Edge, Sequence[Point]]
    width: float
    height: float


def layered(heights: Mapping[str, float], edges: Sequence[Edge], *, box_width: float) -> Layout:
    """Lay out boxes of one width and these heights; an edge that would close a circle is left out."""
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(heights))
    for source, target in sorted(set(edges)):
        if source != target and not nx.has_path(graph, target, source):
            graph.add_edge(source, target)
    column = _columns(graph)
    routes = _routes(graph, column)
    sizes = {node: heights.get(node, _WAYPOINT_HEIGHT) for node in column}
    links = sorted({link for route in routes.values() for link in pairwise(route)})
    order = _ordered(column, links)
    middles = _middles(order, sizes, links)
    top = min(middles[node] - sizes[node] / 2 for node in middles)
    left = {node: place * (box_width + _COLUMN_GAP) for node, place in column.items()}
    return Layout(
        corners={node: (left[node], middles[node] - sizes[node] / 2 - top) for node in heights},
        waypoints={
            edge: [
                point
                for node in route[1:-1]
                for point in ((left[node], middles[node] - top), (left[node] + box_width, middles[node] - top))
            ]
            for edge, route in routes.items()
        },
        width=max(left.values()) + box_width,
        height=max(middles[node] + sizes[node] / 2 for node in middles) - top,
    )


def _columns(graph: nx.DiGraph) -> dict[str, int]:
    """Return the column of each box: as far right as its arrows allow, but what none leaves stands next to what points to it."""
    far = {node: place for place, nodes in enumerate(nx.topological_generations(graph.reverse())) for node in nodes}
    most = max(far.values())
    column = {node: most - place for node, place in far.items()}
    for node in graph:
        if graph.out_degree(node) == 0 and graph.in_degree(node) > 0:
            column[node] = max(column[source] for source in graph.predecessors(node)) + 1
    return column


def _routes(graph: nx.DiGraph, column: dict[str, int]) -> dict[Edge, list[str]]:
    """Return for each edge the nodes that it passes, ends included; the waypoints are added to the columns."""
    routes: dict[Edge, list[str]] = {}
    for source, target in sorted(graph.edges):
        waypoints = {f"{target} {place}": place for place in range(column[source] + 1, column[target])}
        column.update(waypoints)
        routes[source, target] = [source, *waypoints, target]
    return routes


def _ordered(column: Mapping[str, int], links: Sequence[Edge]) -> list[list[str]]:
    """Return the nodes of each column from top to bottom."""
    order = [sorted(node for node in column if column[node] == place) for place in range(max(column.values()) + 1)]
    near = _neighbours(links)
    best, fewest = order, _crossings(order, links)
    for sweep in range(_SWEEPS):
        places = {node: place / len(nodes) for nodes in order for place, node in enumerate(nodes)}
        order = [list(nodes) for nodes in order]
        for nodes in order if sweep % 2 == 0 else reversed(order):
            nodes.sort(key=lambda node: (_mean([places[other] for other in near.get(node, ())], places[node]), node))
            places.update({node: place / len(nodes) for place, node in enumerate(nodes)})
        if (crossings := _crossings(order, links)) < fewest:
            best, fewest = order, crossings
    return best


def _crossings(order: Sequence[Sequence[str]], links: Sequence[Edge]) -> int:
    place = {node: (column, row) for column, nodes in enumerate(order) for row, node in enumerate(nodes)}
    ends = sorted((*place[source], place[target][1]) for source, target in links)
    return sum(
        one[0] == other[0] and one[1] < other[1] and one[2] > other[2]
        for index, one in enumerate(ends)
        for other in ends[index + 1 :]
    )


def _middles(order: Sequence[Sequence[str]], sizes: Mapping[str, float], links: Sequence[Edge]) -> dict[str, float]:
    """Return the height of each node's middle: near those of its neighbours, with a gap between the boxes of a column."""
    near = _neighbours(links)
    middles: dict[str, float] = {}
    for nodes in order:
        middles |= _spread(nodes, sizes, dict.fromkeys(nodes, 0.0))
    for sweep in range(_SWEEPS):
        for nodes in order if sweep % 2 == 0 else reversed(order):
            middles |= _spread(
                nodes, sizes, {node: _mean([middles[other] for other in near.get(node, ())], middles[node]) for node in nodes}
            )
    return middles


def _spread(nodes: Sequence[str], sizes: Mapping[str, float], wanted: Mapping[str, float]) -> dict[str, float]:
    """Return the middles in this order that keep the gap and are nearest to where they are wanted, by least squares.

    Measured from where each would lie if all were stacked, middles must not fall; neighbours that would are pooled at their mean.
    """
    stacked: list[float] = []
    for before, node in zip([None, *nodes], nodes, strict=False):
        room = 0.0 if before is None else stacked[-1] + (sizes[before] + sizes[node]) / 2 + _BOX_GAP
        stacked.append(room)
    pools: list[tuple[float, int]] = []
    for node, room in zip(nodes, stacked, strict=True):
        mean, count = wanted[node] - room, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    shifts = [mean for mean, count in pools for _ in range(count)]
    return {node: room + shift for node, room, shift in zip(nodes, stacked, shifts, strict=True)}


def _neighbours(links: Sequence[Edge]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for source, target in links:
        near.setdefault(source, []).append(target)
        near.setdefault(target, []).append(source)
    return near


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default
