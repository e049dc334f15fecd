"""Build spaCy Docs by hand, so that tests of what reads a parse load no model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

_VOCAB = spacy.blank("en").vocab


def a_doc(*rows: str, entities: tuple[tuple[int, int, str], ...] = ()) -> Doc:
    """Return a Doc from one row a token: ``word lemma POS dependency head``, the head counted from 1, 0 for the root.

    A word is followed by a space unless it is punctuation's neighbour: write ``word_`` for a word that stands against the next one.
    """
    words, spaces, lemmas, pos, deps, heads = [], [], [], [], [], []
    for number, row in enumerate(rows):
        word, lemma, part, dependency, head = row.split()
        words.append(word.removesuffix("_") if len(word) > 1 else word)
        spaces.append(not (word.endswith("_") and len(word) > 1))
        lemmas.append(lemma)
        pos.append(part)
        deps.append("ROOT" if head == "0" else dependency)
        heads.append(number if head == "0" else int(head) - 1)
    tags = [_tag(part, word, lemma) for part, word, lemma in zip(pos, words, lemmas, strict=True)]
    doc = Doc(_VOCAB, words=words, spaces=spaces, lemmas=lemmas, pos=pos, tags=tags, deps=deps, heads=heads)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in entities])
    return doc


def _tag(part: str, word: str, lemma: str) -> str:
    if part == "VERB":
        if word in {lemma, f"{lemma}s"}:
            return "VB" if word == lemma else "VBZ"
        return "VBG" if word.endswith("ing") else "VBN" if word.endswith("en") else "VBD"
    return {"PROPN": "NNP", "NOUN": "NNS" if word.endswith("s") else "NN", "ADJ": "JJ", "PRON": "PRP"}.get(part, "XX")
