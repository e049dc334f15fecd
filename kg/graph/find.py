"""Find entities by name, and tell which one a person means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from rdflib import Literal, URIRef

from kg.errors import NotFoundError, ValidationError
from kg.graph import names, queries
from kg.graph.queries import Listed, fill
from kg.graph.terms import ENTITY_TYPES, MEETING_TYPES
from kg.graph.vocabulary import DEFAULT_BASE, DEM, WIKIDATA
from kg.store.protocol import Store

_WIKIDATA_ID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)")
_PATH = re.compile(r"[a-z]+/.+", re.DOTALL)
_MOST_CANDIDATES = 5000
_MOST_PARTS = 40


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
    labels = {str(row["name"]).lower(): str(row["name"]) for row in store.query(queries.ISSUE_NAMES).texts()}
    lower = name_or_id.strip().lower()
    containing = [name for name in sorted(labels) if lower in name]
    near = list(dict.fromkeys([*containing, *difflib.get_close_matches(lower, sorted(labels), n=3, cutoff=0.5)]))[:3]
    advice = f"Did you mean {', '.join(repr(labels[name]) for name in near)}?" if near else "kg ask how-issues-stand lists them."
    raise NotFoundError(f"issue {name_or_id!r}: not in the graph. {advice}")


def resolve_of(store: Store, name_or_id: str, classes: Sequence[URIRef], *, kind: str, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of the thing of these classes that a person means; ``kind`` says what it is for the error.

    Raises NotFoundError where there is none.
    """
    found = _resolve(store, name_or_id, classes=classes, base=base)
    if found is None:
        raise not_found(store, name_or_id, kind=kind)
    return found


def resolve_thing(store: Store, name_or_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the IRI of the entity, or else the issue or meeting, that a person means, written as for ``resolve_entity``."""
    for classes in (list(ENTITY_TYPES), [DEM.Issue], list(MEETING_TYPES)):
        found = _resolve(store, name_or_id, classes=classes, base=base)
        if found is not None:
            return found
    raise not_found(store, name_or_id)


def _resolve(store: Store, name_or_id: str, *, classes: Sequence[URIRef], base: str) -> URIRef | None:
    written = _bare(name_or_id)
    for candidate in candidates(written, base=base):
        if _is_one_of(store, candidate, classes=classes):
            return candidate
        for row in store.query(fill(queries.LINKED_ENTITIES, classes=classes, link=candidate)).texts():
            return URIRef(str(row["entity"]))
        for thing in _identified(store, candidate, base=base):
            if _is_one_of(store, thing, classes=classes):
                return thing
    return _named(store, written, classes=classes) if written else None


def _named(store: Store, name: str, *, classes: Sequence[URIRef]) -> URIRef | None:
    """Return the most mentioned thing of a name: as it is written, which is looked up at once, or else whatever its case."""
    for alike in ([Literal(name)], _in_any_case(store, name)):
        for row in store.query(fill(queries.NAMED_ENTITIES, classes=Listed(classes), names=alike)).texts():
            return URIRef(str(row["entity"]))
    return None


def _in_any_case(store: Store, name: str) -> Iterator[Literal]:
    for row in store.query(fill(queries.NAMES_IN_LOWER_CASE, text=Literal(name))).texts():
        yield Literal(str(row["name"]))


def _identified(store: Store, candidate: URIRef, *, base: str) -> list[URIRef]:
    """Return what a referent of this name, or one of this local name in any document, was found to be, if that is one thing."""
    rows = list(store.query(fill(queries.IDENTIFIED, referents=[candidate])).texts())
    if not rows and candidate.startswith(base) and "/referent/" not in candidate:
        end = Literal(f"/referent/{candidate.removeprefix(base)}")
        rows = list(store.query(fill(queries.IDENTIFIED_BY_END, end=end)).texts())
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
    by_lower = {str(row["name"]).lower(): str(row["name"]) for row in store.query(query).texts()}
    return [by_lower[match] for match in difflib.get_close_matches(lower, sorted(by_lower), n=limit, cutoff=0.5)]


def not_found(store: Store, name_or_id: str, *, kind: str = "entity") -> NotFoundError:
    """Return the error for an entity, or a thing of another kind, that is not there; for an entity with names that are near."""
    if kind != "entity":
        return NotFoundError(
            f"{kind} {str(name_or_id)!r}: not in the graph. List those that are there, or look for it by its words."
        )
    last = name_or_id.rstrip("/>").rpartition("/")[2].replace("-", " ").replace("_", " ")
    near = near_names(store, last)
    advice = f"Did you mean {', '.join(map(repr, near))}?" if near else "Look for it by a part of its name, or give its IRI."
    return NotFoundError(f"entity {str(name_or_id)!r}: not in the graph. {advice}")


def _bare(written: str) -> str:
    return written.strip().removeprefix("<").removesuffix(">")


def candidates(written: str, *, base: str) -> list[URIRef]:
    """Return the IRIs that a text may stand for, the likeliest first; a name stands for none."""
    written = _bare(written)
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
