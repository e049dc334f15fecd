"""Tell how firmly a predicate is stated: asserted, planned, conditional, possible, desired or negated.

In: the token of a predicate in its parse. Out: a Modality. The clause's own words come first (``marks``, ``nouns``), then what each word
makes of it that it hangs on (``governors``), from the inside out (``values``). Limits: what stands in another sentence is not seen; of a
chain of clauses the outermost are left out where there are more than ``DEPTH``.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords, Signature
from kg.extraction.modality.clauses import clause_link, shares_auxiliaries
from kg.extraction.modality.conditions import is_marked_condition
from kg.extraction.modality.links import KNOWN, OPEN, SHARED, Link
from kg.extraction.modality.marks import clause_modality, has_no, is_performed
from kg.extraction.modality.nouns import is_answered, noun_link, noun_modality
from kg.extraction.modality.tense import AUXILIARIES, is_clause, is_infinitive
from kg.extraction.modality.values import under
from kg.extraction.remembered import remembered
from kg.records import Modality

DEPTH = 12


def modality_of(predicate: Token, words: ModalWords, *, support: Token | None = None) -> Modality:
    """Return the modality of a verb, of an adjective or noun with its copula, or of an event noun with or without its light verb."""
    steps: list[tuple[Token, Modality, Link]] = []
    token = predicate = predicate.head if predicate.dep_ in AUXILIARIES else predicate
    if support is not None:
        steps.append((predicate, noun_modality(predicate, words), Link(support, OPEN)))
        token = support
    link = _link(token, words)
    if link is not None and not is_clause(token) and is_answered(token, link.signature, words):
        link = Link(link.governor, KNOWN)
    while link is not None and len(steps) < DEPTH:
        steps.append((token, _own(token, words), link))
        token = link.governor
        link = _link(token, words)
    value = _own(token, words)
    for token, own, link in reversed(steps):
        value = _step(token, own, link.signature, value, words)
    return value


def _step(token: Token, own: Modality, signature: Signature, governor: Modality, words: ModalWords) -> Modality:
    """Return the modality of one predicate in the chain, given that of its governor."""
    if is_performed(token, words):
        return own
    if own == governor == "negated" and (has_no(token, words) or signature is SHARED):
        # "There are no talks", "neither met nor talked": both share one denial.
        return "negated" if signature.negated == "asserted" else under(signature, governor, "asserted")
    return under(signature, governor, own)


def is_necessary(verb: Token) -> bool:
    """Tell whether a verb stands behind must, have to, need to or require."""
    if any(child.lower_ == "must" for child in verb.children):
        return True
    if verb.head.lemma_.lower() == "have" and not is_infinitive(verb):
        return False  # "have the parties agreed?", where the parse takes the auxiliary for the verb
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in {"have", "need", "require", "must"}


@remembered
def _own(token: Token, words: ModalWords) -> Modality:
    """Return what a predicate's own clause or noun phrase says, with the condition that coordinated clauses share."""
    if not is_clause(token):
        return noun_modality(token, words)
    own = clause_modality(token, words)
    first = _first_of_several(token)
    if first.i == token.i:
        return own
    shared = (first, *first.lefts) if is_clause(first) else ()
    return "conditional" if any(is_marked_condition(clause, words) for clause in shared) else own


@remembered
def _link(token: Token, words: ModalWords) -> Link | None:
    first = _first_of_several(token)
    if is_clause(token):
        if shares_auxiliaries(token):
            return Link(token.head, SHARED)
        return clause_link(first, words) if is_clause(first) and is_infinitive(first) == is_infinitive(token) else None
    return noun_link(first, words) if not is_clause(first) else None


def _first_of_several(token: Token) -> Token:
    """Return the first of coordinated predicates, whose governor they share; the token itself where it stands alone."""
    for _ in range(DEPTH):
        if token.dep_ != "conj":
            break
        token = token.head
    return token
