"""Find and parse the files of ``ontology/``, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import difflib
import importlib.resources
from functools import cache
from importlib.resources.abc import Traversable

from rdflib import Graph, URIRef

from kg.errors import NotFoundError

ONTOLOGY_IRI = URIRef("https://w3id.org/demarche/ontology")
"""The name of the ontology, and of the graph that ``ontology_graph`` returns."""


def ontology_folder() -> Traversable:
    """Return the folder of the data files; it may lie inside an archive, so open files with its own methods."""
    return importlib.resources.files("ontology")


def read_ontology_file(name: str) -> str:
    """Return the text of a file under ``ontology/``, such as ``shapes.ttl`` or ``questions/who-met-whom.rq``.

    Raises NotFoundError for a name that is not there.
    """
    try:
        return ontology_folder().joinpath(name).read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(f"ontology/{name}: no such file. Name a file that lies under ontology/.") from error


def ontology_graph() -> Graph:
    """Return a fresh copy of the ontology, named by its IRI, for a store that is to answer questions about classes too."""
    graph = Graph(identifier=ONTOLOGY_IRI)
    graph.parse(data=read_ontology_file("demarche.ttl"), format="turtle")
    return graph


@cache
def shapes_graph() -> Graph:
    """Return the shapes, parsed once for the process. Shared by all callers: do not change it."""
    graph = Graph()
    graph.parse(data=read_ontology_file("shapes.ttl"), format="turtle")
    return graph


def question_names() -> list[str]:
    """Return the names of the competency questions, sorted; each is a SPARQL query under ``ontology/questions/``."""
    files = ontology_folder().joinpath("questions").iterdir()
    return sorted(file.name.removesuffix(".rq") for file in files if file.name.endswith(".rq"))


def read_question(name: str) -> str:
    """Return the SPARQL text of a competency question. Raises NotFoundError, with names that are near."""
    if name not in (known := question_names()):
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.3) or known[:3]
        raise NotFoundError(f"question {name!r}: no such question. Did you mean {', '.join(near)}? All are listed by: kg ask")
    return read_ontology_file(f"questions/{name}.rq")
