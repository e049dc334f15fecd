"""The form of every error: ``application/problem+json`` (RFC 9457), with what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"
CLIENT_GONE = 499
"""The status, for the log alone, of a request whose client has gone."""

TYPE_BASE = "https://w3id.org/demarche/problem#"


class InvalidParameter(BaseModel):
    """One parameter of a request, and what is wrong with it."""

    parameter: str = Field(description="Where it stands and its name.", examples=["query.limit"])
    reason: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 1000"])


class Problem(BaseModel):
    """The body of an error."""

    type: str = Field(description="The kind of problem.", examples=[TYPE_BASE + "malformed-query"])
    title: str = Field(description="The status in words.", examples=["Bad Request"])
    status: int = Field(description="The status code.", examples=[400])
    detail: str = Field(description="What is wrong in this case.", examples=["There is no query."])
    instance: str = Field(description="The path that was asked for.", examples=["/sparql"])
    advice: str = Field(description="What to do about it.", examples=["Give the parameter 'query' once."])
    line: int | None = Field(default=None, description="Of a query: the line at fault, from 1.", examples=[3])
    column: int | None = Field(default=None, description="Of a query: the column at fault, from 1.", examples=[14])
    errors: list[InvalidParameter] | None = Field(default=None, description="The parameters at fault.")


class ProblemError(Exception):
    """A request that cannot be served: the status to answer with, the kind of problem, and the advice to give.

    ``members`` are further members of the body: ``line``, ``column``, ``errors``.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        advice: str,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(status, kind, detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.advice = advice
        self.headers = dict(headers or {})
        self.members = dict(members or {})

    def __str__(self) -> str:
        return f"{self.detail} {self.advice}"

    def response(self, *, instance: str) -> JSONResponse:
        """Make the response to a request for the path ``instance``."""
        body = self.body(instance=instance).model_dump(mode="json", exclude_none=True)
        return JSONResponse(body, status_code=self.status, headers=self.headers, media_type=MEDIA_TYPE)

    def body(self, *, instance: str) -> Problem:
        """Make the body of the response to a request for the path ``instance``."""
        return Problem(
            type=TYPE_BASE + self.kind,
            title=_phrase(self.status),
            status=self.status,
            detail=self.detail,
            instance=instance,
            advice=self.advice,
            **self.members,
        )


def _phrase(status: int) -> str:
    return "Client Closed Request" if status == CLIENT_GONE else HTTPStatus(status).phrase


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe to OpenAPI that a route may answer with these statuses; the rest is any other fault of the client's."""
    schema = Problem.model_json_schema()
    schema["properties"]["errors"] = {"type": "array", "items": schema.pop("$defs")["InvalidParameter"]}
    content = {MEDIA_TYPE: {"schema": schema}}
    described: dict[int | str, dict[str, Any]] = {
        status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses
    }
    return {**described, "4XX": {"description": "The request cannot be served.", "content": content}}
