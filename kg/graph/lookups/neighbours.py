"""What stands near an entity, and the shortest ways from one to another, along assertions and meetings. Bounded in size and time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx
from rdflib import URIRef

from kg.errors import QueryError
from kg.graph.lookups.patterns import concept
from kg.graph.queries import Listed, fill
from kg.graph.rows import nodes
from kg.graph.terms import MODALITIES
from kg.graph.views import Node
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

MOST_DEPTH = 3
MOST_LENGTH = 6
_AT_ONCE = 500
_MOST_ROWS = 20_000
_MOST_NODES = 50_000

# Roles and topics tie everybody to everybody: the ways lead from actor to actor, place, meeting, issue and text.
_TIES = """
SELECT DISTINCT ?subject ?predicate ?object ?modality WHERE {
  VALUES ?%s { $near }
  ?tie rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?predicate ; dem:modality ?modality .
  FILTER(?predicate != dem:holdsRole && ?modality IN ($modalities))
} LIMIT $limit
"""
_PARTS = """
SELECT DISTINCT ?subject ?predicate ?object WHERE {
  VALUES ?%s { $near } ?subject ?predicate ?object . FILTER(?predicate IN (dem:participant, dem:party))
} LIMIT $limit
"""
_TIED = tuple(template % end for template in (_TIES, _PARTS) for end in ("subject", "object"))

Tie = tuple[str, str, str, str | None]
"""Subject, predicate, object and modality; None for a part in a meeting or an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieView:
    """How two things stand to each other; ``modality`` is None for a part in a meeting, an issue or a text."""

    subject: str
    predicate: str
    object: str
    modality: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """A thing, and how many ties away it is."""

    node: Node
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What is near something, the nearest first, and the ties among it; ``truncated`` where there was more than fits the bounds."""

    centre: Node
    nodes: tuple[NeighbourView, ...]
    ties: tuple[TieView, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PathView:
    """A way from one thing to another: what it leads through, and for each step the ties that it may take."""

    nodes: tuple[Node, ...]
    steps: tuple[tuple[TieView, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The shortest ways between two things; ``length`` counts ties and is None where there is no way within the bounds.

    ``truncated`` tells that the bounds were met before all ways of this length had been looked at.
    """

    source: Node
    target: Node
    length: int | None
    paths: tuple[PathView, ...]
    truncated: bool


def neighbours_of(store: Store, iri: URIRef, *, depth: int = 1, modality: str | None = None, limit: int = 200) -> Neighbourhood:
    """Return at most ``limit`` things at most ``depth`` ties away. Raises NotFoundError for an unknown modality."""
    ring = _Ring(store, iri, modality=modality)
    for _ in range(min(depth, MOST_DEPTH)):
        ring.widen(within=lambda: len(ring.distance) <= limit)
    kept = sorted(ring.distance, key=lambda one: (ring.distance[one], one))[: limit + 1]
    among = set(kept)
    known = nodes(store, [{"node": URIRef(one)} for one in kept], "node")
    ties = sorted({tie for tie in ring.ties if tie[0] in among and tie[2] in among}, key=str)
    return Neighbourhood(
        centre=known[str(iri)],
        nodes=tuple(NeighbourView(node=known[one], distance=ring.distance[one]) for one in kept if one != str(iri)),
        ties=tuple(map(_tie, ties)),
        truncated=ring.truncated or len(ring.distance) > len(kept),
    )


def paths_between(
    store: Store,
    source: URIRef,
    target: URIRef,
    *,
    length: int = 4,
    modality: str | None = None,
    limit: int = 10,
    seconds: float = 5.0,
    clock: Callable[[], float] = time.monotonic,
) -> Paths:
    """Return at most ``limit`` of the shortest ways from one thing to another, of at most ``length`` ties, whichever way these point.

    Both ends are searched from in turn, the smaller ring first, for at most so many seconds. Raises QueryError where both are one.
    """
    if source == target:
        raise QueryError(f"{source}: is where the way begins and ends. Name two different things.")
    end = clock() + seconds
    one, other = _Ring(store, source, modality=modality), _Ring(store, target, modality=modality)
    met = False
    while not met and one.depth + other.depth < min(length, MOST_LENGTH) and one.edge and other.edge and clock() < end:
        nearer = min(one, other, key=lambda ring: len(ring.edge))
        nearer.widen(within=lambda: clock() < end)
        met = not one.distance.keys().isdisjoint(other.distance)
    graph = nx.Graph((subject, object_) for subject, _, object_, _ in {*one.ties, *other.ties})
    found: list[list[str]] = []
    if met:
        found = list(islice(nx.all_shortest_paths(graph, str(source), str(target)), limit + 1))
    known = nodes(store, [{"node": URIRef(iri)} for path in found for iri in path] + [{"node": source}, {"node": target}], "node")
    by_ends: dict[frozenset[str], list[Tie]] = {}
    for tie in sorted({*one.ties, *other.ties}, key=str):
        by_ends.setdefault(frozenset((tie[0], tie[2])), []).append(tie)
    stopped = clock() >= end and not met
    return Paths(
        source=known[str(source)],
        target=known[str(target)],
        length=len(found[0]) - 1 if found else None,
        paths=tuple(_path(path, known, by_ends) for path in found[:limit]),
        truncated=one.truncated or other.truncated or len(found) > limit or stopped,
    )


class _Ring:
    """What is reached from a thing, ring by ring."""

    def __init__(self, store: Store, centre: URIRef, *, modality: str | None) -> None:
        term = concept(modality, MODALITIES, kind="modality")
        self.distance: dict[str, int] = {str(centre): 0}
        self.edge: list[str] = [str(centre)]
        self.ties: list[Tie] = []
        self.depth = 0
        self.truncated = False
        self._store = store
        self._modalities = [term] if term is not None else list(MODALITIES)

    def widen(self, *, within: Callable[[], bool]) -> None:
        """Go one tie further, as long as there is room and time."""
        self.depth += 1
        reached: list[str] = []
        for start in range(0, len(self.edge), _AT_ONCE):
            if not within() or len(self.distance) > _MOST_NODES:
                self.truncated = True
                break
            for tie in self._ties([URIRef(one) for one in self.edge[start : start + _AT_ONCE]]):
                self.ties.append(tie)
                for end in (tie[0], tie[2]):
                    if end not in self.distance:
                        self.distance[end] = self.depth
                        reached.append(end)
        self.edge = sorted(reached)

    def _ties(self, near: Sequence[URIRef]) -> Iterable[Tie]:
        for template in _TIED:
            values = {"modalities": Listed(self._modalities)} if "$modalities" in template else {}
            query = fill(template, near=near, limit=_MOST_ROWS, **values)
            rows = list(self._store.query(query).texts())
            self.truncated |= len(rows) >= _MOST_ROWS
            for row in rows:
                modality = str(row["modality"]).removeprefix(DEM) if "modality" in row else None
                yield str(row["subject"]), str(row["predicate"]).removeprefix(DEM), str(row["object"]), modality


def _path(path: Sequence[str], known: dict[str, Node], by_ends: dict[frozenset[str], list[Tie]]) -> PathView:
    steps = (tuple(map(_tie, by_ends[frozenset(pair)])) for pair in pairwise(path))
    return PathView(nodes=tuple(known[iri] for iri in path), steps=tuple(steps))


def _tie(tie: Tie) -> TieView:
    subject, predicate, object_, modality = tie
    return TieView(subject=subject, predicate=predicate, object=object_, modality=modality)
