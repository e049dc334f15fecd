"""The SPARQL update that puts, adds or removes one whole graph: what the Graph Store Protocol asks."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from kg.errors import NotFoundError, RefusedError
from kg.store.fulltext.entries import DEFAULT
from kg.store.fulltext.touched import Touched, touched_with
from kg.store.protocol import GraphChange
from kg.store.sent import read_triples
from kg.store.sparql.naming import graph_node
from kg.store.sparql.screening import screen_update
from kg.store.sparql.updates import keep_union


def change_text(change: GraphChange, *, there: Callable[[NamedNode], bool], union: bool) -> str:
    """Return the update that makes this change to a store; ``there`` tells whether it has a graph.

    Raise ReadingError for content that is no RDF, NotFoundError for a graph to remove that is not there, RefusedError for the default
    graph where that is the union, and QueryError for a name that is no IRI.
    """
    triples = [] if change.action == "remove" else read_triples(change)
    name = name_of(change, union=union)
    if name is None:
        cleared = "" if change.action == "add" else "CLEAR DEFAULT ;\n"
        return f"{cleared}INSERT DATA {{ {_text(triples)} }}"
    written = f"INSERT DATA {{ GRAPH {name} {{ {_text(triples)} }} }}"
    match change.action:
        case "put":
            update = f"DROP SILENT GRAPH {name} ;\nCREATE GRAPH {name} ;\n{written}"
        case "add":
            update = written if there(name) else f"CREATE GRAPH {name} ;\n{written}"
        case "remove":
            if not there(name):
                raise NotFoundError(f"graph <{name.value}>: not in the store.")
            update = f"DROP GRAPH {name}"
    return keep_union(screen_update(update)) if union else update


def name_of(change: GraphChange, *, union: bool) -> NamedNode | None:
    """Return the name of the graph that is changed; None for the default graph. Raise RefusedError where that is the union."""
    if change.graph is None:
        if union:
            raise RefusedError("The default graph is the union of all graphs, and cannot be written itself. Name a graph.")
        return None
    return graph_node(change.graph)


def touched_by_change(change: GraphChange) -> Touched:
    """Tell what a change may change; see ``kg.store.fulltext.touched``."""
    graph = change.graph if change.graph is not None else DEFAULT
    if change.action == "add":
        return touched_with((graph, triple.subject) for triple in read_triples(change))
    return {graph: None}


def _text(triples: list[Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
