"""Pages of a list: cursors that say where a page ended, and the Link header that leads on (RFC 8288)."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response

from api.problems import ProblemError
from api.scalars import IN_DIGITS
from api.snapshots import lists_of
from kg.graph.lookups.paging import Mark, Page, Slice

T = TypeVar("T")
MOST_A_PAGE = 1000


async def _slice(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE, description="How many to give at most.", examples=[20]), IN_DIGITS] = 20,
    cursor: Annotated[
        str | None,
        Query(
            max_length=4000,
            description="Where to go on: from the Link header or `next` of the page before.",
            examples=["WyIyMDMxLTAyLTI1IiwgInVybjp4Il0"],
        ),
    ] = None,
    order: Annotated[
        str, Query(pattern="^(asc|desc)$", description="asc: in the list's order; desc: the other way round.", examples=["asc"])
    ] = "asc",
) -> Slice:
    after = _read(cursor) if cursor is not None else None
    return Slice(limit=limit, after=after, descending=order == "desc", known=lists_of(request))


SliceOfQuery = Annotated[Slice, Depends(_slice)]


def link(request: Request, response: Response, page: Page[Any]) -> dict[str, Any]:
    """Put links to the first and the next page into the header; return what every page tells: total and cursor of the next."""
    first = request.url.remove_query_params("cursor")
    links = [f'<{relative(first)}>; rel="first"']
    following = _write(page.last) if page.last is not None else None
    if following is not None:
        links.append(f'<{relative(request.url.include_query_params(cursor=following))}>; rel="next"')
    response.headers["Link"] = ", ".join(links)
    return {"total": page.total, "next": following}


def relative(url: URL) -> str:
    """Return an address without its server."""
    return f"{url.path}?{url.query}" if url.query else str(url.path)


def _write(mark: Mark) -> str:
    return base64.urlsafe_b64encode(json.dumps([mark.key, mark.iri]).encode()).decode().rstrip("=")


def _read(cursor: str) -> Mark:
    try:
        key, iri = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(key, str) or not isinstance(iri, str):
            raise TypeError("not two texts")
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise ProblemError(
            400,
            "bad-cursor",
            f"The cursor {cursor[:40]!r} was not given out here.",
            advice="Follow the links of the header Link, or leave the cursor out to begin anew.",
        ) from error
    return Mark(key, iri)


PAGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "Link": {"description": "The first and the next page.", "schema": {"type": "string"}},
            "ETag": {"description": "The state of the store that the answer is of.", "schema": {"type": "string"}},
        }
    },
    304: {"description": "Nothing has changed since the answer with this ETag."},
}
TAGGED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"ETag": PAGED[200]["headers"]["ETag"]}},
    304: PAGED[304],
}
