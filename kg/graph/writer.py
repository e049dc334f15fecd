"""Write one document's records as triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.errors import ValidationError
from kg.graph import literals, names
from kg.graph.order import OrderNotes
from kg.graph.terms import ENTITY_CLASSES, MEETING_CLASSES, MENTION_PROPERTIES
from kg.graph.vocabulary import DEM, PLOVER, PREFIXES
from kg.records import (
    Entity,
    Event,
    Extraction,
    Issue,
    Meeting,
    Mention,
    Negotiation,
    Proposal,
    Relation,
    Span,
    Statement,
    TimeExpression,
)


class GraphWriter:
    """The graph of one document while it grows."""

    def __init__(self, extraction: Extraction, *, base: str) -> None:
        self._extraction = extraction
        self._base = base
        self._text = extraction.document.text
        self._document = names.document_iri(extraction.document.id, base=base)
        self._entity_ids = frozenset(entity.id for entity in extraction.entities)
        self._kinds_of_span = _kinds_of_span(extraction.entities)
        self._order = OrderNotes()
        self._graph = Graph(identifier=names.document_graph(extraction.document.id, base=base), bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self._graph.bind(prefix, namespace)

    def write(self) -> Graph:
        """Write everything, and return the graph."""
        self._write_entities()
        for number, statement in enumerate(self._extraction.statements, start=1):
            self._write_statement(number, statement)
        for number, meeting in enumerate(self._extraction.meetings, start=1):
            self._write_meeting(number, meeting)
        for number, issue in enumerate(self._extraction.issues, start=1):
            self._write_issue(number, issue)
        for number, negotiation in enumerate(self._extraction.negotiations, start=1):
            self._write_negotiation(number, negotiation)
        self._write_proposals()
        for number, time in enumerate(self._extraction.times, start=1):
            self._write_time(number, time)
        for number, event in enumerate(self._extraction.events, start=1):
            self._write_event(number, event)
        for number, relation in enumerate(self._extraction.relations, start=1):
            self._write_relation(number, relation)
        self._write_document()
        return self._graph

    def _add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """Add a triple, unless there is no value."""
        if value is not None:
            self._graph.add((subject, predicate, value))

    def _entity(self, entity_id: str | None) -> URIRef | None:
        return names.entity_iri(entity_id, base=self._base) if entity_id is not None else None

    def _write_document(self) -> None:
        document = self._extraction.document
        self._add(self._document, RDF.type, DEM.Document)
        self._add(self._document, DCTERMS.identifier, Literal(document.id))
        self._add(self._document, DCTERMS.title, _text(document.title))
        self._add(self._document, DCTERMS.date, literals.day(document.date) if document.date is not None else None)
        self._add(self._document, DCTERMS.source, _text(document.source))
        self._add(self._document, DCTERMS.language, Literal(document.language))
        self._add(self._document, DEM.text, Literal(document.text))
        self._add(self._document, DEM.model, _text(self._extraction.model))
        self._add(self._document, DEM.recordOrder, _text(self._order.to_json()))

    def _write_entities(self) -> None:
        entities = self._extraction.entities
        if len(self._entity_ids) < len(entities):
            raise ValidationError(
                f"document {self._extraction.document.id!r}: two entities have the same id. Merge them into one."
            )
        self._order.note("entities", entities, canonical=sorted(entities, key=entity_place))
        for entity in entities:
            self._write_entity(entity)

    def _write_entity(self, entity: Entity) -> None:
        iri = names.entity_iri(entity.id, base=self._base)
        if iri == self._document:
            raise ValidationError(f"entity id {entity.id!r}: is the name of the document itself. Give the entity another.")
        self._add(iri, RDF.type, ENTITY_CLASSES[entity.type])
        self._add(iri, RDFS.label, Literal(entity.name))
        self._add(iri, DEM.named, Literal(entity.named))
        self._add(iri, DEM.confidence, literals.decimal(entity.confidence))
        self._add(iri, DEM.mentionedIn, self._document)
        for alias in entity.aliases:
            self._add(iri, SKOS.altLabel, Literal(alias))
        for role in entity.roles:
            self._add(iri, DEM.roleTitle, Literal(role))
        for same in entity.same_as:
            self._add(iri, SKOS.exactMatch, names.external_iri(same, of=entity.id))
        for mention in entity.mentions:
            self._write_mention(iri, mention)
        self._order.note(f"aliases {entity.id}", entity.aliases)
        self._order.note(f"roles {entity.id}", entity.roles)
        self._order.note(f"same_as {entity.id}", entity.same_as)
        self._order.note(f"mentions {entity.id}", entity.mentions)

    def _write_mention(self, entity: URIRef, mention: Mention) -> None:
        span = self._span(mention)
        self._add(span, DEM.mentions, entity)
        self._add(span, DEM.mentionKind, Literal(mention.kind))
        if len(self._kinds_of_span[mention.start, mention.end]) > 1:
            self._add(span, MENTION_PROPERTIES[mention.kind], entity)

    def _write_statement(self, number: int, statement: Statement) -> None:
        iri = names.part_iri(self._document, "statement", number)
        self._add(iri, RDF.type, DEM.Statement)
        self._add(iri, DEM.speaker, self._entity(statement.speaker))
        self._add(iri, DEM.addressee, self._entity(statement.addressee))
        self._add(iri, DEM.cue, _text(statement.cue))
        self._add(iri, DEM.direct, Literal(statement.direct))
        self._add(iri, DEM.text, Literal(statement.text))
        self._add(iri, DEM.confidence, literals.decimal(statement.confidence))
        self._add(iri, PROV.wasDerivedFrom, self._place(statement.start, statement.end))

    def _write_meeting(self, number: int, meeting: Meeting) -> None:
        iri = names.part_iri(self._document, "meeting", number)
        self._add(iri, RDF.type, MEETING_CLASSES[meeting.type])
        self._add_all(iri, DEM.participant, meeting.participants, order=f"participants {number}")
        self._add(iri, DEM.heldAt, self._entity(meeting.place))
        self._add(iri, DEM.date, _when(meeting.date))
        self._add(iri, DEM.purpose, _text(meeting.purpose))
        self._add(iri, DEM.modality, DEM[meeting.modality])
        self._add(iri, DEM.confidence, literals.decimal(meeting.confidence))
        self._add(iri, PROV.wasDerivedFrom, self._span(meeting.evidence))

    def _write_issue(self, number: int, issue: Issue) -> None:
        iri = names.part_iri(self._document, "issue", number)
        status = URIRef(f"{iri}/status")
        date = self._extraction.document.date
        self._add(iri, RDF.type, DEM.Issue)
        self._add(iri, RDFS.label, Literal(issue.label))
        self._add_all(iri, DEM.party, issue.parties, order=f"parties {number}")
        self._add(iri, DEM.hasStatus, status)
        self._add(status, RDF.type, DEM.IssueStatus)
        self._add(status, DEM.status, DEM[issue.status])
        self._add(status, DEM.statedOn, literals.day(date) if date is not None else None)
        self._add(status, DEM.confidence, literals.decimal(issue.confidence))
        self._add(status, PROV.wasDerivedFrom, self._span(issue.evidence))
        self._add(iri, PROV.wasDerivedFrom, self._span(issue.evidence))

    def _write_negotiation(self, number: int, negotiation: Negotiation) -> None:
        iri = names.part_iri(self._document, "negotiation", number)
        self._add(iri, RDF.type, DEM.Negotiation)
        self._add(iri, RDFS.label, Literal(negotiation.label))
        self._add_all(iri, DEM.party, negotiation.parties, order=f"negotiation parties {number}")
        self._add_all(iri, DEM.mediator, negotiation.mediators, order=f"mediators {number}")
        self._add(iri, DEM.beginDate, _when(negotiation.begin))
        self._add(iri, DEM.endDate, _when(negotiation.end_date))
        self._add_all(iri, DEM.negotiates, negotiation.proposals, order=f"negotiation proposals {number}")
        for meeting in negotiation.meetings:
            if not 0 <= meeting < len(self._extraction.meetings):
                raise ValidationError(
                    f"negotiation {number}: its meeting {meeting} is none of {len(self._extraction.meetings)}. Count them from 0."
                )
            self._add(iri, DEM.sitting, names.part_iri(self._document, "meeting", meeting + 1))
        self._order.note(f"sittings {number}", negotiation.meetings)
        self._add(iri, DEM.modality, DEM[negotiation.modality])
        self._add(iri, DEM.confidence, literals.decimal(negotiation.confidence))
        self._add_evidence(iri, negotiation.evidence, order=f"negotiation evidence {number}")

    def _write_proposals(self) -> None:
        proposals = self._extraction.proposals
        kinds = {entity.id: entity.type for entity in self._extraction.entities}
        for number, proposal in enumerate(proposals, start=1):
            if kinds.get(proposal.entity) != "Document":
                raise ValidationError(
                    f"proposal {number}: {proposal.entity!r} is no entity of type Document in this extraction. Add the entity."
                )
            self._write_proposal(number, proposal)
        if len({proposal.entity for proposal in proposals}) < len(proposals):
            raise ValidationError(
                f"document {self._extraction.document.id!r}: two proposals are of the same entity. Merge them into one."
            )

    def _write_proposal(self, number: int, proposal: Proposal) -> None:
        """Write what the text is with its entity, and how it stands by this document with a node of the document's."""
        iri = names.entity_iri(proposal.entity, base=self._base)
        status = names.part_iri(self._document, "proposal", number)
        date = self._extraction.document.date
        self._add(iri, DEM.proposalKind, Literal(proposal.kind))
        self._add_all(iri, DEM.author, proposal.authors, order=f"authors {number}")
        self._add_all(iri, DEM.recipient, proposal.recipients, order=f"recipients {number}")
        self._add_all(iri, DEM.party, proposal.parties, order=f"proposal parties {number}")
        for points in proposal.points:
            self._add(iri, DEM.points, literals.offset(points))
        self._order.note(f"points {number}", proposal.points)
        for place, version in enumerate(proposal.versions, start=1):
            node = names.part_iri(status, "version", place)
            self._add(iri, DEM.version, node)
            self._add(node, RDF.type, DEM.ProposalVersion)
            self._add(node, DEM.points, literals.offset(version.points) if version.points is not None else None)
            self._add(node, DEM.date, _when(version.date))
            self._add(node, PROV.wasDerivedFrom, self._span(version.evidence))
        for place, approval in enumerate(proposal.approvals, start=1):
            node = names.part_iri(status, "approval", place)
            by = self._end(node, DEM.objectWords, approval.by, is_role=False)
            self._add(iri, DEM.needs, node)
            self._add(iri, DEM.requiresApprovalOf, by)
            self._add(node, RDF.type, DEM.Approval)
            self._add(node, DEM.approver, by)
            self._add(node, PROV.wasDerivedFrom, self._span(approval.evidence))
        self._add(iri, DEM.hasStatus, status)
        self._add(status, RDF.type, DEM.ProposalStatus)
        self._add(status, DEM.status, DEM[proposal.status])
        self._add(status, DEM.statedOn, literals.day(date) if date is not None else None)
        self._add(status, DEM.confidence, literals.decimal(proposal.confidence))
        self._add_evidence(status, proposal.evidence, order=f"proposal evidence {number}")

    def _add_evidence(self, subject: URIRef, spans: Sequence[Span], *, order: str) -> None:
        for span in spans:
            self._add(subject, PROV.wasDerivedFrom, self._span(span))
        self._order.note(order, spans)

    def _write_time(self, number: int, time: TimeExpression) -> None:
        iri = names.part_iri(self._document, "time", number)
        self._add(iri, RDF.type, DEM.TimeExpression)
        if time.role == "deadline":
            self._add(iri, RDF.type, DEM.Deadline)
        self._add(iri, DEM.timeRole, Literal(time.role))
        self._add(iri, DEM.value, _text(time.value))
        if time.value is not None and literals.is_day(time.value):
            self._add(iri, DEM.date, literals.when(time.value))
        self._add(iri, DEM.beginDate, _when(time.begin))
        self._add(iri, DEM.endDate, _when(time.end_date))
        self._add(iri, PROV.wasDerivedFrom, self._span(Span(start=time.start, end=time.end, text=time.text)))

    def _write_event(self, number: int, event: Event) -> None:
        iri = names.part_iri(self._document, "event", number)
        self._add(iri, RDF.type, DEM.Event)
        self._add(iri, DEM.eventType, PLOVER[event.type])
        for predicate, words, actors in (
            (DEM.source, DEM.sourceWords, event.source),
            (DEM.target, DEM.targetWords, event.target),
        ):
            for actor in actors:
                self._add(iri, predicate, self._end(iri, words, actor, is_role=False))
        self._order.note(f"source {number}", event.source)
        self._order.note(f"target {number}", event.target)
        for context in event.context:
            self._add(iri, DEM.context, Literal(context))
        self._order.note(f"context {number}", event.context)
        self._add(iri, DEM.modality, DEM[event.modality])
        self._add(iri, DEM.date, _when(event.date))
        self._add(iri, DEM.heldAt, self._entity(event.place))
        self._add(iri, DEM.confidence, literals.decimal(event.confidence))
        self._add(iri, PROV.wasDerivedFrom, self._span(event.evidence))

    def _write_relation(self, number: int, relation: Relation) -> None:
        iri = names.part_iri(self._document, "assertion", number)
        predicate = DEM[relation.predicate]
        subject = self._end(iri, DEM.subjectWords, relation.subject, is_role=False)
        target = self._end(iri, DEM.objectWords, relation.object, is_role=relation.predicate == "holdsRole")
        self._add(iri, RDF.type, DEM.Assertion)
        self._add(iri, RDF.subject, subject)
        self._add(iri, RDF.predicate, predicate)
        self._add(iri, RDF.object, target)
        self._add(iri, DEM.roleOf, self._entity(relation.organization))
        self._add(iri, DEM.beginDate, _when(relation.begin))
        self._add(iri, DEM.endDate, _when(relation.end_date))
        self._add(iri, DEM.modality, DEM[relation.modality])
        self._add(iri, DEM.speaker, self._entity(relation.speaker))
        self._add(iri, DEM.confidence, literals.decimal(relation.confidence))
        self._add(iri, PROV.wasDerivedFrom, self._span(relation.evidence))
        if relation.modality == "asserted" and not self._is_over(relation):
            self._add(subject, predicate, target)

    def _is_over(self, relation: Relation) -> bool:
        """Tell whether a relation ended before the document's date: no query over plain triples may take it for one that holds."""
        date, end = self._extraction.document.date, relation.end_date
        return end is not None and (date is None or end < date.isoformat()[: len(end)])

    def _end(self, part: URIRef, words_property: URIRef, end: str, *, is_role: bool) -> URIRef:
        """Return the node at one end of a relation or event; for words, describe it and keep the words with the assertion or event."""
        if end in self._entity_ids or end.startswith("id:"):
            return names.entity_iri(end, base=self._base)
        node = names.role_iri(end, base=self._base) if is_role else names.topic_iri(self._document, end)
        self._add(node, RDF.type, DEM.Role if is_role else DEM.Topic)
        first = self._graph.value(node, RDFS.label)
        if first is None:
            self._add(node, RDFS.label, Literal(end))
        elif str(first) != end:
            self._add(node, SKOS.altLabel, Literal(end))
        self._add(part, words_property, Literal(end))
        return node

    def _add_all(self, subject: URIRef, predicate: URIRef, entity_ids: Sequence[str], *, order: str) -> None:
        for entity_id in entity_ids:
            self._add(subject, predicate, names.entity_iri(entity_id, base=self._base))
        self._order.note(order, entity_ids)

    def _span(self, span: Span) -> URIRef:
        if self._text[span.start : span.end] != span.text:
            raise ValidationError(
                f"document {self._extraction.document.id!r}: characters {span.start} to {span.end} are "
                f"{self._text[span.start : span.end]!r}, not {span.text!r}. Offsets count code points, the end exclusive."
            )
        return self._place(span.start, span.end)

    def _place(self, start: int, end: int) -> URIRef:
        if not 0 <= start < end <= len(self._text):
            raise ValidationError(
                f"document {self._extraction.document.id!r}: no words from {start} to {end} in a text of {len(self._text)} "
                "characters. A span has at least one character, and its end is exclusive."
            )
        iri = names.span_iri(self._document, start, end)
        self._add(iri, RDF.type, DEM.Span)
        self._add(iri, DEM.inDocument, self._document)
        self._add(iri, DEM.begin, literals.offset(start))
        self._add(iri, DEM.end, literals.offset(end))
        self._add(iri, DEM.exact, Literal(self._text[start:end]))
        return iri


def entity_place(entity: Entity) -> tuple[bool, int, int, str]:
    """Return what entities are sorted by: their first mention, then their id; those without mentions come last."""
    first = min(entity.mentions, default=None)
    return (True, 0, 0, entity.id) if first is None else (False, first.start, first.end, entity.id)


def _kinds_of_span(entities: Iterable[Entity]) -> dict[tuple[int, int], set[str]]:
    kinds: dict[tuple[int, int], set[str]] = defaultdict(set)
    for entity in entities:
        for mention in entity.mentions:
            kinds[mention.start, mention.end].add(mention.kind)
    return kinds


def _text(value: str | None) -> Literal | None:
    return Literal(value) if value is not None else None


def _when(value: str | None) -> Literal | None:
    return literals.when(value) if value is not None else None
