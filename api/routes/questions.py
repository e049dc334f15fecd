"""The competency questions: what lies ready to be asked, and the answers."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.dependencies import SettingsOfApp, StoreOfApp
from api.models.questions import QuestionListModel, QuestionModel
from api.negotiation import RESULT_NAMES
from api.problems import responses
from api.sparql.endpoint import answer
from kg.graph.questions import fill_question, get_question, questions
from kg.store.engine.protocol import QueryJob

router = APIRouter(prefix="/api/v1/questions", tags=["questions"])

_CONTENT: dict[str, Any] = {
    "application/sparql-results+json": {
        "example": {
            "head": {"vars": ["who", "role"]},
            "results": {"bindings": [{"who": {"type": "literal", "value": "Ilena Varo"}}]},
        }
    },
    "application/sparql-results+xml": {},
    "text/csv": {"example": "who,role\r\nIlena Varo,foreign minister\r\n"},
    "text/tab-separated-values": {},
}


@router.get("", summary="List the questions", responses=responses(400))
def list_questions() -> QuestionListModel:
    """List the questions that lie ready, each with its parameters and the columns of its answer."""
    return QuestionListModel(items=[QuestionModel.model_validate(asdict(question)) for question in questions()])


@router.get(
    "/{name}",
    summary="Ask a question",
    responses={200: {"description": "The whole answer.", "content": _CONTENT}, **responses(400, 404, 406)},
    response_class=Response,
)
async def ask(
    *,
    request: Request,
    store: StoreOfApp,
    settings: SettingsOfApp,
    name: Annotated[str, Path(description="The name of the question.", examples=["who-last-met-whom"])],
    format: Annotated[  # noqa: A002
        str | None,
        Query(description=f"The form of the answer, in place of Accept: {', '.join(RESULT_NAMES)}.", examples=["csv"]),
    ] = None,
) -> Response:
    """Answer a question, in JSON, XML, CSV or TSV.

    Its parameters are those of the address: `/api/v1/questions/who-last-met-whom?who=Elena Marsh`. One that is not given has its
    default.
    """
    given = {key: value for key, value in request.query_params.items() if key != "format"}
    query = await asyncio.to_thread(fill_question, store, get_question(name), given, base=settings.base)
    return await answer(request, QueryJob(text=query), format=format)
