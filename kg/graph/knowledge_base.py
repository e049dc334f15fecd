"""A store whose documents know each other: adding and removing them, and deciding who is who.

After each change identity is found anew from all documents and decisions, and whatever it changes is written with it in one
transaction. So the order in which documents came and went leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rdflib import Graph, URIRef

from kg.errors import NotFoundError, StoreError
from kg.graph import names
from kg.graph.archive import extraction_from
from kg.graph.identity.decisions import AnyDecision, curation_graph_iri, decisions_from_graph, decisions_to_graph
from kg.graph.identity.identity import Identity, identify
from kg.graph.identity.naming import names_of, referent_iri
from kg.graph.identity.referents import Key
from kg.graph.identity.writing import identity_edit
from kg.graph.mapping import to_graph
from kg.graph.queries import fill
from kg.graph.validate import require_valid
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Extraction
from kg.store.protocol import Store

_RECORDS = "SELECT ?document ?records ?text WHERE { ?document dem:records ?records ; dem:text ?text } ORDER BY ?document"
_DECISIONS = """
CONSTRUCT { ?decision ?property ?value }
WHERE { GRAPH $graph { ?decision a dem:Decision ; ?property ?value } }
"""
_WITHOUT_RECORDS = """
SELECT ?id WHERE { ?document a dem:Document ; dcterms:identifier ?id . FILTER NOT EXISTS { ?document dem:records ?any } } ORDER BY ?id
"""
_IDENTIFIED = "SELECT ?referent ?thing WHERE { ?referent dem:identifiedAs ?thing }"


class KnowledgeBase:
    """The documents of a store, and what people decided about what they speak of; ``base`` is what resources are named under."""

    def __init__(self, store: Store, *, base: str = DEFAULT_BASE) -> None:
        self.base = base
        self._store = store

    def add(self, extractions: Iterable[Extraction]) -> None:
        """Add documents, each in place of an earlier one of its id: all of them, or on an error none.

        Raises ValidationError for one whose graph would not conform to the shapes, StoreError where the store has documents of an
        earlier version, which kept no records of them.
        """
        added = {extraction.document.id: extraction for extraction in extractions}
        old = [str(row["id"]) for row in self._store.query(_WITHOUT_RECORDS).rows() if str(row["id"]) not in added]
        if old:
            raise StoreError(
                f"{', '.join(old)}: kept without records, by an earlier version of Demarche. "
                "Build a new store from all documents, or take these out first: kg remove."
            )
        documents = self.extractions() | added
        self._write(documents, self.decisions(), changed=added.keys())

    def remove(self, document_id: str) -> None:
        """Take out a document with all that rests on it alone. Raises NotFoundError where there is none of this id."""
        documents = self.extractions()
        graph = names.document_graph(document_id, base=self.base)
        if documents.pop(document_id, None) is None and graph not in self._store.graph_names():
            known = ", ".join(sorted(documents)) or "none"
            raise NotFoundError(f"document {document_id!r}: not in the store. It has: {known}.")
        self._write(documents, self.decisions(), removed=[graph])

    def decisions(self) -> list[AnyDecision]:
        """Return what people decided, in the order of the decisions' numbers."""
        graph = curation_graph_iri(base=self.base)
        return decisions_from_graph(self._store.query(fill(_DECISIONS, graph=graph)).graph())

    def decide(self, decisions: Sequence[AnyDecision]) -> None:
        """Make these the decisions that hold, in place of those before."""
        self._write(self.extractions(), decisions)

    def extractions(self) -> dict[str, Extraction]:
        """Return the records of all documents, by their ids."""
        rows = self._store.query(_RECORDS).rows()
        found = (extraction_from(str(row["records"]), text=str(row["text"]), name=str(row["document"])) for row in rows)
        return {extraction.document.id: extraction for extraction in found}

    def _write(
        self,
        documents: Mapping[str, Extraction],
        decisions: Sequence[AnyDecision],
        *,
        changed: Iterable[str] = (),
        removed: Iterable[URIRef] = (),
    ) -> None:
        """Find identity anew, and write all that is not as it should be."""
        identity = identify(list(documents.values()), decisions, base=self.base)
        stale = {*changed, *self._renamed(identity)}
        canonical = identity.canonical
        graphs = [self._graph(documents[document], canonical) for document in sorted(stale)]
        graphs.append(decisions_to_graph(decisions, base=self.base))
        for graph in graphs:
            require_valid(graph)
        self._store.change(graphs, removed=removed, edits=[identity_edit(self._store, identity, base=self.base)])

    def _graph(self, extraction: Extraction, canonical: Mapping[Key, URIRef]) -> Graph:
        return to_graph(extraction, known=names_of(extraction, canonical), base=self.base)

    def _renamed(self, identity: Identity) -> set[str]:
        """Return the documents that speak of something that is called otherwise now."""
        before = {str(row["referent"]): str(row["thing"]) for row in self._store.query(_IDENTIFIED).rows()}
        return {
            found.referent[0]
            for found in identity.identifications
            if before.get(str(referent_iri(found.referent, base=self.base))) != str(found.canonical)
        }
