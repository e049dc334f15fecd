"""Which value of a record is which term of the ontology: the one table that writing, reading and look-ups share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from rdflib import URIRef

from kg.graph.vocabulary import DEM, PLOVER
from kg.records import EntityType, EventType, IssueStatus, MeetingType, Modality, Predicate, ProposalStatus

ENTITY_CLASSES: Mapping[EntityType, URIRef] = {
    "Person": DEM.Person,
    "Organization": DEM.Organization,
    "Country": DEM.State,
    "City": DEM.City,
    "Region": DEM.Region,
    "Facility": DEM.Facility,
    "Place": DEM.Place,
    "Group": DEM.Group,
    "Document": DEM.Proposal,
    "Event": DEM.Happening,
}

ENTITY_TYPES: Mapping[URIRef, EntityType] = {
    **{term: kind for kind, term in ENTITY_CLASSES.items()},
    DEM.InternationalOrganization: "Organization",
    DEM.GovernmentBody: "Organization",
}
"""The other way round, with the subclasses that a graph may hold in place of a class above."""

MEETING_CLASSES: Mapping[MeetingType, URIRef] = {
    "meeting": DEM.Meeting,
    "call": DEM.Call,
    "visit": DEM.Visit,
    "talks": DEM.Talks,
    "summit": DEM.Summit,
    "press": DEM.PressConference,
}

MEETING_TYPES: Mapping[URIRef, MeetingType] = {term: kind for kind, term in MEETING_CLASSES.items()}

MODALITIES: Mapping[URIRef, Modality] = {DEM[name]: name for name in get_args(Modality)}

STATUSES: Mapping[URIRef, IssueStatus] = {DEM[name]: name for name in get_args(IssueStatus)}

PROPOSAL_STATUSES: Mapping[URIRef, ProposalStatus] = {DEM[name]: name for name in get_args(ProposalStatus)}

EVENT_TYPES: Mapping[URIRef, EventType] = {PLOVER[name]: name for name in get_args(EventType)}

PREDICATES: Mapping[URIRef, Predicate] = {DEM[name]: name for name in get_args(Predicate)}
