"""Issues: by status, party and words, page by page; and one with how it stood, and where documents contradict each other."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import RDFS, SKOS

from kg.graph.find import not_found
from kg.graph.history import history_of
from kg.graph.lookups.paging import EVERYTHING, Mark, Page, Slice, page_of, present
from kg.graph.lookups.patterns import among, between, concept, narrowed
from kg.graph.lookups.search import NameSearch, Search, searched
from kg.graph.queries import fill
from kg.graph.rows import best_label, nodes
from kg.graph.terms import PROPOSAL_STATUSES, STATUSES
from kg.graph.views import Node, StandingView
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

# The latest standing of each thing: its day, its name and what it says, in one string that the latest has the greatest of.
_LATEST = """SELECT ?thing (MAX(?told) AS ?key) WHERE {
  $narrowing
  ?thing dem:hasStatus ?standing . ?standing a $class ; dem:status ?value .
  OPTIONAL { ?standing dem:statedOn ?stated }
  BIND(CONCAT(COALESCE(STR(?stated), ""), " ", STR(?standing), " ", STR(?value)) AS ?told)
} GROUP BY ?thing"""
_TOLD = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?thing { $things } ?thing ?property ?value . FILTER(?property IN (rdfs:label, skos:prefLabel, skos:altLabel, dem:party)) }
"""
_STANDINGS = """
SELECT ?thing (MAX(?told) AS ?key) (COUNT(DISTINCT ?standing) AS ?standings) WHERE {
  VALUES ?thing { $things }
  ?thing dem:hasStatus ?standing . ?standing dem:status ?value .
  OPTIONAL { ?standing dem:statedOn ?stated }
  BIND(CONCAT(COALESCE(STR(?stated), ""), " ", STR(?standing), " ", STR(?value)) AS ?told)
} GROUP BY ?thing
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterView:
    """An issue or a text under negotiation: how it stands by the latest document, since when, and how many told of it."""

    iri: str
    label: str
    aliases: tuple[str, ...]
    parties: tuple[Node, ...]
    status: str
    date: str | None
    standings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDetail:
    """An issue with how it stood by each document; ``contradictions`` are those that another document of the day gainsays."""

    issue: MatterView
    history: tuple[StandingView, ...]
    contradictions: tuple[StandingView, ...]


def find_issues(
    store: Store,
    *,
    text: str | None = None,
    status: str | None = None,
    party: URIRef | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[MatterView]:
    """Return issues by the day of the latest news of them; ``status`` is how they stand by it.

    ``since`` and ``until`` keep to those of which anything was told between these days. Raises NotFoundError for an unknown status.
    """
    found = searched(search or NameSearch(store), text, (DEM.Issue,))
    narrowing = [among(found), narrowed("?thing dem:party $value .", party), told_between(since, until)]
    wanted = concept(status, STATUSES, kind="status")
    page = page_of(store, latest_standings(DEM.IssueStatus, narrowing, status=wanted), part)
    return present(page, lambda iris: describe_matters(store, iris))


def get_issue(store: Store, iri: URIRef) -> IssueDetail:
    """Return an issue. Raises NotFoundError for an IRI that is none here."""
    issue = describe_matters(store, [iri]).get(str(iri))
    if issue is None or not store.query(fill("ASK { $thing a dem:Issue }", thing=iri)):
        raise not_found(store, iri, kind="issue")
    history = history_of(store, iri).history
    return IssueDetail(issue=issue, history=history, contradictions=tuple(one for one in history if one.differs_from))


def told_between(since: datetime.date | None, until: datetime.date | None) -> str:
    """Return a pattern for what something was told of between these days."""
    if since is None and until is None:
        return ""
    told = f"?thing dem:hasStatus/dem:statedOn ?when . {between('when', since, until)}"
    return f"{{ SELECT DISTINCT ?thing WHERE {{ {told} }} }}"


def latest_standings(kind: URIRef, narrowing: Sequence[str], *, status: URIRef | None) -> str:
    """Return the list of things that have standings of a class, by the latest, of which ``status`` is kept if given."""
    select = _LATEST.replace("$narrowing", "\n".join(narrowing)).replace("$class", fill("$kind", kind=kind))
    if status is None:
        return select
    kept = fill("FILTER(STRENDS(?key, $end))", end=Literal(f" {status}"))
    return f"SELECT ?thing ?key WHERE {{ {{ {select} }} {kept} }}"


def describe_matters(store: Store, iris: Sequence[URIRef]) -> dict[str, MatterView]:
    """Return these issues or texts by their IRIs; one of which no document tells a status is left out."""
    told: dict[tuple[str, URIRef], set[str]] = defaultdict(set)
    rows = list(store.query(fill(_TOLD, things=iris)).texts())
    for row in rows:
        told[str(row["thing"]), URIRef(str(row["property"]))].add(str(row["value"]))
    known = nodes(store, [row for row in rows if URIRef(str(row["property"])) == DEM.party], "value")
    found = {}
    for row in store.query(fill(_STANDINGS, things=iris)).texts():
        iri = str(row["thing"])
        day, _, value = _parts(Mark(str(row["key"]), iri))
        label = best_label(told[iri, RDFS.label], preferred=told[iri, SKOS.prefLabel], iri=iri)
        parties = (known[party] for party in told[iri, DEM.party])
        found[iri] = MatterView(
            iri=iri,
            label=label,
            aliases=tuple(sorted((told[iri, RDFS.label] | told[iri, SKOS.altLabel]) - {label})),
            parties=tuple(sorted(parties, key=lambda one: (one.label, one.iri))),
            status={**STATUSES, **PROPOSAL_STATUSES}[URIRef(value)],
            date=day or None,
            standings=int(str(row["standings"])),
        )
    return found


def _parts(mark: Mark) -> tuple[str, str, str]:
    day, standing, value = mark.key.split(" ")
    return day, standing, value
