"""Add documents to a store: extract, and hand over to the knowledge base, which checks and writes.

The one place where extraction, graph and store meet. A document replaces an earlier one of its id; another document that happens to
have the same id, from another source, is refused, so that nothing is lost unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import DemarcheError, StoreError, ValidationError
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.names import document_iri
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Document, Extraction
from kg.reference import reference_graph
from kg.store.protocol import Store

if TYPE_CHECKING:
    from kg.extraction.extract import Extractor


def extract_for(store: Store, document: Document, *, extractor: Extractor, base: str = DEFAULT_BASE) -> Extraction:
    """Extract a document that is to be added to a store. Raises StoreError where its id belongs to one of another source."""
    earlier = source_of(document.id, store=store, base=base)
    if earlier is not None and document.source is not None and earlier != document.source:
        raise StoreError(
            f"{document.source}: the store has a document {document.id!r} from {earlier!r} already. "
            "Rename the file, or give the document another id."
        )
    return extractor.extract(document)


def add_extractions(
    extractions: Sequence[Extraction], *, extractor: Extractor, store: Store, base: str = DEFAULT_BASE
) -> dict[str, DemarcheError]:
    """Add extracted documents, and what is known beforehand; return by their ids why some could not be added."""
    knowledge = KnowledgeBase(store, base=base)
    store.change([reference_graph(extractor.gazetteer, base=base)])
    try:
        knowledge.add(extractions)
    except ValidationError as error:
        if len(extractions) == 1:
            return {extractions[0].document.id: error}
        # One that does not conform must not keep the others out.
        refused: dict[str, DemarcheError] = {}
        for extraction in extractions:
            refused |= add_extractions([extraction], extractor=extractor, store=store, base=base)
        return refused
    return {}


def source_of(document_id: str, *, store: Store, base: str = DEFAULT_BASE) -> str | None:
    """Return the source of the store's document of an id; None where there is no such document or it names none."""
    answer = store.query(f"SELECT ?source {{ {document_iri(document_id, base=base).n3()} dcterms:source ?source }}")
    return next((str(row["source"]) for row in answer.rows()), None)
