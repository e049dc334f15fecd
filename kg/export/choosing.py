"""Cut the part that a selection asks for out of a store, with all that is needed to understand it.

Facts are kept that meet the criteria; an ego network is counted along the edges of these. Beside a fact stay its words, its
document's description and text, and what describes those that it names, so that what is left conforms to the shapes. Of a
document that is kept only in part, ``dem:records`` goes: it holds the whole.
"""

from __future__ import annotations

import datetime
import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import DCTERMS

from kg.errors import NotFoundError
from kg.export.days import Days, days_of
from kg.export.facts import Fact, read_facts
from kg.export.quads import QuadIndex, named, read_quads
from kg.export.selection import Selection
from kg.graph import names
from kg.graph.find import resolve_entity
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.protocol import Store

_MENTIONED_IN, _IDENTIFIER, _DATE = map(named, (DEM.mentionedIn, DCTERMS.identifier, DCTERMS.date))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a selection keeps: its facts with the edges that are left to them, and the things that stand without an edge too.

    ``index`` has the whole store; ``mentioned`` are the graphs whose entities are all kept.
    """

    index: QuadIndex
    selection: Selection
    facts: tuple[Fact, ...]
    mentioned: frozenset[ox.NamedNode]
    centre: ox.NamedNode | None

    @property
    def things(self) -> frozenset[ox.NamedNode]:
        """What is kept of entities, meetings, issues, negotiations, proposals, topics and roles."""
        ends = {end for fact in self.facts for link in fact.links for end in (link.subject, link.object)}
        statuses = {fact.about for fact in self.facts if fact.about is not None}
        entities = {
            subject
            for graph in self.mentioned
            for subject in self.index.graphs[graph]
            if self.index.of(graph, subject, _MENTIONED_IN)
        }
        centre = {self.centre} if self.centre is not None else set()
        return frozenset(node for node in ends | statuses | entities | centre if isinstance(node, ox.NamedNode))


def choose(store: Store, selection: Selection, *, base: str = DEFAULT_BASE) -> Choice:
    """Return what a selection keeps of a store.

    Raises NotFoundError, with names that are near, for an entity or a document that is not there.
    """
    index = QuadIndex(read_quads(store))
    documents = _documents(index, selection, base=base)
    centre = _centre(store, index, selection, base=base)
    facts = [kept for fact in read_facts(index) if (kept := _kept(fact, selection, documents)) is not None]
    if centre is not None:
        reached = _reached(facts, centre, depth=selection.depth)
        facts = [kept for fact in facts if (kept := _within(fact, reached)) is not None]
    mentioned = {
        graph for graph in documents if selection.takes_mentions and _is_between(_stated(index, graph), (None, None), selection)
    }
    return Choice(index, selection, tuple(facts), frozenset(mentioned), centre)


def _documents(index: QuadIndex, selection: Selection, *, base: str) -> frozenset[ox.NamedNode]:
    """Return the graphs of the documents that are asked for."""
    if not selection.documents:
        return frozenset(index.documents)
    by_name = {document.value: graph for graph, document in index.documents.items()}
    chosen = set()
    for name in selection.documents:
        graph = by_name.get(name, by_name.get(str(names.document_iri(name, base=base))))
        if graph is None:
            ids = sorted({value.value for one, node in index.documents.items() for value in index.of(one, node, _IDENTIFIER)})
            near = difflib.get_close_matches(name, ids, n=3, cutoff=0.4)
            advice = f"Did you mean {', '.join(map(repr, near))}?" if near else f"Name one of {len(ids)}, by its id or IRI."
            raise NotFoundError(f"document {name!r}: not in the store. {advice}")
        chosen.add(graph)
    return frozenset(chosen)


def _centre(store: Store, index: QuadIndex, selection: Selection, *, base: str) -> ox.NamedNode | None:
    """Return the node that the selection is around: any node that is named by its IRI, else the entity that is meant."""
    if selection.around is None:
        return None
    if any(subject.value == selection.around for graph in index.documents for subject in index.graphs[graph]):
        return named(URIRef(selection.around))
    return named(resolve_entity(store, selection.around, base=base))


def _kept(fact: Fact, selection: Selection, documents: frozenset[ox.NamedNode]) -> Fact | None:
    """Return a fact with the edges that are asked for, or None where it does not meet the criteria."""
    if fact.graph not in documents or not _is_between(fact.stated, fact.held, selection):
        return None
    if selection.modalities and fact.modality not in selection.modality_terms:
        return None
    if selection.confidence is not None and (fact.confidence is None or fact.confidence < selection.confidence):
        return None
    if not selection.predicates:
        return fact
    links = tuple(link for link in fact.links if link.predicate.value in selection.predicate_terms)
    return replace(fact, links=links) if links else None


def _is_between(stated: datetime.date | None, held: Days, selection: Selection) -> bool:
    """Tell whether something was stated, or holds, between the days of a selection.

    What has begun and is not said to have ended holds until it was stated: what came after, the text does not know.
    """
    since, until = selection.since or datetime.date.min, selection.until or datetime.date.max
    if selection.since is None and selection.until is None:
        return True
    if stated is not None and since <= stated <= until:
        return True
    begin, end = held
    if begin is None and end is None:
        return False
    first = begin or datetime.date.min
    last = end or max(first, stated or datetime.date.max)
    return first <= until and last >= since


def _stated(index: QuadIndex, graph: ox.NamedNode) -> datetime.date | None:
    dates = index.of(graph, index.documents[graph], _DATE)
    return days_of(dates[0].value if dates else None)[0]


def _reached(facts: Iterable[Fact], centre: ox.NamedNode, *, depth: int) -> set[object]:
    """Return the nodes at most so many edges away, whichever way the edges point."""
    neighbours: dict[object, set[object]] = defaultdict(set)
    for fact in facts:
        for link in fact.links:
            neighbours[link.subject].add(link.object)
            neighbours[link.object].add(link.subject)
    reached: set[object] = {centre}
    edge: set[object] = {centre}
    for _ in range(depth):
        edge = {other for node in edge for other in neighbours[node]} - reached
        reached |= edge
        if not edge:
            break
    return reached


def _within(fact: Fact, reached: set[object]) -> Fact | None:
    """Return a fact with its edges among the nodes that were reached, or None where it concerns others."""
    links = tuple(link for link in fact.links if link.subject in reached and link.object in reached)
    if fact.about is not None:
        return replace(fact, links=links) if fact.about in reached else None
    if fact.links:
        return replace(fact, links=links) if links else None
    return fact if fact.actors and fact.actors <= reached else None
