"""The examples of ``ontology/examples``: the valid ones that show each term in use, and the broken ones that show each shape."""

from __future__ import annotations

from rdflib import Graph

from kg.graph.ontology_files import ontology_folder, read_ontology_file


def examples(folder: str) -> list[str]:
    """Return the names of the examples in ``valid`` or ``broken``, sorted."""
    return sorted(file.name.removesuffix(".ttl") for file in ontology_folder().joinpath("examples", folder).iterdir())


def example(folder: str, name: str) -> Graph:
    """Return the graph of an example."""
    return Graph().parse(data=read_ontology_file(f"examples/{folder}/{name}.ttl"), format="turtle")
