"""What the fields of a body are in the ontology: the notes from which JSON-LD is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import BaseModel, Field, ValidationInfo, model_validator
from rdflib import URIRef

from kg.graph.names import entity_id

Form = Literal["value", "iri", "term", "decimal", "when"]


@dataclass(frozen=True, slots=True)
class Term:
    """That a field is a term of the context, and how its value is written.

    A body within is written as a node; else "value" as it is, "iri" as the IRI that it is, "term" as a name of the ontology that
    becomes an IRI, "decimal" as text, since JSON's numbers are binary, and "when" with the type that its length shows.
    """

    name: str
    form: Form = "value"


class Thing(BaseModel):
    """A resource: every body that has an IRI."""

    node_type: ClassVar[str | None] = None
    """Its class in the ontology, where all things of the body are of one."""

    iri: str = Field(description="Its IRI in the graph.", examples=["https://w3id.org/demarche/id/city/port-lys"])
    id: str = Field(description="What stands for it in the paths here.", examples=["city/port-lys"])

    @model_validator(mode="before")
    @classmethod
    def _with_id(cls, fields: object, info: ValidationInfo) -> object:
        if isinstance(fields, dict) and "iri" in fields and info.context is not None:
            return fields | {"id": path_id(fields["iri"], base=info.context["base"])}
        return fields

    def types(self) -> list[str]:
        """Return its classes in the ontology, without their namespace."""
        return [self.node_type] if self.node_type is not None else []


def path_id(iri: str, *, base: str) -> str:
    """Return what stands for a resource in a path: ``person/ilena-varo`` under the base, elsewhere the whole IRI."""
    return entity_id(URIRef(iri), base=base).removeprefix("id:")
