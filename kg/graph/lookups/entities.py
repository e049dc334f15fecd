"""Entities: by name, type, state and role, page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import NotFoundError
from kg.graph import queries
from kg.graph.lookups.paging import EVERYTHING, Mark, Page, Slice, page_in_order, page_of, present
from kg.graph.lookups.patterns import among, narrowed
from kg.graph.lookups.search import MOST_HITS, NameSearch, Search
from kg.graph.queries import fill
from kg.graph.rows import best_label, number
from kg.graph.terms import ENTITY_CLASSES, ENTITY_TYPES
from kg.graph.views import EntitySummary
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_OF_STATE = """{ SELECT DISTINCT ?thing WHERE {
    { ?thing ?tie $value . FILTER(?tie IN (dem:locatedIn, dem:representative-of, dem:memberOf)) }
    UNION { ?held rdf:subject ?thing ; dem:roleOf $value } } }"""
_IN_ROLE = """{ SELECT DISTINCT ?thing WHERE {
    { ?thing dem:roleTitle ?title }
    UNION { ?held rdf:subject ?thing ; rdf:predicate dem:holdsRole ; rdf:object ?office . ?office rdfs:label ?title }
    FILTER(CONTAINS(LCASE(STR(?title)), LCASE($value))) } }"""
# A key of ten digits that is the smaller the more often an entity is mentioned.
_BY_MENTIONS = "BIND(STR(2000000000 - COALESCE(?places, 0)) AS ?key)"
_MENTIONS = "SELECT ?thing (COUNT(*) AS ?places) WHERE { ?span dem:mentions ?thing } GROUP BY ?thing"


def find_entities(
    store: Store,
    *,
    text: str | None = None,
    type: str | None = None,  # noqa: A002  # as the records call it
    country: URIRef | None = None,
    role: str | None = None,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[EntitySummary]:
    """Return entities that a text fits; without a text, all. What fits best comes first, then what is mentioned most.

    ``type`` is an entity type of the records ("Country") or a class of the ontology ("State"). ``country`` keeps to what lies in, is
    a member of, represents or has an office of a state or organization; ``role`` to who is named with these words in a role.
    ``search`` finds by words; without it names are read through for the text. Raises NotFoundError for an unknown type.
    """
    classes = classes_of(type)
    narrowing = [narrowed(_OF_STATE, country), narrowed(_IN_ROLE, Literal(role) if role is not None else None)]
    if not text:
        select = _select(classes, narrowing, counting=f"OPTIONAL {{ {_MENTIONS} }}")
        return present(page_of(store, select, part), lambda iris: describe_entities(store, iris))
    hits = (search or NameSearch(store))(text, classes, MOST_HITS)
    ranks = {hit.iri: hit.rank for hit in hits}
    if not ranks:
        return Page(items=(), total=0)
    named = among(map(URIRef, ranks))
    mentions = f"SELECT ?thing (COUNT(*) AS ?places) WHERE {{ {named} ?span dem:mentions ?thing }} GROUP BY ?thing"
    rows = store.query(_select(classes, [named, *narrowing], counting=f"OPTIONAL {{ {mentions} }}")).texts()
    marks = [Mark(f"{ranks[iri]:03}{row['key']}", iri) for row in rows if (iri := str(row["thing"])) in ranks]
    return present(page_in_order(sorted(marks), part), lambda iris: describe_entities(store, iris))


def describe_entities(store: Store, iris: Sequence[URIRef]) -> dict[str, EntitySummary]:
    """Return what these entities are called and how often they are mentioned, by their IRIs."""
    told: dict[tuple[str, URIRef], list[str]] = defaultdict(list)
    for row in store.query(fill(queries.DESCRIPTIONS, nodes=iris)).texts():
        told[str(row["node"]), URIRef(str(row["property"]))].append(str(row["value"]))
    counting = fill(
        "SELECT ?thing (COUNT(*) AS ?places) WHERE { VALUES ?thing { $things } ?span dem:mentions ?thing } GROUP BY ?thing",
        things=iris,
    )
    mentions = {str(row["thing"]): number(row, "places") for row in store.query(counting).texts()}
    return {iri: _summary(iri, told, mentions.get(iri, 0)) for iri in map(str, iris)}


def classes_of(kind: str | None) -> Sequence[URIRef]:
    """Return the classes of an entity type; a class of the ontology stands for itself. Raises NotFoundError for another word."""
    if kind is None:
        return list(ENTITY_TYPES)
    if kind in ENTITY_CLASSES:
        return [term for term, name in ENTITY_TYPES.items() if name == kind]
    term = DEM[kind.removeprefix("dem:")]
    if term in ENTITY_TYPES:
        return [term]
    raise NotFoundError(f"entity type {kind!r}: no such type. Name one of: {', '.join(sorted(ENTITY_CLASSES))}.")


def _select(classes: Sequence[URIRef], narrowing: Sequence[str], *, counting: str) -> str:
    told = fill(queries.DESCRIBED_ENTITIES, classes=classes)
    return "\n".join(["SELECT DISTINCT ?thing ?key WHERE {", *narrowing, told, counting, _BY_MENTIONS, "}"])


def _summary(iri: str, told: dict[tuple[str, URIRef], list[str]], mentions: int) -> EntitySummary:
    label = best_label(told[iri, RDFS.label], preferred=told[iri, SKOS.prefLabel], iri=iri)
    return EntitySummary(
        iri=iri,
        type=min(ENTITY_TYPES[URIRef(term)] for term in told[iri, RDF.type] if URIRef(term) in ENTITY_TYPES),
        label=label,
        aliases=tuple(sorted({*told[iri, RDFS.label], *told[iri, SKOS.altLabel]} - {label})),
        mentions=mentions,
    )
