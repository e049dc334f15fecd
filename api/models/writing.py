"""What is sent to be added or decided, and what is told of it."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.jobs import Stage
from api.problems import Problem

DocumentId = Annotated[
    str,
    Field(
        min_length=1, max_length=200, description="Its id, unique in the store; none: made from the text.", examples=["port-lys"]
    ),
]
_Reason = Annotated[
    str | None,
    Field(max_length=2000, description="Why, for those who come later.", examples=["the spokesperson signs both ways"]),
]
_Name = Annotated[
    str, Field(min_length=1, max_length=500, description="By id, IRI, Wikidata id or name.", examples=["Ilena Varo"])
]


class NewDocument(BaseModel):
    """A document to be read."""

    model_config = ConfigDict(extra="forbid")

    id: DocumentId | None = None
    text: str = Field(
        description="Its text; it is kept as it is, since places in it are counted.", examples=["Ilena Varo met Tomas Brek."]
    )
    title: str | None = Field(default=None, max_length=1000, description="Its title.", examples=["Talks in Port Lys"])
    date: datetime.date | None = Field(
        default=None, description="Its day, from which relative days are counted.", examples=["2031-02-26"]
    )
    source: str | None = Field(
        default=None, max_length=2000, description="Where it comes from.", examples=["https://news.example/port-lys"]
    )
    language: str = Field(default="en", max_length=20, description="Its language.", examples=["en"])


class JobModel(BaseModel):
    """A document on its way into the store."""

    model_config = ConfigDict(title="Job")

    id: str = Field(description="Its id.", examples=["5f0c1a9e3d7b2468"])
    document: str = Field(description="The id of the document.", examples=["port-lys"])
    iri: str = Field(description="The IRI of the document.", examples=["https://w3id.org/demarche/id/document/port-lys"])
    stage: Stage = Field(description="How far it is.", examples=["done"])
    created: bool | None = Field(
        description="When it is done: whether the document is new, not in place of another.", examples=[True]
    )
    error: Problem | None = Field(description="When it failed: why.")


class JobListModel(BaseModel):
    """The jobs that are known, of those that ended the last thousand."""

    model_config = ConfigDict(title="JobList")

    items: list[JobModel] = Field(description="The jobs, in the order in which they came.")


class NewMerge(BaseModel):
    """That two things are one."""

    model_config = ConfigDict(extra="forbid", title="NewMerge")

    kind: Literal["merge"] = Field(description="What is decided.", examples=["merge"])
    first: _Name
    second: _Name
    reason: _Reason = None


class NewSplit(BaseModel):
    """That what was taken for one thing is several."""

    model_config = ConfigDict(extra="forbid", title="NewSplit")

    kind: Literal["split"] = Field(description="What is decided.", examples=["split"])
    thing: _Name
    documents: list[DocumentId] = Field(
        default=[], max_length=10_000, description="Documents that speak of something else; none: what was merged comes apart."
    )
    reason: _Reason = None


class NewRenaming(BaseModel):
    """What a thing is to be called."""

    model_config = ConfigDict(extra="forbid", title="NewRenaming")

    kind: Literal["rename"] = Field(description="What is decided.", examples=["rename"])
    thing: _Name
    label: str = Field(min_length=1, max_length=500, description="Its new name.", examples=["Ilena Varo"])
    reason: _Reason = None


NewDecision = Annotated[NewMerge | NewSplit | NewRenaming, Field(discriminator="kind")]
