"""How words are searched for: in an index where the app has one, else through the store."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from api.dependencies import StoreOfApp
from kg.graph.lookups.indexed import search_of
from kg.graph.lookups.search import Search


async def _search(request: Request, store: StoreOfApp) -> Search:
    found: Search | None = getattr(request.app.state, "search", None)
    return found if found is not None else search_of(store)


SearchOfApp = Annotated[Search, Depends(_search)]
