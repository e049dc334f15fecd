"""One entity: all that is known of it by itself, with the roles that it held over time, from one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.graph import queries
from kg.graph.find import candidates, not_found, resolve_entity
from kg.graph.lookups.patterns import PASSAGE
from kg.graph.queries import Row, fill
from kg.graph.rows import best_label, local, named, nameless, number, passage, text
from kg.graph.terms import ENTITY_TYPES
from kg.graph.views import DocumentView, EntityDetail, MentionView, Node, RoleView
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.protocol import Store

_MENTIONS = 100
_TYPES = {str(term): name for term, name in ENTITY_TYPES.items()}
_TYPE, _LABEL, _PREFERRED, _OTHER, _SAME = (
    str(term) for term in (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.exactMatch)
)
_TITLE, _NAMED = str(DEM.roleTitle), str(DEM.named)
_DATE = "OPTIONAL { ?document dcterms:date ?date }"
_HELD = "?role rdf:subject $entity ; rdf:predicate dem:holdsRole"

_DESCRIPTION = """{ $entity ?property ?value . BIND("description" AS ?fact)
    FILTER(?property IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:exactMatch, dem:roleTitle, dem:named)) }"""
_DOCUMENTS = f"""{{ $entity dem:mentionedIn ?document . BIND("document" AS ?fact)
    OPTIONAL {{ ?document dcterms:title ?title }} {_DATE} }}
  UNION
  {{ {{ SELECT ?document (COUNT(DISTINCT ?span) AS ?places)
      WHERE {{ ?span dem:mentions $entity ; dem:inDocument ?document }} GROUP BY ?document }} BIND("places" AS ?fact) }}"""
_PLACES = f"""{{ {{ SELECT ?document ?begin ?end ?exact (MIN(?one) AS ?kind) (MIN(?day) AS ?date)
      WHERE {{ ?span dem:mentions $entity ; dem:mentionKind ?one . {PASSAGE} OPTIONAL {{ ?document dcterms:date ?day }} }}
      GROUP BY ?span ?document ?begin ?end ?exact ORDER BY ?date ?document ?begin ?end LIMIT $limit }} BIND("mention" AS ?fact) }}"""
_ROLES = f"""{{ {_HELD} ; rdf:object ?office ; dem:modality ?modality ; dem:confidence ?confidence ; prov:wasDerivedFrom ?span .
    {PASSAGE} BIND("role" AS ?fact)
    OPTIONAL {{ ?role dem:roleOf ?organization }}
    OPTIONAL {{ ?role dem:beginDate ?since }}
    OPTIONAL {{ ?role dem:endDate ?until }}
    {_DATE} }}
  UNION
  {{ {{ SELECT ?node ?property (MIN(?told) AS ?value)
      WHERE {{ {{ SELECT DISTINCT ?node WHERE {{ {_HELD} ; ?tie ?node . FILTER(?tie IN (rdf:object, dem:roleOf)) }} }}
        {queries.NAMING} }}
      GROUP BY ?node ?property }} BIND("name" AS ?fact) }}"""
_FACTS = """?fact ?property ?value ?node ?document ?title ?date ?places ?begin ?end ?exact ?kind
  ?role ?office ?organization ?since ?until ?modality ?confidence"""
ENTITY = f"SELECT {_FACTS}\nWHERE {{\n  {_DESCRIPTION}\n  UNION\n  {_DOCUMENTS}\n  UNION\n  {_PLACES}\n  UNION\n  {_ROLES}\n}}"
"""All about ``$entity``: each row is one fact, of the kind that ``?fact`` says; at most ``$limit`` of them mentions."""

_ROLES_OF = f"SELECT {_FACTS}\nWHERE {{ {_ROLES} }}"


def find_entity(store: Store, name_or_id: str, *, base: str = DEFAULT_BASE) -> EntityDetail:
    """Return what the documents say of the entity that a person means, written as for ``kg.graph.find.resolve_entity``.

    One that is named by its id or IRI costs one query. Raises NotFoundError, with names that are near.
    """
    for candidate in candidates(name_or_id, base=base):
        detail = _entity(store, candidate, mentions=_MENTIONS)
        if detail is not None and detail.documents:  # what a gazetteer alone knows is not meant
            return detail
    return get_entity(store, resolve_entity(store, name_or_id, base=base))


def get_entity(store: Store, iri: URIRef, *, mentions: int = _MENTIONS) -> EntityDetail:
    """Return what the documents say of an entity by itself, with at most ``mentions`` of the places that speak of it.

    Raises NotFoundError, with names that are near, for an IRI that is no entity here.
    """
    detail = _entity(store, iri, mentions=mentions)
    if detail is None:
        raise not_found(store, iri)
    return detail


def roles_of(store: Store, iri: URIRef) -> tuple[RoleView, ...]:
    """Return the roles that an entity is said to hold or have held, those that began first in front, then by the documents' days."""
    facts = _facts(store, fill(_ROLES_OF, entity=iri))
    return _roles(facts["role"], named(facts["name"]))


def _facts(store: Store, query: str) -> dict[str, list[Row]]:
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in store.query(query).texts():
        facts[row["fact"]].append(row)
    return facts


def _entity(store: Store, iri: URIRef, *, mentions: int) -> EntityDetail | None:
    facts = _facts(store, fill(ENTITY, entity=iri, limit=mentions))
    told: dict[str, set[str]] = defaultdict(set)
    for row in facts["description"]:
        told[row["property"]].add(row["value"])
    types = sorted({_TYPES[term] for term in told[_TYPE] if term in _TYPES})
    if not types:
        return None
    label = best_label(told[_LABEL], preferred=told[_PREFERRED], iri=iri)
    documents = _documents(facts["document"], {row["document"]: number(row, "places") for row in facts["places"]})
    return EntityDetail(
        iri=str(iri),
        types=tuple(types),
        label=label,
        aliases=tuple(sorted((told[_LABEL] | told[_OTHER]) - {label})),
        roles=tuple(sorted(told[_TITLE])),
        held=_roles(facts["role"], named(facts["name"])),
        same_as=tuple(sorted(told[_SAME])),
        named="true" in told[_NAMED],
        documents=documents,
        mention_count=sum(document.mentions for document in documents),
        mentions=tuple(MentionView(passage=passage(row), kind=row["kind"]) for row in sorted(facts["mention"], key=_in_order)),
    )


def _documents(rows: Iterable[Row], places: Mapping[str, int]) -> tuple[DocumentView, ...]:
    found = {
        row["document"]: DocumentView(
            iri=row["document"], title=text(row, "title"), date=text(row, "date"), mentions=places.get(row["document"], 0)
        )
        for row in rows
    }
    return tuple(sorted(found.values(), key=lambda one: (one.date or "", one.iri)))


def _roles(rows: Sequence[Row], known: Mapping[str, Node]) -> tuple[RoleView, ...]:
    roles = {row["role"]: _role(row, known) for row in sorted(rows, key=_in_order)}
    return tuple(sorted(roles.values(), key=lambda role: role.begin or role.end_date or role.date or ""))


def _role(row: Row, known: Mapping[str, Node]) -> RoleView:
    organization = text(row, "organization")
    return RoleView(
        iri=row["role"],
        role=known.get(row["office"]) or nameless(row["office"]),
        organization=known.get(organization) or nameless(organization) if organization is not None else None,
        begin=text(row, "since"),
        end_date=text(row, "until"),
        modality=local(row, "modality"),
        confidence=float(row["confidence"]),
        date=text(row, "date"),
        evidence=passage(row),
    )


def _in_order(row: Row) -> tuple[str, str, int, int]:
    return row.get("date", ""), row["document"], number(row, "begin"), number(row, "end")
