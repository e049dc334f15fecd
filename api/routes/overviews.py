"""What has a day, how much there is of what, and what people decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import AnswersOfRequest
from api.dependencies import StoreOfApp
from api.models.documents import DecisionListModel, StatisticsModel, TimelineModel
from api.paging import PAGED, TAGGED, SliceOfQuery
from api.parameters import Since, Until, entity_named
from api.problems import responses
from api.snapshots import Tagged
from kg.graph.identity.decisions import AnyDecision, Merge, Split, decision_iri
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.lookups.statistics import statistics
from kg.graph.lookups.timeline import Dated, timeline

router = APIRouter(prefix="/api/v1", tags=["overviews"], dependencies=[Tagged])


@router.get(
    "/timeline", summary="Give what has a day", response_model=TimelineModel, responses={**PAGED, **responses(400, 404, 406)}
)
def days(
    *,
    answers: AnswersOfRequest,
    store: StoreOfApp,
    part: SliceOfQuery,
    kind: Annotated[list[Dated], Query(description="Only these sorts of things; may be repeated.", examples=[["meeting"]])] = [],  # noqa: B006
    about: Annotated[
        str | None, Query(max_length=500, description="Only what this entity has part in.", examples=["Ilena Varo"])
    ] = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Give documents, meetings, statements, events, deadlines, roles and how matters stood, day by day."""
    actor = entity_named(store, about, base=answers.base)
    return answers.page(timeline(store, kinds=kind, since=since, until=until, actor=actor, part=part), TimelineModel)


@router.get(
    "/statistics",
    summary="Count what there is",
    response_model=StatisticsModel,
    responses={**TAGGED, **responses(406)},
)
def counts(*, answers: AnswersOfRequest, store: StoreOfApp) -> Response:
    """Count things by class, and assertions by modality, predicate and document."""
    return answers.one(statistics(store), StatisticsModel)


@router.get(
    "/decisions",
    summary="List what people decided",
    response_model=DecisionListModel,
    responses={**TAGGED, **responses(406)},
)
def decisions(*, answers: AnswersOfRequest, store: StoreOfApp) -> Response:
    """List what people decided about who is who, in the order of the decisions."""
    found = KnowledgeBase(store, base=answers.base).decisions()
    return answers.one({"items": [decision_fields(one, base=answers.base) for one in found]}, DecisionListModel)


def decision_fields(decision: AnyDecision, *, base: str) -> dict[str, object]:
    """Return a decision as the fields of its body."""
    kind = "merge" if isinstance(decision, Merge) else "split" if isinstance(decision, Split) else "rename"
    return {
        "iri": str(decision_iri(decision.number, base=base)),
        "number": decision.number,
        "kind": kind,
        "created": decision.created.isoformat() if decision.created is not None else None,
        "reason": decision.reason,
        "label": getattr(decision, "label", None),
        "members": [str(one) for one in getattr(decision, "members", ())],
        "first": [str(one) for one in getattr(decision, "first", ())],
        "second": [str(one) for one in getattr(decision, "second", ())],
    }
