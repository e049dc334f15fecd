"""The quads of what was chosen, and of what is needed to understand it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib.namespace import SKOS

from kg.export.choosing import Choice, choose
from kg.export.facts import ASSERTED, LINK_TERMS, TYPE, Fact
from kg.export.quads import Graph, named, read_quads
from kg.export.selection import Selection
from kg.graph.terms import PREDICATES
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.protocol import Store

RECORDS = named(DEM.records)

_EDGES = LINK_TERMS | frozenset(map(named, PREDICATES))
_MENTIONS, _MENTION_KIND, _HAS_STATUS, _VERSION, _NEEDS, _APPROVER, _NEEDS_CONSENT = map(
    named,
    (DEM.mentions, DEM.mentionKind, DEM.hasStatus, DEM.version, DEM.needs, DEM.approver, DEM.requiresApprovalOf),
)
_REFERENT, _IDENTIFIED_AS, _IN_DOCUMENT = map(named, (DEM.Referent, DEM.identifiedAs, DEM.inDocument))
_SAME = named(SKOS.exactMatch)
_MEMBERS = frozenset(map(named, (DEM.member, DEM.firstPart, DEM.secondPart)))


def selected_quads(store: Store, selection: Selection, *, base: str = DEFAULT_BASE) -> Iterable[ox.Quad]:
    """Return the quads that a selection keeps, in no order; see ``kg.export.choosing.choose`` for what it raises."""
    return read_quads(store) if selection.is_everything else cut(choose(store, selection, base=base))


def cut(choice: Choice) -> Iterator[ox.Quad]:
    """Yield the quads of a choice, in no order."""
    index = choice.index
    facts: dict[ox.NamedNode, list[Fact]] = defaultdict(list)
    for fact in choice.facts:
        facts[fact.graph].append(fact)
    kept: set[object] = set(choice.things)
    for name in index.documents:
        if name in choice.mentioned:
            kept |= index.graphs[name].keys()
            yield from (quad for quads in index.graphs[name].values() for quad in quads)
        elif name in facts or choice.centre in index.graphs[name]:
            part = _Part(choice, name, facts[name])
            kept |= part.kept
            yield from part.quads()
    # Decisions name things by what they are known as elsewhere too.
    kept |= {same for subject in list(kept) for same in index.everywhere(subject, _SAME)}
    for name in index.graphs.keys() - index.documents.keys():
        yield from _known(index.graphs[name], kept)


class _Part:
    """What is kept of the graph of one document of which not all is kept."""

    def __init__(self, choice: Choice, name: ox.NamedNode, facts: Iterable[Fact]) -> None:
        self._index = choice.index
        self._name = name
        self._graph = choice.index.graphs[name]
        facts = list(facts)
        self._edges = {link for fact in facts if fact.about is not None or fact.modality == ASSERTED for link in fact.links}
        self._statuses = {(fact.about, fact.node) for fact in facts}
        self._with_status = {fact.about for fact in facts}
        self._telling = {fact.node for fact in facts if fact.about is None}
        self.kept = self._closed({fact.node for fact in facts} | self._with_status | {choice.centre})

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads."""
        for subject, quads in self._graph.items():
            mentions = [quad for quad in quads if quad.predicate == _MENTIONS and quad.object in self.kept]
            if subject in self.kept or mentions:
                left_out = {_MENTIONS} if mentions else {_MENTIONS, _MENTION_KIND}
                yield from mentions
                yield from (quad for quad in quads if quad.predicate not in left_out and self._stays(quad))

    def _closed(self, roots: Iterable[object]) -> set[object]:
        """Return the roots with all that describes them, and the document."""
        kept: set[object] = set()
        waiting = [*roots, self._index.documents[self._name]]
        while waiting:
            subject = waiting.pop()
            if subject not in kept and subject in self._graph:
                kept.add(subject)
                waiting.extend(quad.object for quad in self._graph[subject] if self._stays(quad))  # type: ignore[index]
        return kept

    def _stays(self, quad: ox.Quad) -> bool:
        """Tell whether a quad of a kept subject stays; whom a span mentions is settled when it is known who is kept."""
        match quad.predicate:
            case term if term in {RECORDS, _MENTIONS}:
                return False
            case term if term == _HAS_STATUS:
                return (quad.subject, quad.object) in self._statuses or quad.subject not in self._with_status
            case term if term == _VERSION:
                return quad.subject in self._with_status
            case term if term == _NEEDS:
                approvers = self._index.of(self._name, quad.object, _APPROVER)
                return any(ox.Triple(quad.subject, _NEEDS_CONSENT, approver) in self._edges for approver in approvers)
            case term if term in _EDGES and quad.subject not in self._telling:
                return quad.triple in self._edges
            case _:
                return True


def _known(graph: Graph, kept: set[object]) -> Iterator[ox.Quad]:
    """Yield what is known of the kept things in a graph that is no document's: names, identities, decisions."""
    referents = {subject for subject, quads in graph.items() if _is_kept_referent(quads, kept)}
    all_kept = kept | referents
    for subject, quads in graph.items():
        members = [quad.object for quad in quads if quad.predicate in _MEMBERS]
        if subject in all_kept or (members and all(member in all_kept for member in members)):
            yield from (quad for quad in quads if quad.predicate not in _EDGES or quad.object in all_kept)


def _is_kept_referent(quads: Iterable[ox.Quad], kept: set[object]) -> bool:
    told = {quad.predicate: quad.object for quad in quads}
    return told.get(TYPE) == _REFERENT and told.get(_IN_DOCUMENT) in kept and told.get(_IDENTIFIED_AS) in kept
