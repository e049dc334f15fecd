"""Give what a look-up found: as JSON or JSON-LD by the Accept header, with only the fields that were asked for."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.fields import chosen, read_fields
from api.linked import as_linked
from api.negotiation import choose_of
from api.paging import link, relative
from kg.graph.lookups.paging import Page

B = TypeVar("B", bound=BaseModel)
JSON, LINKED = "application/json", "application/ld+json"
CONTEXT = "/context.jsonld"


class Answers:
    """What the routes of one request give their findings to."""

    def __init__(self, request: Request, response: Response, wanted: str | None) -> None:
        self._request = request
        self._response = response
        self._wanted = wanted
        self.base: str = request.app.state.settings.base

    def page(self, page: Page[Any], body: type[B]) -> Response:
        """Give a page of a list; ``body`` has its things as ``items``."""
        told = link(self._request, self._response, page)
        return self._give(self.body(body, {"items": _plain(page.items), **told}))

    def one(self, found: object, body: type[B], **more: object) -> Response:
        """Give one thing that was found, a dataclass or a mapping, with what more is known of it."""
        return self._give(self.body(body, {**_plain(found), **_plain(more)}))

    def body(self, body: type[B], fields: dict[str, Any]) -> B:
        """Return what was found as a body, with the ids that the paths here take."""
        return body.model_validate(fields, context={"base": self.base})

    def _give(self, body: BaseModel) -> Response:
        media_type = choose_of(self._request, [JSON, LINKED])
        items = type(body).model_fields.get("items")
        if media_type == LINKED:
            value = as_linked(body, at=relative(self._request.url), context=CONTEXT)
        else:
            of = items.annotation.__args__[0] if items is not None else type(body)  # type: ignore[union-attr]
            tree = read_fields(self._wanted, of)
            value = body.model_dump(mode="json", by_alias=True)
            value = value | {"items": chosen(value["items"], tree)} if items is not None else chosen(value, tree)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        headers = {name: found for name, found in self._response.headers.items() if name != "content-length"}
        return Response(text.encode(), media_type=media_type, headers=headers)


async def _answers(
    request: Request,
    response: Response,
    fields: Annotated[
        str | None,
        Query(
            max_length=2000,
            description="Only these fields of each thing, those within others by dots (label,evidence.text); none: all.",
            examples=["iri,id"],
        ),
    ] = None,
) -> Answers:
    return Answers(request, response, fields)


AnswersOfRequest = Annotated[Answers, Depends(_answers)]


def _plain(value: Any) -> Any:
    """Return dataclasses, wherever they are within, as mappings; ``dataclasses.asdict`` copies all else too, and takes thrice as long."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple or kind is list:
        return [_plain(one) for one in value]
    if kind is dict:
        return {name: _plain(one) for name, one in value.items()}
    names = _field_names(cast("Hashable", kind))
    return {name: _plain(getattr(value, name)) for name in names} if names else value


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) and isinstance(kind, type) else ()
