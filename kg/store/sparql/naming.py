"""Names of graphs, as a request or a query gives them."""

from __future__ import annotations

from urllib.parse import urljoin

from pyoxigraph import NamedNode

from kg.errors import QueryError


def graph_node(name: str) -> NamedNode:
    """Return the name of a graph. Raise QueryError for what is no absolute IRI."""
    try:
        return NamedNode(name)
    except ValueError as error:
        raise QueryError(f"The graph {name!r} is not named by an absolute IRI ({error}). Write its whole IRI.") from None


def resolved(base: str, reference: str) -> str | None:
    """Return the IRI that a reference stands for; None where there is no making sense of either."""
    try:
        # urljoin drops an empty fragment, which is a part of many a namespace.
        return urljoin(base, reference).removesuffix("#") + "#" * reference.endswith("#")
    except ValueError:  # such as brackets that no address of IPv6 is in
        return None
