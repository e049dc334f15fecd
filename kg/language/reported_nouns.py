"""What a noun reports, and whose words or thoughts those are: "his claim that …", "reports of …", "offered the view that …".

In: a noun with its dependents. Out: the token that heads what is reported, and the one that heads the source. Pure.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.lexicon import Lexicon
from kg.language.syntax import OBJECTS, agent_of, is_passive, subject_of

OWNING = frozenset({"by", "of", "from", "among"})
NAMED = frozenset({"nmod:poss", "poss", "compound", "amod"})


def leading_word(head: Token) -> str:
    """Return the preposition or conjunction in front of a phrase or clause; an empty text where there is none."""
    marks = (child for child in head.lefts if child.dep_ in {"case", "mark"} and child.tag_ != "POS")
    mark = next(marks, None)
    if mark is None:
        return str(head.head.lower_) if head.dep_ in {"pobj", "pcomp"} else ""
    return str(mark.lower_)


def is_finite(clause: Token) -> bool:
    """Tell whether a clause has a verb with a tense: then it says something, whatever form its cue has."""
    return any(word.tag_ in {"VBD", "VBP", "VBZ", "MD"} for word in (clause, *clause.children))


def clause_of_noun(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of the clause that a noun without a meaning of its own stands for: "the fact THAT …"."""
    return _clause(noun, infinitive=False) if noun.lemma_.lower() in lexicon.transparent_nouns else None


def content_of_noun(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of what a noun of speech or thought reports: a clause, what stands behind a preposition, or a predicate."""
    lemma = noun.lemma_.lower()
    if lemma not in lexicon.content_nouns:
        return None
    clause = _clause(noun, infinitive=lemma in lexicon.undertaking_nouns)
    if clause is not None:
        return clause
    for child in noun.rights:
        if child.pos_ == "PRON":
            continue
        if child.dep_.split(":")[0] in {"nmod", "acl"} and f"{lemma} {leading_word(child)}" in lexicon.noun_phrases:
            return clause_of_noun(child, lexicon) or child
        if child.dep_ == "prep" and f"{lemma} {child.lower_}" in lexicon.noun_phrases:
            return next((head for head in child.children if head.dep_ in {"pobj", "pcomp"}), None)
    return _predicate(noun, lexicon)


def content_of_standpoint(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of what is so from somebody's point of view: "in his view, …"."""
    owned = any(child.dep_ in {"nmod:poss", "poss"} for child in noun.children) or _owner(noun) is not None
    if noun.lemma_.lower() in lexicon.standpoint_nouns and noun.dep_.startswith("obl") and leading_word(noun) == "in" and owned:
        return noun.head
    return None


def source_of_noun(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of the phrase that names whose words a noun reports; None where the text leaves it open.

    That is its owner, or who utters it: "X voiced the hope that …".
    """
    owner = _owner(noun)
    if owner is not None:
        return owner
    verb = noun.head
    if verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon.uttering_verbs:
        if noun.dep_ in OBJECTS:
            return agent_of(verb) if is_passive(verb) else subject_of(verb)
        if noun.dep_ in {"nsubj:pass", "nsubjpass"}:
            return agent_of(verb)
    return None


def _owner(noun: Token) -> Token | None:
    content = {child.i for child in noun.children if child.dep_.startswith("acl")}
    for child in noun.children:
        if child.dep_ in {"nmod:poss", "poss"} or (child.dep_ in NAMED and child.ent_type_):
            return _uttered_by(noun) or child if child.lower_ in {"its", "their", "his", "her", "our", "my"} else child
    for child in noun.children:
        behind = leading_word(child)
        if child.i not in content and child.dep_.startswith("nmod") and behind in {"by", "from", "among"}:
            return child
        if child.dep_.startswith("nmod") and behind == "of" and content:
            return child
    return None


def _uttered_by(noun: Token) -> Token | None:
    """Return who "expressed his belief": the subject says more than the pronoun."""
    verb = noun.head
    if noun.dep_ in OBJECTS and verb.pos_ == "VERB" and not is_passive(verb):
        return subject_of(verb)
    return None


def _clause(noun: Token, *, infinitive: bool) -> Token | None:
    """Return the clause that completes a noun; one with "to" only where ``infinitive`` is true, a relative clause or participle never."""
    for child in noun.rights:
        if child.dep_ not in {"acl", "ccomp", "advcl"}:
            continue
        if any(mark.lower_ in {"that", "whether", "if"} and mark.dep_ == "mark" for mark in child.lefts):
            return child
        has_subject = any(word.dep_.startswith("nsubj") for word in child.lefts)
        if child.dep_ == "acl" and has_subject and is_finite(child):
            return child
        if infinitive and any(mark.lower_ == "to" and mark.dep_ in {"mark", "aux"} for mark in child.lefts):
            return child
    return None


def _predicate(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return what "the hope is that …" or "the reports were of …" say."""
    if not noun.dep_.startswith("nsubj") or noun.dep_.endswith("pass"):
        return None
    head = noun.head
    if head.lemma_.lower() == "be":
        return next((child for child in head.children if child.dep_ == "ccomp"), None)
    is_copular = any(child.dep_ == "cop" for child in head.children)
    if is_copular and (leading_word(head) == "that" or f"{noun.lemma_.lower()} {leading_word(head)}" in lexicon.noun_phrases):
        return head
    return None
