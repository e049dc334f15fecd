"""Bodies as JSON-LD: fields under the names of the project's context, every thing with its ``@id`` and ``@type``.

What the ontology has no term for – counts, ids of paths, words around a passage – is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from rdflib import URIRef

from api.models.common import PageModel, PassageModel
from api.models.terms import Term, Thing
from kg.graph.literals import decimal, when
from kg.graph.names import span_iri
from kg.graph.vocabulary import DEM

HYDRA = "http://www.w3.org/ns/hydra/core#"


def as_linked(body: BaseModel, *, at: str, context: str) -> dict[str, Any]:
    """Return a body as JSON-LD; ``at`` is the address that it was asked for at, ``context`` that of the project's context."""
    if isinstance(body, Thing):
        return {"@context": context, **_node(body)}
    contexts = [context, {"hydra": HYDRA}]
    members = [_node(one) for one in getattr(body, "items", ()) or _parts(body)]
    page = {"hydra:totalItems": body.total} if isinstance(body, PageModel) else {}
    return {"@context": contexts, "@id": at, "@type": "hydra:Collection", **page, "hydra:member": members}


def _parts(body: BaseModel) -> Iterator[Thing]:
    """Yield the things within a body that is none itself."""
    for name in type(body).model_fields:
        value = getattr(body, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Thing):
                yield one
            elif isinstance(one, BaseModel):
                yield from _parts(one)


def _node(thing: BaseModel) -> dict[str, Any]:
    node: dict[str, Any] = {}
    if isinstance(thing, Thing):
        node["@id"] = thing.iri
        node["@type"] = thing.types() or ["rdfs:Resource"]
    elif isinstance(thing, PassageModel):
        node["@id"] = str(span_iri(URIRef(thing.document), thing.start, thing.end))
        node["@type"] = ["Span"]
    for name, field in type(thing).model_fields.items():
        term = next((one for one in field.metadata if isinstance(one, Term)), None)
        value = getattr(thing, name)
        if term is not None and value not in (None, []):
            node[term.name] = [_written(one, term) for one in value] if isinstance(value, list) else _written(value, term)
    return node


def _written(value: Any, term: Term) -> Any:
    if isinstance(value, BaseModel):
        return _node(value)
    match term.form:
        case "term":
            return str(DEM[value])
        case "decimal":
            return str(decimal(value))
        case "when":
            literal = when(value)
            return {"@value": value, "@type": str(literal.datatype)} if literal.datatype is not None else value
        case _:
            return value
