"""Read from the parse who is reported to say or think what, without a look at quotation marks.

In: a Doc with Universal Dependencies. Out: Reports in the order of their cues: verbs with what they report, adjectives of opinion,
nouns ("his claim that …"), clauses set beside ("…, police said") and "according to X". What counts is what PARC 3.0 counts: speech,
writing, thought and intention, affirmed or not. Limits: a source outside the sentence is not sought, nor what a pronoun stands for
("he said so").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from kg.language.lexicon import Lexicon
from kg.language.reported_nouns import content_of_noun, content_of_standpoint, is_finite, leading_word, source_of_noun
from kg.language.reported_verbs import (
    content_beside,
    content_of_verb,
    is_intended,
    is_mere_complement,
    is_passive_form,
    source_of_verb,
)
from kg.language.syntax import own_subject, subject_of

Manner = Literal["indirect", "according", "nominal"]
FINITE = frozenset({"ccomp", "parataxis"})
BARE = frozenset({"this", "that", "it", "which", "what", "these", "those"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The cue, the head of what is reported and the head of the phrase that names whose it is, as indices of tokens.

    ``source`` is None where the text leaves it open ("it was agreed that"). ``intended`` is true for what the source only means or
    wishes to do.
    """

    cue: int
    content: int
    source: int | None
    manner: Manner = "indirect"
    intended: bool = False


def find_reports(doc: Doc, lexicon: Lexicon) -> tuple[Report, ...]:
    """Return what is reported in a text, one report a cue; of "wants to stress that" the cue is the verb that reports."""
    reports = [report for token in doc if (report := _report(token, lexicon)) is not None]
    cues = {report.cue for report in reports}
    return tuple(report for report in reports if report.content not in cues or not (report.intended or report.source is None))


def _report(token: Token, lexicon: Lexicon) -> Report | None:
    if token.lower_ == "according":
        return _according(token)
    if token.pos_ in {"VERB", "AUX"}:
        return _of_verb(token, lexicon)
    if token.lower_ in lexicon.opinion_adjectives and token.pos_ == "ADJ":
        return _of_opinion(token)
    return _of_noun(token, lexicon) if token.pos_ == "NOUN" else None


def _of_verb(verb: Token, lexicon: Lexicon) -> Report | None:
    content = content_of_verb(verb, lexicon)
    source = source_of_verb(verb, lexicon)
    if content is None:
        content = content_beside(verb, lexicon)
        if content is None or source is None:
            return None
    elif (source is None and not is_passive_form(verb)) or is_mere_complement(verb, content):
        return None
    if source is not None and (source.i == content.i or _is_mere_evidence(verb, source, lexicon)):
        return None
    return Report(
        cue=verb.i,
        content=content.i,
        source=source.i if source is not None else None,
        intended=is_intended(verb, content, lexicon),
    )


def _is_mere_evidence(verb: Token, source: Token, lexicon: Lexicon) -> bool:
    """Tell whether a thing shows something that nobody says: "This means that …"."""
    return verb.lemma_.lower() in lexicon.evidence_verbs and source.lower_ in BARE


def _of_opinion(adjective: Token) -> Report | None:
    """Return what somebody is "confident that" it is so."""
    source = own_subject(adjective) or (subject_of(adjective) if adjective.dep_ in {"conj", "xcomp"} else None)
    for child in adjective.rights:
        if child.dep_ == "ccomp" or (child.dep_ == "advcl" and leading_word(child) == "that"):
            if source is not None and source.lower_ not in BARE and source.dep_ != "expl":
                return Report(cue=adjective.i, content=child.i, source=source.i)
    return None


def _of_noun(noun: Token, lexicon: Lexicon) -> Report | None:
    content = content_of_noun(noun, lexicon) or content_of_standpoint(noun, lexicon)
    if content is None:
        return None
    source = source_of_noun(noun, lexicon)
    return Report(cue=noun.i, content=content.i, source=source.i if source is not None else None, manner="nominal")


def _according(token: Token) -> Report | None:
    """Return what is so "according to X": the clause that the phrase hangs on."""
    if token.dep_ == "case":
        return _so_says(token, token.head, _clause_above(token.head))
    return _so_says(token, next(_objects(token), None), token.head)


def _so_says(token: Token, source: Token | None, content: Token | None) -> Report | None:
    if source is None or content is None or content.i in {source.i, token.i}:
        return None
    return Report(cue=token.i, content=content.i, source=source.i, manner="according")


def _objects(token: Token) -> Iterator[Token]:
    for child in token.rights:
        if child.dep_.startswith("obl") or child.dep_ in {"pobj", "nmod"}:
            yield child
        elif child.dep_ == "prep":
            yield from _objects(child)


def _clause_above(noun: Token) -> Token | None:
    """Return the predicate of the finite clause that a phrase belongs to, also where the parse hangs it on a part of that clause."""
    head = noun.head
    while head.head.i != head.i and head.dep_.split(":")[0] not in FINITE and not (is_finite(head) and head.dep_ != "acl:relcl"):
        head = head.head
    return head if head.i != noun.i else None
