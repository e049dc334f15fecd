"""What must be written so that named graphs, and the union of all of them, become what they should be.

Graphs without blank nodes are compared with what is there, and only the difference is written. A graph with blank nodes is written
whole, since nobody can tell which of them are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Triple

Change = tuple[NamedNode, set[Triple], set[Triple]]
"""A graph with what it gains and loses."""


def update_text(
    database: pyoxigraph.Store,
    wanted: Mapping[NamedNode, Collection[Triple]],
    gone: Iterable[NamedNode],
    edits: Iterable[Change] = (),
) -> str:
    """Return the SPARQL update that makes each wanted graph hold these triples, and drops and edits others; empty for no change.

    The union, kept in the default graph, loses what no graph holds any more, and gains what is new.
    """
    drops = [name for name in gone if database.contains_named_graph(name)]
    present = {name: {quad.triple for quad in database.quads_for_pattern(None, None, None, name)} for name in (*wanted, *drops)}
    whole = [name for name in present if _has_blank(present[name]) or _has_blank(wanted.get(name, ()))]
    removed = {name: present[name] - set(wanted.get(name, ())) for name in present if name not in whole}
    added = {name: set(triples) - present[name] for name, triples in wanted.items() if name not in whole}
    for name, gained, lost in edits:
        removed[name], added[name] = lost, gained
    parts = list(_deletions(database, removed))
    for name in whole:
        parts += [_removal(name), f"DROP SILENT GRAPH {name}"]
    parts += [f"DROP SILENT GRAPH {name}" for name in drops if name not in whole]
    parts += [
        f"CREATE SILENT GRAPH {name}" for name in (*wanted, *added) if name in whole or not database.contains_named_graph(name)
    ]
    parts += [
        f"INSERT DATA {{ {_text(triples)} GRAPH {name} {{ {_text(triples)} }} }}" for name, triples in added.items() if triples
    ]
    for name in (name for name in wanted if name in whole):
        parts.append(f"INSERT DATA {{ GRAPH {name} {{ {_text(wanted[name])} }} }}")
        parts.append(f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
    return ";\n".join(parts)


def _deletions(database: pyoxigraph.Store, removed: Mapping[NamedNode, Collection[Triple]]) -> Iterator[str]:
    for name, triples in removed.items():
        if triples:
            yield f"DELETE DATA {{ GRAPH {name} {{ {_text(triples)} }} }}"
    orphans = [triple for triple in set().union(*removed.values()) if _holders(database, triple) <= _removers(removed, triple)]
    if orphans:
        yield f"DELETE DATA {{ {_text(orphans)} }}"


def _holders(database: pyoxigraph.Store, triple: Triple) -> set[object]:
    quads = database.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return {quad.graph_name for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}


def _removers(removed: Mapping[NamedNode, Collection[Triple]], triple: Triple) -> set[object]:
    return {name for name, triples in removed.items() if triple in triples}


def _removal(name: NamedNode) -> str:
    """Write what takes a graph's triples out of the union, but for those that another graph holds."""
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {name}) }} }}"
    )


def _has_blank(triples: Iterable[Triple]) -> bool:
    return any(isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode) for triple in triples)


def _text(triples: Iterable[Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
