"""The one update request that makes the graphs of a server, and their union in its default graph, what they should be.

It rests on nothing that was read from the server: what is to be compared, such as which triples another graph holds too, the server
compares while it writes. So a graph is written whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from kg.errors import StoreError
from kg.store.changes import Change

ADOPT = "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"
"""Makes the union of graphs that are there."""


def update_request(
    wanted: Mapping[NamedNode, Collection[Triple]],
    gone: Iterable[NamedNode],
    edits: Iterable[Change],
    *,
    keeps_union: bool,
) -> str:
    """Return the request that makes each wanted graph hold these triples, and drops and edits others; empty for no change.

    With ``keeps_union`` the default graph loses what no graph holds any more, and gains what is new. Raise StoreError for an edit
    with a blank node, which nobody could find again.
    """
    parts: list[str] = []
    for name in (*gone, *wanted):
        if keeps_union:
            parts.append(
                f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} "
                f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {name}) }} }}"
            )
        parts.append(f"DROP SILENT GRAPH {name}")
    for name, triples in wanted.items():
        parts.append(f"CREATE SILENT GRAPH {name}")
        if triples:
            parts.append(f"INSERT DATA {{ GRAPH {name} {{ {_text(triples)} }} }}")
            if keeps_union:
                parts.append(f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
    for name, gained, lost in edits:
        parts += _edit(name, gained, lost, keeps_union=keeps_union)
    return ";\n".join(parts)


def _edit(name: NamedNode, gained: Collection[Triple], lost: Collection[Triple], *, keeps_union: bool) -> Iterator[str]:
    if any(isinstance(term, pyoxigraph.BlankNode) for triple in (*gained, *lost) for term in triple):
        raise StoreError(f"Graph {name.value}: an edit has a blank node. Replace the whole graph; nothing was written.")
    if lost:
        yield f"DELETE DATA {{ GRAPH {name} {{ {_text(lost)} }} }}"
        if keeps_union:
            rows = " ".join(f"({triple.subject} {triple.predicate} {triple.object})" for triple in lost)
            yield (
                f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES (?s ?p ?o) {{ {rows} }} "
                "FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } } }"
            )
    if gained:
        yield f"CREATE SILENT GRAPH {name}"
        yield f"INSERT DATA {{ {_text(gained) if keeps_union else ''} GRAPH {name} {{ {_text(gained)} }} }}"


def _text(triples: Iterable[Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
