"""Read Universal Dependencies treebanks (CoNLL-U) into spaCy documents for training and measuring.

In: ``*.conllu`` files. Out: Docs of several sentences with tags, morphology, lemmas, heads and labels.
Limits: empty nodes and enhanced dependencies are left out; the relation's subtype (``nsubj:pass``) is kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import conllu
from spacy.tokens import Doc
from spacy.vocab import Vocab

WRAP_COLUMN = 80
"""Where a hard-wrapped training text breaks its lines, in characters."""


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
    entity_field: list[str | None] = field(default_factory=list)


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


@dataclass(slots=True)
class _Columns:
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    sent_starts: list[bool] = field(default_factory=list)

    def add_break(self, text: str) -> None:
        """Add a whitespace token, attached to what stands before it."""
        self.spaces[-1] = False
        self.words.append(text)
        self.spaces.append(False)
        self.pos.append("SPACE")
        self.tags.append("_SP")
        self.morphs.append("")
        self.lemmas.append(text)
        self.heads.append(len(self.words) - 2)
        self.deps.append("dep")
        self.sent_starts.append(False)


def to_doc(vocab: Vocab, sentences: list[Sentence], *, chance: random.Random | None = None) -> Doc:
    """Join sentences into one Doc.

    With ``chance``, paragraphs are set apart by line breaks and a tenth of the texts are wrapped at 80 columns: statements
    come that way, and a parser that never saw a line break stumbles over each one.
    """
    columns = _Columns()
    paragraph_break = chance.choice(["\n", "\n\n", "\n\n"]) if chance else None
    wrapped = chance is not None and chance.random() < 0.1
    column = 0
    for number, sentence in enumerate(sentences):
        if number and sentence.starts_paragraph and paragraph_break:
            columns.add_break(paragraph_break)
            column = 0
        index_of: list[int] = []
        for position, word in enumerate(sentence.words):
            if wrapped and column > WRAP_COLUMN and columns.spaces[-1]:
                columns.add_break("\n")
                column = 0
            index_of.append(len(columns.words))
            columns.words.append(word)
            columns.spaces.append(sentence.spaces[position])
            columns.pos.append(sentence.upos[position])
            columns.tags.append(sentence.xpos[position])
            columns.morphs.append(sentence.morphs[position])
            columns.lemmas.append(sentence.lemmas[position])
            columns.deps.append(sentence.deps[position])
            columns.sent_starts.append(position == 0)
            columns.heads.append(-1)
            column += len(word) + sentence.spaces[position]
        for position, head in enumerate(sentence.heads):
            columns.heads[index_of[position]] = index_of[head]
    return Doc(
        vocab,
        words=columns.words,
        spaces=columns.spaces,
        pos=columns.pos,
        tags=columns.tags,
        morphs=columns.morphs,
        lemmas=columns.lemmas,
        heads=columns.heads,
        deps=columns.deps,
    )


def group_sentences(sentences: Iterator[Sentence], *, most: int, chance: random.Random | None = None) -> Iterator[list[Sentence]]:
    """Yield runs of neighbouring sentences of one source document, up to ``most`` in each (fewer by chance, if given)."""
    run: list[Sentence] = []
    limit = most
    for sentence in sentences:
        if run and (sentence.starts_document or len(run) >= limit):
            yield run
            run = []
            limit = chance.randint(1, most) if chance else most
        run.append(sentence)
    if run:
        yield run
