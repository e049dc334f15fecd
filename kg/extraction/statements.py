"""Read who said what: the direct quotations, and the clauses that report speech.

In: an Analysis. Out: Statements in text order. Limits: a reported clause is taken whole, its own coordinated clauses with it; one whose
source is no entity of the document is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extraction.arguments import StatementIndex
from kg.language.analysis import Analysis
from kg.language.attribution import Attribution
from kg.language.syntax import OBJECTS, preposition_of
from kg.records import Statement

ADDRESSING = frozenset({"appeal to", "call on", "call upon", "complain to", "plead with", "prevail on", "say to"})
"""Verbs whose preposition introduces who is told."""
CUES = {"turn": "turn"}
TURN, CUED, UNCUED, REPORTED, ACCORDING = 0.95, 0.9, 0.75, 0.8, 0.9
"""Scores of words in a speaker's turn, of a quotation with and without a word that says whose it is, and of what is reported."""
SCENES = frozenset({"Region", "Facility", "Place"})
LIVED_THROUGH = frozenset({"anticipate", "await", "expect", "fear", "feel", "forecast", "see"})
"""What a place does with nobody speaking for it: "the coast can EXPECT rain"; an unknown state that condemns something speaks."""


def read_statements(analysis: Analysis) -> tuple[Statement, ...]:
    """Return the direct statements, and the indirect ones; of what stands in a direct one, those of another speaker than its own."""
    direct = list(_direct(analysis))
    said = StatementIndex(direct)
    indirect = [
        statement
        for statement in _indirect(analysis)
        if statement.speaker is None or said.speaker(statement.start, statement.end) != statement.speaker
    ]
    return tuple(sorted([*direct, *indirect], key=lambda statement: (statement.start, statement.end)))


def _direct(analysis: Analysis) -> Iterator[Statement]:
    text = analysis.document.text
    for quotation, speaker in zip(analysis.quotations, analysis.speaker_of, strict=True):
        start, end = quotation.start, quotation.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or (text[end - 1] == "," and quotation.kind == "quote")):
            end -= 1
        if start < end:
            cue = CUES.get(quotation.kind) or (analysis.doc[quotation.cue].lemma_.lower() if quotation.cue is not None else None)
            sure = TURN if cue == "turn" else CUED if cue is not None else UNCUED
            yield Statement(speaker=speaker, direct=True, cue=cue, text=text[start:end], start=start, end=end, confidence=sure)


def _indirect(analysis: Analysis) -> Iterator[Statement]:
    """Yield what is reported in other words than the speaker's own; what somebody only means to do is no statement."""
    entities = {entity.id: entity for entity in analysis.entities}
    quoted = _quoted(analysis)
    for attribution in analysis.attributions:
        if attribution.kind == "direct" or attribution.source is None or attribution.intended:
            continue
        identifier = analysis.entity_of.get(attribution.source)
        speaker = entities[identifier] if identifier is not None else None
        if speaker is None or speaker.type == "City" or (attribution.cue in quoted and attribution.content not in quoted):
            continue  # no one's words inside a quotation report what stands outside it
        start, end = _span(attribution, analysis.doc)
        cue = analysis.doc[attribution.cue]
        if speaker.type in SCENES and cue.lemma_.lower() in LIVED_THROUGH:
            continue
        yield Statement(
            speaker=speaker.id,
            direct=False,
            cue="according to" if attribution.kind == "according" else cue.lemma_.lower(),
            text=analysis.document.text[start:end],
            start=start,
            end=end,
            addressee=_addressee(cue, attribution, analysis),
            confidence=ACCORDING if attribution.kind == "according" else REPORTED,
        )


def _quoted(analysis: Analysis) -> frozenset[int]:
    """Return the tokens that stand between quotation marks."""
    marked = ((q.start, q.end) for q in analysis.quotations if q.kind == "quote")
    spans = (analysis.doc.char_span(start, end, alignment_mode="contract") for start, end in marked)
    return frozenset(token.i for span in spans if span is not None for token in span)


def _span(attribution: Attribution, doc: Doc) -> tuple[int, int]:
    """Return the part of a content that holds its head: a statement is one run of words."""
    place = doc[attribution.content].idx
    return next((span for span in attribution.spans if span[0] <= place < span[1]), attribution.spans[0])


def _addressee(cue: Token, attribution: Attribution, analysis: Analysis) -> str | None:
    """Return the entity that is told: "told the envoy that", "urged the parties to", "appealed to the rebels to"."""
    told = (child for child in cue.children if _is_told(child) and child.i != attribution.content)
    return next((analysis.entity_of[child.i] for child in told if child.i in analysis.entity_of), None)


def _is_told(child: Token) -> bool:
    return child.dep_ in {"iobj", *OBJECTS} or f"{child.head.lemma_.lower()} {preposition_of(child)}" in ADDRESSING
