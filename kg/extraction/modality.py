"""Tell how firmly a predicate is stated: asserted, planned, conditional, possible, desired or negated.

In: the token of a predicate in its parse. Out: a Modality. The nearest sign decides, in the order: a negation, a condition, a modal
verb, the verb or noun that governs the predicate, an adjective before a noun.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords
from kg.records import Modality

GOVERNED = frozenset({"xcomp", "ccomp", "acl", "obj", "dobj", "csubj", "advcl", "obl", "pcomp"})


def modality_of(predicate: Token, words: ModalWords, *, support: Token | None = None) -> Modality:
    """Return the modality of a verb, or of an event noun with its light verb."""
    if support is not None:
        of_verb = modality_of(support, words)
        return of_verb if of_verb != "asserted" else _of_noun(predicate, words)
    if predicate.pos_ in {"NOUN", "PROPN"}:
        own = _of_noun(predicate, words)
        if own != "asserted":
            return own
        governor = predicate.head
        if governor.i == predicate.i:
            return "asserted"
        if any(child.dep_ == "expl" for child in governor.children):
            return _of_verb(governor, words)  # "if there is an agreement"
        if governor.pos_ == "VERB" and predicate.dep_ in GOVERNED:
            return _as_governed(governor, words)
        return "asserted"
    own = _of_verb(predicate, words)
    if own != "asserted" or predicate.head.i == predicate.i:
        return own
    if predicate.dep_ == "conj" and predicate.head.pos_ in {"VERB", "AUX"} and not _has_own_subject(predicate):
        return modality_of(predicate.head, words)
    if predicate.dep_ in {"xcomp", "acl", "csubj", "advcl"} or (predicate.dep_ == "ccomp" and _is_bare(predicate)):
        return _as_governed(predicate.head, words)
    return "asserted"


def _of_verb(verb: Token, words: ModalWords) -> Modality:
    children = list(verb.children)
    if any(
        c.lower_ in words.negating_adverbs and c.dep_ in {"advmod", "neg", "det", "cc:preconj", "discourse"} for c in children
    ):
        return "negated"
    if any(c.dep_.startswith("nsubj") and any(d.lower_ == "no" for d in c.children) for c in children):
        return "negated"
    for child in children:
        if child.dep_ == "mark" and child.lower_ in words.conditional_marks:
            return "conditional"
        if child.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in {"if", "unless"} for m in child.children):
            return "conditional"
    if any(c.dep_ == "advmod" and c.lower_ in words.possible_adverbs for c in children):
        return "possible"
    auxiliaries = {c.lower_ for c in children if c.dep_ in {"aux", "aux:pass"}}
    if auxiliaries & words.possible_modals:
        return "possible"
    if auxiliaries & words.desired_modals:
        return "desired"
    if (auxiliaries & words.planning_modals and not _is_habitual(verb)) or _is_to_be(verb):
        return "planned"
    return "asserted"


def _is_to_be(verb: Token) -> bool:
    """Tell whether a verb stands behind "is to": "talks ARE TO be held"."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in {"mark", "aux"}), None)
    finite = {"is", "are", "was", "were"}
    return to is not None and any(c.dep_ == "aux" and c.lower_ in finite and c.i < to.i for c in verb.children)


def _is_habitual(verb: Token) -> bool:
    """Tell whether a "would" or "'d" is that of the perfect: "he'd met", where the verb is a past participle."""
    return any(c.lower_ in {"'d", "’d"} for c in verb.children) and verb.tag_ == "VBN"


def _of_noun(noun: Token, words: ModalWords) -> Modality:
    for child in noun.lefts:
        word = child.lower_
        if child.dep_ == "det" and word == "no":
            return "negated"
        if child.dep_ == "amod" and word in words.planning_adjectives:
            return "planned"
        if child.dep_ == "amod" and word in words.possible_adjectives:
            return "possible"
    governor = noun.head
    if noun.dep_ == "nmod" and governor.pos_ == "NOUN":
        if governor.lemma_.lower() in words.possible_nouns:
            return "possible"
        if governor.lemma_.lower() in words.desiring_nouns:
            return "desired"
    return "asserted"


def _as_governed(governor: Token, words: ModalWords) -> Modality:
    """Return what a governor makes of the predicate that stands as its complement."""
    lemma = governor.lemma_.lower()
    if governor.pos_ in {"VERB", "AUX"}:
        own = _of_verb(governor, words)
        if own == "negated" or lemma in words.negating_verbs:
            return "negated"
        if lemma in words.planning_verbs:
            return "planned"
        if lemma in words.desiring_verbs:
            return "desired"
        if lemma in words.doubting_verbs:
            return "possible"
        return own if own != "asserted" else modality_of(governor, words)
    if lemma in words.desiring_nouns:
        return "desired"
    if lemma in words.possible_nouns:
        return "possible"
    if lemma in {"ready", "willing", "set", "due", "prepared", "scheduled", "likely", "expected"}:
        return "planned" if lemma != "likely" else "possible"
    return "asserted"


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)


def _is_bare(verb: Token) -> bool:
    """Tell whether a complement clause is an infinitive, whose time and truth are those that its governor gives it."""
    return any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children)


def is_necessary(verb: Token) -> bool:
    """Tell whether a verb stands behind must, have to, need to or require."""
    if any(child.lower_ == "must" for child in verb.children):
        return True
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in {"have", "need", "require", "must"}
