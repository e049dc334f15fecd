"""Build records by hand: an invented statement of invented states, and what a good reader would find in it.

Each builder returns a valid record; keyword arguments change its fields. Offsets come from the words, so that a test can name
the words and never count.
"""

from __future__ import annotations

import datetime
from typing import Any

from kg.records import (
    Approval,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Issue,
    Meeting,
    Mention,
    MentionKind,
    Negotiation,
    Proposal,
    ProposalVersion,
    Relation,
    Span,
    Statement,
    TimeExpression,
)

TEXT = (
    "Foreign Minister Ilena Varo of Ostravia met Defence Minister Tomas Brek of Kelmaria in Port Lys on Tuesday. "
    "“We have agreed on the fisheries protocol,” Varo said. “The status of the Saltmarsh we leave to a separate track with the "
    "Northern League.” She added that the parties must sign by 5 March 2031. "
    "Kelmaria may reopen the Grey Bridge, a spokesman said. Brek did not accept any limits on the fleet."
)

VARO = "id:person/ilena-varo"
BREK = "id:person/tomas-brek"
OSTRAVIA = "id:country/ostravia"
KELMARIA = "id:country/kelmaria"
PORT_LYS = "id:city/port-lys"
LEAGUE = "id:organization/northern-league"
BRIDGE = "id:facility/grey-bridge"
SPOKESMAN = "id:person/a-spokesman"
PROTOCOL = "id:proposal/port-lys/fisheries-protocol"


def a_span(words: str, *, text: str = TEXT, nth: int = 1) -> Span:
    """Return where the words stand in the text for the ``nth`` time."""
    start = _find(words, text=text, nth=nth)
    return Span(start=start, end=start + len(words), text=words)


def a_mention(words: str, *, text: str = TEXT, nth: int = 1, kind: MentionKind = "name") -> Mention:
    """Return a mention with these words, the ``nth`` time they stand in the text."""
    start = _find(words, text=text, nth=nth)
    return Mention(start=start, end=start + len(words), text=words, kind=kind)


def a_document(**changes: Any) -> Document:
    """Return the invented statement, of Wednesday 26 February 2031."""
    fields: dict[str, Any] = {
        "id": "port-lys",
        "text": TEXT,
        "title": "Talks in Port Lys",
        "date": datetime.date(2031, 2, 26),
        "source": "https://news.example/port-lys",
    }
    return Document(**(fields | changes))


def an_entity(entity_id: str, kind: EntityType, name: str, /, **changes: Any) -> Entity:
    """Return an entity that is mentioned once, by its name; with ``mentions`` given, by these."""
    fields: dict[str, Any] = {"id": entity_id, "type": kind, "name": name, "aliases": (name,), "confidence": 0.9}
    if "mentions" not in changes:
        fields["mentions"] = (a_mention(name),)
    return Entity(**(fields | changes))


def a_person(**changes: Any) -> Entity:
    """Return Ilena Varo, the foreign minister of Ostravia, mentioned by two names and a pronoun."""
    fields: dict[str, Any] = {
        "aliases": ("Ilena Varo", "Varo"),
        "roles": ("Foreign Minister",),
        "mentions": (a_mention("Ilena Varo"), a_mention("Varo", nth=2), a_mention("She", kind="pronoun")),
    }
    return an_entity(VARO, "Person", "Ilena Varo", **(fields | changes))


def another_person(**changes: Any) -> Entity:
    """Return Tomas Brek, the defence minister of Kelmaria."""
    fields: dict[str, Any] = {
        "aliases": ("Tomas Brek", "Brek"),
        "roles": ("Defence Minister",),
        "mentions": (a_mention("Tomas Brek"), a_mention("Brek", nth=2)),
    }
    return an_entity(BREK, "Person", "Tomas Brek", **(fields | changes))


def a_country(**changes: Any) -> Entity:
    """Return Ostravia, linked to an invented entry elsewhere."""
    return an_entity(OSTRAVIA, "Country", "Ostravia", **({"same_as": ("https://gazetteer.example/Q1",)} | changes))


def entities() -> tuple[Entity, ...]:
    """Return everyone and everything that the statement names, in the order of the text."""
    return (
        a_person(),
        a_country(),
        another_person(),
        an_entity(KELMARIA, "Country", "Kelmaria", mentions=(a_mention("Kelmaria"), a_mention("Kelmaria", nth=2))),
        an_entity(PORT_LYS, "City", "Port Lys"),
        an_entity(LEAGUE, "Organization", "Northern League"),
        an_entity(BRIDGE, "Facility", "Grey Bridge", confidence=0.75),
        an_entity(
            SPOKESMAN,
            "Person",
            "a spokesman",
            named=False,
            aliases=(),
            mentions=(a_mention("a spokesman", kind="nominal"),),
        ),
    )


def a_statement(words: str = "We have agreed on the fisheries protocol", **changes: Any) -> Statement:
    """Return words that Varo said."""
    span = a_span(words)
    fields: dict[str, Any] = {"speaker": VARO, "direct": True, "text": words, "start": span.start, "end": span.end, "cue": "say"}
    fields["confidence"] = 0.95
    return Statement(**(fields | changes))


def a_meeting(**changes: Any) -> Meeting:
    """Return the talks of the two ministers in Port Lys."""
    fields: dict[str, Any] = {
        "type": "talks",
        "participants": (VARO, BREK),
        "place": PORT_LYS,
        "date": "2031-02-25",
        "confidence": 0.85,
        "evidence": a_span("Ilena Varo of Ostravia met Defence Minister Tomas Brek of Kelmaria in Port Lys on Tuesday"),
    }
    return Meeting(**(fields | changes))


def an_issue(**changes: Any) -> Issue:
    """Return the matter that is left to a separate track."""
    fields: dict[str, Any] = {
        "label": "the status of the Saltmarsh",
        "status": "separate-track",
        "parties": (LEAGUE,),
        "confidence": 0.65,
        "evidence": a_span("The status of the Saltmarsh we leave to a separate track with the Northern League"),
    }
    return Issue(**(fields | changes))


def a_text(**changes: Any) -> Entity:
    """Return the protocol that the ministers agreed on, which the statement knows by a description."""
    fields: dict[str, Any] = {"named": False, "confidence": 0.6, "mentions": (a_mention("fisheries protocol", kind="nominal"),)}
    return an_entity(PROTOCOL, "Document", "fisheries protocol", **(fields | changes))


def a_negotiation(**changes: Any) -> Negotiation:
    """Return what the two ministers negotiate, at a sitting in Port Lys."""
    fields: dict[str, Any] = {
        "label": "fisheries",
        "parties": (OSTRAVIA, KELMARIA),
        "mediators": (LEAGUE,),
        "begin": "2031-02-25",
        "meetings": (0,),
        "proposals": (PROTOCOL,),
        "confidence": 0.7,
        "evidence": (a_span("met Defence Minister Tomas Brek"), a_span("We have agreed")),
    }
    return Negotiation(**(fields | changes))


def a_proposal(**changes: Any) -> Proposal:
    """Return how the protocol stands: agreed in its second version, with both parties still to consent."""
    fields: dict[str, Any] = {
        "entity": PROTOCOL,
        "kind": "agreement",
        "status": "agreed",
        "authors": (VARO,),
        "recipients": (BREK,),
        "parties": (OSTRAVIA, KELMARIA),
        "points": (26, 28),
        "versions": (
            ProposalVersion(points=28, evidence=a_span("protocol")),
            ProposalVersion(points=26, date="2031-02-25", evidence=a_span("Tuesday")),
        ),
        "approvals": (
            Approval(by=KELMARIA, evidence=a_span("must sign")),
            Approval(by="the parties", evidence=a_span("the parties must sign")),
        ),
        "confidence": 0.6,
        "evidence": (a_span("agreed on the fisheries protocol"),),
    }
    return Proposal(**(fields | changes))


def a_time(words: str = "5 March 2031", **changes: Any) -> TimeExpression:
    """Return the day by which the parties must sign."""
    span = a_span(words)
    fields: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "text": words,
        "value": "2031-03-05",
        "begin": "2031-03-05",
        "end_date": "2031-03-05",
        "role": "deadline",
    }
    return TimeExpression(**(fields | changes))


def an_event(**changes: Any) -> Event:
    """Return that the two ministers consulted."""
    fields: dict[str, Any] = {
        "type": "CONSULT",
        "source": (VARO,),
        "target": (BREK,),
        "context": ("diplomatic",),
        "date": "2031-02-25",
        "place": PORT_LYS,
        "confidence": 0.75,
        "evidence": a_span("met Defence Minister Tomas Brek"),
    }
    return Event(**(fields | changes))


def a_relation(**changes: Any) -> Relation:
    """Return that Varo met Brek."""
    fields: dict[str, Any] = {
        "subject": VARO,
        "predicate": "metWith",
        "object": BREK,
        "confidence": 0.8,
        "evidence": a_span("met Defence Minister Tomas Brek"),
    }
    return Relation(**(fields | changes))


def relations() -> tuple[Relation, ...]:
    """Return what the statement says of who stands how to what, of several modalities, some of it by a speaker's words."""
    return (
        a_relation(predicate="holdsRole", object="Foreign Minister", evidence=a_span("Foreign Minister Ilena Varo")),
        a_relation(subject=VARO, predicate="representative-of", object=OSTRAVIA, evidence=a_span("Ilena Varo of Ostravia")),
        a_relation(),
        a_relation(
            predicate="agreedTo",
            object="the fisheries protocol",
            speaker=VARO,
            evidence=a_span("agreed on the fisheries protocol"),
        ),
        a_relation(
            subject=KELMARIA,
            predicate="announced",
            object="reopen the Grey Bridge",
            modality="possible",
            speaker=SPOKESMAN,
            evidence=a_span("Kelmaria may reopen the Grey Bridge"),
        ),
        a_relation(
            subject=BREK,
            predicate="agreedTo",
            object="any limits on the fleet",
            modality="negated",
            evidence=a_span("Brek did not accept any limits on the fleet"),
        ),
    )


def an_extraction(**changes: Any) -> Extraction:
    """Return all that a good reader finds in the statement."""
    fields: dict[str, Any] = {
        "document": a_document(),
        "entities": entities(),
        "statements": (
            a_statement(),
            a_statement("The status of the Saltmarsh we leave to a separate track with the Northern League", cue=None),
            a_statement("the parties must sign by 5 March 2031", direct=False, cue="add"),
            a_statement("Kelmaria may reopen the Grey Bridge", speaker=SPOKESMAN, direct=False),
        ),
        "meetings": (a_meeting(),),
        "issues": (
            an_issue(
                label="the fisheries protocol", status="agreed", parties=(), evidence=a_span("agreed on the fisheries protocol")
            ),
            an_issue(),
        ),
        "times": (a_time("Tuesday", value="2031-02-25", begin="2031-02-25", end_date="2031-02-25", role="when"), a_time()),
        "events": (an_event(),),
        "relations": relations(),
        "model": "invented 1.0",
    }
    return Extraction(**(fields | changes))


def a_negotiated_extraction(**changes: Any) -> Extraction:
    """Return the same with what is negotiated, and the text that is on the table."""
    fields: dict[str, Any] = {
        "entities": (*entities(), a_text()),
        "negotiations": (a_negotiation(),),
        "proposals": (a_proposal(),),
    }
    return an_extraction(**(fields | changes))


def _find(words: str, *, text: str, nth: int) -> int:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start
