"""What happened and stands: meetings, issues, texts under negotiation, and statements."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query
from rdflib import URIRef
from starlette.responses import Response

from api.answers import AnswersOfRequest
from api.dependencies import StoreOfApp
from api.models.records import (
    IssueListModel,
    IssueModel,
    MeetingListModel,
    MeetingModel,
    ProposalListModel,
    ProposalModel,
    StatementListModel,
    StatementModel,
)
from api.paging import PAGED, TAGGED, SliceOfQuery
from api.parameters import Context, ModalityQuery, Party, Since, Speaker, Until, Words, entity_named
from api.problems import responses
from api.searching import SearchOfApp
from api.snapshots import Tagged
from kg.graph.find import resolve_issue, resolve_of
from kg.graph.lookups.documents import resolve_document
from kg.graph.lookups.issues import find_issues, get_issue
from kg.graph.lookups.meetings import find_meetings, get_meeting
from kg.graph.lookups.proposals import find_proposals, get_proposal
from kg.graph.lookups.statements import find_statements, get_statement
from kg.graph.terms import MEETING_TYPES
from kg.graph.vocabulary import DEM
from kg.records import IssueStatus, ProposalKind, ProposalStatus

router = APIRouter(prefix="/api/v1", dependencies=[Tagged])

MeetingPath = Annotated[
    str,
    Path(
        description="The meeting: its id, its IRI, or what it is called.",
        examples=["document/port-lys/referent/meeting/talks-2031-02-25-port-lys"],
    ),
]
IssuePath = Annotated[
    str, Path(description="The issue: its id, its IRI, or a name of it.", examples=["the status of the Saltmarsh"])
]
ProposalPath = Annotated[str, Path(description="The text: its id, its IRI, or a name of it.", examples=["fisheries protocol"])]
StatementPath = Annotated[str, Path(description="The statement: its id or IRI.", examples=["document/port-lys/statement/1"])]


@router.get(
    "/meetings",
    tags=["meetings"],
    summary="Find meetings",
    response_model=MeetingListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def meetings(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Words = None,
    participant: Annotated[
        list[str],
        Query(description="Only those in which this entity took part; may be repeated: all of them.", examples=[["Varo"]]),
    ] = [],  # noqa: B006  # FastAPI copies it
    place: Annotated[str | None, Query(max_length=500, description="Only those held there.", examples=["Port Lys"])] = None,
    since: Since = None,
    until: Until = None,
    modality: ModalityQuery = None,
) -> Response:
    """Find meetings of all kinds, by their days; those without one come first."""
    found = find_meetings(
        store,
        text=q,
        participants=[iri for one in participant if (iri := entity_named(store, one, base=answers.base)) is not None],
        place=entity_named(store, place, base=answers.base),
        since=since,
        until=until,
        modality=modality,
        search=search,
        part=part,
    )
    return answers.page(found, MeetingListModel)


@router.get(
    "/meetings/{id:path}",
    tags=["meetings"],
    summary="Describe a meeting",
    response_model=MeetingModel,
    responses={**TAGGED, **responses(404, 406)},
)
def meeting(*, answers: AnswersOfRequest, store: StoreOfApp, id: MeetingPath) -> Response:  # noqa: A002
    """Give a meeting with how it stands by each document: planned by one, held by the next."""
    detail = get_meeting(store, resolve_of(store, id, tuple(MEETING_TYPES), kind="meeting", base=answers.base))
    return answers.one(detail.meeting, MeetingModel, history=detail.history)


@router.get(
    "/issues",
    tags=["issues"],
    summary="Find issues",
    response_model=IssueListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def issues(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Words = None,
    status: Annotated[IssueStatus | None, Query(description="Only what stands so by the latest news.", examples=["open"])] = None,
    party: Party = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Find matters under negotiation, by the day of the latest news of them."""
    found = find_issues(
        store,
        text=q,
        status=status,
        party=entity_named(store, party, base=answers.base),
        since=since,
        until=until,
        search=search,
        part=part,
    )
    return answers.page(found, IssueListModel)


@router.get(
    "/issues/{id:path}",
    tags=["issues"],
    summary="Describe an issue",
    response_model=IssueModel,
    responses={**TAGGED, **responses(404, 406)},
)
def issue(*, answers: AnswersOfRequest, store: StoreOfApp, id: IssuePath) -> Response:  # noqa: A002
    """Give an issue with its history, and what of it documents of one day tell differently."""
    detail = get_issue(store, resolve_issue(store, id, base=answers.base))
    return answers.one(detail.issue, IssueModel, history=detail.history, contradictions=detail.contradictions)


@router.get(
    "/proposals",
    tags=["proposals"],
    summary="Find texts under negotiation",
    response_model=ProposalListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def proposals(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Words = None,
    status: Annotated[
        ProposalStatus | None, Query(description="Only what stands so by the latest news.", examples=["signed"])
    ] = None,
    party: Party = None,
    kind: Annotated[ProposalKind | None, Query(description="Only this sort of text.", examples=["agreement"])] = None,
) -> Response:
    """Find plans, treaties, resolutions and other texts, by the day of the latest news of them."""
    by = entity_named(store, party, base=answers.base)
    found = find_proposals(store, text=q, status=status, party=by, kind=kind, search=search, part=part)
    return answers.page(found, ProposalListModel)


@router.get(
    "/proposals/{id:path}",
    tags=["proposals"],
    summary="Describe a text under negotiation",
    response_model=ProposalModel,
    responses={**TAGGED, **responses(404, 406)},
)
def proposal(*, answers: AnswersOfRequest, store: StoreOfApp, id: ProposalPath) -> Response:  # noqa: A002
    """Give a text with its authors, points, versions, the consent that it needs, and how it stood."""
    detail = get_proposal(store, resolve_of(store, id, [DEM.Proposal], kind="proposal", base=answers.base))
    fields = asdict(detail)
    return answers.one(fields.pop("proposal"), ProposalModel, **fields)


@router.get(
    "/statements",
    tags=["statements"],
    summary="Find statements",
    response_model=StatementListModel,
    responses={**PAGED, **responses(400, 404, 406)},
)
def statements(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    search: SearchOfApp,
    part: SliceOfQuery,
    q: Words = None,
    speaker: Speaker = None,
    addressee: Annotated[
        str | None, Query(max_length=500, description="Only what was said to this entity.", examples=["Brek"])
    ] = None,
    document: Annotated[
        str | None, Query(max_length=500, description="Only what this document tells.", examples=["port-lys"])
    ] = None,
    direct: Annotated[bool | None, Query(description="true: quotations; false: reported speech.", examples=[True])] = None,
    since: Since = None,
    until: Until = None,
    context: Context = 12,
) -> Response:
    """Find what was said, by the documents' days and places in the text, each with some of the text around it."""
    found = find_statements(
        store,
        text=q,
        speaker=entity_named(store, speaker, base=answers.base),
        addressee=entity_named(store, addressee, base=answers.base),
        document=resolve_document(store, document, base=answers.base) if document is not None else None,
        direct=direct,
        since=since,
        until=until,
        context=context,
        search=search,
        part=part,
    )
    return answers.page(found, StatementListModel)


@router.get(
    "/statements/{id:path}",
    tags=["statements"],
    summary="Describe a statement",
    response_model=StatementModel,
    responses={**TAGGED, **responses(404, 406)},
)
def statement(*, answers: AnswersOfRequest, store: StoreOfApp, id: StatementPath, context: Context = 40) -> Response:  # noqa: A002
    """Give a statement with some of the text around it."""
    iri = URIRef(id if "://" in id else f"{answers.base}{id}")
    return answers.one(get_statement(store, iri, context=context), StatementModel)
