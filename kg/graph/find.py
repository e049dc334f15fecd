"""Find entities by name, and tell which one a person means."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import NotFoundError, ValidationError
from kg.graph import names, queries
from kg.graph.queries import fill
from kg.graph.rows import best_label, number
from kg.graph.terms import ENTITY_CLASSES, ENTITY_TYPES, MEETING_TYPES
from kg.graph.views import EntitySummary
from kg.graph.vocabulary import DEFAULT_BASE, DEM, WIKIDATA
from kg.store.protocol import Store

_WIKIDATA_ID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)")
_PATH = re.compile(r"[a-z]+/.+", re.DOTALL)
_MOST_CANDIDATES = 5000
_MOST_PARTS = 40


def find_entities(
    store: Store,
    *,
    text: str | None = None,
    type: str | None = None,  # noqa: A002  # as the records call it
    limit: int = 20,
    offset: int = 0,
) -> list[EntitySummary]:
    """Return entities with ``text`` in a name, whatever the case; without text, all.

    Those that have it as a whole name come first, then as the beginning of one, then those mentioned most. ``type`` is an entity
    type of the records ("Country") or a class of the ontology ("State"). Raises NotFoundError for an unknown type.
    """
    query = fill(queries.FIND_ENTITIES, classes=_classes(type), text=Literal(text or ""), limit=limit, offset=offset)
    found = [(str(row["entity"]), number(row, "mentions")) for row in store.query(query).rows()]
    return _summaries(store, found)


def count_entities(
    store: Store,
    *,
    text: str | None = None,
    type: str | None = None,  # noqa: A002  # as the records call it
) -> int:
    """Return how many entities ``find_entities`` would return without a limit."""
    query = fill(queries.COUNT_ENTITIES, classes=_classes(type), text=Literal(text or ""))
    return sum(number(row, "count") for row in store.query(query).rows())


def resolve_entity(store: Store, name_or_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of the entity that a person means.

    They may write its IRI, its CURIE ``id:person/ilena-varo``, the path ``person/ilena-varo``, a Wikidata id ``Q159``, or any of
    its names, whatever the case; and the name of any referent that is known to be this entity. Of several entities with one name
    the most mentioned is meant. Raises NotFoundError, with names that are near.
    """
    found = _resolve(store, name_or_id, classes=list(ENTITY_TYPES), base=base)
    if found is None:
        raise not_found(store, name_or_id)
    return found


def resolve_issue(store: Store, name_or_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of the issue that a person means, by its IRI, a part of it under the base, or any of its names.

    Raises NotFoundError, with names of issues that are near or have the words in them.
    """
    found = _resolve(store, name_or_id, classes=[DEM.Issue], base=base)
    if found is not None:
        return found
    labels = {str(row["name"]).lower(): str(row["name"]) for row in store.query(queries.ISSUE_NAMES).rows()}
    lower = name_or_id.strip().lower()
    containing = [name for name in sorted(labels) if lower in name]
    near = list(dict.fromkeys([*containing, *difflib.get_close_matches(lower, sorted(labels), n=3, cutoff=0.5)]))[:3]
    advice = f"Did you mean {', '.join(repr(labels[name]) for name in near)}?" if near else "kg ask how-issues-stand lists them."
    raise NotFoundError(f"issue {name_or_id!r}: not in the graph. {advice}")


def resolve_thing(store: Store, name_or_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of the entity, or else the issue or meeting, that a person means, written as for ``resolve_entity``."""
    for classes in (list(ENTITY_TYPES), [DEM.Issue], list(MEETING_TYPES)):
        found = _resolve(store, name_or_id, classes=classes, base=base)
        if found is not None:
            return found
    raise not_found(store, name_or_id)


def _resolve(store: Store, name_or_id: str, *, classes: Sequence[URIRef], base: str) -> URIRef | None:
    written = name_or_id.strip().removeprefix("<").removesuffix(">")
    for candidate in _candidates(written, base=base):
        if _is_one_of(store, candidate, classes=classes):
            return candidate
        for row in store.query(fill(queries.LINKED_ENTITIES, classes=classes, link=candidate)).rows():
            return URIRef(str(row["entity"]))
        for thing in _identified(store, candidate, base=base):
            if _is_one_of(store, thing, classes=classes):
                return thing
    if written:
        query = fill(queries.FIND_ENTITIES, classes=classes, text=Literal(written), limit=1, offset=0)
        for row in store.query(query).rows():
            if number(row, "rank") == 0:
                return URIRef(str(row["entity"]))
    return None


def _identified(store: Store, candidate: URIRef, *, base: str) -> list[URIRef]:
    """Return what a referent of this name, or one of this local name in any document, was found to be, if that is one thing."""
    rows = list(store.query(fill(queries.IDENTIFIED, referents=[candidate])).rows())
    if not rows and candidate.startswith(base) and "/referent/" not in candidate:
        end = Literal(f"/referent/{candidate.removeprefix(base)}")
        rows = list(store.query(fill(queries.IDENTIFIED_BY_END, end=end)).rows())
    return [URIRef(str(row["thing"])) for row in rows] if len(rows) == 1 else []


def is_entity(store: Store, iri: URIRef) -> bool:
    """Tell whether the store describes an entity of this IRI."""
    return _is_one_of(store, iri, classes=list(ENTITY_TYPES))


def _is_one_of(store: Store, iri: URIRef, *, classes: Sequence[URIRef]) -> bool:
    return bool(store.query(fill(queries.IS_ENTITY, classes=classes, entity=iri)))


def near_names(store: Store, text: str, *, limit: int = 3) -> list[str]:
    """Return names of entities that look like ``text``, the nearest first."""
    lower = text.lower()
    parts = sorted({lower[start : start + 3] for start in range(len(lower) - 2)})[:_MOST_PARTS] or [lower]
    query = fill(queries.NAMES_WITH_PARTS, classes=ENTITY_TYPES, parts=[Literal(part) for part in parts], limit=_MOST_CANDIDATES)
    by_lower = {str(row["name"]).lower(): str(row["name"]) for row in store.query(query).rows()}
    return [by_lower[match] for match in difflib.get_close_matches(lower, sorted(by_lower), n=limit, cutoff=0.5)]


def not_found(store: Store, name_or_id: str) -> NotFoundError:
    """Return the error for an entity that is not there, with names that are near."""
    last = name_or_id.rstrip("/>").rpartition("/")[2].replace("-", " ").replace("_", " ")
    near = near_names(store, last)
    advice = f"Did you mean {', '.join(map(repr, near))}?" if near else "Look for it by a part of its name, or give its IRI."
    return NotFoundError(f"entity {name_or_id!r}: not in the graph. {advice}")


def _candidates(written: str, *, base: str) -> list[URIRef]:
    """Return the IRIs that a text may stand for, the likeliest first."""
    if match := _WIKIDATA_ID.fullmatch(written):
        return [WIKIDATA[match[1]]]
    if "/referent/" in written:
        return [URIRef(f"{base}{written.removeprefix(base)}")]
    if written.startswith(base):
        written = names.entity_id(URIRef(written), base=base)
    elif _PATH.fullmatch(written):
        written = f"id:{written}"
    try:
        return [names.entity_iri(written, base=base)]
    except ValidationError:
        return []


def _classes(kind: str | None) -> Sequence[URIRef]:
    """Return the classes of a type; a class of the ontology stands for itself."""
    if kind is None:
        return list(ENTITY_TYPES)
    if kind in ENTITY_CLASSES:
        return [term for term, name in ENTITY_TYPES.items() if name == kind]
    term = DEM[kind.removeprefix("dem:")]
    if term in ENTITY_TYPES:
        return [term]
    raise NotFoundError(f"entity type {kind!r}: no such type. Name one of: {', '.join(sorted(ENTITY_CLASSES))}.")


def _summaries(store: Store, found: Sequence[tuple[str, int]]) -> list[EntitySummary]:
    if not found:
        return []
    told: dict[tuple[str, URIRef], list[str]] = defaultdict(list)
    query = fill(queries.DESCRIPTIONS, nodes=[URIRef(iri) for iri, _ in found])
    for row in store.query(query).rows():
        told[str(row["node"]), URIRef(str(row["property"]))].append(str(row["value"]))
    labels = {iri: best_label(told[iri, RDFS.label], preferred=told[iri, SKOS.prefLabel], iri=iri) for iri, _ in found}
    return [
        EntitySummary(
            iri=iri,
            type=min(ENTITY_TYPES[URIRef(term)] for term in told[iri, RDF.type] if URIRef(term) in ENTITY_TYPES),
            label=labels[iri],
            aliases=tuple(sorted({*told[iri, RDFS.label], *told[iri, SKOS.altLabel]} - {labels[iri]})),
            mentions=mentions,
        )
        for iri, mentions in found
    ]
