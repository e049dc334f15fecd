"""Find the words that a predicate's clause or phrase covers, which records give as their evidence."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.syntax import SUBJECTS


def clause_bounds(verb: Token) -> tuple[int, int]:
    """Return the tokens of a verb's clause, from its subject on, without the clauses coordinated with it and final punctuation."""
    left = verb.i
    for child in verb.lefts:
        if child.dep_ in {*SUBJECTS, "nsubj:pass", "nsubjpass", "aux", "aux:pass", "advmod", "neg", "expl", "cop", "auxpass"}:
            left = min(left, child.left_edge.i if child.dep_ in SUBJECTS or child.dep_.startswith("nsubj") else child.i)
    right = verb.i
    for child in verb.rights:
        if child.dep_ in {"conj", "parataxis"} and child.pos_ in {"VERB", "AUX"}:
            break
        if child.dep_ not in {"punct", "cc"}:
            right = max(right, child.right_edge.i)
    return _trimmed(verb.doc, left, right + 1)


def noun_bounds(noun: Token) -> tuple[int, int]:
    """Return the tokens of a noun phrase with all that hangs on it, without relative clauses behind a comma."""
    right = noun.i
    for child in noun.rights:
        if child.dep_ in {"punct", "acl:relcl", "conj", "cc", "parataxis", "appos"}:
            break
        right = child.right_edge.i
    return _trimmed(noun.doc, noun.left_edge.i if noun.dep_ != "ROOT" else noun.i, right + 1)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc"):
        start += 1
    return start, end


def is_asked(verb: Token) -> bool:
    """Tell whether a verb stands in a question."""
    return any(token.text == "?" for token in verb.sent[-3:])
