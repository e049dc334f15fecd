"""Backups, as they are asked for and told of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

NAME = r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$"


class BackupModel(BaseModel):
    """A backup by its name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=NAME, description="The name of its folder among the backups.", examples=["2025-11-24"])


class BackupsModel(BaseModel):
    """All backups."""

    items: list[BackupModel] = Field(description="By their names.")
