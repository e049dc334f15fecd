"""What routes are given: the engine, its newest state as a store, and the settings of their app."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from kg.config import Settings
from kg.editing.knowledge import Knowledge
from kg.store.engine.protocol import Engine
from kg.store.protocol import Store


async def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def _store(request: Request) -> Store:
    engine: Engine = request.app.state.engine
    return engine.store()


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _knowledge(request: Request) -> Knowledge:
    settings: Settings = request.app.state.settings
    return Knowledge(request.app.state.engine, base=settings.base, gazetteers=settings.gazetteer)


EngineOfApp = Annotated[Engine, Depends(_engine)]
KnowledgeOfApp = Annotated[Knowledge, Depends(_knowledge)]
StoreOfApp = Annotated[Store, Depends(_store)]
SettingsOfApp = Annotated[Settings, Depends(_settings)]
