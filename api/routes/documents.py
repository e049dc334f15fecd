"""Documents with all that was found in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers import AnswersOfRequest
from api.dependencies import StoreOfApp
from api.models.documents import DocumentListModel, DocumentModel
from api.paging import PAGED, TAGGED, SliceOfQuery
from api.parameters import Since, Until, Words, entity_named
from api.problems import responses
from api.searching import SearchOfApp
from api.snapshots import Tagged
from kg.graph.lookups.documents import find_documents, get_document, resolve_document

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], dependencies=[Tagged])
DocumentPath = Annotated[str, Path(description="The document: its id or IRI.", examples=["port-lys"])]


@router.get("", summary="Find documents", response_model=DocumentListModel, responses={**PAGED, **responses(400, 404, 406)})
def find(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Words = None,
    about: Annotated[
        str | None, Query(max_length=500, description="Only those that speak of this entity.", examples=["Ilena Varo"])
    ] = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Find documents, by their days; those without one come first."""
    by = entity_named(store, about, base=answers.base)
    found = find_documents(store, text=q, since=since, until=until, about=by, search=search, part=part)
    return answers.page(found, DocumentListModel)


@router.get("/{id:path}", summary="Give a document", response_model=DocumentModel, responses={**TAGGED, **responses(404, 406)})
def document(*, answers: AnswersOfRequest, store: StoreOfApp, id: DocumentPath) -> Response:  # noqa: A002
    """Give a document with its text, and all mentions, statements and other records as places in it, to be highlighted."""
    detail = get_document(store, resolve_document(store, id, base=answers.base))
    return answers.one(detail.document, DocumentModel, text=detail.text, spans=detail.spans)
