"""Find the arguments of a predicate in its parse: who does it, to what, with whom, about what.

In: the token of a verb or an event noun. Out: the head tokens of its arguments by slot name: subject, object, clause ("to meet"), that
("that they met"), purpose (a clause behind "to" that tells what for), a preposition ("with"), or the phrase of an argument ("object
of": need the consent OF X); of a noun also owner (X's), self, involving, about ("related to", "focused on"), governor (what it hangs
on), theme (what the verb around it is done to) and said (what a copula says of it). A relative pronoun stands for the noun before its
clause, a clause that lacks its object for the noun it describes, a coordinated verb shares what it lacks.
Limits: arguments lie in the predicate's sentence.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.remembered import remembered
from kg.language.syntax import (
    OBJECTS,
    RELATIVE_PRONOUNS,
    RELATIVES,
    agent_of,
    conjuncts,
    gap_filler,
    is_passive,
    own_subject,
    passive_subject,
    preposition_of,
    shared_object,
    subject_of,
)

MEASURES = frozenset({"cycle", "day", "hour", "month", "number", "round", "series", "session", "set", "week"})
"""Nouns that measure out what stands behind their "of": "a round of talks" tells of talks."""
COMPANY = frozenset({"with", "between", "among"})
"""Prepositions whose phrase belongs to the predicate, though the parse may hang it on a noun between: "talks in Geneva WITH Russia"."""
INVOLVING = frozenset({"include", "involve"})
"""Participles whose object takes part: "talks INVOLVING three parties"."""
CONCERNING = frozenset(
    (
        "addressing aimed centered centred concerned concerning covering dealing dedicated devoted focused focusing focussed "
        "pertaining regarding related relating"
    ).split()
)
"""Participles whose phrase is what a noun is about: "talks RELATED to the border"."""


@remembered
def verb_slots(verb: Token) -> dict[str, tuple[int, ...]]:
    """Return the arguments of a verb: with a passive, who it is done to is the object and the agent the subject."""
    slots: dict[str, list[int]] = {}
    _fill_voice(slots, verb)
    for child in verb.children:
        if child.dep_ in OBJECTS:
            if child.lower_ not in RELATIVE_PRONOUNS or verb.dep_ not in RELATIVES:
                _fill(slots, "object", child)
        elif child.dep_ == "iobj":
            _fill(slots, "recipient", child)
        elif child.dep_ in {"ccomp", "xcomp"}:
            # "agreed to meet" is an act, "agreed that it was late" a statement about one.
            slots.setdefault("that" if _has_subject(child) else "clause", []).extend(clauses(child))
        elif child.dep_.startswith(("obl", "nmod")) or (child.dep_ == "dep" and child.pos_ in {"NOUN", "PROPN"}):
            _fill_phrase(slots, child)
        elif child.dep_ == "advcl":
            _fill_adverbial(slots, child)
        elif child.dep_ == "prep":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    _fill(slots, child.lower_, noun)
    if "recipient" in slots:
        slots.setdefault("object", slots["recipient"])  # "warned THEM that …" has no other object
    if "object" not in slots and "clause" not in slots and "that" not in slots:
        _fill_missing(slots, verb)
    _fill_nested(slots, verb)
    return {name: tuple(dict.fromkeys(heads)) for name, heads in slots.items()}


def _fill_voice(slots: dict[str, list[int]], verb: Token) -> None:
    """Fill the subject, and of a passive the object."""
    passive = is_passive(verb)
    participle = (
        verb.dep_ in {"acl", *RELATIVES} and verb.tag_ == "VBN" and own_subject(verb) is None and not _has_auxiliary(verb)
    )
    if passive or participle:
        acted_on = passive_subject(verb) or (verb.head if participle or verb.dep_ == "acl" else None)
        if acted_on is not None:
            _fill(slots, "object", acted_on)
        subject = agent_of(verb)
    else:
        subject = subject_of(verb)
    if subject is not None:
        _fill(slots, "subject", subject)


def _fill_nested(slots: dict[str, list[int]], verb: Token) -> None:
    """Fill "object of", "to by" and the like: the phrases of an argument's noun; some belong as well to the verb ("hold talks WITH")."""
    for name, heads in list(slots.items()):
        for head in heads if name != "subject" else ():
            for child in verb.doc[head].children:
                preposition = preposition_of(child) if child.dep_ == "nmod" else None
                if preposition is None:
                    continue
                _fill(slots, f"{name} {preposition}", child)
                if name == "object" and preposition in {"with", "about", "on", "against"}:
                    _fill(slots, preposition, child)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_.startswith(("nsubj", "csubj")) for child in verb.children)


def _has_auxiliary(verb: Token) -> bool:
    return any(child.dep_ in {"aux", "aux:pass", "auxpass"} for child in verb.children)


def _fill_phrase(slots: dict[str, list[int]], noun: Token, *, otherwise: str = "time") -> None:
    """Fill the slot of a noun's preposition, and those of what hangs on the noun but belongs to the predicate."""
    _fill(slots, preposition_of(noun) or otherwise, noun)
    for nested in noun.children:
        if nested.dep_ == "nmod" and preposition_of(nested) in COMPANY:
            _fill(slots, preposition_of(nested) or "", nested)


def _fill_adverbial(slots: dict[str, list[int]], verb: Token) -> None:
    """Fill the slot of a preposition before a gerund ("accused them OF breaking the truce"), or "purpose" ("called on them TO stop")."""
    mark = next((child.lower_ for child in verb.lefts if child.dep_ in {"mark", "case"}), None)
    if mark == "to":
        slots.setdefault("purpose", []).extend(clauses(verb))
    elif mark is not None and verb.tag_ == "VBG":
        slots.setdefault(mark, []).extend(clauses(verb))


def _fill_missing(slots: dict[str, list[int]], verb: Token) -> None:
    """Fill the object that stands elsewhere: before a relative clause, or with a coordinated verb."""
    filler = gap_filler(verb)
    if filler is not None:
        stranded = next((c for c in verb.rights if c.pos_ == "ADP" and c.dep_ in {"obl", "advmod", "case", "prep"}), None)
        _fill(slots, stranded.lower_ if stranded is not None else "object", filler)
        return
    shared = shared_object(verb)
    if shared is not None:
        _fill(slots, "object", shared)


def clauses(verb: Token) -> list[int]:
    """Return a clause's verb and those coordinated with it: "urged them to AGREE on a plan and SIGN it"."""
    found = [verb.i]
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and own_subject(child) is None:
            found += clauses(child)
    return found


def _fill(slots: dict[str, list[int]], name: str, head: Token) -> None:
    slots.setdefault(name, []).extend(token.i for token in conjuncts(head))


def measured(noun: Token) -> Token:
    """Return the noun of measure that an event noun hangs on, and else the noun itself: "two DAYS of talks"."""
    head = noun.head
    return head if noun.dep_ == "nmod" and preposition_of(noun) == "of" and head.lemma_.lower() in MEASURES else noun


def noun_slots(noun: Token, support: Token | None) -> dict[str, tuple[int, ...]]:
    """Return the arguments of an event noun: its owner, its prepositional phrases, and those of its light verb."""
    slots: dict[str, list[int]] = {"self": [noun.i]}
    outer = measured(noun)
    beside = [child for child in outer.children if child.i != noun.i] if outer.i != noun.i else []
    for child in (*noun.children, *beside):
        if child.dep_ in {"nmod:poss", "poss"} or (child.dep_ in {"amod", "compound"} and child.text[0].isupper()):
            _fill(slots, "owner", child)
        elif child.dep_.startswith("nmod"):
            _fill_phrase(slots, child, otherwise="of")
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    _fill(slots, child.lower_, inner)
        elif child.lower_ in CONCERNING and child.dep_ in {"acl", "amod"} and child.i > noun.i:
            _fill_concerning(slots, child)
        elif child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"}:
            _fill_participle(slots, child)
        elif child.dep_ == "acl":
            slots.setdefault("clause", []).extend(clauses(child))
    if support is not None:
        for name, heads in verb_slots(support).items():
            if name != "object":
                slots.setdefault(name, []).extend(head for head in heads if head != noun.i)
    theme = theme_of(noun)
    slots["theme"] = [theme.i] if theme is not None else []
    if noun.dep_.startswith("nsubj") and is_copular(noun.head):
        slots["said"] = [noun.head.i]
    slots["governor"] = [noun.head.i] if noun.dep_ not in {"ROOT"} else []
    return {name: tuple(dict.fromkeys(heads)) for name, heads in slots.items() if heads}


def is_copular(token: Token) -> bool:
    """Tell whether a token is what a copula says of its subject: "these are POINTS", "the question is OPEN"."""
    return any(child.dep_ == "cop" for child in token.children)


def _fill_concerning(slots: dict[str, list[int]], participle: Token) -> None:
    """Fill what a participle or adjective says that its noun is about: "talks RELATED to the border", "talks FOCUSED on trade"."""
    for child in participle.rights:
        if child.dep_ in OBJECTS or child.dep_.startswith(("obl", "nmod")):
            _fill(slots, "about", child)


def _fill_participle(slots: dict[str, list[int]], verb: Token) -> None:
    """Fill what a participle says of its noun: "talks HELD in Oslo", "talks INVOLVING Norland"."""
    lemma = verb.lemma_.lower()
    for name, heads in verb_slots(verb).items():
        if name == "object" and lemma in INVOLVING:
            slots.setdefault("involving", []).extend(heads)
        elif name not in {"subject", "object"}:
            slots.setdefault(name, []).extend(heads)


def theme_of(noun: Token) -> Token | None:
    """Return what the verb around a noun is done to: "the POINTS were put on a separate track", "POINTS that we agreed to put …"."""
    verb = next((ancestor for ancestor in noun.ancestors if ancestor.pos_ == "VERB"), None)
    while verb is not None:
        theme = passive_subject(verb) or next((child for child in verb.children if child.dep_ in OBJECTS), None)
        if theme is not None and theme.lower_ not in {"that", "which"} and noun.i not in {token.i for token in theme.subtree}:
            return theme
        if verb.dep_ in {"acl", "acl:relcl", "relcl"}:
            # "X are points that we agreed to put …": the points are X.
            defined = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
            return defined if defined is not None and is_copular(verb.head) else verb.head
        verb = verb.head if verb.dep_ == "xcomp" and verb.head.i != verb.i else None
    return None
