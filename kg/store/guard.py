"""Keep queries from the network.

Oxigraph has an HTTP client for SERVICE and would call whomever a query names, and its Python face cannot switch that off. So a
query with SERVICE is refused before it is evaluated. (FROM and FROM NAMED name graphs of the store and fetch nothing.)
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import QueryError
from kg.store.syntax import explain, fault_offset, line_and_column, parse_fault

_KEYWORD = "service"


def refuse_service(query: str, *, prefixes: Mapping[str, str]) -> None:
    """Raise QueryError if the keyword SERVICE is in the query, at its place; a name or a string may hold the word."""
    if _KEYWORD not in query.casefold():
        return
    fault = parse_fault(query, prefixes=prefixes)
    if fault is None:
        return
    offset = fault_offset(query, fault, prefixes=prefixes)
    if offset is None or query[offset : offset + len(_KEYWORD)].casefold() != _KEYWORD:
        raise explain(query, fault, prefixes=prefixes)
    line, column = line_and_column(query, offset)
    raise QueryError(
        f"The query uses SERVICE at line {line}, column {column}, which this store refuses: no query reaches the network. "
        "Take the SERVICE block out, and ask the other endpoint itself.",
        line,
        column,
    )
