"""Check one graph by itself: against the shapes, and that every span's words are what the text has in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node

from kg.errors import ReadingError, ValidationError
from kg.graph.ontology_files import shapes_graph
from kg.graph.vocabulary import DEM, PREFIXES

_SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: the node, the property (None: the node itself), the value (None: it lacks one), and what to do."""

    focus: str
    path: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        path = f" {self.path}" if self.path is not None else ""
        value = f" = {self.value!r}" if self.value is not None else ""
        return f"{self.focus}{path}{value}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """All that is wrong with a graph, in the order of the nodes' names; nothing, where it conforms."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations


def validate(graph: Graph) -> Report:
    """Check the graph of a document, of identity, of curation or of reference, and report all that is wrong.

    A document's graph must hold what it refers to, so check it whole; and by itself, since several documents label one thing twice.
    """
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes_graph(), inference="none", meta_shacl=False, advanced=False)
    violations = {*_from_results(results), *_misquotations(graph)}
    return Report(tuple(sorted(violations, key=lambda violation: tuple(part or "" for part in _fields(violation)))))


def validate_file(file: Path) -> Report:
    """Check a graph in an RDF file. Raises ReadingError for a file that cannot be read."""
    graph = Graph()
    try:
        graph.parse(file)
    except (OSError, ParserError, SyntaxError, ValueError) as error:
        raise ReadingError(
            f"{file}: not readable as RDF ({error}). Name a Turtle, N-Triples, JSON-LD or RDF/XML file."
        ) from error
    return validate(graph)


def require_valid(graph: Graph) -> None:
    """Raise ValidationError, with the report, for a graph that does not conform."""
    violations = validate(graph).violations
    if violations:
        more = f"\n… and {len(violations) - _SHOWN} more." if len(violations) > _SHOWN else ""
        shown = "\n".join(f"- {violation}" for violation in violations[:_SHOWN])
        raise ValidationError(
            f"{graph.identifier}: does not conform to the shapes. Mend these, or write no such graph:\n{shown}{more}"
        )


def _from_results(results: Graph) -> Iterator[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        if (None, SH.detail, result) in results:
            continue
        focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        yield Violation(
            focus=_short(focus) or "",
            path=_path(results, results.value(result, SH.resultPath)),
            value=_short(value) if value != focus else None,
            message=" ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
        )


def _misquotations(graph: Graph) -> Iterator[Violation]:
    """Find the spans whose words are not what their document has in that place; shapes cannot tell at a bearable price."""
    texts = {document: str(text) for document, text in graph.subject_objects(DEM.text)}
    for span, document in graph.subject_objects(DEM.inDocument):
        begin, end, exact = (graph.value(span, term) for term in (DEM.begin, DEM.end, DEM.exact))
        text = texts.get(document)
        if text is None or begin is None or end is None or exact is None:
            continue
        try:
            words = text[int(str(begin)) : int(str(end))]
        except ValueError:
            continue
        if words != str(exact):
            message = f"The document has {words!r} in this place. Set dem:exact to it, or the offsets to where the words stand."
            yield Violation(focus=_short(span) or "", path="dem:exact", value=str(exact), message=message)


def _path(results: Graph, path: Node | None) -> str | None:
    """Return a property path in short: its properties, one after another; one that is followed backwards with ``^``."""
    if not isinstance(path, BNode):
        return _short(path)
    if (backwards := results.value(path, SH.inversePath)) is not None:
        return f"^{_short(backwards)}"
    alternatives = results.value(path, SH.alternativePath)
    parts = results.items(alternatives if alternatives is not None else path)
    return ("|" if alternatives is not None else "/").join(_short(part) or "" for part in parts)


def _short(node: Node | None) -> str | None:
    """Return a term as a person reads it: an IRI of a known vocabulary with its prefix, anything else as it is."""
    if node is None:
        return None
    text = str(node)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def _fields(violation: Violation) -> tuple[str | None, ...]:
    return violation.focus, violation.path, violation.value, violation.message
