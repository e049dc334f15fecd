"""What routes are given: the store and the settings of their app."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from kg.config import Settings
from kg.store.protocol import Store


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


StoreOfApp = Annotated[Store, Depends(_store)]
SettingsOfApp = Annotated[Settings, Depends(_settings)]
