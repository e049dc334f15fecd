"""The state of the server."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Alive(BaseModel):
    """That the server answers."""

    status: str = Field(description='"ok", or the request fails.', examples=["ok"])


class Health(BaseModel):
    """The state of the server."""

    status: str = Field(description='"ok", or the request fails.', examples=["ok"])
    version: str = Field(description="The version of Demarche.", examples=["0.1.0"])
    graphs: int = Field(description="How many named graphs the store holds.", examples=[4])
    documents: int = Field(description="How many documents were read into it.", examples=[3])
    triples: int = Field(description="How many different triples the graphs have together.", examples=[2150])
