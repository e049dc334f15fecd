"""The plan of a picture: a box for each node with its lines of text, a line for each bundle of edges with its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.export.picture.bundles import ASSERTED, Bundle, bundles_of
from kg.export.picture.placing import place
from kg.export.picture.routing import label_boxes, nearest_free, route
from kg.export.picture.shapes import Box, Curve
from kg.export.picture.wording import text_width, wrap

NODE_SIZE, NOTE_SIZE, LABEL_SIZE = 13.0, 10.5, 10.5
LEADING = 1.25

_NODE_WIDTH, _NODE_LINES = 155.0, 4
_LABEL_WIDTH, _LABEL_LINES = 130.0, 4
_PADDING = 20.0, 12.0
_LABEL_PADDING = 4.0, 2.0
_ATTEMPTS, _LONGER, _ROOM = 4, 1.3, 20.0


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node in its place: the lines of its name, and beneath them a note on how it stands, which may be empty."""

    iri: str
    box: Box
    lines: tuple[str, ...]
    note: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnBundle:
    """Edges in their place: a line, and the lines of their label; ``led`` where the label stands off its line."""

    bundle: Bundle
    curve: Curve
    label: Box
    led: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn; ``named`` are the entities that nothing joins, which are named beneath."""

    nodes: tuple[DrawnNode, ...]
    bundles: tuple[DrawnBundle, ...]
    named: tuple[str, ...]


def plan(network: nx.MultiDiGraph) -> Drawing:
    """Lay a network out. No two boxes of nodes or labels overlap. The same network gives the same plan."""
    bundles = bundles_of(network)
    alone = alone_in(network)
    texts = {node: (_name_lines(data), _note(data)) for node, data in sorted(network.nodes(data=True)) if node not in alone}
    sizes = {node: _node_size(lines, note) for node, (lines, note) in texts.items()}
    labels = [wrap(bundle.label, width=_LABEL_WIDTH, size=LABEL_SIZE, most_lines=_LABEL_LINES) for bundle in bundles]
    label_sizes = [_label_size(lines) for lines in labels]
    boxes, curves, found = _fitted(bundles, sizes, label_sizes)
    places = _all_placed(curves, label_sizes, found, list(boxes.values()))
    nodes = (DrawnNode(node, boxes[node], *texts[node], network.nodes[node]) for node in texts)
    drawn = zip(bundles, curves, places, (box is None for box in found), labels, strict=True)
    named = sorted(str(network.nodes[node]["label"]) for node in alone)
    return Drawing(tuple(nodes), tuple(DrawnBundle(*one) for one in drawn), tuple(named))


def alone_in(network: nx.MultiDiGraph) -> set[str]:
    """Return the entities that no edge joins to anything, in a network that has edges."""
    if network.number_of_edges() == 0:
        return set()
    return {node for node, data in network.nodes(data=True) if data["kind"] == "entity" and network.degree(node) == 0}


def _fitted(
    bundles: Sequence[Bundle], sizes: Mapping[str, tuple[float, float]], label_sizes: Sequence[tuple[float, float]]
) -> tuple[dict[str, Box], list[Curve], list[Box | None]]:
    """Lengthen the lines whose labels find no place, and lay all out again, a few times."""
    ends = [(bundle.source, bundle.target) for bundle in bundles]
    lengths = {pair: _length(pair, sizes, label) for pair, label in zip(ends, label_sizes, strict=True)}
    for _ in range(_ATTEMPTS):
        boxes = place(sizes, lengths)
        curves = route(ends, boxes)
        found = label_boxes(curves, label_sizes, list(boxes.values()))
        without = [pair for pair, box in zip(ends, found, strict=True) if box is None]
        if not without:
            break
        lengths.update({pair: lengths[pair] * _LONGER for pair in without})
    return boxes, curves, found


def _all_placed(
    curves: Sequence[Curve], sizes: Sequence[tuple[float, float]], found: Sequence[Box | None], nodes: Sequence[Box]
) -> list[Box]:
    """Return a place for every label: one that found none at its line gets the nearest that is free."""
    taken = [*nodes, *(box for box in found if box is not None)]
    placed: list[Box] = []
    for curve, size, box in zip(curves, sizes, found, strict=True):
        placed.append(box if box is not None else nearest_free(curve, size, taken))
        taken.append(placed[-1])
    return placed


def _length(pair: tuple[str, str], sizes: Mapping[str, tuple[float, float]], label: tuple[float, float]) -> float:
    """Return how long a line should be: half of its nodes, and room for its label, as it lies aslant."""
    return sum(width + height for width, height in map(sizes.__getitem__, pair)) / 6 + sum(label) / 2 + _ROOM


def _name_lines(node: Mapping[str, Any]) -> tuple[str, ...]:
    return wrap(str(node["label"]), width=_NODE_WIDTH, size=NODE_SIZE, most_lines=_NODE_LINES)


def _note(node: Mapping[str, Any]) -> str:
    """Return how a node stands: the status of an issue or a proposal, a meeting that is not said to be held, or nothing."""
    modality = node.get("modality", ASSERTED)
    return str(node.get("status", "" if modality == ASSERTED else modality))


def _node_size(lines: Sequence[str], note: str) -> tuple[float, float]:
    width = max(*(text_width(line, size=NODE_SIZE) for line in lines), text_width(note, size=NOTE_SIZE))
    height = LEADING * (NODE_SIZE * len(lines) + (NOTE_SIZE if note else 0))
    return width + _PADDING[0], height + _PADDING[1]


def _label_size(lines: Sequence[str]) -> tuple[float, float]:
    width = max(text_width(line, size=LABEL_SIZE) for line in lines)
    return width + _LABEL_PADDING[0], LEADING * LABEL_SIZE * len(lines) + _LABEL_PADDING[1]
