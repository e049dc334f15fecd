"""Small questions to a dependency parse, in Universal Dependencies and in ClearNLP's labels alike."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass"})
OBJECTS = frozenset({"obj", "dobj"})


LOOSE = frozenset({"parataxis", "dislocated", "list", "dep"})
RELATIVES = frozenset({"acl:relcl", "relcl"})
RELATIVE_PRONOUNS = frozenset({"that", "which", "who", "whom"})


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive voice, its own or that of the verb it is coordinated with ("was drafted and REJECTED")."""
    if any(child.dep_ in {*PASSIVE_SUBJECTS, "aux:pass", "auxpass"} for child in verb.children):
        return True
    return (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and not any(child.dep_ in {*SUBJECTS, *OBJECTS, "aux"} for child in verb.children)
        and any(child.dep_ in {*PASSIVE_SUBJECTS, "aux:pass", "auxpass"} for child in verb.head.children)
    )


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject: of a passive, the agent behind "by"."""
    if is_passive(verb):
        return agent_of(verb)
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    return subject if subject is not None else _loose_subject(verb)


def _loose_subject(verb: Token) -> Token | None:
    """Return the noun before a finite verb that a parse left beside it: a long list of names is easily hung on loosely."""
    if verb.tag_ not in {"VB", "VBP", "VBZ", "VBD"} or any(child.dep_.startswith(("nsubj", "aux")) for child in verb.children):
        return None
    loose = (child for child in verb.lefts if child.dep_ in LOOSE and child.pos_ in {"NOUN", "PROPN"})
    return next((child for child in loose if not any(inner.dep_ in {"case", "mark"} for inner in child.children)), None)


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
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and any(child.lower_ == "for" for child in verb.lefts):
            # "thanked THEM for coming", "blamed THE REBELS for breaking the truce"
            thanked = next((child for child in verb.head.children if child.dep_ in OBJECTS), None)
            if thanked is not None:
                return thanked
        told = _told_before(verb)
        if told is not None:
            return subject_of(told, depth=depth - 1)
        if verb.dep_ in {"ccomp", "parataxis"} and verb.head.pos_ not in {"VERB", "AUX"}:
            return None
        if is_passive(verb.head) and verb.dep_ in {"xcomp", "conj", "advcl"} and not is_passive(verb):
            return passive_subject(verb.head)
        return subject_of(verb.head, depth=depth - 1)
    if (verb.dep_ in {"acl", "acl:relcl", "relcl"} and "Part" not in verb.morph.get("VerbForm", [])) or (
        verb.dep_ == "acl" and verb.tag_ == "VBG"
    ):
        return verb.head
    return None


def _told_before(verb: Token) -> Token | None:
    """Return the clause that a participle goes on with behind the verb that reports it: "the rebels fled, police said, LEAVING arms"."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.i < verb.head.i or any(c.dep_ == "mark" for c in verb.lefts):
        return None
    return next((c for c in verb.head.lefts if c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"}), None)


def passive_subject(verb: Token) -> Token | None:
    """Return the subject of a passive, also one that stands with the verb it depends on: "the DEAL is expected to be signed"."""
    own = next((child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS), None)
    if own is not None:
        return _antecedent(own, verb)
    if not is_passive(verb) or verb.dep_ not in {"conj", "xcomp"}:
        return None
    governing = (child for child in verb.head.children if child.dep_ in {*PASSIVE_SUBJECTS, *SUBJECTS})
    subject = next(governing, None)
    return _antecedent(subject, verb.head) if subject is not None else None


def gap_filler(verb: Token, *, depth: int = 4) -> Token | None:
    """Return the noun that a relative clause describes where it is the verb's object: "talks they HELD", "a plan we agreed to SIGN"."""
    children = list(verb.children)
    if any(child.dep_ in {"ccomp", "xcomp"} or (child.dep_ in OBJECTS and not _is_relative(child)) for child in children):
        return None
    top = verb
    while top.dep_ in {"xcomp", "ccomp"} and depth:
        top, depth = top.head, depth - 1
    if top.dep_ not in RELATIVES:
        return None
    subject = next((child for child in top.children if child.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS}), None)
    return top.head if subject is not None and not _is_relative(subject) else None


def shared_object(verb: Token) -> Token | None:
    """Return the object that coordinated verbs share: "condemned and REJECTED the plan", "WELCOMED and backed it"."""
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        shared = next((child for child in verb.head.children if child.dep_ in OBJECTS and child.i > verb.i), None)
        if shared is not None:
            return shared
    later = next((child for child in verb.children if child.dep_ == "conj" and child.i == verb.i + 2), None)
    if later is None:
        return None
    return next((child for child in later.children if child.dep_ in OBJECTS), None)


def _is_relative(token: Token) -> bool:
    return token.lower_ in RELATIVE_PRONOUNS


def _antecedent(subject: Token, verb: Token) -> Token:
    return verb.head if _is_relative(subject) and verb.dep_ in RELATIVES else subject


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


def is_order(verb: Token) -> bool:
    """Tell whether a verb is an imperative: "Reject the job", "do not press"; it tells a reader what to do, and reports nothing."""
    return "Imp" in verb.morph.get("Mood", []) and own_subject(verb) is None
