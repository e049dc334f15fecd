"""Pages of a list: the Link header that leads from one to the next (RFC 8288)."""

from __future__ import annotations

from starlette.requests import Request


def link_header(request: Request, *, total: int, limit: int, offset: int) -> str:
    """Return links to the first, previous, next and last page, as far as there are these; relative to the server's root."""
    last = max(0, (total - 1) // limit * limit)
    targets = {"first": 0, "prev": max(0, offset - limit), "next": offset + limit, "last": last}
    if offset == 0:
        del targets["prev"]
    if offset + limit >= total:
        del targets["next"]
    return ", ".join(f'<{_at(request, limit=limit, offset=target)}>; rel="{name}"' for name, target in targets.items())


def _at(request: Request, *, limit: int, offset: int) -> str:
    url = request.url.include_query_params(limit=limit, offset=offset)
    return f"{url.path}?{url.query}"
