"""From a graph to the formats of other tools."""

from kg.export.formats import FORMATS, ExportFormat, export, find_format, media_type
from kg.export.network import to_networkx
from kg.export.rdf import RDF_FORMATS, VIEWS, View, write_graph, write_store
from kg.export.selection import EVERYTHING, MODALITY_NAMES, PREDICATE_NAMES, Selection

__all__ = [
    "EVERYTHING",
    "FORMATS",
    "MODALITY_NAMES",
    "PREDICATE_NAMES",
    "RDF_FORMATS",
    "VIEWS",
    "ExportFormat",
    "Selection",
    "View",
    "export",
    "find_format",
    "media_type",
    "to_networkx",
    "write_graph",
    "write_store",
]
