"""The export formats by name, and the one function that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from kg.errors import NotFoundError
from kg.export import files
from kg.export.network import to_networkx
from kg.export.rdf import write_store
from kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """What a format is called, what a server and a file name say of it, and what it is for."""

    name: str
    media_type: str
    suffix: str
    description: str
    write: Callable[[Store], bytes]


def export(store: Store, format: str) -> bytes:  # noqa: A002  # as the command line calls it
    """Return everything in the store as one file. Raises NotFoundError, naming the formats, for one that there is not."""
    if format not in FORMATS:
        raise NotFoundError(f"export format {format!r}: no such format. Name one of: {', '.join(FORMATS)}.")
    return FORMATS[format].write(store)


def _rdf(name: str, media_type: str, suffix: str, description: str) -> ExportFormat:
    return ExportFormat(name, media_type, suffix, description, partial(write_store, rdf_format=name))


def _network(name: str, media_type: str, suffix: str, description: str, write: Callable[..., bytes]) -> ExportFormat:
    return ExportFormat(name, media_type, suffix, description, lambda store: write(to_networkx(store)))


FORMATS: Mapping[str, ExportFormat] = {
    entry.name: entry
    for entry in (
        _rdf("turtle", "text/turtle", ".ttl", "RDF as Turtle, all graphs in one"),
        _rdf("trig", "application/trig", ".trig", "RDF as TriG, a named graph for each document"),
        _rdf("nt", "application/n-triples", ".nt", "RDF as N-Triples, a triple a line, all graphs in one"),
        _rdf("nq", "application/n-quads", ".nq", "RDF as N-Quads, a triple and its graph a line"),
        _rdf("jsonld", "application/ld+json", ".jsonld", "RDF as JSON-LD, a named graph for each document"),
        _rdf("rdfxml", "application/rdf+xml", ".rdf", "RDF as RDF/XML, all graphs in one"),
        _network(
            "graphml", "application/graphml+xml", ".graphml", "a network for yEd, Gephi, igraph, Neo4j", files.write_graphml
        ),
        _network("gexf", "application/gexf+xml", ".gexf", "a network for Gephi", files.write_gexf),
        _network("cytoscape", "application/json", ".cyjs", "a network for Cytoscape and Cytoscape.js", files.write_cytoscape),
        _network("dot", "text/vnd.graphviz", ".dot", "a drawing for Graphviz", files.write_dot),
        _network("csv", "application/zip", ".zip", "a network as two tables, nodes.csv and edges.csv, in a ZIP", files.write_csv),
    )
}
