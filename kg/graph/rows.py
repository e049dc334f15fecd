"""Read plain values out of the rows of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from kg.graph import queries
from kg.graph.queries import Row
from kg.graph.views import Node, Passage
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_LABEL, _PREFERRED, _TITLE, _TYPE = str(RDFS.label), str(SKOS.prefLabel), str(DCTERMS.title), str(RDF.type)


def text(row: Row, name: str) -> str | None:
    """Return a value as text, or None where it is unbound."""
    value = row.get(name)
    return str(value) if value is not None else None


def number(row: Row, name: str) -> int:
    """Return a whole number; it must be bound."""
    return int(str(row[name]))


def truth(value: str) -> bool:
    """Return a boolean, in either of the spellings that XML Schema has."""
    return str(value) in {"true", "1"}


def passage(row: Row) -> Passage:
    """Return the words in their place that a row of a look-up ends with."""
    return Passage(document=str(row["document"]), start=number(row, "begin"), end=number(row, "end"), text=str(row["exact"]))


def best_label(labels: Iterable[str], *, preferred: Iterable[str] = (), iri: str) -> str:
    """Return what to call a thing: the preferred label, or the fullest that documents give, or else the end of its name."""
    chosen = min(preferred, default=None)
    if chosen is not None:
        return chosen
    return min(labels, key=lambda label: (-len(label), label), default=unquote(iri.rstrip("/").rpartition("/")[2]))


def nodes(store: Store, rows: Iterable[Row], *names: str) -> dict[str, Node]:
    """Return the resources that rows have under these names, each with its label, by IRI.

    Where rows tell what kind of terms they hold, all but IRIs are passed over; else these names must hold IRIs.
    """
    iris = sorted({str(value) for row in rows for name in names if _is_iri(value := row.get(name))})
    told = store.query(queries.fill(queries.LABELS, nodes=[URIRef(iri) for iri in iris])).texts() if iris else ()
    known = named(told)
    return {iri: known.get(iri) or nameless(iri) for iri in iris}


def named(told: Iterable[Row]) -> dict[str, Node]:
    """Return the resources that rows of ``kg.graph.queries.NAMING`` name, by IRI."""
    by_iri: dict[str, dict[str, str]] = defaultdict(dict)
    for row in told:
        by_iri[row["node"]][row["property"]] = row["value"]
    return {iri: _node(iri, names) for iri, names in by_iri.items()}


def nameless(iri: str) -> Node:
    """Return a resource of which nothing says what it is called."""
    return _node(iri, {})


def _is_iri(value: str | None) -> bool:
    return value is not None and (isinstance(value, URIRef) or type(value) is str)


def _node(iri: str, told: Mapping[str, str]) -> Node:
    label = told.get(_PREFERRED)
    if label is None:
        fullest = told.get(_LABEL) or told.get(_TITLE)
        label = fullest[queries.LENGTH_DIGITS :] if fullest is not None else best_label((), iri=iri)
    kind = told.get(_TYPE)
    return Node(iri=iri, label=label, type=kind.removeprefix(DEM) if kind is not None else None)


def local(row: Row, name: str) -> str:
    """Return the name of a term of the ontology without its namespace; it must be bound."""
    return str(row[name]).removeprefix(DEM)


def optional_number(row: Row, name: str) -> float | None:
    """Return a number, or None where it is unbound."""
    value = text(row, name)
    return float(value) if value is not None else None


def node(row: Row, name: str, known: dict[str, Node]) -> Node | None:
    """Return the resource that a row has under a name, or None where it is unbound."""
    iri = text(row, name)
    return known.get(iri, Node(iri=iri, label=iri)) if iri is not None else None
