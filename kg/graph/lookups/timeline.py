"""Everything that has a day, day by day: meetings, statements, events, deadlines, and how matters and texts stood."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import get_args

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF
from rdflib.term import Identifier

from kg.errors import NotFoundError
from kg.graph.lookups.paging import EVERYTHING, Mark, Page, Slice, page_of
from kg.graph.lookups.patterns import PASSAGE, between
from kg.graph.queries import fill
from kg.graph.rows import nodes, passage
from kg.graph.views import Node, Passage
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

Dated = OneOf["document", "meeting", "statement", "event", "deadline", "issue", "proposal", "role"]

# Of each kind: what binds ?thing and ?date, and what its actors are.
_KINDS: Mapping[Dated, str] = {
    "document": "?thing a dem:Document ; dcterms:date ?date .",
    "meeting": """VALUES ?class { dem:Meeting dem:Call dem:Visit dem:Talks dem:Summit dem:PressConference }
      ?thing a ?class ; dem:date ?date .""",
    "statement": "?thing a dem:Statement ; prov:wasDerivedFrom/dem:inDocument/dcterms:date ?date .",
    "event": "?thing a dem:Event ; dem:date ?date .",
    "deadline": "?thing a dem:Deadline ; dem:beginDate ?date .",
    "issue": "?thing a dem:IssueStatus ; dem:statedOn ?date .",
    "proposal": "?thing a dem:ProposalStatus ; dem:statedOn ?date .",
    "role": "?thing rdf:predicate dem:holdsRole ; ?limit ?date . FILTER(?limit IN (dem:beginDate, dem:endDate))",
}
_OF: Mapping[Dated, str] = {
    "document": "$actor dem:mentionedIn ?thing .",
    "meeting": "?thing ?part $actor . FILTER(?part IN (dem:participant, dem:heldAt))",
    "statement": "?thing ?part $actor . FILTER(?part IN (dem:speaker, dem:addressee))",
    "event": "?thing ?part $actor . FILTER(?part IN (dem:source, dem:target, dem:heldAt))",
    "issue": "?matter dem:hasStatus ?thing ; dem:party $actor .",
    "proposal": "?matter dem:hasStatus ?thing ; ?part $actor . FILTER(?part IN (dem:party, dem:author, dem:recipient))",
    "role": "?thing ?part $actor . FILTER(?part IN (rdf:subject, dem:roleOf))",
    "deadline": "?thing prov:wasDerivedFrom/dem:inDocument ?document . $actor dem:mentionedIn ?document .",
}
_TRIPLES = """
SELECT ?thing ?property ?value WHERE { VALUES ?thing { $things } ?thing ?property ?value
  FILTER(?property NOT IN (dem:text, dem:records)) }
"""
_ABOUT = "SELECT DISTINCT ?thing ?about WHERE { VALUES ?thing { $things } ?about dem:hasStatus ?thing }"
_WORDS = f"""
SELECT DISTINCT ?thing ?document ?begin ?end ?exact WHERE {{
  VALUES ?thing {{ $things }} ?thing prov:wasDerivedFrom ?span . {PASSAGE} }} ORDER BY ?thing ?document ?begin ?end
"""
_WORDS_OF_MEETINGS = _WORDS.replace("?thing prov:", "?thing dem:hasStatus ?standing . ?standing prov:")
_ACTORS = (DEM.speaker, DEM.participant, DEM.source, DEM.target, RDF.subject)
_VALUES = (DEM.status, DEM.eventType, DEM.modality, RDF.object, DEM.timeRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedView:
    """Something of a day (or a month, a year, an interval): what sort of thing, what to call it, who has part in it, in which words."""

    date: str
    kind: str
    iri: str
    label: str
    about: Node | None
    actors: tuple[Node, ...]
    values: tuple[str, ...]
    evidence: Passage | None


def timeline(
    store: Store,
    *,
    kinds: Sequence[str] = (),
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    actor: URIRef | None = None,
    part: Slice = EVERYTHING,
) -> Page[DatedView]:
    """Return what has a day in the order of the days; a role stands under its begin and its end.

    ``kinds`` keeps to some sorts of things, ``actor`` to what an entity has part in. Raises NotFoundError for an unknown sort.
    """
    page = page_of(store, _select(kinds, since, until, actor), part)
    described = _describe(store, page.items)
    return Page(items=described, total=page.total, last=page.last)


def _select(kinds: Sequence[str], since: datetime.date | None, until: datetime.date | None, actor: URIRef | None) -> str:
    known: Sequence[Dated] = get_args(Dated)
    unknown = sorted(set(kinds) - set(known))
    if unknown:
        raise NotFoundError(f"kind {unknown[0]!r}: nothing of a timeline. Name some of: {', '.join(known)}.")
    branches = []
    for kind in known:
        if not kinds or kind in kinds:
            of = fill(_OF[kind], actor=actor) if actor is not None else ""
            branches.append(f'{{ {of} {_KINDS[kind]} {between("date", since, until)} BIND("{kind}" AS ?kind) }}')
    union = " UNION ".join(branches)
    return f'SELECT DISTINCT ?thing ?key WHERE {{ {union} BIND(CONCAT(STR(?date), " ", ?kind) AS ?key) }}'


def _describe(store: Store, marks: Sequence[Mark]) -> tuple[DatedView, ...]:
    if not marks:
        return ()
    things = sorted({URIRef(mark.iri) for mark in marks})
    triples = list(store.query(fill(_TRIPLES, things=things)).rows())
    about = list(store.query(fill(_ABOUT, things=things)).texts())
    passages = [row for words in (_WORDS, _WORDS_OF_MEETINGS) for row in store.query(fill(words, things=things)).texts()]
    told: dict[tuple[str, URIRef], list[Identifier]] = defaultdict(list)
    for row in triples:
        told[str(row["thing"]), URIRef(str(row["property"]))].append(row["value"])
    named = [row for row in triples if URIRef(str(row["property"])) in {*_ACTORS, RDF.object}]
    known = nodes(store, [*named, *about, *({"thing": thing} for thing in things)], "thing", "value", "about")
    abouts = {str(row["thing"]): known[str(row["about"])] for row in about}
    words = {str(row["thing"]): passage(row) for row in reversed(passages)}
    return tuple(_dated(mark, told, known, about=abouts.get(mark.iri), words=words.get(mark.iri)) for mark in marks)


def _dated(
    mark: Mark,
    told: Mapping[tuple[str, URIRef], Sequence[Identifier]],
    known: Mapping[str, Node],
    *,
    about: Node | None,
    words: Passage | None,
) -> DatedView:
    date, kind = mark.key.rsplit(" ", 1)
    actors = {known[str(actor)] for term in _ACTORS for actor in told.get((mark.iri, term), ()) if isinstance(actor, URIRef)}
    titles = [*told.get((mark.iri, DCTERMS.title), ()), *([known[mark.iri].label] if kind == "meeting" else [])]
    called = [*map(str, titles), *([about.label] if about is not None else []), *([words.text] if words is not None else [])]
    return DatedView(
        date=date,
        kind=kind,
        iri=mark.iri,
        label=next(iter(called), mark.iri),
        about=about,
        actors=tuple(sorted(actors, key=lambda one: (one.label, one.iri))),
        values=tuple(sorted({_value(value, known) for term in _VALUES for value in told.get((mark.iri, term), ())})),
        evidence=words,
    )


def _value(value: Identifier, known: Mapping[str, Node]) -> str:
    """Return the title of a role, and else the name of a status, a modality or a type without its namespace."""
    named = known.get(str(value))
    return named.label if named is not None else str(value).rpartition("#")[2]
