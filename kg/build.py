"""Add documents to a store: extract, map, check against the shapes, write.

The one place where extraction, graph and store meet. A document replaces an earlier one of its id; another document that happens to
have the same id, from another source, is refused, so that nothing is lost unseen.
"""

from __future__ import annotations

from kg.errors import StoreError
from kg.extraction.extract import Extractor
from kg.graph.mapping import to_graph
from kg.graph.names import document_iri
from kg.graph.validate import require_valid
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Document, Extraction
from kg.store.protocol import Store


def add_document(document: Document, *, extractor: Extractor, store: Store, base: str = DEFAULT_BASE) -> Extraction:
    """Extract a document and make its graph that of the store's document of this id.

    Raises StoreError where the id belongs to a document of another source, and ValidationError where the graph does not conform;
    in both cases the store stays as it was.
    """
    earlier = source_of(document.id, store=store, base=base)
    if earlier is not None and document.source is not None and earlier != document.source:
        raise StoreError(
            f"{document.source}: the store has a document {document.id!r} from {earlier!r} already. "
            "Rename the file, or give the document another id."
        )
    extraction = extractor.extract(document)
    graph = to_graph(extraction, base=base)
    require_valid(graph)
    store.replace_graph(graph)
    return extraction


def source_of(document_id: str, *, store: Store, base: str = DEFAULT_BASE) -> str | None:
    """Return the source of the store's document of an id; None where there is no such document or it names none."""
    answer = store.query(f"SELECT ?source {{ {document_iri(document_id, base=base).n3()} dcterms:source ?source }}")
    return next((str(row["source"]) for row in answer.rows()), None)
