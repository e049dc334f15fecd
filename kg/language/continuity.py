"""Where the syntax alone says what a personal pronoun takes up.

In: a pronoun of a Doc with Universal Dependencies. Out: the token that heads its antecedent, or nothing where the syntax leaves it open;
whether the two agree in kind, gender and number is for the caller to see.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from kg.language.syntax import OBJECTS, own_subject, preposition_of, subject_of

BOUND = frozenset({*OBJECTS, "iobj"})
SIDES = frozenset({"with", "to"})
"""Prepositions of the other side of a meeting or a talk: "spoke WITH her and urged her to"."""
QUOTED = 4
"""How many sentences of a quotation may lie between two clauses that tell who speaks."""

CLOSING = frozenset({'"', "\N{RIGHT DOUBLE QUOTATION MARK}", "''"})


def fellow_argument(pronoun: Token) -> Token | None:
    """Return the subject of the verb that a pronoun is the object of, which it never takes up: in "A met B and urged HIM to go", A."""
    if pronoun.dep_ not in BOUND or pronoun.lower_.endswith(("self", "selves")) or pronoun.head.pos_ != "VERB":
        return None
    subject = subject_of(pronoun.head)
    return None if subject is None or subject.i == pronoun.i else subject


def parallel_object(pronoun: Token) -> Token | None:
    """Return the object of the verb before a coordinated one, which the object of that one takes up: "A met B and urged HIM to go"."""
    verb = pronoun.head
    if pronoun.dep_ not in BOUND or verb.dep_ != "conj" or verb.head.pos_ != "VERB" or own_subject(verb) is not None:
        return None
    children = list(verb.head.children)
    found = next((child for child in children if child.dep_ in BOUND and child.i < verb.i), None)
    if found is not None:
        return found
    return next((c for c in children if c.dep_ == "obl" and c.i < verb.i and preposition_of(c) in SIDES), None)


def last_speaker(pronoun: Token, *, verbs: Container[str], quoted: Container[int]) -> Token | None:
    """Return who spoke in the sentence before, whom the subject of another verb of speaking takes up: "A warned … "…," HE added".

    ``verbs`` are the lemmas of speaking and dealing, ``quoted`` the tokens of quotations: their sentences are passed over.
    """
    verb = pronoun.head
    if pronoun.dep_ != "nsubj" or verb.lemma_.lower() not in verbs:
        return None
    if verb.dep_ not in {"ROOT", "parataxis"} and not (pronoun.i and pronoun.nbor(-1).text in CLOSING):
        return None
    start = pronoun.sent.start
    for _ in range(QUOTED):
        if start == 0:
            return None
        sentence = pronoun.doc[start - 1].sent
        root = sentence.root
        if root.i not in quoted:
            told = root if root.lemma_.lower() in verbs else next((c for c in root.children if _is_beside(c, verbs)), None)
            return own_subject(told) if told is not None else None
        start = sentence.start
    return None


def _is_beside(token: Token, verbs: Container[str]) -> bool:
    return token.dep_ == "parataxis" and token.lemma_.lower() in verbs
