"""What a verb reports, and whose words or thoughts those are, as the parse shows it.

In: a verb with its dependents. Out: the token that heads what is reported, and the one that heads the source. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.language.lexicon import Lexicon
from kg.language.reported_nouns import clause_of_noun, content_of_noun, is_finite, leading_word, source_of_noun
from kg.language.syntax import OBJECTS, agent_of, is_passive, own_subject, passive_subject, subject_of

CLAUSES = frozenset({"ccomp", "csubj:pass", "csubjpass"})
EXPLETIVES = frozenset({"it", "there"})


def content_of_verb(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of what a verb reports: a clause, an infinitive, what stands behind a preposition or a colon, or an object."""
    for read in (_clause, _open_clause, _behind_preposition, _behind_colon, _object):
        content = read(verb, lexicon)
        if content is not None:
            return content
    return None


def content_beside(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of the clause that a verb is set into or behind: "…, police said", "as X noted"."""
    as_put = leading_word(verb) == "as" and _is_put(verb, lexicon)
    if own_subject(verb) is None or not (as_put or _is_one_of(verb, lexicon.clausal_verbs, lexicon.reporting_verbs)):
        return None
    if not as_put and any(child.dep_ in {*OBJECTS, "iobj"} for child in verb.children) and not _takes_addressee(verb, lexicon):
        return None
    if verb.dep_ == "parataxis":
        low, high = sorted((verb.i, verb.head.i))
        between = verb.doc[low:high]
        return None if any(token.text in {";", ":"} and token.head.i in {verb.i, verb.head.i} for token in between) else verb.head
    return verb.head if verb.dep_ == "advcl" and leading_word(verb) == "as" else None


def source_of_verb(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of the phrase that names whose words a verb reports; None where the text leaves it open."""
    source = _source(verb, lexicon)
    return None if source is None or source.dep_ == "expl" else source


def is_mere_complement(verb: Token, content: Token) -> bool:
    """Tell whether a verb is no report but what another one is about: "the need to agree on a date", "urged them to ask for help"."""
    return (
        _has_to(verb) and verb.dep_ in {"acl", "advcl", "xcomp", "ccomp"} and not is_finite(content) and own_subject(verb) is None
    )


def is_intended(verb: Token, content: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb reports what its subject means or wishes to do, not what anybody said."""
    own = content.dep_ == "xcomp" and not _has_object(verb) and not is_passive_form(verb)
    return own and verb.lemma_.lower() in lexicon.intending_verbs


def is_passive_form(verb: Token) -> bool:
    """Tell whether a verb is in the passive, or a participle that stands for one: "asked whether he would resign, …"."""
    bare = verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and not any(child.dep_ == "aux" for child in verb.children)
    return is_passive(verb) or (bare and own_subject(verb) is None)


def _source(verb: Token, lexicon: Lexicon) -> Token | None:
    if is_passive_form(verb):
        return passive_subject(verb) if _is_moved(verb, lexicon) else agent_of(verb)
    if own_subject(verb) is None:
        if leading_word(verb) == "as" and is_passive(verb.head):
            return passive_subject(verb.head)  # X was quoted as saying
        if _is_attributive(verb) and verb.head.lemma_.lower() in lexicon.content_nouns:
            return source_of_noun(verb.head, lexicon) or verb.head  # calls by X asking Y to
    return subject_of(verb)


def _is_moved(verb: Token, lexicon: Lexicon) -> bool:
    """Tell whether a passive says what its subject thinks: "they were convinced that", not "it was agreed that"."""
    subject = passive_subject(verb)
    return subject is not None and subject.lower_ not in EXPLETIVES and verb.lower_ in lexicon.opinion_adjectives


def _is_put(verb: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb reports together with the "it" behind it: "as X put it"."""
    return f"{verb.lemma_.lower()} it" in lexicon.verb_phrases and any(
        c.dep_ in OBJECTS and c.lower_ == "it" for c in verb.rights
    )


def _takes_addressee(verb: Token, lexicon: Lexicon) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in lexicon.directive_verbs or f"{lemma} of" in lexicon.verb_phrases


def _is_one_of(verb: Token, *lists: frozenset[str]) -> bool:
    lemma = verb.lemma_.lower()
    return any(lemma in words for words in lists)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in {*OBJECTS, "iobj"} for child in verb.children)


def _clause(verb: Token, lexicon: Lexicon) -> Token | None:
    known = _is_one_of(verb, lexicon.clausal_verbs, lexicon.directive_verbs, lexicon.promising_verbs)
    if not known and not _is_moved(verb, lexicon):
        return None
    return next((child for child in verb.children if child.dep_ in CLAUSES), None)


def _open_clause(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of an infinitive, or of what the verb judges its object to be."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"}:
            ruled = _is_one_of(verb, lexicon.promising_verbs, lexicon.intending_verbs)
            controlled = _is_controlled(verb) and _is_one_of(verb, lexicon.directive_verbs, lexicon.clausal_verbs)
            if ruled or (controlled and _has_to(child)) or (_is_attributive(verb) and lemma in lexicon.directive_verbs):
                return child
        judged = child.dep_ == "xcomp" and (_has_object(verb) or is_passive(verb)) and lemma in lexicon.judging_verbs
        if judged or (child.dep_ == "advcl" and _has_to(child) and _calls_upon(verb, child, lexicon)):
            return child
    return None


def _is_controlled(verb: Token) -> bool:
    return _has_object(verb) or is_passive(verb) or any(_is_called_upon(child) for child in verb.children)


def _is_called_upon(child: Token) -> bool:
    return child.dep_.startswith("obl") and leading_word(child) in {"on", "upon", "to", "with"}


def _calls_upon(verb: Token, clause: Token, lexicon: Lexicon) -> bool:
    """Tell whether an infinitive behind "call on X", "urge X" is what X is to do."""
    addressed = (child for child in verb.children if _is_called_upon(child) or child.dep_ in {*OBJECTS, "iobj"})
    return verb.lemma_.lower() in lexicon.directive_verbs and any(verb.i < child.i < clause.i for child in addressed)


def _has_to(clause: Token) -> bool:
    return any(child.dep_ in {"mark", "aux"} and child.lower_ == "to" for child in clause.lefts)


def _is_attributive(verb: Token) -> bool:
    return verb.dep_ == "acl" and verb.tag_ == "VBG"


def _behind_preposition(verb: Token, lexicon: Lexicon) -> Token | None:
    for child in _complements(verb):
        if child.pos_ != "PRON" and f"{verb.lemma_.lower()} {leading_word(child)}" in lexicon.verb_phrases:
            return clause_of_noun(child, lexicon) or child
    return None


def _complements(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_.split(":")[0] in {"obl", "advcl", "xcomp"}:
            yield child
        elif child.dep_ == "prep":
            yield from (noun for noun in child.children if noun.dep_ in {"pobj", "pcomp"})


def _behind_colon(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of the words that a colon or comma announces, where the parse sets them beside the verb: "He said: …"."""
    if not _is_one_of(verb, lexicon.clausal_verbs, lexicon.reporting_verbs):
        return None
    for child in verb.rights:
        opening = [token.text for token in verb.doc[verb.i + 1 : child.i] if token.is_punct]
        if child.dep_ == "parataxis" and (":" in opening or not {"“", '"', "«"}.isdisjoint(opening)):
            return child
    return None


def _object(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the noun that names what is reported, unless the noun itself reports something: "repeated his claim that …"."""
    if verb.lemma_.lower() not in lexicon.nominal_verbs:
        return None
    if is_passive(verb):
        noun = passive_subject(verb) if agent_of(verb) is not None else None
    else:
        noun = next((child for child in verb.children if child.dep_ in OBJECTS), None)
    if noun is None or noun.pos_ != "NOUN" or content_of_noun(noun, lexicon) is not None:
        return None
    return clause_of_noun(noun, lexicon) or noun
