"""What the graph knows of an entity: its words and its negotiations. The commands and the API ask here.

Answers are in the order of the documents' dates, then of the text. Which entity is meant is told by ``kg.graph.find``; what comes
page by page is in ``kg.graph.lookups``.
"""

from __future__ import annotations

from collections import defaultdict

from rdflib import URIRef

from kg.graph import queries
from kg.graph.queries import Row, fill
from kg.graph.rows import local, node, nodes, passage, text, truth
from kg.graph.views import (
    NegotiationView,
    Node,
    StatementView,
)
from kg.store.protocol import Store


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
