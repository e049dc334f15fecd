"""Read the W3C's manifests of SPARQL tests: which tests there are, which files each needs, and what is to come out.

Every file of the tests has an IRI, which its own relative IRIs are resolved against; ``Suite.iri`` and ``Suite.file`` lead from one to
the other. Only what the tests over HTTP use is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

BASE = "https://w3c.github.io/rdf-tests/sparql/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"

Term = NamedNode | BlankNode | Literal
Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file of RDF, and the graph that it is to lie in; None: the default graph."""

    file: Path
    graph: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test: its kind (the class of its manifest), the text to send, the data before it, and what is expected of it.

    ``result`` is the file of a query's results, in which solutions may come fewer times where it is ``lax``; ``after`` the data that an
    update is to leave.
    """

    iri: str
    kind: str
    action: Path
    before: tuple[Loaded, ...] = ()
    result: Path | None = None
    lax: bool = False
    after: tuple[Loaded, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """The triples of one manifest, to be looked up."""

    values: dict[tuple[object, str], list[Term]] = field(default_factory=dict)

    def all(self, subject: object, predicate: str) -> list[Term]:
        """Return the values of a property, in the manifest's order."""
        return self.values.get((subject, predicate), [])

    def one(self, subject: object, predicate: str) -> Term | None:
        """Return the value of a property that has one at most."""
        found = self.all(subject, predicate)
        assert len(found) <= 1, f"{subject}: has {len(found)} times {predicate}"
        return found[0] if found else None

    def text(self, subject: object, predicate: str) -> str:
        """Return the text of a literal or an IRI that must be there."""
        value = self.optional(subject, predicate)
        assert value is not None, f"{subject}: has no {predicate}"
        return value

    def optional(self, subject: object, predicate: str) -> str | None:
        """Return the text of a literal or an IRI, None where there is none."""
        value = self.one(subject, predicate)
        assert not isinstance(value, BlankNode), f"{subject}: has no text as its {predicate}"
        return None if value is None else value.value

    def name(self, term: object) -> str:
        """Return what stands behind the ``#`` of an IRI."""
        assert isinstance(term, NamedNode)
        return term.value.rpartition("#")[2]

    def items(self, head: Term | None) -> Iterator[Node]:
        """Yield what a list holds."""
        while head is not None and head != NamedNode(RDF + "nil"):
            item = self.one(head, RDF + "first")
            assert isinstance(item, Node)
            yield item
            head = self.one(head, RDF + "rest")

    def listed(self, predicate: str) -> Iterator[Node]:
        """Yield what the lists of a property hold, whatever the manifest calls itself."""
        for (_, name), heads in self.values.items():
            if name == predicate:
                for head in heads:
                    yield from self.items(head)

    def kind(self, subject: object) -> str:
        """Return the local name of the class of something."""
        return self.name(self.one(subject, RDF + "type"))


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests that lie in a folder."""

    folder: Path

    def iri(self, file: Path) -> str:
        """Return the IRI of a file."""
        return BASE + file.relative_to(self.folder).as_posix()

    def file(self, iri: object) -> Path:
        """Return the file that an IRI of a manifest stands for."""
        assert isinstance(iri, NamedNode)
        return self.folder / iri.value.removeprefix(BASE)

    def describe(self, manifest: Path) -> Description:
        """Read one manifest."""
        description = Description()
        for quad in pyoxigraph.parse(path=str(manifest), format=RdfFormat.TURTLE, base_iri=self.iri(manifest)):
            assert not isinstance(quad.object, pyoxigraph.Triple)
            description.values.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
        return description

    def entries(self, manifest: str) -> Iterator[tuple[Node, Description]]:
        """Yield the entries of a manifest and of those that it includes, each with the manifest that describes it."""
        description = self.describe(self.folder / manifest)
        for included in description.listed(MF + "include"):
            yield from self.entries(self.file(included).relative_to(self.folder).as_posix())
        for entry in description.listed(MF + "entries"):
            yield entry, description

    def cases(self, *manifests: str) -> Iterator[Case]:
        """Yield the tests of queries and updates that the manifests list."""
        for manifest in manifests:
            for entry, description in self.entries(manifest):
                yield self._case(entry, description)

    def _case(self, entry: Node, description: Description) -> Case:
        assert isinstance(entry, NamedNode)
        action, result = description.one(entry, MF + "action"), description.one(entry, MF + "result")
        updates = description.one(action, UT + "request")
        text = updates or description.one(action, QT + "query") or action
        return Case(
            iri=entry.value,
            kind=description.kind(entry),
            action=self.file(text),
            before=tuple(self._loaded(action, description, UT if updates is not None else QT)),
            result=self.file(result) if isinstance(result, NamedNode) else None,
            lax=description.one(entry, MF + "resultCardinality") == NamedNode(MF + "LaxCardinality"),
            after=tuple(self._loaded(result, description, UT)),
        )

    def _loaded(self, dataset: object, description: Description, namespace: str) -> Iterator[Loaded]:
        for data in description.all(dataset, namespace + "data"):
            yield Loaded(self.file(data))
        for data in description.all(dataset, namespace + "graphData"):
            if isinstance(data, NamedNode):
                yield Loaded(self.file(data), data.value)
            else:
                yield Loaded(self.file(description.one(data, UT + "graph")), description.text(data, RDFS + "label"))
