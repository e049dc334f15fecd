"""Read RDF that somebody sent."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import DefaultGraph, RdfFormat, Triple

from kg.errors import ReadingError
from kg.store.protocol import GraphChange


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
