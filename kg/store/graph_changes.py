"""The SPARQL update that puts, adds or removes one whole graph: what the Graph Store Protocol asks."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple

from kg.errors import NotFoundError, QueryError, ReadingError
from kg.store.changes import update_text
from kg.store.engine.protocol import GraphChange
from kg.store.sparql.screening import screen_update
from kg.store.sparql.updates import keep_union


def change_text(change: GraphChange, database: pyoxigraph.Store, *, union: bool) -> str:
    """Return the update that makes this change to the database; empty where nothing changes.

    Raise ReadingError for content that is no RDF, NotFoundError for a graph to remove that is not there, and QueryError for the
    default graph where that is the union, or a name that is no IRI.
    """
    triples = [] if change.action == "remove" else read_triples(change)
    if change.graph is None:
        if union:
            raise QueryError("The default graph is the union of all graphs, and cannot be written itself. Name a graph.")
        cleared = "" if change.action == "add" else "CLEAR DEFAULT ;\n"
        return f"{cleared}INSERT DATA {{ {_text(triples)} }}"
    try:
        name = NamedNode(change.graph)
    except ValueError as error:
        raise QueryError(f"The graph {change.graph!r} is not named by an absolute IRI ({error}). Write its whole IRI.") from None
    there = database.contains_named_graph(name)
    if change.action == "remove" and not there:
        raise NotFoundError(f"graph <{name.value}>: not in the store.")
    if union and change.action == "put":
        return update_text(database, {name: set(triples)}, [])
    written = f"INSERT DATA {{ GRAPH {name} {{ {_text(triples)} }} }}"
    update = {
        "put": f"DROP SILENT GRAPH {name} ;\nCREATE GRAPH {name} ;\n{written}",
        "add": written if there else f"CREATE GRAPH {name} ;\n{written}",
        "remove": f"DROP GRAPH {name}",
    }[change.action]
    return keep_union(screen_update(update)) if union else update


def read_triples(change: GraphChange) -> list[Triple]:
    """Return the triples of a change, each blank node a new one. Raise ReadingError for what is no RDF of this form, or holds graphs."""
    form = RdfFormat.from_media_type(change.media_type)
    if form is None:
        raise ReadingError(
            f"{change.media_type!r} is no form of RDF that is known here. Send text/turtle or application/n-triples."
        )
    try:
        quads = list(
            pyoxigraph.parse(
                change.content, format=form, base_iri=change.base, without_named_graphs=True, rename_blank_nodes=True
            )
        )
    except (SyntaxError, ValueError) as error:
        raise ReadingError(f"The graph cannot be read as {change.media_type}: {error}. Mend it there.") from error
    return [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]


def _text(triples: list[Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
