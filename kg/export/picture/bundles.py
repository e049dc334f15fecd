"""Edges with the same ends, drawn as one: what it says, and in which style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.export.selection import MODALITY_NAMES

ASSERTED = MODALITY_NAMES[0]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All edges from one node to another: the ``parts`` of its label, and the firmest ``modality`` among them."""

    source: str
    target: str
    parts: tuple[str, ...]
    modality: str
    evidence: tuple[str, ...]

    @property
    def label(self) -> str:
        """What is written at the line."""
        return ", ".join(self.parts)


def bundles_of(network: nx.MultiDiGraph) -> list[Bundle]:
    """Return the edges of a network by their ends, in the order of these."""
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for source, target, data in network.edges(data=True):
        together.setdefault((source, target), []).append(data)
    return [_bundle(*ends, edges) for ends, edges in sorted(together.items())]


def words_of(predicate: str) -> str:
    """Return a predicate as words: ``metWith`` as "met with"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|-", " ", predicate).lower()


def _bundle(source: str, target: str, edges: Iterable[Mapping[str, Any]]) -> Bundle:
    edges = list(edges)
    counts = Counter((str(edge["predicate"]), _modality(edge)) for edge in edges)
    parts = tuple(
        words_of(predicate) + ("" if modality == ASSERTED else f" ({modality})") + (f" ×{count}" if count > 1 else "")
        for (predicate, modality), count in sorted(counts.items(), key=lambda item: (_firmness(item[0][1]), item[0]))
    )
    firmest = min((modality for _, modality in counts), key=_firmness)
    evidence = tuple(dict.fromkeys(str(edge["evidence"]) for edge in edges if "evidence" in edge))
    return Bundle(source, target, parts, firmest, evidence)


def _modality(edge: Mapping[str, Any]) -> str:
    """Return the modality of an edge; what has none – a party to an issue – is drawn as asserted."""
    return str(edge.get("modality", ASSERTED))


def _firmness(modality: str) -> int:
    return MODALITY_NAMES.index(modality) if modality in MODALITY_NAMES else len(MODALITY_NAMES)
