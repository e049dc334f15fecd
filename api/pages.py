"""A page for each thing of the graph: HTML that needs no script and loads nothing."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rdflib import URIRef

from api.models.terms import path_id
from api.negotiation import TRIPLE_NAMES
from kg.graph.lookups.description import description
from kg.graph.lookups.entity import roles_of
from kg.graph.lookups.paging import Slice
from kg.graph.lookups.relations import find_relations
from kg.graph.views import Node
from kg.store.protocol import Store

_MOST_RELATIONS = 100


def page_of_thing(store: Store, iri: URIRef, *, base: str, root: str) -> str:
    """Return the page of a resource; ``root`` is the path that the server's own stand under."""
    told = description(store, iri)
    relations = find_relations(store, iri, part=Slice(limit=_MOST_RELATIONS))

    def href(target: str) -> str:
        return f"{root}/page/{quote(target.removeprefix(base), safe='/%#=,;:@')}" if target.startswith(base) else target

    def link(node: Node) -> Markup:
        if not node.iri.startswith(("http://", "https://")):
            return Markup("{}").format(node.label)
        return Markup('<a href="{}">{}</a>').format(href(node.iri), node.label)

    return (
        _environment()
        .get_template("thing.html")
        .render(
            node=told.node,
            roles=roles_of(store, iri),
            relations=relations.items,
            more_relations=relations.total if relations.last is not None else 0,
            lines=told.lines,
            named_by=told.named_by,
            truncated=told.truncated,
            formats=[(media_type, name) for name, media_type in TRIPLE_NAMES.items()],
            data=f"{root}/data/{quote(path_id(iri, base=base), safe='/')}",
            link=link,
            href=href,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
