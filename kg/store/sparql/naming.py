"""Names of graphs, as a request or a query gives them."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.errors import QueryError


def graph_node(name: str) -> NamedNode:
    """Return the name of a graph. Raise QueryError for what is no absolute IRI."""
    try:
        return NamedNode(name)
    except ValueError as error:
        raise QueryError(f"The graph {name!r} is not named by an absolute IRI ({error}). Write its whole IRI.") from None
