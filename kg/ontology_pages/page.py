"""Write the page: one HTML file that needs no network and no script."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import Graph
from rdflib.namespace import OWL, RDFS, SKOS

from kg.graph.ontology_files import ONTOLOGY_IRI, ontology_graph
from kg.ontology_pages.diagram import draw
from kg.ontology_pages.terms import sections
from kg.ontology_pages.usage import Usage


def write_page(folder: Path) -> Path:
    """Write ``index.html`` into a folder, which is made where there is none, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "index.html"
    file.write_text(page(ontology_graph()), encoding="utf-8")
    return file


def page(graph: Graph) -> str:
    """Return the HTML of an ontology; the same for the same ontology, examples and questions."""
    environment = Environment(
        loader=PackageLoader("kg.ontology_pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html").render(
        label=str(graph.value(ONTOLOGY_IRI, RDFS.label)),
        definition=str(graph.value(ONTOLOGY_IRI, SKOS.definition)),
        iri=str(ONTOLOGY_IRI),
        version=str(graph.value(ONTOLOGY_IRI, OWL.versionInfo)),
        prefixes=sorted((prefix, str(base)) for prefix, base in graph.namespaces() if prefix in _used_prefixes(graph)),
        changes=_changes(graph),
        diagram=draw(graph),
        sections=sections(graph),
        usage=Usage(),
    )


def _changes(graph: Graph) -> list[tuple[str, list[str]]]:
    """Return the notes on each version, the newest first."""
    by_version: dict[str, list[str]] = defaultdict(list)
    for note in sorted(str(note) for note in graph.objects(ONTOLOGY_IRI, SKOS.changeNote)):
        version, _, text = note.partition(": ")
        by_version[version].append(text)
    return sorted(by_version.items(), key=lambda one: [int(part) for part in one[0].split(".")], reverse=True)


def _used_prefixes(graph: Graph) -> set[str]:
    """Return the prefixes of the terms that an ontology names."""
    namespaces = {str(base): prefix for prefix, base in graph.namespaces()}
    return {
        prefix for base, prefix in namespaces.items() if any(str(node).startswith(base) for triple in graph for node in triple)
    }
