"""What people decide about who is who: merge, split, rename, and undo.

A decision is kept in the curation graph and wins over the rules whenever identity is found anew. It names what it is about by
referents, and by IRIs that are known elsewhere, so that it holds for documents that are added later.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence

from rdflib import URIRef

from kg.errors import NotFoundError, ValidationError
from kg.graph.identity.clusters import kind
from kg.graph.identity.decisions import AnyDecision, Merge, Renaming, Split
from kg.graph.identity.identity import identify
from kg.graph.identity.naming import known_as, referent_iri
from kg.graph.identity.referents import Key, Referent, referents_of
from kg.graph.knowledge_base import KnowledgeBase

_FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("Organization", "Group"), "organization or group"),
    **dict.fromkeys(("City", "Region", "Facility", "Place"), "place"),
}
"""Sorts of things that documents often take for one another, so that people may say that two are one."""


def merge(
    knowledge: KnowledgeBase,
    first: URIRef,
    second: URIRef,
    *,
    reason: str | None = None,
    created: datetime.datetime | None = None,
) -> Merge:
    """Decide that two things are one, called as the first is. Raises ValidationError where they are one already, or of two sorts."""
    things = _Things(knowledge)
    one, other = things.members(first), things.members(second)
    if first == second:
        raise ValidationError(f"{first}: is one thing already. Name two different things.")
    sorts = {_FAMILIES.get(kind(member), kind(member)) for member in (*one, *other)}
    if len(sorts) > 1:
        raise ValidationError(f"{first} and {second}: are of different sorts ({', '.join(sorted(sorts))}). Name two of one sort.")
    members = things.anchors([*one, *other])
    decision = Merge(number=_next(knowledge), reason=reason, created=created, members=members, label=things.labels[first])
    knowledge.decide([*knowledge.decisions(), decision])
    return decision


def split(
    knowledge: KnowledgeBase,
    thing: URIRef,
    *,
    documents: Collection[str] = (),
    reason: str | None = None,
    created: datetime.datetime | None = None,
) -> list[Split]:
    """Decide that what was taken for one thing is several; return the decisions, one for each part but the last.

    What these documents speak of is set apart from what the others do. Without documents, what people had merged comes apart, or
    else what two documents speak of. Raises ValidationError where it is not clear what should come apart.
    """
    things = _Things(knowledge)
    members = things.members(thing)
    parts = _parts_by_document(members, documents) if documents else _parts_by_rules(knowledge, members)
    known = sorted({member.document for member in members})
    if len(parts) < 2 and len(members) != 2:
        advice = "Name those that speak of something else, with their ids." if len(known) > 1 else "There is nothing to split."
        raise ValidationError(f"{thing}: {', '.join(known)} speak{'s' if len(known) == 1 else ''} of it. {advice}")
    if len(parts) < 2:
        parts = [[member] for member in members]
    decisions: list[Split] = []
    for place, part in enumerate(parts[:-1]):
        second = things.anchors(member for other in parts[place + 1 :] for member in other)
        first = things.anchors(part, taken=second)
        number = _next(knowledge) + place
        decisions.append(Split(number=number, reason=reason, created=created, first=first, second=second))
    knowledge.decide([*knowledge.decisions(), *decisions])
    return decisions


def rename(
    knowledge: KnowledgeBase,
    thing: URIRef,
    label: str,
    *,
    reason: str | None = None,
    created: datetime.datetime | None = None,
) -> Renaming:
    """Decide what a thing is called. Raises ValidationError for an empty label."""
    if not label.strip():
        raise ValidationError(f"{thing}: the new label is empty. Give one with at least one letter.")
    things = _Things(knowledge)
    members = things.anchors(things.members(thing))
    decision = Renaming(number=_next(knowledge), reason=reason, created=created, members=members, label=label.strip())
    knowledge.decide([*knowledge.decisions(), decision])
    return decision


def undo(knowledge: KnowledgeBase, number: int) -> AnyDecision:
    """Take back a decision. Raises NotFoundError where there is none of this number."""
    decisions = knowledge.decisions()
    taken_back = next((decision for decision in decisions if decision.number == number), None)
    if taken_back is None:
        known = ", ".join(str(decision.number) for decision in decisions) or "none"
        raise NotFoundError(f"decision {number}: there is none of this number. There are: {known}.")
    knowledge.decide([decision for decision in decisions if decision != taken_back])
    return taken_back


class _Things:
    """What the documents of a store speak of, by the IRIs of the things."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        extractions = list(knowledge.extractions().values())
        identity = identify(extractions, knowledge.decisions(), base=knowledge.base)
        canonical = identity.canonical
        self.labels = identity.labels
        self._base = knowledge.base
        self._members: dict[URIRef, list[Referent]] = {}
        for extraction in extractions:
            for referent in referents_of(extraction):
                self._members.setdefault(canonical[referent.key], []).append(referent)

    def members(self, thing: URIRef) -> list[Referent]:
        """Return the referents that are this thing. Raises NotFoundError for an IRI that is none."""
        if thing not in self._members:
            raise NotFoundError(
                f"{thing}: no document speaks of it. Name a person, state, meeting, proposal or issue of the graph."
            )
        return sorted(self._members[thing], key=lambda referent: referent.key)

    def anchors(self, members: Iterable[Referent], *, taken: Collection[URIRef] = ()) -> tuple[URIRef, ...]:
        """Return what stands for referents in a decision: what they are known as elsewhere, unless that is taken, or themselves."""
        return tuple(sorted({self._anchor(member, taken) for member in members}))

    def _anchor(self, member: Referent, taken: Collection[URIRef]) -> URIRef:
        return next((link for link in known_as(member)[:1] if link not in taken), self.iri(member.key))

    def iri(self, key: Key) -> URIRef:
        """Return the name of a referent."""
        return referent_iri(key, base=self._base)


def _parts_by_document(members: Sequence[Referent], documents: Collection[str]) -> list[list[Referent]]:
    inside = [member for member in members if member.document in documents]
    outside = [member for member in members if member.document not in documents]
    strangers = sorted(set(documents) - {member.document for member in members})
    if strangers:
        known = ", ".join(sorted({member.document for member in members}))
        raise ValidationError(f"{', '.join(strangers)}: does not speak of it. These do: {known}.")
    return [part for part in (inside, outside) if part]


def _parts_by_rules(knowledge: KnowledgeBase, members: Sequence[Referent]) -> list[list[Referent]]:
    """Return the parts that the rules alone would make, the earlier splits of people kept."""
    kept = [decision for decision in knowledge.decisions() if not isinstance(decision, Merge)]
    canonical = identify(list(knowledge.extractions().values()), kept, base=knowledge.base).canonical
    parts: dict[URIRef, list[Referent]] = {}
    for member in members:
        parts.setdefault(canonical[member.key], []).append(member)
    return list(parts.values())


def _next(knowledge: KnowledgeBase) -> int:
    return max((decision.number for decision in knowledge.decisions()), default=0) + 1
