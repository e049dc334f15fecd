"""What a word makes of what hangs on it: its signature from the lexicon, or that of the construction.

A word's signature is found by the fullest form that the lexicon has: the word with the particle, the preposition and the kind of
complement that make its meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords, Signature, SignaturePart
from kg.extraction.modality.conditions import MARKS
from kg.language.syntax import preposition_of

Kind = Literal["to", "that", "ing", "whether", "np"]
SHARED = Signature(id="one of several", affirmed="asserted", negated="negated")
"""Coordinated predicates under the same auxiliaries."""
OPEN = Signature(id="open clause", affirmed="asserted", negated="negated")
"""An infinitive or participle that a verb without a signature governs."""
TOLD = Signature(id="content", affirmed="asserted", negated="possible", projects=frozenset({"planned", "desired"}))
"""A clause with its own verb that a word without a signature governs."""
PURPOSE = Signature(id="purpose", affirmed="planned", negated="negated")
"""An infinitive that tells what for."""
BESIDE = Signature(id="circumstance", affirmed="asserted", negated="asserted")
"""A participle that tells how or when: it shares the future and the hope of its main clause, not the denial."""
AHEAD = Signature(
    id="time", affirmed="asserted", negated="conditional", projects=frozenset({"negated", "conditional", "possible", "desired"})
)
"""A clause of time in the present: it lies ahead where its main clause does, and may never come where that is denied till then."""
KNOWN = Signature(
    id="known", affirmed="asserted", negated="asserted", projects=frozenset({"negated", "conditional", "possible", "desired"})
)
"""An event that is taken as known: it lies ahead where what is done to it does, and is denied by nothing."""
UNSURE = Signature(id="subject", affirmed="asserted", negated="asserted")
"""An event that something is said of: it is as sure as what it does, but not denied with it."""


@dataclass(frozen=True, slots=True)
class Link:
    """The word that governs a predicate, and what it makes of it."""

    governor: Token
    signature: Signature


def signature_of(governor: Token, complement: Token, kind: Kind, words: ModalWords) -> Signature | None:
    """Return the signature of a word for one of its complements: that of the fullest form that the lexicon has."""
    part: SignaturePart = (
        "verb" if governor.pos_ in {"VERB", "AUX"} else "adjective" if governor.pos_ in {"ADJ", "ADV"} else "noun"
    )
    return next((found for form in _forms(governor, complement, kind) if (found := words.signature(part, form))), None)


def _forms(governor: Token, complement: Token, kind: Kind) -> Iterator[str]:
    """Yield the forms of a governor, the fullest first: "call off np", "call off", "call np", "call"."""
    lemma, lower = governor.lemma_.lower(), governor.lower_
    bases = [f"be {lower}", lemma] if governor.tag_ in {"VBN", "VBG"} else [lemma]
    preposition = (
        preposition_of(complement)
        if kind == "np"
        else next(
            (c.lower_ for c in complement.lefts if c.dep_ in MARKS and c.lower_ not in {"to", "that", "if", "whether"}), None
        )
    )
    if preposition is None and kind == "ing" and any(c.lower_ == "to" and c.dep_ in MARKS for c in complement.lefts):
        preposition = "to"
    particles = [
        child.lower_
        for child in (*governor.children, *(c for c in complement.lefts if c.lower_ == "yet"))
        if child.dep_ in {"compound:prt", "prt", "advmod", "xcomp", "advcl"} and child.pos_ in {"ADP", "ADV", "ADJ", "PART"}
    ]
    if kind == "to":  # "called ON them to meet"
        particles += [p for child in governor.rights if child.dep_.startswith("obl") and (p := preposition_of(child)) is not None]
    bare = not (kind == "np" and preposition is not None and governor.pos_ in {"VERB", "AUX", "ADJ"})
    ends = ([f" {preposition}"] if preposition is not None else []) + ([f" {kind}"] if bare else [])
    for base in bases:
        for particle in particles:
            yield from (f"{base} {particle}{end}" for end in ends)
            if bare:
                yield f"{base} {particle}"
    if any(child.dep_ in {"compound:prt", "prt"} for child in governor.children):
        return  # what "think" makes of a complement, "think up" does not
    for base in bases:
        yield from (f"{base}{end}" for end in ends)
        if bare and not (kind == "to" and complement.dep_ == "advcl" and governor.pos_ == "VERB"):
            yield base


def subject_signature(governor: Token, words: ModalWords) -> Signature | None:
    """Return what a word makes of the event that is its subject: "talks are POSSIBLE"."""
    return next(
        (s for form in (f"be {governor.lower_}", governor.lemma_.lower()) if (s := words.signature("subject", form))), None
    )
