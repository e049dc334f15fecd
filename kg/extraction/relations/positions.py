"""Read what speakers hold must happen, and what actors make a condition of.

In: the arguments of a document, which know who says what. Out: Relations: ``calledFor`` between the speaker of a clause with "must" or
"should" and what it wants done, and between an actor and the condition it sets ("only if …"). Limits: a question asks and
holds nothing, and what is said of "I", "we" or "it" as often tells as it demands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import clause_bounds, is_asked
from kg.extraction.labels import label_of
from kg.extraction.slots import is_copular
from kg.language.syntax import is_passive, subject_of
from kg.records import Relation

PROMISING = frozenset({"will", "'ll", "’ll", "wo", "shall"})
OBLIGING = frozenset({"must", "should", "ought", "shall"})
SPEAKING = frozenset(
    "add admit ask believe bear confess describe emphasise emphasize imagine know mention note recall remember remind repeat say see "
    "speak stress suppose tell think understand underline wait".split()
)
"""Verbs of talk and thought, whose "must" and "should" only lead on to what is said: "I must say", "we should remember"."""
STRICT_CONDITIONS = frozenset({"provided", "providing", "unless"})
POSITION = 0.5
"""Confidence in a demand read off an obligation or a condition."""


def read_positions(arguments: Arguments) -> Iterator[Relation]:
    """Yield the demands that obligations and conditions express."""
    for token in arguments.doc:
        if token.pos_ not in {"VERB", "AUX"} and not is_copular(token):
            continue
        if _is_obliged(token):
            yield from _obligation(token, arguments)
        elif _is_promised(token):
            yield from _commitment(token, arguments)
        elif token.dep_ == "advcl" and _is_strict_condition(token):
            yield from _condition(token, arguments)


def _is_obliged(verb: Token) -> bool:
    """Tell whether a verb stands behind must or should; "have to" and "need to" as often only describe."""
    return any(child.dep_ == "aux" and child.lower_ in OBLIGING for child in verb.children)


def _obligation(verb: Token, arguments: Arguments) -> Iterator[Relation]:
    speaker = arguments.speaker_at(verb.i)
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None) or subject_of(verb)
    if speaker is None or subject is None or verb.lemma_.lower() in SPEAKING or is_asked(verb):
        return
    if subject.pos_ in {"PRON", "DET"} or _is_hypothetical(verb) or not (is_copular(verb) or arguments.names_matter(verb.i)):
        return
    yield _relation(speaker, _demand(verb, subject, arguments), verb, arguments)


def _is_promised(verb: Token) -> bool:
    """Tell whether a verb stands behind "will"."""
    return not is_copular(verb) and any(child.dep_ == "aux" and child.lower_ in PROMISING for child in verb.children)


def _commitment(verb: Token, arguments: Arguments) -> Iterator[Relation]:
    """Yield what a speaker says that it will do, or will not do, itself."""
    speaker = arguments.speaker_at(verb.i)
    subject = subject_of(verb)
    if speaker is None or subject is None or is_passive(verb) or is_asked(verb) or not arguments.names_matter(verb.i):
        return
    label = label_of(verb)
    if " of " not in label or speaker not in arguments.actors([subject.i]):
        return
    denied = label.startswith("no ")
    relation = _relation(speaker, label.removeprefix("no "), verb, arguments)
    yield replace(relation, predicate="agreedTo", modality="negated" if denied else "planned")


def _demand(verb: Token, subject: Token, arguments: Arguments) -> str:
    """Return what is wanted; of a quality its bearer with it: "the process must be inclusive" wants an inclusive process."""
    if not is_copular(verb):
        return label_of(verb)
    if arguments.entity(subject.i) is not None or subject.pos_ == "PRON":
        return f"be {label_of(verb)}"
    return f"{label_of(verb)} {label_of(subject)}"


def _is_strict_condition(verb: Token) -> bool:
    """Tell whether a clause sets a condition: "only if they leave", "provided that", "unless"."""
    mark = next((child for child in verb.lefts if child.dep_ in {"mark", "advmod"} and child.lower_ != "only"), None)
    if mark is None:
        return False
    # "only" hangs on the condition or on the main clause, but always stands before the conjunction.
    only = mark.i > 0 and verb.doc[mark.i - 1].lower_ == "only"
    return mark.lower_ in STRICT_CONDITIONS or (only and mark.lower_ in {"if", "after", "when", "once"})


def _condition(verb: Token, arguments: Arguments) -> Iterator[Relation]:
    governor = subject_of(verb.head) if verb.head.pos_ in {"VERB", "AUX"} or is_copular(verb.head) else None
    holders = arguments.actors([governor.i]) if governor is not None else ()
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    if not holders or subject is None or is_asked(verb):
        return
    for holder in holders:
        wanted = verb if not is_copular(verb) else subject
        yield _relation(holder, label_of(wanted), verb, arguments)


def _relation(holder: str, wanted: str, verb: Token, arguments: Arguments) -> Relation:
    start, end = clause_bounds(verb)
    return Relation(
        subject=holder, predicate="calledFor", object=wanted, confidence=POSITION, evidence=arguments.span(start, end)
    )


def _is_hypothetical(verb: Token) -> bool:
    """Tell whether "should" stands for "if", or the verb is in the perfect: "should have left" blames and demands nothing."""
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    perfect = any(child.lemma_.lower() == "have" and child.dep_ == "aux" for child in verb.children)
    return bool(marks & {"if", "lest"}) or (perfect and not is_passive(verb))
