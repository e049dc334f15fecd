"""Write one document's records as triples."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.errors import ValidationError
from kg.graph import literals, names
from kg.graph.archive import records_text
from kg.graph.identity.naming import Names
from kg.graph.labels import meeting_label
from kg.graph.terms import ENTITY_CLASSES, MEETING_CLASSES
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
    """The graph of one document while it grows; ``known`` says what its entities, meetings and issues are called."""

    def __init__(self, extraction: Extraction, *, known: Names, base: str) -> None:
        self._extraction = extraction
        self._known = known
        self._base = base
        self._text = extraction.document.text
        self._document = names.document_iri(extraction.document.id, base=base)
        self._entity_ids = frozenset(entity.id for entity in extraction.entities)
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
        return self._named(entity_id) if entity_id is not None else None

    def _named(self, entity_id: str) -> URIRef:
        """Return what an entity is called; one that the extraction does not describe, by its id."""
        known = self._known.entities.get(entity_id)
        return known if known is not None else names.entity_iri(entity_id, base=self._base)

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
        self._add(self._document, DEM.records, Literal(records_text(self._extraction)))

    def _write_entities(self) -> None:
        entities = self._extraction.entities
        if len(self._entity_ids) < len(entities):
            raise ValidationError(
                f"document {self._extraction.document.id!r}: two entities have the same id. Merge them into one."
            )
        for entity in entities:
            self._write_entity(entity)

    def _write_entity(self, entity: Entity) -> None:
        iri = self._named(entity.id)
        if iri == self._document:
            raise ValidationError(f"entity id {entity.id!r}: is the name of the document itself. Give the entity another.")
        self._add_first(iri, RDF.type, ENTITY_CLASSES[entity.type])
        self._add_label(iri, entity.name)
        self._add_first(iri, DEM.named, Literal(entity.named))
        self._add(iri, DEM.mentionedIn, self._document)
        for alias in entity.aliases:
            self._add(iri, SKOS.altLabel, Literal(alias))
        for role in entity.roles:
            self._add(iri, DEM.roleTitle, Literal(role))
        for same in entity.same_as:
            self._add(iri, SKOS.exactMatch, names.external_iri(same, of=entity.id))
        for mention in entity.mentions:
            self._write_mention(iri, mention)

    def _write_mention(self, entity: URIRef, mention: Mention) -> None:
        span = self._span(mention)
        self._add(span, DEM.mentions, entity)
        self._add(span, DEM.mentionKind, Literal(mention.kind))

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
        """Write what the meeting is with its own name, and how it stands by this document with a node of the document's."""
        iri = self._known.meetings[number - 1]
        self._add_first(iri, RDF.type, MEETING_CLASSES[meeting.type])
        self._add_label(iri, meeting_label(meeting, self._extraction))
        self._add_all(iri, DEM.participant, meeting.participants)
        self._add_first(iri, DEM.heldAt, self._entity(meeting.place))
        self._add_first(iri, DEM.date, _when(meeting.date))
        self._add_first(iri, DEM.purpose, _text(meeting.purpose))
        status = self._write_standing(iri, DEM.MeetingStatus, "meeting", number, confidence=meeting.confidence)
        self._add(status, DEM.modality, DEM[meeting.modality])
        self._add(status, PROV.wasDerivedFrom, self._span(meeting.evidence))

    def _write_issue(self, number: int, issue: Issue) -> None:
        iri = self._known.issues[number - 1]
        self._add(iri, RDF.type, DEM.Issue)
        self._add_label(iri, issue.label)
        self._add_all(iri, DEM.party, issue.parties)
        status = self._write_standing(iri, DEM.IssueStatus, "issue", number, confidence=issue.confidence)
        self._add(status, DEM.status, DEM[issue.status])
        self._add(status, PROV.wasDerivedFrom, self._span(issue.evidence))

    def _write_standing(self, iri: URIRef, kind: URIRef, part: str, number: int, *, confidence: float) -> URIRef:
        """Write the node that holds how a meeting, an issue or a proposal stands by this document, and return it."""
        status = names.part_iri(self._document, part, number)
        self._add(iri, DEM.hasStatus, status)
        self._add(status, RDF.type, kind)
        self._add(status, DEM.statedOn, self._stated_on())
        self._add(status, DEM.confidence, literals.decimal(confidence))
        return status

    def _stated_on(self) -> Literal | None:
        date = self._extraction.document.date
        return literals.day(date) if date is not None else None

    def _write_negotiation(self, number: int, negotiation: Negotiation) -> None:
        iri = names.part_iri(self._document, "negotiation", number)
        self._add(iri, RDF.type, DEM.Negotiation)
        self._add(iri, RDFS.label, Literal(negotiation.label))
        self._add_all(iri, DEM.party, negotiation.parties)
        self._add_all(iri, DEM.mediator, negotiation.mediators)
        self._add(iri, DEM.beginDate, _when(negotiation.begin))
        self._add(iri, DEM.endDate, _when(negotiation.end_date))
        self._add_all(iri, DEM.negotiates, negotiation.proposals)
        for meeting in negotiation.meetings:
            if not 0 <= meeting < len(self._extraction.meetings):
                raise ValidationError(
                    f"negotiation {number}: its meeting {meeting} is none of {len(self._extraction.meetings)}. Count them from 0."
                )
            self._add(iri, DEM.sitting, self._known.meetings[meeting])
        self._add(iri, DEM.modality, DEM[negotiation.modality])
        self._add(iri, DEM.statedOn, self._stated_on())
        self._add(iri, DEM.confidence, literals.decimal(negotiation.confidence))
        self._add_evidence(iri, negotiation.evidence)

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
        iri = self._named(proposal.entity)
        status = self._write_standing(iri, DEM.ProposalStatus, "proposal", number, confidence=proposal.confidence)
        self._add(status, DEM.status, DEM[proposal.status])
        self._add_evidence(status, proposal.evidence)
        self._add(iri, DEM.proposalKind, Literal(proposal.kind))
        self._add_all(iri, DEM.author, proposal.authors)
        self._add_all(iri, DEM.recipient, proposal.recipients)
        self._add_all(iri, DEM.party, proposal.parties)
        for points in proposal.points:
            self._add(iri, DEM.points, literals.offset(points))
        for place, version in enumerate(proposal.versions, start=1):
            node = names.part_iri(status, "version", place)
            self._add(iri, DEM.version, node)
            self._add(node, RDF.type, DEM.ProposalVersion)
            self._add(node, DEM.points, literals.offset(version.points) if version.points is not None else None)
            self._add(node, DEM.date, _when(version.date))
            self._add(node, PROV.wasDerivedFrom, self._span(version.evidence))
        for place, approval in enumerate(proposal.approvals, start=1):
            node = names.part_iri(status, "approval", place)
            by = self._end(approval.by, is_role=False)
            self._add(iri, DEM.needs, node)
            self._add(iri, DEM.requiresApprovalOf, by)
            self._add(node, RDF.type, DEM.Approval)
            self._add(node, DEM.approver, by)
            self._add(node, PROV.wasDerivedFrom, self._span(approval.evidence))

    def _add_evidence(self, subject: URIRef, spans: Sequence[Span]) -> None:
        for span in spans:
            self._add(subject, PROV.wasDerivedFrom, self._span(span))

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
        for predicate, actors in ((DEM.source, event.source), (DEM.target, event.target)):
            for actor in actors:
                self._add(iri, predicate, self._end(actor, is_role=False))
        for context in event.context:
            self._add(iri, DEM.context, Literal(context))
        self._add(iri, DEM.modality, DEM[event.modality])
        self._add(iri, DEM.statedOn, self._stated_on())
        self._add(iri, DEM.date, _when(event.date))
        self._add(iri, DEM.heldAt, self._entity(event.place))
        self._add(iri, DEM.confidence, literals.decimal(event.confidence))
        self._add(iri, PROV.wasDerivedFrom, self._span(event.evidence))

    def _write_relation(self, number: int, relation: Relation) -> None:
        iri = names.part_iri(self._document, "assertion", number)
        predicate = DEM[relation.predicate]
        subject = self._end(relation.subject, is_role=False)
        target = self._end(relation.object, is_role=relation.predicate == "holdsRole")
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

    def _end(self, end: str, *, is_role: bool) -> URIRef:
        """Return the node at one end of a relation or event; for words, describe it."""
        if end in self._entity_ids or end.startswith("id:"):
            return self._named(end)
        node = names.role_iri(end, base=self._base) if is_role else names.topic_iri(self._document, end)
        self._add(node, RDF.type, DEM.Role if is_role else DEM.Topic)
        self._add_label(node, end)
        return node

    def _add_all(self, subject: URIRef, predicate: URIRef, entity_ids: Sequence[str]) -> None:
        for entity_id in entity_ids:
            self._add(subject, predicate, self._named(entity_id))

    def _add_first(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """Add a triple unless the subject has a value already: two records of one document may be of the same thing."""
        if (subject, predicate, None) not in self._graph:
            self._add(subject, predicate, value)

    def _add_label(self, subject: URIRef, label: str) -> None:
        """Give a label; a second one is a further name."""
        first = self._graph.value(subject, RDFS.label)
        if first is None:
            self._add(subject, RDFS.label, Literal(label))
        elif str(first) != label:
            self._add(subject, SKOS.altLabel, Literal(label))

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


def _text(value: str | None) -> Literal | None:
    return Literal(value) if value is not None else None


def _when(value: str | None) -> Literal | None:
    return literals.when(value) if value is not None else None
