"""Build the extractions of small invented documents, to see which of their things are found to be one.

Nothing is read: each document is what its records say. A clustering of the test's own brings the joins together, so that a test can
ask which things ended up as one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kg.graph.identity.contexts import Context
from kg.graph.identity.entities import join_entities
from kg.graph.identity.issues import join_issues
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.meetings import join_meetings
from kg.graph.identity.referents import Key, referents_of
from kg.records import Document, Entity, EntityType, Extraction, Issue, Meeting, Mention, Predicate, Relation, Span
from kg.slugs import slug

DAY = "2031-02-26"


def a_span() -> Span:
    """Return some words, which nothing here looks at."""
    return Span(start=0, end=1, text="x")


def a_thing(kind: EntityType, name: str, **changes: Any) -> Entity:
    """Return an entity with a name, mentioned twice by it; a ``link`` is the last part of its Wikidata IRI."""
    link = changes.pop("link", None)
    fields: dict[str, Any] = {
        "id": f"id:{kind.lower()}/{slug(name)}",
        "type": kind,
        "name": name,
        "aliases": (name,),
        "same_as": () if link is None else (f"http://www.wikidata.org/entity/{link}",),
        "mentions": tuple(Mention(start=at, end=at + len(name), text=name) for at in (0, 100)),
    }
    return Entity(**(fields | changes))


def a_state(name: str, *adjectives: str, **changes: Any) -> Entity:
    """Return a state with what is said of it by adjective."""
    return a_thing("Country", name, **({"aliases": (name, *adjectives)} | changes))


def a_description(kind: EntityType, words: str, document: str = "d", **changes: Any) -> Entity:
    """Return an entity that is known by a description alone."""
    return a_thing(kind, words, **({"id": f"id:{kind.lower()}/{document}/{slug(words)}", "named": False} | changes))


def somebody(name: str, *roles: str, **changes: Any) -> Entity:
    """Return a person who holds offices."""
    return a_thing("Person", name, **({"roles": roles} | changes))


def a_tie(subject: Entity, predicate: Predicate, of: Entity, **changes: Any) -> Relation:
    """Return that one thing belongs to another or lies in it."""
    fields: dict[str, Any] = {"subject": subject.id, "predicate": predicate, "object": of.id, "evidence": a_span()}
    return Relation(**(fields | changes))


def a_sitting(*participants: Entity, place: Entity | None = None, **changes: Any) -> Meeting:
    """Return a meeting."""
    fields: dict[str, Any] = {
        "participants": tuple(one.id for one in participants),
        "place": None if place is None else place.id,
        "date": DAY,
        "evidence": a_span(),
    }
    return Meeting(**(fields | changes))


def a_matter(label: str, *parties: Entity, **changes: Any) -> Issue:
    """Return an issue."""
    fields: dict[str, Any] = {"label": label, "parties": tuple(one.id for one in parties), "evidence": a_span()}
    return Issue(**(fields | changes))


def a_report(name: str, *entities: Entity, date: str | None = DAY, text: str = "", **records: Any) -> Extraction:
    """Return all that a document says."""
    day = None if date is None else datetime.date.fromisoformat(date)
    return Extraction(document=Document(id=name, text=text, date=day), entities=entities, **records)


def joins(extractions: Sequence[Extraction]) -> list[Join | Rivals]:
    """Return what all rules say of documents."""
    contexts = [Context(extraction) for extraction in extractions]
    entities = list(join_entities(contexts))
    same = names_of(extractions, entities)
    return [*entities, *join_meetings(contexts, same), *join_issues(contexts, same)]


def are_one(extractions: Sequence[Extraction], *names: str) -> bool:
    """Tell whether the referents with these local names, one in each document in this order, are found to be one."""
    keys = [(extraction.document.id, name) for extraction, name in zip(extractions, names, strict=True)]
    known = {referent.key for extraction in extractions for referent in referents_of(extraction)}
    assert set(keys) <= known, f"{set(keys) - known} are none of {sorted(known)}"
    canonical = names_of(extractions, joins(extractions))
    return len({canonical(key) for key in keys}) == 1


def names_of(extractions: Iterable[Extraction], found: Iterable[Join | Rivals]) -> Callable[[Key], str]:
    """Return what names the cluster of each referent: joins are taken the surest first, and none brings rivals together."""
    every = [referent.key for extraction in extractions for referent in referents_of(extraction)]
    clusters = {key: frozenset({key}) for key in every}
    said = list(found)
    rivals = {frozenset((one.first, one.second)) for one in said if isinstance(one, Rivals)}
    sure = [one for one in said if isinstance(one, Join)]
    for one in sorted(sure, key=lambda join: (-join.confidence, join.first, join.second)):
        first, second = clusters[one.first], clusters[one.second]
        pairs = {frozenset((a, b)) for a in first for b in second}
        if first != second and not pairs & rivals and not {key[0] for key in first} & {key[0] for key in second}:
            clusters |= dict.fromkeys(first | second, first | second)
    return lambda key: "/".join(min(clusters[key]))
