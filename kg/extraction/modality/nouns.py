"""What a noun phrase says of the event that it names: "no talks", "the planned talks", "talks scheduled for Monday"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords, Signature
from kg.extraction.modality.conditions import is_conditional_phrase
from kg.extraction.modality.links import KNOWN, OPEN, UNSURE, Link, signature_of, subject_signature
from kg.extraction.modality.marks import clause_modality, has_no
from kg.extraction.modality.tense import is_infinitive
from kg.extraction.modality.values import under
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, is_passive, preposition_of
from kg.records import Modality

POINTING = frozenset({"the", "this", "that", "these", "those"})


def noun_modality(noun: Token, words: ModalWords) -> Modality:
    """Return what a noun phrase's own words make of its event."""
    if has_no(noun, words) or preposition_of(noun) in words.negating_marks:
        return "negated"
    if is_conditional_phrase(noun.head, words) and noun.dep_ == "nmod":
        return "conditional"
    if any(child.lower_ in words.negating_adjectives for child in _modifiers(noun)):
        return "negated"
    # "participation in future talks" lies ahead with the talks
    inner = (child for child in noun.rights if child.dep_ == "nmod" and preposition_of(child) == "in")
    for word in (*_modifiers(noun), *(child for other in inner for child in _modifiers(other))):
        if word.lower_ in words.planning_adjectives:
            return "planned"
        if word.lower_ in words.possible_adjectives:
            return "possible"
    return next((value for child in noun.rights if (value := _of_clause(child, words)) != "asserted"), "asserted")


def _raises(verb: Token) -> bool:
    """Tell whether a verb speaks of what its subject does or is: "the order is believed TO BE large" tells of an order."""
    return is_passive(verb) and any(child.dep_ == "xcomp" for child in verb.children)


def _modifiers(noun: Token) -> Iterator[Token]:
    return (child for child in noun.lefts if child.dep_ in {"amod", "det", "compound", "advmod"})


def _of_clause(verb: Token, words: ModalWords) -> Modality:
    """Return what a participle or relative clause makes of the noun before it: "talks PLANNED for May", "talks TO BE HELD"."""
    if verb.dep_ not in {"acl", "acl:relcl", "relcl"} or verb.pos_ != "VERB":
        return "asserted"
    if verb.dep_ == "acl" and is_infinitive(verb):
        return "planned" if is_passive(verb) else "asserted"
    if verb.tag_ != "VBN" or _raises(verb):
        return "asserted"
    signature = signature_of(verb, verb.head, "np", words)
    if signature is None or is_answered(verb.head, signature, words):
        return "asserted"
    return under(signature, clause_modality(verb, words), "asserted")


def is_definite(noun: Token) -> bool:
    """Tell whether a noun phrase takes what it names as known: "the talks", "their talks", "Monday's talks"."""
    if noun.pos_ == "PROPN":
        return True
    return any((c.dep_ == "det" and c.lower_ in POINTING) or c.dep_ in {"nmod:poss", "poss"} for c in noun.lefts)


def is_answered(noun: Token, signature: Signature, words: ModalWords) -> bool:
    """Tell whether a noun names what was said, and what is refused is that: "declined the INVITATION"; it was made all the same."""
    own = words.signature("noun", noun.lemma_.lower())
    return (
        signature.affirmed == "negated"
        and signature.negated == "possible"
        and own is not None
        and own.affirmed in {"desired", "possible"}
    )


def noun_link(noun: Token, words: ModalWords) -> Link | None:
    """Return what an event noun hangs on; None where its phrase stands for itself."""
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if governor.i == noun.i:
        return None
    verbal = governor.pos_ in {"VERB", "AUX"}
    if noun.dep_ in SUBJECTS:
        if any(child.dep_ == "expl" for child in governor.children) and governor.lemma_.lower() == "be":
            return Link(governor, OPEN)  # "there is an agreement"
        signature = subject_signature(governor, words)
        return Link(governor, signature) if signature is not None else None if is_definite(noun) else Link(governor, UNSURE)
    if noun.dep_ not in {*OBJECTS, *PASSIVE_SUBJECTS, "iobj", "pobj", "nmod"} and not noun.dep_.startswith("obl"):
        return None
    signature = signature_of(governor, noun, "np", words)
    if signature is not None and verbal and "negated" in signature.projects and not is_definite(noun):
        signature = None  # "did not discuss the talks" takes them for granted, "did not discuss talks" does not
    if signature is not None:
        return Link(governor, KNOWN if _raises(governor) and is_definite(noun) else signature)
    if not verbal:
        return None
    if is_definite(noun):
        return Link(governor, KNOWN)
    preposition = preposition_of(noun)
    if noun.dep_ in {*OBJECTS, *PASSIVE_SUBJECTS} or preposition in {"in", "to", "into", "at"}:
        return Link(governor, OPEN)
    return Link(governor, UNSURE if preposition in {"through", "by", "with", "via", "for", "from", "on"} else KNOWN)
