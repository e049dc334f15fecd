"""What routes are given: the store and the settings of their app, how to search it, and what a request may do."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from kg.config import Settings
from kg.store.protocol import Store


async def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


StoreOfApp = Annotated[Store, Depends(_store)]
SettingsOfApp = Annotated[Settings, Depends(_settings)]
