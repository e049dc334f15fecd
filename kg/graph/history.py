"""How a matter, a text under negotiation or a meeting stood, document by document. Sources that differ are shown, not reconciled."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from kg.graph import queries
from kg.graph.queries import Row, fill
from kg.graph.rows import nodes, passage, text
from kg.graph.views import StandingView, ThingView
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_SILENT = "unspecified"


def history_of(store: Store, thing: URIRef) -> ThingView:
    """Return how an issue, a proposal or a meeting stood by each document; without a history where no document says how it stands."""
    rows = list(store.query(fill(queries.HISTORY_OF, thing=thing)).texts())
    parties = list(store.query(fill(queries.PARTIES_OF, thing=thing)).texts())
    known = nodes(store, [*parties, {"thing": thing}], "party", "thing")
    return ThingView(
        iri=str(thing),
        label=known[str(thing)].label,
        parties=tuple(known[str(row["party"])] for row in parties),
        history=tuple(
            StandingView(
                value=_value(row),
                date=text(row, "day"),
                source=text(row, "source"),
                confidence=float(str(row["confidence"])),
                differs_from=tuple(sorted({str(other["document"]) for other in rows if _contradict(row, other)})),
                evidence=passage(row),
            )
            for row in _one_a_status(rows)
        ),
    )


def _one_a_status(rows: Sequence[Row]) -> list[Row]:
    """Keep the first passage of each status: a text under negotiation has several."""
    return list({str(row["status"]): row for row in reversed(rows)}.values())[::-1]


def _value(row: Row) -> str:
    return str(row["value"]).removeprefix(DEM)


def _contradict(one: Row, other: Row) -> bool:
    """Tell whether two documents of one day say different things; of another day, a later one tells of a change."""
    if one["document"] == other["document"] or text(one, "day") != text(other, "day"):
        return False
    return _value(one) != _value(other) and _SILENT not in {_value(one), _value(other)}
