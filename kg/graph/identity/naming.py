"""What things are called: the IRIs of all that a store's documents speak of.

A thing with a link, or with a name that nothing else has, is called by its id (``country/russia``). Everything else is called by the
document that speaks of it first and its local name there: meetings, issues, what is only described, and namesakes. So no name ever
comes to mean another thing because a document was added.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import URIRef

from kg.graph import names
from kg.graph.identity.referents import Key, Referent, referents_of
from kg.records import Entity, Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The IRIs of one document's entities by their ids, and of its meetings and issues in the order of the records."""

    entities: Mapping[str, URIRef]
    meetings: Sequence[URIRef]
    issues: Sequence[URIRef]


def referent_iri(key: Key, *, base: str) -> URIRef:
    """Return the name of a referent itself, which says nothing of what it is by other documents."""
    document, local = key
    return URIRef(f"{names.document_iri(document, base=base)}/referent/{quote(local, safe='/')}")


def names_alone(extraction: Extraction, *, base: str) -> Names:
    """Return the names of a document's things where it is the only document."""
    referents = referents_of(extraction)
    return names_of(extraction, name_clusters([[referent] for referent in referents], dates={}, base=base))


def names_of(extraction: Extraction, canonical: Mapping[Key, URIRef]) -> Names:
    """Pick the names of one document's things out of those of all."""
    iris = [canonical[referent.key] for referent in referents_of(extraction)]
    entities, meetings = len(extraction.entities), len(extraction.meetings)
    return Names(
        entities={entity.id: iri for entity, iri in zip(extraction.entities, iris, strict=False)},
        meetings=tuple(iris[entities : entities + meetings]),
        issues=tuple(iris[entities + meetings :]),
    )


def name_clusters(
    clusters: Sequence[Sequence[Referent]],
    *,
    called: Sequence[str | None] | None = None,
    dates: Mapping[str, datetime.date | None],
    base: str,
) -> dict[Key, URIRef]:
    """Return the canonical IRI of every referent.

    ``dates`` are those of the documents; ``called`` says of each cluster what people decided to call it, if they did.
    """
    ordered = [sorted(cluster, key=lambda referent: earliest(referent, dates)) for cluster in clusters]
    labels = called if called is not None else [None] * len(ordered)
    wanted = [_own_name(cluster, label, base=base) for cluster, label in zip(ordered, labels, strict=True)]
    given = _holders(ordered, wanted)
    canonical: dict[Key, URIRef] = {}
    for place, cluster in enumerate(ordered):
        own = wanted[place]
        iri = own if own is not None and given[own] == place else referent_iri(cluster[0].key, base=base)
        canonical.update((referent.key, iri) for referent in cluster)
    return canonical


def earliest(referent: Referent, dates: Mapping[str, datetime.date | None]) -> tuple[bool, datetime.date, Key]:
    """Return what referents are sorted by: the date of the document, those without one last."""
    date = dates.get(referent.document)
    return date is None, date if date is not None else datetime.date.min, referent.key


def is_known(referent: Referent) -> bool:
    """Tell whether a referent is an entity that has an IRI elsewhere."""
    return bool(known_as(referent))


def known_as(referent: Referent) -> tuple[URIRef, ...]:
    """Return the IRIs that a referent has elsewhere, the most important first: they stand for it in every document."""
    record = referent.record
    if not isinstance(record, Entity):
        return ()
    own = () if record.id.startswith("id:") else (record.id,)
    return tuple(map(URIRef, (*own, *record.same_as)))


def _own_name(cluster: Sequence[Referent], label: str | None, *, base: str) -> URIRef | None:
    """Return the name that a thing would have alone, or None for one that its document must lend its name to.

    Of several it is that of the referent with the label that people chose, else of one that is known elsewhere, else the fullest.
    """
    own = [_entity(referent) for referent in cluster if has_own_name(referent)]
    known = {_entity(referent).id for referent in cluster if is_known(referent)}
    best = min(own, key=lambda one: (one.name != label, one.id not in known, -len(one.name), one.id), default=None)
    return names.entity_iri(best.id, base=base) if best is not None else None


def has_own_name(referent: Referent) -> bool:
    """Tell whether a referent is an entity whose id says nothing of its document."""
    record = referent.record
    if not isinstance(record, Entity):
        return False
    return not record.id.startswith("id:") or (record.named and referent.local == record.id.removeprefix("id:"))


def _holders(clusters: Sequence[Sequence[Referent]], wanted: Sequence[URIRef | None]) -> dict[URIRef, int | None]:
    """Return which cluster has each name: the only one that wants it, or the only known one; else none."""
    claims: dict[URIRef, list[int]] = defaultdict(list)
    for place, name in enumerate(wanted):
        if name is not None:
            claims[name].append(place)
    holders: dict[URIRef, int | None] = {}
    for name, places in claims.items():
        known = [place for place in places if any(map(is_known, clusters[place]))]
        rightful = known if known else places
        holders[name] = rightful[0] if len(rightful) == 1 else None
    return holders


def _entity(referent: Referent) -> Entity:
    if not isinstance(referent.record, Entity):
        raise TypeError(f"{referent.local}: is no entity")
    return referent.record
