"""What is done to a store by whoever owns it: functions of the store and plain values, so that they can be sent to another process."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from rdflib import URIRef

from kg.build import source_of
from kg.errors import ConflictError
from kg.graph import curation
from kg.graph.find import resolve_thing
from kg.graph.identity.decisions import AnyDecision
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.names import document_iri
from kg.graph.queries import fill
from kg.records import Extraction
from kg.reference import reference_graph
from kg.store.protocol import Store


def put_document(store: Store, extraction: Extraction, *, base: str, gazetteers: Sequence[Path] = (), replace: bool) -> bool:
    """Add a document with what was found in it; tell whether it is new, not in place of one of its id.

    What is known beforehand is added with the first. Raises ConflictError for an id that is there where nothing is to be replaced,
    and ValidationError for a document whose graph would not conform.
    """
    if not replace:
        require_free(store, extraction.document.id, base=base)
    new = not has_document(store, extraction.document.id, base=base)
    if URIRef(f"{base}graph/reference") not in store.graph_names():
        from kg.language.gazetteer import load_gazetteer

        store.change([reference_graph(load_gazetteer(gazetteers), base=base)])
    KnowledgeBase(store, base=base).add([extraction])
    return new


def require_free(store: Store, document_id: str, *, base: str) -> None:
    """Raise ConflictError where a document of this id is there."""
    if has_document(store, document_id, base=base):
        source = source_of(document_id, store=store, base=base)
        of = f", from {source!r}" if source is not None else ""
        raise ConflictError(
            f"document {document_id!r}: the store has one of this id already{of}. Give it another id, or replace it."
        )


def has_document(store: Store, document_id: str, *, base: str) -> bool:
    """Tell whether the store has a document of this id."""
    return bool(store.query(fill("ASK { $document a dem:Document }", document=document_iri(document_id, base=base))))


def remove_document(store: Store, document_id: str, *, base: str) -> None:
    """Take out a document with all that rests on it alone. Raises NotFoundError where there is none of this id."""
    KnowledgeBase(store, base=base).remove(document_id)


def merge(
    store: Store, first: str, second: str, *, reason: str | None, created: datetime.datetime, base: str
) -> list[AnyDecision]:
    """Decide that two things, each given by id, IRI or name, are one. Raises NotFoundError and ValidationError."""
    one, other = (resolve_thing(store, thing, base=base) for thing in (first, second))
    return [curation.merge(KnowledgeBase(store, base=base), one, other, reason=reason, created=created)]


def split(
    store: Store, thing: str, *, documents: Sequence[str], reason: str | None, created: datetime.datetime, base: str
) -> list[AnyDecision]:
    """Decide that what was taken for one thing is several. Raises NotFoundError and ValidationError."""
    iri = resolve_thing(store, thing, base=base)
    return [*curation.split(KnowledgeBase(store, base=base), iri, documents=documents, reason=reason, created=created)]


def rename(
    store: Store, thing: str, label: str, *, reason: str | None, created: datetime.datetime, base: str
) -> list[AnyDecision]:
    """Decide what a thing is called. Raises NotFoundError and ValidationError."""
    iri = resolve_thing(store, thing, base=base)
    return [curation.rename(KnowledgeBase(store, base=base), iri, label, reason=reason, created=created)]


def undo(store: Store, number: int, *, base: str) -> AnyDecision:
    """Take back a decision. Raises NotFoundError where there is none of this number."""
    return curation.undo(KnowledgeBase(store, base=base), number)
