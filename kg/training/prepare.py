"""Turn the corpora into the binary training files of spaCy: one pair for syntax, one for named entities."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from kg.training import entity_corpora, treebanks
from kg.training.entity_corpora import Named
from kg.training.treebanks import Sentence

SEED = 20251123


def treebank_files(corpora: Path, part: str) -> list[Path]:
    """Return the CoNLL-U files of ``part`` ("train" or "dev"); raise FileNotFoundError where the corpora are not there."""
    files = [corpora / "ud-ewt" / f"{part}.conllu", *sorted((corpora / "gum" / part).glob("*.conllu"))]
    if not files[0].exists() or len(files) < 2:
        raise FileNotFoundError(
            f"{corpora}: no ud-ewt/{part}.conllu and gum/{part}/*.conllu there. Name the folder of the corpora with --corpora."
        )
    return files


def prepare(corpora: Path, output: Path) -> None:
    """Write ``syntax.{train,dev}.spacy`` and ``entities.{train,dev}.spacy`` to ``output``."""
    output.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    chance = random.Random(SEED)
    for part in ("train", "dev"):
        sentences = sentences_of(corpora, part)
        varied = chance if part == "train" else None
        runs = treebanks.group_sentences(sentences, most=8, chance=varied)
        _write(output / f"syntax.{part}.spacy", (treebanks.to_doc(vocab, run, chance=varied) for run in runs))
        named = entity_corpora.read_all(corpora, part)
        _write(
            output / f"entities.{part}.spacy",
            (entity_corpora.to_doc(vocab, _with_line_breaks(text, varied)) for text in named),
        )


def _with_line_breaks(named: Named, chance: random.Random | None) -> Named:
    """Put a line break behind some sentences, as statements have them."""
    if chance is None:
        return named
    cuts = [i + 1 for i, word in enumerate(named.words[:-1]) if word in {".", "?", "!"} and chance.random() < 0.3]
    words, spaces = list(named.words), list(named.spaces)
    for cut in reversed(cuts):
        spaces[cut - 1] = False
        words.insert(cut, chance.choice(["\n", "\n\n"]))
        spaces.insert(cut, False)

    def moved(index: int) -> int:
        return index + sum(cut <= index for cut in cuts)

    names = [(moved(begin), moved(end - 1) + 1, label) for begin, end, label in named.names]
    return replace(named, words=words, spaces=spaces, names=names)


def _write(path: Path, docs: Iterable[Doc]) -> None:
    DocBin(docs=list(docs), store_user_data=False).to_disk(path)


def sentences_of(corpora: Path, part: str) -> Iterator[Sentence]:
    """Yield all treebank sentences of a part, file after file."""
    return itertools.chain.from_iterable(map(treebanks.read_sentences, treebank_files(corpora, part)))
