"""The export formats by name, and the one function that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.errors import ExportError, NotFoundError
from kg.export import files
from kg.export.neo4j import write_csv
from kg.export.network import to_networkx
from kg.export.picture import write_svg
from kg.export.rdf import REIFIER_FORMATS, VIEWS, View, write_store
from kg.export.selection import EVERYTHING, Selection
from kg.graph.vocabulary import DEFAULT_BASE
from kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """What a format is called, what a server and a file name say of it, and what it is for.

    ``draw`` writes a network; None for the formats of RDF.
    """

    name: str
    media_type: str
    suffix: str
    description: str
    draw: Callable[[nx.MultiDiGraph], bytes] | None = None


FORMATS: Mapping[str, ExportFormat] = {
    entry.name: entry
    for entry in (
        ExportFormat("turtle", "text/turtle", ".ttl", "RDF as Turtle, all graphs in one"),
        ExportFormat("trig", "application/trig", ".trig", "RDF as TriG, a named graph for each document"),
        ExportFormat("nt", "application/n-triples", ".nt", "RDF as N-Triples, a triple a line, all graphs in one"),
        ExportFormat("nq", "application/n-quads", ".nq", "RDF as N-Quads, a triple and its graph a line"),
        ExportFormat("jsonld", "application/ld+json", ".jsonld", "RDF as JSON-LD, a named graph for each document"),
        ExportFormat("rdfxml", "application/rdf+xml", ".rdf", "RDF as RDF/XML, all graphs in one"),
        ExportFormat(
            "graphml", "application/graphml+xml", ".graphml", "a network for yEd, igraph, networkx, R", files.write_graphml
        ),
        ExportFormat("gexf", "application/gexf+xml", ".gexf", "a network with a timeline, for Gephi", files.write_gexf),
        ExportFormat("cytoscape", "application/json", ".cyjs", "a network for Cytoscape and Cytoscape.js", files.write_cytoscape),
        ExportFormat("dot", "text/vnd.graphviz", ".dot", "a drawing for Graphviz", files.write_dot),
        ExportFormat("csv", "application/zip", ".zip", "a network as tables for Neo4j's importer, in a ZIP", write_csv),
        ExportFormat("svg", "image/svg+xml", ".svg", "a picture of up to 200 nodes, to look at and to print", write_svg),
    )
}


def find_format(name: str) -> ExportFormat:
    """Return the format of a name. Raises NotFoundError, naming the formats, for one that there is not."""
    if name not in FORMATS:
        raise NotFoundError(f"export format {name!r}: no such format. Name one of: {', '.join(FORMATS)}.")
    return FORMATS[name]


def export(
    store: Store,
    format: str,  # noqa: A002  # as the command line calls it
    *,
    selection: Selection = EVERYTHING,
    view: str | None = None,
    base: str = DEFAULT_BASE,
) -> bytes:
    """Return what is selected of a store as one file.

    ``view``, for the formats of RDF alone, says how assertions are written: "reified" (the default), or "reifier", as RDF 1.2
    has it, in the formats whose readers know it.

    Raises NotFoundError for a format, view, entity or document that there is not, and ExportError for a view that the format
    does not have, or a picture that nobody could read.
    """
    chosen = find_format(format)
    how = _view(chosen, view)
    if chosen.draw is not None:
        return chosen.draw(to_networkx(store, selection, base=base))
    return write_store(store, format, selection=selection, view=how, base=base)


def media_type(format: str, *, view: str | None = None) -> str:  # noqa: A002  # as the command line calls it
    """Return the media type of an export, with the version of RDF where readers of RDF 1.1 would not read it."""
    chosen = find_format(format)
    return f"{chosen.media_type}; version=1.2" if _view(chosen, view) == "reifier" else chosen.media_type


def _view(chosen: ExportFormat, view: str | None) -> View:
    if view is None:
        return "reified"
    known = next((one for one in VIEWS if one == view), None)
    if known is None:
        raise NotFoundError(f"view {view!r}: no such view. Name one of: {', '.join(VIEWS)}.")
    if chosen.draw is not None:
        raise ExportError(f"view {view!r}: {chosen.name} is no format of RDF. Leave the view out, or take turtle, trig, nt, nq.")
    if known == "reifier" and chosen.name not in REIFIER_FORMATS:
        raise ExportError(
            f"view 'reifier': {chosen.name} has no way to write triple terms that readers know. "
            f"Take one of: {', '.join(REIFIER_FORMATS)}."
        )
    return known
