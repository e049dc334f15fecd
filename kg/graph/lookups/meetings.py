"""Meetings: by who took part, where, when and how firmly, page by page; and one with how it stands by each document."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.find import not_found
from kg.graph.history import history_of
from kg.graph.lookups.paging import EVERYTHING, Page, Slice, page_of, present
from kg.graph.lookups.patterns import DAY, PASSAGE, among, between, concept, narrowed
from kg.graph.lookups.search import NameSearch, Search, searched
from kg.graph.queries import Listed, Row, fill
from kg.graph.rows import local, node, nodes, passage, text
from kg.graph.terms import MEETING_TYPES, MODALITIES
from kg.graph.views import MeetingView, Node, StandingView
from kg.store.protocol import Store

_DETAILS = f"""
SELECT DISTINCT ?meeting ?class ?participant ?place ?date ?purpose ?modality ?document ?begin ?end ?exact ?day
WHERE {{
  VALUES ?meeting {{ $things }}
  ?meeting a ?class ; dem:hasStatus ?status .
  ?status dem:modality ?modality ; prov:wasDerivedFrom ?span .
  {PASSAGE}
  FILTER(?class IN ($classes))
  OPTIONAL {{ ?meeting dem:participant ?participant }}
  OPTIONAL {{ ?meeting dem:heldAt ?place }}
  OPTIONAL {{ ?meeting dem:date ?date }}
  OPTIONAL {{ ?meeting dem:purpose ?purpose }}
  {DAY}
}}
ORDER BY ?day ?document ?begin ?end ?meeting ?class ?participant ?place ?date ?purpose
"""
_OF = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?part { dem:participant dem:heldAt } ?thing ?part $entity ; a ?class . FILTER(?class IN ($classes))
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetail:
    """A meeting, and how it stands by each document that tells of it."""

    meeting: MeetingView
    history: tuple[StandingView, ...]


def find_meetings(
    store: Store,
    *,
    text: str | None = None,
    participants: Sequence[URIRef] = (),
    place: URIRef | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    modality: str | None = None,
    search: Search | None = None,
    part: Slice = EVERYTHING,
) -> Page[MeetingView]:
    """Return meetings by their days, those without one first: those in which all of these took part, that were held there and then.

    A meeting fits a modality that any document gives it. Raises NotFoundError for an unknown modality.
    """
    found = searched(search or NameSearch(store), text, tuple(MEETING_TYPES))
    select = "\n".join(
        [
            "SELECT ?thing (MIN(?k) AS ?key) WHERE {",
            among(found),
            *(narrowed("?thing dem:participant $value .", one) for one in participants),
            narrowed("?thing dem:heldAt $value .", place),
            narrowed("?thing dem:hasStatus/dem:modality $value .", concept(modality, MODALITIES, kind="modality")),
            fill("?thing a ?class . FILTER(?class IN ($classes))", classes=Listed(MEETING_TYPES)),
            "OPTIONAL { ?thing dem:date ?date }",
            between("date", since, until),
            'BIND(COALESCE(STR(?date), "") AS ?k)',
            "} GROUP BY ?thing",
        ]
    )
    return present(page_of(store, select, part), lambda iris: describe_meetings(store, iris))


def meetings_of(store: Store, iri: URIRef) -> list[MeetingView]:
    """Return the meetings that an entity took part in, or that were held there, in the order of the documents' days and texts."""
    rows = store.query(fill(_OF, entity=iri, classes=Listed(MEETING_TYPES))).texts()
    return list(describe_meetings(store, sorted(URIRef(str(row["thing"])) for row in rows)).values())


def get_meeting(store: Store, iri: URIRef) -> MeetingDetail:
    """Return a meeting. Raises NotFoundError for an IRI that is none here."""
    meeting = describe_meetings(store, [iri]).get(str(iri))
    if meeting is None:
        raise not_found(store, iri, kind="meeting")
    return MeetingDetail(meeting=meeting, history=history_of(store, iri).history)


def describe_meetings(store: Store, iris: Sequence[URIRef]) -> dict[str, MeetingView]:
    """Return these meetings by their IRIs, in the order of the documents' days and texts; participants are in that of their names.

    Of one that several documents tell of, the modality and the words are those of the latest.
    """
    if not iris:
        return {}
    rows = list(store.query(fill(_DETAILS, things=iris, classes=Listed(MEETING_TYPES))).texts())
    known = nodes(store, rows, "meeting", "participant", "place")
    by_meeting: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_meeting[str(row["meeting"])].append(row)
    return {meeting: _meeting(meeting, told, known) for meeting, told in by_meeting.items()}


def _meeting(iri: str, rows: Sequence[Row], known: Mapping[str, Node]) -> MeetingView:
    participants = {known[str(row["participant"])] for row in rows if "participant" in row}
    return MeetingView(
        iri=iri,
        type=MEETING_TYPES[URIRef(str(rows[0]["class"]))],
        label=known[iri].label,
        participants=tuple(sorted(participants, key=lambda one: (one.label, one.iri))),
        place=next((node(row, "place", dict(known)) for row in reversed(rows) if "place" in row), None),
        date=next((text(row, "date") for row in rows if "date" in row), None),
        purpose=next((text(row, "purpose") for row in rows if "purpose" in row), None),
        modality=local(rows[-1], "modality"),
        evidence=passage(rows[-1]),
    )
