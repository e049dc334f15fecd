"""Read predicates with their arguments, voice and modality off the parse.

In: a Doc with dependencies (Universal Dependencies or ClearNLP's labels) and the lexicon. Out: Frames in text order, once for each
frame type that a verb or an event noun evokes. Every reader of meetings, issues, relations and events works on these.
Limits: arguments lie in the predicate's sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.clauses import clause_bounds, noun_bounds
from kg.extraction.fitting import is_complete
from kg.extraction.lemmas import known_lemma
from kg.extraction.lexicon import FrameLexicon, FrameType, Part
from kg.extraction.modality import is_necessary, modality_of
from kg.extraction.slots import is_copular, measured, noun_slots, verb_slots
from kg.language.syntax import OBJECTS, is_order, preposition_of
from kg.records import Modality

PARTICLES = frozenset({"apart", "aside", "away", "back", "down", "forward", "in", "off", "out", "over", "together", "up"})
"""Adverbs that make a verb mean something else, however the parse hangs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One predicate in its place.

    ``form`` is the entry of the lexicon that it was found by; ``slots`` holds the head tokens of its arguments by slot name (see
    ``kg.extraction.slots``).
    """

    type: FrameType
    form: str
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
        copular = token.pos_ in {"ADJ", "NOUN"} and is_copular(token)
        if copular or token.pos_ in {"VERB", "AUX"}:
            yield from _verb_frames(token, lexicon)
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"flat"}:
            yield from _noun_frames(token, lexicon)


def _verb_frames(verb: Token, lexicon: FrameLexicon) -> Iterator[Frame]:
    types = {frame.id: (frame, form) for form in _forms(verb, lexicon) for frame in lexicon.find("verb", form)}
    if not types or is_order(verb):
        return
    slots = verb_slots(verb)
    modality = modality_of(verb, lexicon.modality)
    start, end = clause_bounds(verb)
    necessary = is_necessary(verb)
    for frame, form in types.values():
        if (frame.necessary and not necessary) or ((frame.is_event or frame.among) and not is_complete(frame, slots, verb.doc)):
            continue
        yield Frame(type=frame, form=form, predicate=verb.i, part="verb", modality=modality, slots=slots, start=start, end=end)


def _forms(verb: Token, lexicon: FrameLexicon) -> Iterator[str]:
    """Yield the lemma alone and with what goes with it.

    "set", "set aside"; "call", "call for"; "remain", "remain open"; "take", "take to", "take to street"; "pay", "pay tribute".
    """
    lemma = f"be {verb.lemma_.lower()}" if verb.pos_ in {"ADJ", "NOUN"} else known_lemma(verb, lexicon.words)
    yield lemma
    for child in verb.children:
        if child.dep_ in {*OBJECTS, "nsubj:pass", "nsubjpass"} and child.pos_ == "NOUN":
            yield f"{lemma} {child.lemma_.lower()}"
        elif child.dep_.startswith("obl") and child.i > verb.i:
            yield f"{lemma} {preposition_of(child)} {child.lemma_.lower()}"
    for child in verb.rights:
        if child.pos_ == "ADJ" and child.dep_ in {"xcomp", "acomp", "advmod", "obj"}:
            yield f"{lemma} {child.lower_}"
    particles = [
        child
        for child in verb.children
        if child.dep_ in {"compound:prt", "prt"} or (child.dep_ == "advmod" and child.lower_ in PARTICLES)
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


def _noun_frames(noun: Token, lexicon: FrameLexicon) -> Iterator[Frame]:
    lemma = known_lemma(noun, lexicon.words)
    compound = next((f"{child.lower_} {lemma}" for child in noun.lefts if child.dep_ in {"compound", "amod"}), "")
    types = {frame.id: (frame, form) for form in (lemma, compound) for frame in lexicon.find("noun", form)}
    if not types or any(measured(child).i == noun.i != child.i for child in noun.children):
        return
    support = support_of(noun, lexicon)
    slots = noun_slots(noun, support)
    modality = modality_of(noun, lexicon.modality, support=support)
    start, end = noun_bounds(noun)
    if support is not None:
        first, last = clause_bounds(support)
        start, end = min(start, first), max(end, last)
    for frame, form in types.values():
        if is_complete(frame, slots, noun.doc):
            yield Frame(
                type=frame, form=form, predicate=noun.i, part="noun", modality=modality, slots=slots, start=start, end=end
            )


def support_of(noun: Token, lexicon: FrameLexicon) -> Token | None:
    """Return the light verb that carries a noun's subject and tense: "HOLD talks", "talks were HELD", "the talk they HAD"."""
    noun = measured(noun)
    governor = noun.head
    if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {*OBJECTS, "nsubj:pass", "nsubjpass", "nsubj", "obl"}:
        if noun.dep_ in {"nsubj", "obl"}:
            return (
                governor
                if governor.lemma_.lower()
                in {"take", "begin", "resume", "continue", "start", "focus", "conclude", "break", "erupt"}
                else None
            )
        return governor if governor.lemma_.lower() in lexicon.modality.support_verbs else None
    for child in noun.children:
        bare = child.dep_ == "acl" and child.tag_ == "VB"  # "an agreement TO HOLD talks"
        if not bare and child.dep_ in {"acl", "acl:relcl", "relcl"} and child.lemma_.lower() in lexicon.modality.support_verbs:
            return child
    return None
