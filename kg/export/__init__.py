"""From a graph to the formats of other tools."""

from kg.export.formats import FORMATS, ExportFormat, export
from kg.export.network import to_networkx
from kg.export.rdf import RDF_FORMATS, write_graph, write_store

__all__ = ["FORMATS", "RDF_FORMATS", "ExportFormat", "export", "to_networkx", "write_graph", "write_store"]
