"""Tell whether a predicate has the arguments that a frame asks for, with the words that it asks for there.

In: a frame's type, and the head tokens of a predicate's arguments by slot. Out: a yes or no, and the forms of a word to ask by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.lemmas import regular_stems
from kg.extraction.lexicon import FrameType
from kg.extraction.slots import MEASURES
from kg.language.syntax import OBJECTS, preposition_of

AMOUNTS = frozenset(
    "all bag batch consignment delivery deployment dozen form group hundred kind lot many million most part patch shipment some thousand "
    "ton tonne truck truckload wave".split()
)
"""Further nouns that stand for what is behind their "of": "part of the AID program"."""
ASPECTUAL = frozenset({"begin", "continue", "launch", "resume", "start"})
"""Verbs that say of what stands behind them only that it goes on."""


def is_complete(frame: FrameType, slots: Mapping[str, Sequence[int]], doc: Doc) -> bool:
    """Tell whether a predicate has the arguments that a frame requires, with the words it wants there."""
    if not frame.requires:
        return True
    heads = [head for slot in frame.requires for head in slots.get(slot, ())]
    return bool(heads) if not frame.among else any(not frame.among.isdisjoint(forms_of(doc[head])) for head in heads)


def forms_of(head: Token) -> Iterator[str]:
    """Yield the forms by which a frame may ask for an argument.

    They are its lemma alone, behind each word before it, and with what stands behind "of"; NAME for a name; and the forms of what a
    noun of measure or a verb of beginning stands for ("a round of TALKS", "to resume SHELLING").
    """
    lemma = head.lemma_.lower()
    yield lemma
    if lemma == head.lower_:
        yield from regular_stems(lemma)
    if head.pos_ == "PROPN":
        yield "NAME"
    for child in head.children:
        if lemma in ASPECTUAL and child.dep_ in {"xcomp", *OBJECTS}:
            yield from forms_of(child)
        elif child.i < head.i and child.dep_ in {"amod", "compound", "nmod"}:
            yield f"{child.lemma_.lower()} {lemma}"
        elif child.i > head.i and child.dep_ in {"nmod", "obl"} and preposition_of(child) == "of":
            yield f"{lemma} of {child.lemma_.lower()}"
            if lemma in MEASURES | AMOUNTS:
                yield from forms_of(child)
