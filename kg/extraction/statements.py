"""Read who said what: the direct quotations, and the clauses that report speech.

In: an Analysis. Out: Statements in text order. Limits: a reported clause is taken whole, its own coordinated clauses with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.language.analysis import Analysis
from kg.language.lexicon import Lexicon, load_lexicon
from kg.language.syntax import OBJECTS, subject_of
from kg.records import Statement

CUES = {"turn": "turn"}


def read_statements(analysis: Analysis, arguments: Arguments) -> tuple[Statement, ...]:
    """Return the direct statements and the indirect ones that no quotation covers."""
    direct = list(_direct(analysis))
    spoken = [(statement.start, statement.end) for statement in direct]
    indirect = [
        statement
        for statement in _indirect(analysis, arguments, load_lexicon())
        if not any(start <= statement.start and statement.end <= end for start, end in spoken)
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
            yield Statement(speaker=speaker, direct=True, cue=cue, text=text[start:end], start=start, end=end)


def _indirect(analysis: Analysis, arguments: Arguments, lexicon: Lexicon) -> Iterator[Statement]:
    for verb in analysis.doc:
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.reporting_verbs:
            continue
        content = _content(verb, lexicon)
        subject = subject_of(verb)
        if content is None or subject is None:
            continue
        speaker = arguments.entity(subject.i)
        if speaker is None or speaker.type == "City":
            continue
        start, end = _bounds(content)
        if end > start:
            span = arguments.span(start, end)
            addressee = next((c for c in verb.children if c.dep_ in {"iobj", *OBJECTS} and c.i != content.i), None)
            yield Statement(
                speaker=speaker.id,
                direct=False,
                cue=verb.lemma_.lower(),
                text=span.text,
                start=span.start,
                end=span.end,
                addressee=analysis.entity_of.get(addressee.i) if addressee is not None else None,
            )


def _content(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of what a reporting verb reports: a clause, or a noun phrase where the verb takes one."""
    lemma = verb.lemma_.lower()
    clause = next(
        (
            c
            for c in verb.children
            if c.dep_ == "ccomp" or (c.dep_ == "xcomp" and lemma in {"agree", "promise", "vow", "pledge", "threaten"})
        ),
        None,
    )
    if clause is not None and lemma in lexicon.clausal_verbs:
        return clause
    noun = next((c for c in verb.children if c.dep_ in OBJECTS), None)
    if noun is not None and lemma in lexicon.nominal_verbs and noun.pos_ == "NOUN":
        return noun
    return None


def _bounds(content: Token) -> tuple[int, int]:
    doc = content.doc
    start, end = content.left_edge.i, content.right_edge.i + 1
    while start < end and (doc[start].lower_ in {"that", "to"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end
