"""Who is who by all documents of a store: a pure function of their records and of what people decided.

The order in which documents were added plays no part. ``kg.graph.identity.writing`` puts what comes out into a graph of its own.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.identity.clusters import Clusters, kind
from kg.graph.identity.contexts import Context
from kg.graph.identity.decisions import AnyDecision, Merge, Renaming, Split
from kg.graph.identity.entities import join_entities
from kg.graph.identity.issues import join_issues
from kg.graph.identity.joins import Basis, Join, Rivals
from kg.graph.identity.meetings import join_meetings
from kg.graph.identity.naming import earliest, known_as, name_clusters, referent_iri
from kg.graph.identity.referents import Key, Referent
from kg.graph.labels import meeting_label
from kg.records import Entity, Extraction, Issue, Meeting

_DIGITS = 2
"""A confidence that is a judgement has no more digits than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What a referent was found to be, on what that rests, and how sure it is, from 0 to 1."""

    referent: Key
    canonical: URIRef
    basis: Basis
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What every referent was found to be, and what each thing is called."""

    identifications: tuple[Identification, ...]
    labels: Mapping[URIRef, str]

    @property
    def canonical(self) -> dict[Key, URIRef]:
        """The IRI of every referent's thing."""
        return {found.referent: found.canonical for found in self.identifications}


def identify(extractions: Sequence[Extraction], decisions: Iterable[AnyDecision] = (), *, base: str) -> Identity:
    """Find out which things of these documents are one, and name them; documents must differ in their ids."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    dates = {extraction.document.id: extraction.document.date for extraction in ordered}
    contexts = [Context(extraction) for extraction in ordered]
    referents = {referent.key: referent for context in contexts for referent in context.referents}
    clusters = Clusters(referents.values())
    latest_first = sorted(decisions, key=lambda decision: -decision.number)
    anchors = _anchors(referents.values(), base=base)
    _decide(clusters, latest_first, anchors)
    joined = _join(clusters, join_entities(contexts))

    def same(key: Key) -> str:
        return "/".join(clusters.root(key))

    joined |= _join(clusters, join_meetings(contexts, same))
    joined |= _join(clusters, join_issues(contexts, same))
    groups = [[referents[key] for key in members] for members in clusters.members()]
    merged = {merge.number: _merged(merge, anchors, clusters) for merge in latest_first if isinstance(merge, Merge)}
    decided = set().union(*merged.values())
    chosen = _chosen_labels(latest_first, anchors, clusters, merged)
    called = [chosen.get(clusters.root(group[0].key)) for group in groups]
    canonical = name_clusters(groups, called=called, dates=dates, base=base)
    labels = _labels(groups, canonical, {extraction.document.id: extraction for extraction in ordered}, dates)
    labels.update((canonical[group[0].key], label) for group, label in zip(groups, called, strict=True) if label is not None)
    return Identity(
        identifications=tuple(
            _identification(referent, canonical[key], joined.get(key), is_decided=key in decided)
            for key, referent in sorted(referents.items())
        ),
        labels=labels,
    )


def _anchors(referents: Iterable[Referent], *, base: str) -> dict[URIRef, list[Key]]:
    """Return what the IRIs in decisions stand for: a referent, or all that are known elsewhere as the thing of this IRI."""
    anchors: dict[URIRef, list[Key]] = defaultdict(list)
    for referent in referents:
        anchors[referent_iri(referent.key, base=base)].append(referent.key)
        for link in known_as(referent):
            anchors[link].append(referent.key)
    return anchors


def _decide(clusters: Clusters, latest_first: Iterable[AnyDecision], anchors: Mapping[URIRef, Sequence[Key]]) -> None:
    """Carry out what people decided."""
    for decision in latest_first:
        match decision:
            case Split():
                first, second = _parts(decision, anchors)
                clusters.set_apart(Rivals(first=one, second=other) for one in first for other in second)
            case Merge():
                clusters.unite(_keys(decision.members, anchors))
            case Renaming():
                pass


def _merged(merge: Merge, anchors: Mapping[URIRef, Sequence[Key]], clusters: Clusters) -> set[Key]:
    """Return the referents that a merge brought together with those of another of its members; later splits may have undone it."""
    members: dict[Key, set[URIRef]] = defaultdict(set)
    for member in merge.members:
        for key in anchors.get(member, ()):
            members[clusters.root(key)].add(member)
    return {key for key in _keys(merge.members, anchors) if len(members[clusters.root(key)]) > 1}


def _parts(split: Split, anchors: Mapping[URIRef, Sequence[Key]]) -> tuple[list[Key], list[Key]]:
    """Return the two parts; a referent that one part names by itself is not in the other by way of what it is known as."""
    first, second = _keys(split.first, anchors), _keys(split.second, anchors)
    alone_first, alone_second = _alone(split.first, anchors), _alone(split.second, anchors)
    return [key for key in first if key not in alone_second], [key for key in second if key not in alone_first]


def _alone(members: Iterable[URIRef], anchors: Mapping[URIRef, Sequence[Key]]) -> set[Key]:
    return {key for member in members if "/referent/" in member for key in anchors.get(member, ())}


def _keys(members: Iterable[URIRef], anchors: Mapping[URIRef, Sequence[Key]]) -> list[Key]:
    return sorted({key for member in members for key in anchors.get(member, ())})


def _join(clusters: Clusters, found: Iterable[Join | Rivals]) -> dict[Key, Join]:
    joins: list[Join] = []
    for one in found:
        if isinstance(one, Join):
            joins.append(one)
        else:
            clusters.set_apart([one])
    return clusters.join(joins)


def _identification(referent: Referent, canonical: URIRef, join: Join | None, *, is_decided: bool) -> Identification:
    basis: Basis = "by-decision" if is_decided else join.basis if join is not None else "alone"
    sure = 1.0 if join is None or is_decided else join.confidence
    if isinstance(referent.record, Entity) and not is_decided:
        sure = min(sure, referent.record.confidence)
    return Identification(referent=referent.key, canonical=canonical, basis=basis, confidence=round(sure, _DIGITS))


def _labels(
    groups: Iterable[Sequence[Referent]],
    canonical: Mapping[Key, URIRef],
    extractions: Mapping[str, Extraction],
    dates: Mapping[str, datetime.date | None],
) -> dict[URIRef, str]:
    return {
        canonical[group[0].key]: _label(sorted(group, key=lambda referent: earliest(referent, dates)), extractions)
        for group in groups
    }


def _label(group: Sequence[Referent], extractions: Mapping[str, Extraction]) -> str:
    """Return a thing's name: of an entity the one that it is known by, or the fullest; of all else what the first document calls it."""
    first = group[0]
    match first.record:
        case Entity():
            entities = [referent for referent in group if isinstance(referent.record, Entity)]
            return min(entities, key=_name_rank).record.name  # type: ignore[union-attr]  # all are entities, by the line above
        case Meeting() as meeting:
            fullest = max(group, key=_fullness)
            record = fullest.record if isinstance(fullest.record, Meeting) else meeting
            return meeting_label(record, extractions[fullest.document])
        case Issue(label=label):
            return label


def _name_rank(referent: Referent) -> tuple[bool, bool, int, str]:
    record = referent.record
    if not isinstance(record, Entity):
        raise TypeError(f"{kind(referent)}: is no entity")
    return not record.same_as, not record.named, -len(record.name), record.name


def _fullness(referent: Referent) -> int:
    """Return how much a document tells of a meeting; of equals the first counts."""
    record = referent.record
    if not isinstance(record, Meeting):
        return 0
    return 2 * (record.date is not None) + 2 * (record.place is not None) + (len(record.participants) > 1)


def _chosen_labels(
    latest_first: Iterable[AnyDecision],
    anchors: Mapping[URIRef, Sequence[Key]],
    clusters: Clusters,
    merged: Mapping[int, Iterable[Key]],
) -> dict[Key, str]:
    """Return what people decided that things are called, by the referents that stand for their clusters."""
    labels: dict[Key, str] = {}
    for decision in latest_first:
        match decision:
            case Merge(label=str(label)):
                keys = merged[decision.number]
            case Renaming(label=label):
                keys = _keys(decision.members, anchors)
            case _:
                continue
        for key in keys:
            labels.setdefault(clusters.root(key), label)
    return labels
