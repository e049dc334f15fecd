"""What the graph knows of an entity: itself, its relations, its words, its meetings. The commands and the API ask here.

Answers are in the order of the documents' dates, then of the text. Finding entities by name is in ``kg.graph.find``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal as OneOf

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import NotFoundError
from kg.graph import queries
from kg.graph.find import count_entities, find_entities, not_found, resolve_entity
from kg.graph.queries import Row, fill
from kg.graph.rows import best_label, node, nodes, number, passage, text, truth
from kg.graph.terms import ENTITY_TYPES, MEETING_TYPES, MODALITIES
from kg.graph.views import (
    DocumentView,
    EntityDetail,
    MeetingView,
    MentionView,
    NegotiationView,
    Node,
    RelationView,
    StatementView,
)
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

__all__ = [
    "count_entities",
    "count_relations",
    "find_entities",
    "get_entity",
    "meetings_of",
    "negotiations_of",
    "relations_of",
    "resolve_entity",
    "statements_of",
]

Direction = OneOf["out", "in", "both"]
_ALL = 2**31 - 1


def get_entity(store: Store, iri: URIRef, *, mentions: int = 100) -> EntityDetail:
    """Return what the documents say of an entity by itself, with at most ``mentions`` of the places that speak of it.

    Raises NotFoundError, with names that are near, for an IRI that is no entity here.
    """
    told: dict[URIRef, set[str]] = defaultdict(set)
    for row in store.query(fill(queries.DESCRIPTIONS, nodes=[iri])).rows():
        told[URIRef(str(row["property"]))].add(str(row["value"]))
    types = sorted({ENTITY_TYPES[URIRef(term)] for term in told[RDF.type] if URIRef(term) in ENTITY_TYPES})
    if not types:
        raise not_found(store, iri)
    label = best_label(told[RDFS.label], preferred=told[SKOS.prefLabel], iri=iri)
    documents = tuple(_document(row) for row in store.query(fill(queries.DOCUMENTS_OF, entity=iri)).rows())
    return EntityDetail(
        iri=str(iri),
        types=tuple(types),
        label=label,
        aliases=tuple(sorted((told[RDFS.label] | told[SKOS.altLabel]) - {label})),
        roles=tuple(sorted(told[DEM.roleTitle])),
        same_as=tuple(sorted(told[SKOS.exactMatch])),
        named="true" in told[DEM.named],
        documents=documents,
        mention_count=sum(document.mentions for document in documents),
        mentions=tuple(
            MentionView(passage=passage(row), kind=str(row["kind"]))
            for row in store.query(fill(queries.MENTIONS_OF, entity=iri, limit=mentions)).rows()
        ),
    )


def relations_of(
    store: Store,
    iri: URIRef,
    *,
    predicate: str | None = None,
    direction: Direction = "both",
    modality: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[RelationView]:
    """Return the assertions that an entity is the subject of (``out``), the object of (``in``) or either.

    ``predicate`` is a name of the ontology ("metWith"), with or without ``dem:``, or an IRI; one that nobody uses has no
    relations. ``modality`` is a name ("asserted"). Raises NotFoundError for an unknown modality.
    """
    query = _relations_query(iri, predicate=predicate, direction=direction, modality=modality, limit=limit, offset=offset)
    rows = list(store.query(query).rows())
    known = nodes(store, rows, "subject", "object", "speaker")
    return [
        RelationView(
            iri=str(row["assertion"]),
            subject=known[str(row["subject"])],
            predicate=_local(row, "predicate"),
            object=known[str(row["object"])],
            modality=_local(row, "modality"),
            speaker=node(row, "speaker", known),
            confidence=float(str(row["confidence"])),
            evidence=passage(row),
        )
        for row in rows
    ]


def count_relations(
    store: Store,
    iri: URIRef,
    *,
    predicate: str | None = None,
    direction: Direction = "both",
    modality: str | None = None,
) -> int:
    """Return how many relations ``relations_of`` would return without a limit."""
    pages = _relations_query(iri, predicate=predicate, direction=direction, modality=modality, limit=_ALL, offset=0)
    return sum(number(row, "count") for row in store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {{ {pages} }} }}").rows())


def _relations_query(
    iri: URIRef, *, predicate: str | None, direction: Direction, modality: str | None, limit: int, offset: int
) -> str:
    modalities = [term for term, name in MODALITIES.items() if modality in {None, name, f"dem:{name}", str(term)}]
    if not modalities:
        raise NotFoundError(f"modality {modality!r}: no such modality. Name one of: {', '.join(sorted(MODALITIES.values()))}.")
    if predicate is None:
        return fill(queries.RELATIONS_OF[direction], entity=iri, modalities=modalities, limit=limit, offset=offset)
    term = URIRef(predicate) if "://" in predicate else DEM[predicate.removeprefix("dem:")]
    return fill(queries.RELATIONS_OF_BY[direction], entity=iri, predicate=term, modalities=modalities, limit=limit, offset=offset)


def statements_of(store: Store, iri: URIRef) -> list[StatementView]:
    """Return all that an entity said."""
    rows = list(store.query(fill(queries.STATEMENTS_OF, entity=iri)).rows())
    known = nodes(store, [*rows, {"speaker": iri}], "addressee", "speaker")
    return [
        StatementView(
            iri=str(row["statement"]),
            speaker=known[str(iri)],
            addressee=node(row, "addressee", known),
            direct=truth(row["direct"]),
            text=str(row["text"]),
            cue=text(row, "cue"),
            evidence=passage(row),
        )
        for row in rows
    ]


def meetings_of(store: Store, iri: URIRef) -> list[MeetingView]:
    """Return the meetings that an entity took part in, or that were held there; participants are in the order of their names.

    Of one that several documents tell of, the modality and the words are those of the latest.
    """
    rows = list(store.query(fill(queries.MEETINGS_OF, entity=iri, classes=MEETING_TYPES)).rows())
    known = nodes(store, rows, "participant", "place")
    by_meeting: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_meeting[str(row["meeting"])].append(row)
    return [
        MeetingView(
            iri=meeting,
            type=MEETING_TYPES[URIRef(str(of_meeting[0]["class"]))],
            participants=tuple(
                sorted(
                    {participant for row in of_meeting if (participant := node(row, "participant", known)) is not None},
                    key=lambda participant: (participant.label, participant.iri),
                )
            ),
            place=_last(of_meeting, "place", known),
            date=next((text(row, "date") for row in of_meeting if "date" in row), None),
            purpose=next((text(row, "purpose") for row in of_meeting if "purpose" in row), None),
            modality=_local(of_meeting[-1], "modality"),
            evidence=passage(of_meeting[-1]),
        )
        for meeting, of_meeting in by_meeting.items()
    ]


def negotiations_of(store: Store, iri: URIRef) -> list[NegotiationView]:
    """Return the negotiations that an entity is a party or a mediator of, or the text of; actors are in the order of their names."""
    rows = list(store.query(fill(queries.NEGOTIATIONS_OF, entity=iri)).rows())
    known = nodes(store, rows, "other")
    by_negotiation: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_negotiation[str(row["negotiation"])].append(row)
    return [
        NegotiationView(
            iri=negotiation,
            label=str(of_one[0]["label"]),
            parties=_in_role(of_one, "party", known),
            mediators=_in_role(of_one, "mediator", known),
            proposals=_in_role(of_one, "negotiates", known),
            begin=text(of_one[0], "since"),
            end_date=text(of_one[0], "until"),
            modality=_local(of_one[0], "modality"),
            evidence=passage(of_one[0]),
        )
        for negotiation, of_one in by_negotiation.items()
    ]


def _in_role(rows: list[Row], role: str, known: dict[str, Node]) -> tuple[Node, ...]:
    found = {known[str(row["other"])] for row in rows if _local(row, "role") == role}
    return tuple(sorted(found, key=lambda one: (one.label, one.iri)))


def _last(rows: list[Row], name: str, known: dict[str, Node]) -> Node | None:
    return next((node(row, name, known) for row in reversed(rows) if name in row), None)


def _document(row: Row) -> DocumentView:
    return DocumentView(
        iri=str(row["document"]), title=text(row, "title"), date=text(row, "date"), mentions=number(row, "mentions")
    )


def _local(row: Row, name: str) -> str:
    return str(row[name]).removeprefix(DEM)
