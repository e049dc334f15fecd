"""Parse a query without asking any data.

Oxigraph's Python face cannot parse without evaluating, so a query is parsed over an empty store, once it is known to reach no network.
(FROM and FROM NAMED name graphs of the store and fetch nothing.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import QueryError
from kg.graph.prefixes import PREFIXES
from kg.store.sparql.screening import refuse_services, screen_query

if TYPE_CHECKING:
    from kg.store.protocol import AnswerKind


def parse_fault(query: str, *, relay: str | None = None) -> SyntaxError | None:
    """Return what the parser has against a query; None says that it is well-formed.

    Raise QueryError for one that uses SERVICE for anything but what lies below the address ``relay``, or that no store could evaluate.
    """
    refuse_services(query, screen_query(query, prefixes=PREFIXES).clauses, relay=relay)
    try:
        pyoxigraph.Store().query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        return error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"The query could not be evaluated: {error}") from error
    return None


def answer_form(query: str) -> tuple[AnswerKind, tuple[str, ...]]:
    """Return the kind of answer to a query that has no fault, and the variables of a SELECT."""
    match pyoxigraph.Store().query(query, prefixes=PREFIXES):
        case pyoxigraph.QuerySolutions() as solutions:
            return "solutions", tuple(variable.value for variable in solutions.variables)
        case pyoxigraph.QueryTriples():
            return "triples", ()
        case _:
            return "boolean", ()
