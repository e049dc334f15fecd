"""Read Universal Dependencies treebanks (CoNLL-U) into spaCy documents for training and measuring.

In: ``*.conllu`` files. Out: Sentences, or Docs of several, with tags, morphology, lemmas, heads and labels.
Limits: empty nodes and enhanced dependencies are left out; the relation's subtype (``nsubj:pass``) is kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import conllu
from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(slots=True)
class Sentence:
    """One annotated sentence: parallel lists, heads counted from 0 within the sentence."""

    words: list[str]
    spaces: list[bool]
    upos: list[str]
    xpos: list[str]
    morphs: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    misc: list[dict[str, str | None]]
    starts_paragraph: bool
    starts_document: bool
    speaker: str = ""

    @property
    def entity_marks(self) -> list[str]:
        """The ``Entity=`` value of each word, in the notation of GUM; empty where it has none."""
        return [misc.get("Entity") or "" for misc in self.misc]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one CoNLL-U file in their order."""
    with path.open(encoding="utf-8") as lines:
        for tree in conllu.parse_incr(lines):
            yield _sentence(tree)


def _sentence(tree: conllu.TokenList) -> Sentence:
    tokens = [token for token in tree if isinstance(token["id"], int)]
    glued = _without_following_space(tree)
    position = {token["id"]: index for index, token in enumerate(tokens)}
    return Sentence(
        words=[token["form"] for token in tokens],
        spaces=[token["id"] not in glued for token in tokens],
        upos=[token["upos"] for token in tokens],
        xpos=[token["xpos"] or token["upos"] for token in tokens],
        morphs=[_features(token["feats"]) for token in tokens],
        lemmas=[token["lemma"] if token["lemma"] != "_" else token["form"] for token in tokens],
        heads=[position.get(token["head"], index) for index, token in enumerate(tokens)],
        deps=["ROOT" if token["deprel"] == "root" else token["deprel"] for token in tokens],
        misc=[token["misc"] or {} for token in tokens],
        starts_paragraph=any(key.startswith("newpar") for key in tree.metadata),
        starts_document=any(key.startswith("newdoc") for key in tree.metadata),
        speaker=tree.metadata.get("speaker") or "",
    )


def _without_following_space(tree: conllu.TokenList) -> set[int]:
    """Return the ids of words that stand directly against the next one.

    Only the last word of a multi-word token carries the space that follows the token as it is written.
    """
    glued: set[int] = set()
    for token in tree:
        spaced = (token["misc"] or {}).get("SpaceAfter") != "No"
        if isinstance(token["id"], tuple):
            first, _, last = token["id"]
            glued.update(range(first, last))
            if not spaced:
                glued.add(last)
        elif isinstance(token["id"], int) and not spaced:
            glued.add(token["id"])
    return glued


def _features(features: dict[str, str] | None) -> str:
    return "|".join(f"{name}={value}" for name, value in sorted((features or {}).items()))


def to_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Join sentences into one Doc with their annotation."""
    begins = [0, *itertools.accumulate(len(sentence.words) for sentence in sentences)]
    return Doc(
        vocab,
        words=[word for sentence in sentences for word in sentence.words],
        spaces=[space for sentence in sentences for space in sentence.spaces],
        pos=[tag for sentence in sentences for tag in sentence.upos],
        tags=[tag for sentence in sentences for tag in sentence.xpos],
        morphs=[morph for sentence in sentences for morph in sentence.morphs],
        lemmas=[lemma for sentence in sentences for lemma in sentence.lemmas],
        heads=[begin + head for begin, sentence in zip(begins, sentences, strict=False) for head in sentence.heads],
        deps=[dep for sentence in sentences for dep in sentence.deps],
    )
