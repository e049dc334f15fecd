"""Parse a query without asking any data, and keep it from the network.

Oxigraph has an HTTP client for SERVICE and would call whomever a query names; its Python face can neither switch that off nor
parse without evaluating. So a query is parsed over an empty store, with another word of the same length for every SERVICE: a
name or a string is still one then, but the keyword has become a fault of syntax. (FROM and FROM NAMED name graphs of the store
and fetch nothing.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph

from kg.errors import QueryError
from kg.graph.prefixes import PREFIXES

if TYPE_CHECKING:
    from kg.store.protocol import AnswerKind

SERVICE = re.compile("service", re.IGNORECASE)


def parse_fault(query: str) -> SyntaxError | None:
    """Return what the parser has against a query; the keyword SERVICE counts as a fault.

    None says that the query is well-formed and reaches no network. Raise QueryError for one that no store could evaluate.
    """
    try:
        pyoxigraph.Store().query(_without_service(query), prefixes=PREFIXES)
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


def _without_service(query: str) -> str:
    """Change the last letter of the word wherever it stands; words that differed in case still do."""
    return SERVICE.sub(lambda word: word[0][:-1] + "x", query)
