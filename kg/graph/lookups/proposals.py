"""Texts under negotiation – plans, treaties, resolutions: by status, party and kind, page by page; and one with all that is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from kg.graph.find import not_found
from kg.graph.history import history_of
from kg.graph.lookups.issues import MatterView, describe_matters, latest_standings
from kg.graph.lookups.paging import EVERYTHING, Page, Slice, page_of, present
from kg.graph.lookups.patterns import PASSAGE, among, concept, narrowed
from kg.graph.lookups.search import NameSearch, Search, searched
from kg.graph.queries import Row, fill
from kg.graph.rows import local, nodes, passage, text
from kg.graph.terms import PROPOSAL_STATUSES
from kg.graph.views import Node, Passage, StandingView
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_TOLD = """
SELECT DISTINCT ?property ?value WHERE {
  $thing ?property ?value . FILTER(?property IN (dem:author, dem:recipient, dem:points, dem:proposalKind)) } ORDER BY ?property ?value
"""
_VERSIONS = f"""
SELECT DISTINCT ?version ?points ?date ?document ?begin ?end ?exact WHERE {{
  $thing dem:version ?version . ?version prov:wasDerivedFrom ?span .
  {PASSAGE}
  OPTIONAL {{ ?version dem:points ?points }}
  OPTIONAL {{ ?version dem:date ?date }}
}} ORDER BY ?document ?begin ?version
"""
_APPROVALS = f"""
SELECT DISTINCT ?approval ?approver ?document ?begin ?end ?exact WHERE {{
  $thing dem:needs ?approval . ?approval dem:approver ?approver ; prov:wasDerivedFrom ?span .
  {PASSAGE}
}} ORDER BY ?document ?begin ?approval
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One state of a text: its points and its date, where the words say so."""

    iri: str
    points: int | None
    date: str | None
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """A consent that a text needs: whose."""

    iri: str
    approver: Node
    evidence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDetail:
    """A text with who wrote and was given it, its points as far as they are told, its versions, and how it stood."""

    proposal: MatterView
    kinds: tuple[str, ...]
    authors: tuple[Node, ...]
    recipients: tuple[Node, ...]
    points: tuple[int, ...]
    versions: tuple[VersionView, ...]
    approvals: tuple[ApprovalView, ...]
    history: tuple[StandingView, ...]


def find_proposals(
    store: Store,
    *,
    text: str | None = None,
    status: str | None = None,
    party: URIRef | None = None,
    kind: str | None = None,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[MatterView]:
    """Return texts by the day of the latest news of them; ``status`` is how they stand by it. ``party``: between whom they hold.

    ``kind`` is one of the records' ("agreement"). Raises NotFoundError for an unknown status.
    """
    found = searched(search or NameSearch(store), text, (DEM.Proposal,))
    narrowing = [
        among(found),
        narrowed("?thing dem:party $value .", party),
        narrowed("?thing dem:proposalKind $value .", Literal(kind) if kind is not None else None),
    ]
    wanted = concept(status, PROPOSAL_STATUSES, kind="status")
    page = page_of(store, latest_standings(DEM.ProposalStatus, narrowing, status=wanted), part)
    return present(page, lambda iris: describe_matters(store, iris))


def get_proposal(store: Store, iri: URIRef) -> ProposalDetail:
    """Return a text under negotiation. Raises NotFoundError for an IRI that is none here, or of which no document says how it stands."""
    proposal = describe_matters(store, [iri]).get(str(iri))
    if proposal is None or not store.query(fill("ASK { $thing a dem:Proposal }", thing=iri)):
        raise not_found(store, iri, kind="proposal")
    rows = list(store.query(fill(_TOLD, thing=iri)).texts())
    values: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        values[local(row, "property")].append(row)
    known = nodes(store, [*values["author"], *values["recipient"]], "value")
    return ProposalDetail(
        proposal=proposal,
        kinds=tuple(str(row["value"]) for row in values["proposalKind"]),
        authors=_actors(values["author"], known),
        recipients=_actors(values["recipient"], known),
        points=tuple(sorted(int(str(row["value"])) for row in values["points"])),
        versions=tuple(_version(row) for row in store.query(fill(_VERSIONS, thing=iri)).texts()),
        approvals=_approvals(store, iri),
        history=history_of(store, iri).history,
    )


def _actors(rows: Sequence[Row], known: Mapping[str, Node]) -> tuple[Node, ...]:
    return tuple(sorted((known[str(row["value"])] for row in rows), key=lambda one: (one.label, one.iri)))


def _version(row: Row) -> VersionView:
    points = text(row, "points")
    return VersionView(
        iri=str(row["version"]),
        points=int(points) if points is not None else None,
        date=text(row, "date"),
        evidence=passage(row),
    )


def _approvals(store: Store, iri: URIRef) -> tuple[ApprovalView, ...]:
    rows = list(store.query(fill(_APPROVALS, thing=iri)).texts())
    known = nodes(store, rows, "approver")
    return tuple(
        ApprovalView(iri=str(row["approval"]), approver=known[str(row["approver"])], evidence=passage(row)) for row in rows
    )
