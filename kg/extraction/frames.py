"""Read predicates with their arguments, voice and modality off the parse.

In: a Doc with dependencies (Universal Dependencies or ClearNLP's labels) and the lexicon. Out: Frames in text order, once for each
frame type that a verb or an event noun evokes. Every reader of meetings, issues, relations and events works on these.
Limits: arguments lie in the predicate's sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import FrameLexicon, FrameType, Part
from kg.extraction.modality import is_necessary, modality_of
from kg.language.syntax import (
    OBJECTS,
    SUBJECTS,
    conjuncts,
    is_passive,
    own_subject,
    passive_subject,
    preposition_of,
    subject_of,
)
from kg.records import Modality

MEASURES = frozenset({"cycle", "day", "hour", "month", "number", "round", "series", "session", "set", "week"})
"""Nouns that measure out what stands behind their "of": "a round of talks" tells of talks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One predicate in its place.

    ``slots`` holds the head tokens of its arguments by slot name: subject, object, clause, that, owner, self, theme, governor, or a
    preposition.
    """

    type: FrameType
    predicate: int
    part: Part
    modality: Modality
    slots: dict[str, tuple[int, ...]]
    start: int
    end: int

    def fill(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return the tokens of the first slot in ``names`` that is filled."""
        return next((self.slots[name] for name in names if self.slots.get(name)), ())


def read_frames(doc: Doc, lexicon: FrameLexicon) -> Iterator[Frame]:
    """Yield the frames of a document in text order."""
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and is_copular(token)):
            yield from _verb_frames(token, lexicon)
        elif token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"flat"}:
            yield from _noun_frames(token, lexicon)


def _verb_frames(verb: Token, lexicon: FrameLexicon) -> Iterator[Frame]:
    forms = list(_forms(verb))
    types = {frame.id: frame for form in forms for frame in lexicon.find("verb", form)}
    if not types:
        return
    slots = verb_slots(verb)
    modality = modality_of(verb, lexicon.modality)
    start, end = clause_bounds(verb)
    necessary = is_necessary(verb)
    for frame in types.values():
        if frame.necessary and not necessary:
            continue
        yield Frame(type=frame, predicate=verb.i, part="verb", modality=modality, slots=slots, start=start, end=end)


def is_copular(token: Token) -> bool:
    """Tell whether a token is what a copula says of its subject: "these are POINTS", "the question is OPEN"."""
    return any(child.dep_ == "cop" for child in token.children)


def _forms(verb: Token) -> Iterator[str]:
    """Yield the lemma alone and with what goes with it: "set", "set aside"; "call", "call for"; "remain", "remain open"."""
    lemma = verb.lemma_.lower() if verb.pos_ != "ADJ" else f"be {verb.lower_}"
    yield lemma
    for child in verb.rights:
        if child.pos_ == "ADJ" and child.dep_ in {"xcomp", "acomp", "advmod", "obj"}:
            yield f"{lemma} {child.lower_}"
    particles = [
        child
        for child in verb.children
        if child.dep_ in {"compound:prt", "prt"} or (child.dep_ == "advmod" and child.lower_ in {"aside", "off", "apart"})
    ]
    prepositions = [
        preposition_of(child) for child in verb.children if child.dep_.startswith("obl") or child.dep_ in {"nmod", "advcl", "dep"}
    ]
    prepositions += [
        preposition_of(nested)
        for child in verb.children
        if child.dep_.startswith("obl") and child.lemma_.lower() in {"phone", "telephone", "person", "private"}
        for nested in child.children
        if nested.dep_ == "nmod"
    ]
    prepositions += [child.lower_ for child in verb.children if child.dep_ in {"prep", "mark"}]
    # A preposition left behind by a passive or a relative clause hangs on the verb as an adverb: "agreed upon by", "to work on".
    prepositions += [child.lower_ for child in verb.rights if child.dep_ in {"obl", "advmod", "case"} and child.pos_ == "ADP"]
    for particle in particles:
        yield f"{lemma} {particle.lower_}"
        for preposition in filter(None, prepositions):
            yield f"{lemma} {particle.lower_} {preposition}"
    for preposition in filter(None, prepositions):
        yield f"{lemma} {preposition}"


def verb_slots(verb: Token) -> dict[str, tuple[int, ...]]:
    """Return the arguments of a verb: with a passive, who it is done to is the object and the agent the subject."""
    slots: dict[str, list[int]] = {}
    subject = own_subject(verb) if is_passive(verb) else subject_of(verb)
    if subject is not None:
        _fill(slots, "subject", subject)
    acted_on = passive_subject(verb)
    if acted_on is not None:
        _fill(slots, "object", acted_on)
    elif verb.dep_ in {"acl", "acl:relcl"} and (verb.tag_ == "VBN" and own_subject(verb) is None):
        _fill(slots, "object", verb.head)  # "the progress made in …", "talks facilitated by …"
        slots.pop("subject", None)
        agent = own_subject(verb)
        if agent is not None:
            _fill(slots, "subject", agent)
    for child in verb.children:
        if child.dep_ in OBJECTS:
            _fill(slots, "object", child)
        elif child.dep_ in {"ccomp", "xcomp"}:
            # "agreed to meet" is an act, "agreed that it was late" a statement about one.
            slots.setdefault("that" if own_subject(child) is not None else "clause", []).append(child.i)
        elif child.dep_.startswith(("obl", "nmod")) or (child.dep_ == "dep" and child.pos_ in {"NOUN", "PROPN"}):
            _fill(slots, preposition_of(child) or "time", child)
            for nested in child.children:
                # A prepositional phrase is as often hung on the noun before it: "talks in Geneva with Russia".
                if nested.dep_ == "nmod" and preposition_of(nested) in {"with", "between"}:
                    _fill(slots, preposition_of(nested) or "", nested)
        elif child.dep_ == "prep":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    _fill(slots, child.lower_, noun)
    for head in [*slots.get("object", [])]:
        for child in verb.doc[head].children:
            if child.dep_ == "nmod" and preposition_of(child) in {"with", "about", "on", "against"}:
                _fill(slots, preposition_of(child) or "", child)
    return {name: tuple(dict.fromkeys(heads)) for name, heads in slots.items()}


def _fill(slots: dict[str, list[int]], name: str, head: Token) -> None:
    slots.setdefault(name, []).extend(token.i for token in conjuncts(head))


def _noun_frames(noun: Token, lexicon: FrameLexicon) -> Iterator[Frame]:
    lemma = noun.lemma_.lower()
    compound = next((f"{child.lower_} {lemma}" for child in noun.lefts if child.dep_ in {"compound", "amod"}), "")
    types = {frame.id: frame for form in (compound, lemma) for frame in lexicon.find("noun", form)}
    if not types or any(measured(child).i == noun.i != child.i for child in noun.children):
        return
    support = support_of(noun, lexicon)
    slots = noun_slots(noun, support)
    modality = modality_of(noun, lexicon.modality, support=support)
    start, end = noun_bounds(noun)
    if support is not None:
        first, last = clause_bounds(support)
        start, end = min(start, first), max(end, last)
    for frame in types.values():
        if frame.requires and not any(slots.get(slot) for slot in frame.requires):
            continue
        yield Frame(type=frame, predicate=noun.i, part="noun", modality=modality, slots=slots, start=start, end=end)


def support_of(noun: Token, lexicon: FrameLexicon) -> Token | None:
    """Return the light verb that carries a noun's subject and tense: "HOLD talks", "talks were HELD", "the talk they HAD"."""
    noun = measured(noun)
    governor = noun.head
    if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {*OBJECTS, "nsubj:pass", "nsubjpass", "nsubj", "obl"}:
        if noun.dep_ in {"nsubj", "obl"}:
            return (
                governor
                if governor.lemma_.lower() in {"take", "begin", "resume", "continue", "start", "focus", "conclude"}
                else None
            )
        return governor if governor.lemma_.lower() in lexicon.modality.support_verbs else None
    for child in noun.children:
        if child.dep_ in {"acl", "acl:relcl", "relcl"} and child.lemma_.lower() in lexicon.modality.support_verbs:
            return child
    return None


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
            _fill(slots, preposition_of(child) or "of", child)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    _fill(slots, child.lower_, inner)
        elif child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"}:
            for name, heads in verb_slots(child).items():
                if name not in {"subject", "object"} or child.lemma_.lower() in {
                    "involve",
                    "include",
                    "regard",
                    "concern",
                    "relate",
                }:
                    slots.setdefault("involving" if name == "object" else name, []).extend(heads)
        elif child.dep_ == "acl":
            slots.setdefault("clause", []).append(child.i)
    if support is not None:
        for name, heads in verb_slots(support).items():
            if name != "object":
                slots.setdefault(name, []).extend(head for head in heads if head != noun.i)
    theme = theme_of(noun)
    slots["theme"] = [theme.i] if theme is not None else []
    slots["governor"] = [noun.head.i] if noun.dep_ not in {"ROOT"} else []
    return {name: tuple(dict.fromkeys(heads)) for name, heads in slots.items() if heads}


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
