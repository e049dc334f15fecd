"""What the graph knows of an entity: itself, its words, its negotiations. The commands and the API ask here.

Answers are in the order of the documents' dates, then of the text. Which entity is meant is told by ``kg.graph.find``; what comes
page by page is in ``kg.graph.lookups``.
"""

from __future__ import annotations

from collections import defaultdict

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from kg.graph import queries
from kg.graph.find import not_found
from kg.graph.queries import Row, fill
from kg.graph.rows import best_label, local, node, nodes, number, passage, text, truth
from kg.graph.terms import ENTITY_TYPES
from kg.graph.views import (
    DocumentView,
    EntityDetail,
    MentionView,
    NegotiationView,
    Node,
    StatementView,
)
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store


def get_entity(store: Store, iri: URIRef, *, mentions: int = 100) -> EntityDetail:
    """Return what the documents say of an entity by itself, with at most ``mentions`` of the places that speak of it.

    Raises NotFoundError, with names that are near, for an IRI that is no entity here.
    """
    told: dict[URIRef, set[str]] = defaultdict(set)
    for row in store.query(fill(queries.DESCRIPTIONS, nodes=[iri])).texts():
        told[URIRef(str(row["property"]))].add(str(row["value"]))
    types = sorted({ENTITY_TYPES[URIRef(term)] for term in told[RDF.type] if URIRef(term) in ENTITY_TYPES})
    if not types:
        raise not_found(store, iri)
    label = best_label(told[RDFS.label], preferred=told[SKOS.prefLabel], iri=iri)
    documents = tuple(_document(row) for row in store.query(fill(queries.DOCUMENTS_OF, entity=iri)).texts())
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
            for row in store.query(fill(queries.MENTIONS_OF, entity=iri, limit=mentions)).texts()
        ),
    )


def statements_of(store: Store, iri: URIRef) -> list[StatementView]:
    """Return all that an entity said."""
    rows = list(store.query(fill(queries.STATEMENTS_OF, entity=iri)).texts())
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


def negotiations_of(store: Store, iri: URIRef) -> list[NegotiationView]:
    """Return the negotiations that an entity is a party or a mediator of, or the text of; actors are in the order of their names."""
    rows = list(store.query(fill(queries.NEGOTIATIONS_OF, entity=iri)).texts())
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
            modality=local(of_one[0], "modality"),
            evidence=passage(of_one[0]),
        )
        for negotiation, of_one in by_negotiation.items()
    ]


def _in_role(rows: list[Row], role: str, known: dict[str, Node]) -> tuple[Node, ...]:
    found = {known[str(row["other"])] for row in rows if local(row, "role") == role}
    return tuple(sorted(found, key=lambda one: (one.label, one.iri)))


def _document(row: Row) -> DocumentView:
    return DocumentView(
        iri=str(row["document"]), title=text(row, "title"), date=text(row, "date"), mentions=number(row, "mentions")
    )
