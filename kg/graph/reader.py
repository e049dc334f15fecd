"""Read one document's records back from its triples."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeVar, get_args

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.errors import ValidationError
from kg.graph import names
from kg.graph.order import OrderNotes
from kg.graph.terms import (
    ENTITY_TYPES,
    EVENT_TYPES,
    MEETING_TYPES,
    MENTION_PROPERTIES,
    MODALITIES,
    PREDICATES,
    PROPOSAL_STATUSES,
    STATUSES,
)
from kg.graph.vocabulary import DEM
from kg.graph.writer import entity_place
from kg.records import (
    Approval,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Issue,
    Meeting,
    MeetingType,
    Mention,
    MentionKind,
    Negotiation,
    Proposal,
    ProposalKind,
    ProposalVersion,
    Relation,
    Span,
    Statement,
    TimeExpression,
    TimeRole,
)

T = TypeVar("T")
_KINDS: Mapping[str, MentionKind] = {kind: kind for kind in get_args(MentionKind)}
_PROPOSAL_KINDS: Mapping[str, ProposalKind] = {kind: kind for kind in get_args(ProposalKind)}
_TIME_ROLES: Mapping[str, TimeRole] = {role: role for role in get_args(TimeRole)}


class GraphReader:
    """A document's graph, and what of it was found once."""

    def __init__(self, graph: Graph, *, base: str) -> None:
        self._graph = graph
        self._base = base
        self._id = names.document_id(URIRef(str(graph.identifier)), base=base)
        self._document = names.document_iri(self._id, base=base)
        self._order = OrderNotes.from_json(self._text(self._document, DEM.recordOrder))

    def read(self) -> Extraction:
        """Read everything."""
        return Extraction(
            document=self._read_document(),
            entities=self._read_entities(),
            statements=tuple(self._read_statement(node) for node in self._parts(DEM.Statement)),
            meetings=tuple(self._read_meeting(node, kind) for node, kind in self._meetings()),
            issues=tuple(self._read_issue(node) for node in self._parts(DEM.Issue)),
            negotiations=tuple(self._read_negotiation(node) for node in self._parts(DEM.Negotiation)),
            proposals=tuple(self._read_proposal(node) for node in self._parts(DEM.ProposalStatus)),
            times=tuple(self._read_time(node) for node in self._parts(DEM.TimeExpression)),
            events=tuple(self._read_event(node) for node in self._parts(DEM.Event)),
            relations=tuple(self._read_relation(node) for node in self._parts(DEM.Assertion)),
            model=self._text(self._document, DEM.model),
        )

    def _read_document(self) -> Document:
        date = self._text(self._document, DCTERMS.date)
        return Document(
            id=self._id,
            text=self._one_text(self._document, DEM.text),
            title=self._text(self._document, DCTERMS.title),
            date=datetime.date.fromisoformat(date) if date is not None else None,
            source=self._text(self._document, DCTERMS.source),
            language=self._one_text(self._document, DCTERMS.language),
        )

    def _read_entities(self) -> tuple[Entity, ...]:
        kinds = {node: kind for term, kind in ENTITY_TYPES.items() for node in self._graph.subjects(RDF.type, term)}
        found = [self._read_entity(URIRef(str(node)), kind) for node, kind in kinds.items()]
        return self._order.restore("entities", found, canonical=sorted(found, key=entity_place))

    def _read_entity(self, node: URIRef, kind: EntityType) -> Entity:
        entity_id = names.entity_id(node, base=self._base)
        return Entity(
            id=entity_id,
            type=kind,
            name=self._one_text(node, RDFS.label),
            named=self._truth(node, DEM.named),
            aliases=self._order.restore(f"aliases {entity_id}", self._texts(node, SKOS.altLabel)),
            roles=self._order.restore(f"roles {entity_id}", self._texts(node, DEM.roleTitle)),
            same_as=self._order.restore(f"same_as {entity_id}", self._texts(node, SKOS.exactMatch)),
            confidence=self._confidence(node),
            mentions=self._order.restore(f"mentions {entity_id}", self._mentions(node)),
        )

    def _mentions(self, entity: URIRef) -> list[Mention]:
        return [
            Mention(start=span.start, end=span.end, text=span.text, kind=kind)
            for node in self._graph.subjects(DEM.mentions, entity)
            for span in (self._span(node),)
            for kind in self._kinds(node, entity)
        ]

    def _kinds(self, span: Node, entity: URIRef) -> list[MentionKind]:
        """Return how a span mentions an entity: the span's kind, or where it has several, those told of this entity."""
        told = [kind for kind, term in MENTION_PROPERTIES.items() if (span, term, entity) in self._graph]
        return told if told else [self._known(span, DEM.mentionKind, _KINDS)]

    def _read_statement(self, node: URIRef) -> Statement:
        span = self._evidence(node)
        return Statement(
            speaker=self._entity(node, DEM.speaker),
            direct=self._truth(node, DEM.direct),
            text=self._one_text(node, DEM.text),
            start=span.start,
            end=span.end,
            cue=self._text(node, DEM.cue),
            addressee=self._entity(node, DEM.addressee),
            confidence=self._confidence(node),
        )

    def _meetings(self) -> list[tuple[URIRef, MeetingType]]:
        found = [(node, kind) for term, kind in MEETING_TYPES.items() for node in self._parts(term)]
        return sorted(found, key=lambda pair: names.part_number(pair[0]))

    def _read_meeting(self, node: URIRef, kind: MeetingType) -> Meeting:
        return Meeting(
            type=kind,
            participants=self._entities(node, DEM.participant, order="participants"),
            place=self._entity(node, DEM.heldAt),
            date=self._text(node, DEM.date),
            purpose=self._text(node, DEM.purpose),
            modality=self._known(node, DEM.modality, MODALITIES),
            confidence=self._confidence(node),
            evidence=self._evidence(node),
        )

    def _read_issue(self, node: URIRef) -> Issue:
        status = URIRef(str(self._one(node, DEM.hasStatus)))
        return Issue(
            label=self._one_text(node, RDFS.label),
            status=self._known(status, DEM.status, STATUSES),
            parties=self._entities(node, DEM.party, order="parties"),
            confidence=self._confidence(status),
            evidence=self._evidence(node),
        )

    def _read_negotiation(self, node: URIRef) -> Negotiation:
        number = names.part_number(node)
        meetings = [names.part_number(URIRef(value)) - 1 for value in self._texts(node, DEM.sitting)]
        return Negotiation(
            label=self._one_text(node, RDFS.label),
            parties=self._entities(node, DEM.party, order="negotiation parties"),
            mediators=self._entities(node, DEM.mediator, order="mediators"),
            begin=self._text(node, DEM.beginDate),
            end_date=self._text(node, DEM.endDate),
            meetings=self._order.restore(f"sittings {number}", meetings),
            proposals=self._entities(node, DEM.negotiates, order="negotiation proposals"),
            modality=self._known(node, DEM.modality, MODALITIES),
            confidence=self._confidence(node),
            evidence=self._passages(node, order="negotiation evidence"),
        )

    def _read_proposal(self, status: URIRef) -> Proposal:
        number = names.part_number(status)
        node = self._graph.value(predicate=DEM.hasStatus, object=status)
        if node is None:
            raise ValidationError(f"{status}: is the status of no proposal. Name the proposal that has it (dem:hasStatus).")
        points = [int(value) for value in self._texts(node, DEM.points)]
        return Proposal(
            entity=names.entity_id(URIRef(str(node)), base=self._base),
            kind=self._known(node, DEM.proposalKind, _PROPOSAL_KINDS),
            status=self._known(status, DEM.status, PROPOSAL_STATUSES),
            authors=self._entities(node, DEM.author, order="authors", number=number),
            recipients=self._entities(node, DEM.recipient, order="recipients", number=number),
            parties=self._entities(node, DEM.party, order="proposal parties", number=number),
            points=self._order.restore(f"points {number}", points),
            versions=tuple(self._read_version(version) for version in self._numbered(node, DEM.version)),
            approvals=tuple(self._read_approval(approval) for approval in self._numbered(node, DEM.needs)),
            confidence=self._confidence(status),
            evidence=self._passages(status, order="proposal evidence"),
        )

    def _read_version(self, node: URIRef) -> ProposalVersion:
        points = self._text(node, DEM.points)
        return ProposalVersion(
            points=int(points) if points is not None else None,
            date=self._text(node, DEM.date),
            evidence=self._evidence(node),
        )

    def _read_approval(self, node: URIRef) -> Approval:
        return Approval(by=self._end(node, DEM.approver, DEM.objectWords), evidence=self._evidence(node))

    def _read_time(self, node: URIRef) -> TimeExpression:
        span = self._evidence(node)
        return TimeExpression(
            start=span.start,
            end=span.end,
            text=span.text,
            value=self._text(node, DEM.value),
            begin=self._text(node, DEM.beginDate),
            end_date=self._text(node, DEM.endDate),
            role=self._known(node, DEM.timeRole, _TIME_ROLES),
        )

    def _read_event(self, node: URIRef) -> Event:
        context = self._texts(node, DEM.context)
        return Event(
            type=self._known(node, DEM.eventType, EVENT_TYPES),
            source=self._actors(node, DEM.source, DEM.sourceWords, order="source"),
            target=self._actors(node, DEM.target, DEM.targetWords, order="target"),
            context=self._order.restore(f"context {names.part_number(node)}", context),
            modality=self._known(node, DEM.modality, MODALITIES),
            date=self._text(node, DEM.date),
            place=self._entity(node, DEM.heldAt),
            confidence=self._confidence(node),
            evidence=self._evidence(node),
        )

    def _read_relation(self, node: URIRef) -> Relation:
        return Relation(
            subject=self._end(node, RDF.subject, DEM.subjectWords),
            predicate=self._known(node, RDF.predicate, PREDICATES),
            object=self._end(node, RDF.object, DEM.objectWords),
            organization=self._entity(node, DEM.roleOf),
            begin=self._text(node, DEM.beginDate),
            end_date=self._text(node, DEM.endDate),
            modality=self._known(node, DEM.modality, MODALITIES),
            speaker=self._entity(node, DEM.speaker),
            confidence=self._confidence(node),
            evidence=self._evidence(node),
        )

    def _end(self, assertion: URIRef, end: URIRef, words: URIRef) -> str:
        text = self._text(assertion, words)
        return text if text is not None else names.entity_id(URIRef(str(self._one(assertion, end))), base=self._base)

    def _parts(self, term: URIRef) -> list[URIRef]:
        return sorted((URIRef(str(node)) for node in self._graph.subjects(RDF.type, term)), key=names.part_number)

    def _numbered(self, node: Node, predicate: URIRef) -> list[URIRef]:
        return sorted((URIRef(value) for value in self._texts(node, predicate)), key=names.part_number)

    def _entity(self, node: URIRef, predicate: URIRef) -> str | None:
        value = self._text(node, predicate)
        return names.entity_id(URIRef(value), base=self._base) if value is not None else None

    def _entities(self, node: Node, predicate: URIRef, *, order: str, number: int | None = None) -> tuple[str, ...]:
        """Return the entities in a node's list; ``number`` is the record's, where the node's name does not tell it."""
        found = [names.entity_id(URIRef(value), base=self._base) for value in self._texts(node, predicate)]
        return self._order.restore(f"{order} {names.part_number(URIRef(str(node))) if number is None else number}", found)

    def _passages(self, node: URIRef, *, order: str) -> tuple[Span, ...]:
        spans = [self._span(span) for span in self._graph.objects(node, PROV.wasDerivedFrom)]
        return self._order.restore(f"{order} {names.part_number(node)}", spans)

    def _actors(self, event: URIRef, predicate: URIRef, words: URIRef, *, order: str) -> tuple[str, ...]:
        """Return the ids of one side of an event, and the words for those that are no entity."""
        named = [node for node in self._graph.objects(event, predicate) if (node, RDF.type, DEM.Topic) not in self._graph]
        found = [names.entity_id(URIRef(str(node)), base=self._base) for node in named]
        return self._order.restore(f"{order} {names.part_number(event)}", [*found, *self._texts(event, words)])

    def _evidence(self, node: URIRef) -> Span:
        return self._span(self._one(node, PROV.wasDerivedFrom))

    def _span(self, node: Node) -> Span:
        return Span(
            start=int(self._one_text(node, DEM.begin)),
            end=int(self._one_text(node, DEM.end)),
            text=self._one_text(node, DEM.exact),
        )

    def _texts(self, node: Node, predicate: URIRef) -> list[str]:
        return [str(value) for value in self._graph.objects(node, predicate)]

    def _text(self, node: Node, predicate: URIRef) -> str | None:
        value = self._graph.value(node, predicate)
        return str(value) if value is not None else None

    def _one(self, node: Node, predicate: URIRef) -> Node:
        value = self._graph.value(node, predicate)
        if value is None:
            raise ValidationError(f"{node}: has no {predicate}. Validate the graph to see all that it lacks.")
        return value

    def _one_text(self, node: Node, predicate: URIRef) -> str:
        return str(self._one(node, predicate))

    def _confidence(self, node: Node) -> float:
        return float(self._one_text(node, DEM.confidence))

    def _truth(self, node: Node, predicate: URIRef) -> bool:
        return self._one_text(node, predicate) in {"true", "1"}

    def _known(self, node: Node, predicate: URIRef, terms: Mapping[URIRef, T] | Mapping[str, T]) -> T:
        """Return what a term stands for. Raises ValidationError for one that stands for nothing."""
        value = self._one(node, predicate)
        for term, meaning in terms.items():
            if str(term) == str(value):
                return meaning
        raise ValidationError(f"{node}: {predicate} is {value}. Write one of: {', '.join(sorted(map(str, terms)))}.")
