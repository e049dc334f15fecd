"""Deciding who is who, for those who may write."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path

from api.dependencies import KnowledgeOfApp, SettingsOfApp
from api.models.documents import DecisionListModel
from api.models.writing import NewDecision, NewMerge, NewSplit
from api.problems import responses
from api.routes.overviews import decision_fields
from api.scalars import IN_DIGITS
from api.security.access import needs

router = APIRouter(prefix="/api/v1/decisions", tags=["overviews"], dependencies=[needs("write")])

_EXAMPLES = [
    {"kind": "merge", "first": "Tomas Brek", "second": "person/t-brek", "reason": "the spokesperson signs both ways"},
    {"kind": "split", "thing": "Ilena Varo", "documents": ["port-lys"]},
    {"kind": "rename", "thing": "Ilena Varo", "label": "Ilena Varo-Lind"},
]


@router.post("", summary="Decide who is who", status_code=201, responses=responses(400, 401, 403, 404))
async def decide(
    knowledge: KnowledgeOfApp,
    settings: SettingsOfApp,
    decision: Annotated[NewDecision, Body(description="What is decided.", examples=_EXAMPLES)],
) -> DecisionListModel:
    """Say that two things are one (merge), that one is several (split), or what one is called (rename).

    All look-ups see it once this is answered. It can be taken back.
    """
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    if isinstance(decision, NewMerge):
        made = await knowledge.merge(decision.first, decision.second, reason=decision.reason, created=now)
    elif isinstance(decision, NewSplit):
        made = await knowledge.split(decision.thing, documents=decision.documents, reason=decision.reason, created=now)
    else:
        made = await knowledge.rename(decision.thing, decision.label, reason=decision.reason, created=now)
    items = [decision_fields(one, base=settings.base) for one in made]
    return DecisionListModel.model_validate({"items": items}, context={"base": settings.base})


@router.delete(
    "/{number}",
    summary="Take a decision back",
    status_code=204,
    responses={204: {"description": "It is as if it had never been made."}, **responses(401, 403, 404)},
)
async def undo(
    knowledge: KnowledgeOfApp,
    number: Annotated[int, Path(ge=1, le=10**9, description="The number of the decision.", examples=[1]), IN_DIGITS],
) -> None:
    """Take a decision back, as if it had never been made. Those after it stay."""
    await knowledge.undo(number)
