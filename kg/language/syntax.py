"""Small questions to a dependency parse, in Universal Dependencies and in ClearNLP's labels alike."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass"})
OBJECTS = frozenset({"obj", "dobj"})


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive voice."""
    return any(child.dep_ in {*PASSIVE_SUBJECTS, "aux:pass", "auxpass"} for child in verb.children)


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject: of a passive, the agent behind "by"."""
    if is_passive(verb):
        return agent_of(verb)
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def agent_of(verb: Token) -> Token | None:
    """Return the agent of a passive; None where the text names none."""
    for child in verb.children:
        if child.dep_ == "obl:agent":
            return child
        if child.dep_ == "agent":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
        if child.dep_.startswith("obl") and any(case.lower_ == "by" for case in child.children if case.dep_ == "case"):
            return child
    return None


def subject_of(verb: Token, *, depth: int = 4) -> Token | None:
    """Return who does what a verb says, also where the subject stands with the verb it depends on.

    A coordinated verb shares the first one's subject; a participle or an open clause takes that of its governor; a relative pronoun
    stands for the noun before its clause.
    """
    subject = own_subject(verb)
    if subject is not None:
        return _antecedent(subject, verb)
    if depth == 0:
        return None
    if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "parataxis"} and verb.head.i != verb.i:
        if verb.dep_ == "xcomp":
            controller = next((child for child in verb.head.children if child.dep_ in {*OBJECTS, "iobj"}), None)
            if controller is not None:
                return controller
        if verb.dep_ in {"ccomp", "parataxis"} and verb.head.pos_ not in {"VERB", "AUX"}:
            return None
        if is_passive(verb.head) and verb.dep_ in {"xcomp", "conj"} and not is_passive(verb):
            return passive_subject(verb.head)
        return subject_of(verb.head, depth=depth - 1)
    if (verb.dep_ in {"acl", "acl:relcl", "relcl"} and "Part" not in verb.morph.get("VerbForm", [])) or (
        verb.dep_ == "acl" and verb.tag_ == "VBG"
    ):
        return verb.head
    return None


def passive_subject(verb: Token) -> Token | None:
    """Return the subject of a passive: who or what it is done to."""
    return next((child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS), None)


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ in {"acl:relcl", "relcl"}:
        return verb.head
    return subject


def conjuncts(head: Token) -> Iterator[Token]:
    """Yield a noun and the nouns coordinated with it, in their order."""
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
            yield from conjuncts(child)


def preposition_of(noun: Token) -> str | None:
    """Return the preposition that a noun phrase stands behind, of several words the first; None where there is none."""
    for child in noun.children:
        if child.dep_ == "case" and child.pos_ != "PART":
            return str(child.lower_)
    for title in noun.lefts:
        if title.dep_ in {"nmod:desc", "compound", "appos", "flat"}:
            # The preposition of "with Foreign Minister X" may hang on the title.
            for child in title.lefts:
                if child.dep_ == "case" and child.pos_ != "PART":
                    return str(child.lower_)
    if noun.dep_ == "pobj":
        return str(noun.head.lower_)
    return None
