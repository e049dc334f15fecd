"""Whether a clause is a condition, or hangs on one: "if", "unless", "only after", "as long as", "were they to meet", "in the event of"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords
from kg.extraction.modality.tense import auxiliaries, is_past
from kg.language.syntax import PASSIVE_SUBJECTS, SUBJECTS, preposition_of

MARKS = frozenset({"mark", "case", "prep"})


def marks_of(verb: Token) -> frozenset[str]:
    """Return the words that join a clause to what it hangs on."""
    return frozenset(child.lower_ for child in verb.children if child.dep_ in MARKS or child.tag_ == "WRB")


def is_condition(verb: Token, words: ModalWords) -> bool:
    """Tell whether a clause is a condition; what is past is one only behind "if" and "unless"."""
    marks = marks_of(verb)
    if _is_provided(verb, words):
        return True
    if marks & words.conditional_marks:
        return bool(marks & {"if", "unless"}) or not is_past(verb)
    if verb.dep_ == "advcl" and not marks - {"to"} and _is_inverted(verb):
        return True
    if marks & words.temporal_marks and (_is_behind_only(verb) or any(_is_only(child) for child in verb.children)):
        return not is_past(verb)
    as_long = verb.head.lower_ in words.lasting_adverbs and verb.dep_ == "advcl"
    return as_long and "as" in marks and not is_past(verb)


def is_marked_condition(verb: Token, words: ModalWords) -> bool:
    """Tell whether a clause is a condition for the one that it hangs on: "if", "only after", "were they to meet"."""
    if marks_of(verb) & words.limiting_marks:
        return False
    return is_condition(verb, words) and not any(child.lower_ == "even" for child in verb.children)


def has_condition(verb: Token, words: ModalWords) -> bool:
    """Tell whether a clause holds only under a condition that is hung on it; what is past has happened, whatever it hung on."""
    if is_past(verb) and not any(child.tag_ == "MD" for child in auxiliaries(verb)):
        return False
    for child in verb.children:
        if child.dep_ == "advcl" and (is_marked_condition(child, words) or any(_is_provided(c, words) for c in child.rights)):
            return True
        if child.dep_ == "advmod" and child.lower_ in words.lasting_adverbs:
            if any(n.dep_ == "advcl" and is_marked_condition(n, words) for n in child.children):
                return True
        if not child.dep_.startswith("obl"):
            continue
        if is_conditional_phrase(child, words) or preposition_of(child) in words.conditional_prepositions:
            return True
        if preposition_of(child) == "after" and any(_is_only(n) for n in child.lefts):
            return True
    return False


def _is_provided(verb: Token, words: ModalWords) -> bool:
    """Tell whether a clause is what is provided or assumed, where the parse takes that for a verb: "PROVIDED that they leave"."""
    governor = verb.head
    return verb.dep_ == "ccomp" and governor.dep_ == "advcl" and governor.lower_ in words.conditional_marks


def is_conditional_phrase(noun: Token, words: ModalWords) -> bool:
    """Tell whether a noun opens a condition: "in the EVENT of an attack", "on CONDITION that they leave"."""
    return (
        noun.lemma_.lower() in words.conditional_phrases
        and preposition_of(noun) in {"in", "on", "under", "with"}
        and any(child.dep_ in {"nmod", "acl", "ccomp", "acl:relcl"} for child in noun.rights)
    )


def _is_behind_only(verb: Token) -> bool:
    first = verb.left_edge
    return first.i > 0 and first.nbor(-1).lower_ == "only"


def _is_only(token: Token) -> bool:
    return token.lower_ == "only" and token.dep_ in {"advmod", "amod"}


def _is_inverted(verb: Token) -> bool:
    """Tell whether an auxiliary opens a clause before its subject: "were they to meet", "should they meet", "had they met"."""
    first = next((child for child in verb.lefts if not child.is_punct), None)
    subject = next((child for child in verb.lefts if child.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS}), None)
    return first is not None and subject is not None and first.i < subject.i and first.lower_ in {"were", "should", "had"}
