"""Read plain values out of the rows of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import unquote

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Identifier

from kg.graph import queries
from kg.graph.queries import Row
from kg.graph.views import Node, Passage
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store


def text(row: Row, name: str) -> str | None:
    """Return a value as text, or None where it is unbound."""
    value = row.get(name)
    return str(value) if value is not None else None


def number(row: Row, name: str) -> int:
    """Return a whole number; it must be bound."""
    return int(str(row[name]))


def truth(value: Identifier) -> bool:
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
    """Return the resources that rows have under these names, each with its label, by IRI."""
    iris = sorted({str(row[name]) for row in rows for name in names if isinstance(row.get(name), URIRef)})
    told: dict[tuple[str, URIRef], list[str]] = defaultdict(list)
    if iris:
        for row in store.query(queries.fill(queries.LABELS, nodes=[URIRef(iri) for iri in iris])).rows():
            told[str(row["node"]), URIRef(str(row["property"]))].append(str(row["value"]))
    return {
        iri: Node(
            iri=iri,
            label=best_label(told[iri, RDFS.label] or told[iri, DCTERMS.title], preferred=told[iri, SKOS.prefLabel], iri=iri),
            type=class_name(told[iri, RDF.type]),
        )
        for iri in iris
    }


def class_name(classes: Iterable[str]) -> str | None:
    """Return the name of a class of the ontology, without its namespace; of several, the first in the alphabet."""
    return min((one.removeprefix(DEM) for one in classes if one.startswith(DEM)), default=None)


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
