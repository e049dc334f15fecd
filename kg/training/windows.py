"""What the network learns from: windows of words with whatever layers their corpus annotates.

In: the corpora. Out: Windows. A treebank's window has tags and trees, one of an entity corpus names, one of GUM both and coreference.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.language.transformer.windows import MOST_PIECES
from kg.training import entity_corpora, treebanks
from kg.training.entity_corpora import Name
from kg.training.ontogum import read_annotated
from kg.training.treebanks import Sentence


@dataclass(frozen=True, slots=True)
class Window:
    """Some words that the network reads at once.

    ``sentences`` are (begin, end) in words; ``names`` are (begin, end, label), where label None means not annotated; ``clusters`` hold
    the heads of mentions of one thing. A layer that is not annotated is None.
    """

    words: list[str]
    style: str
    sentences: list[tuple[int, int]] | None = None
    tree: list[Sentence] | None = None
    names: list[Name] | None = None
    clusters: list[list[int]] | None = None


def treebank_files(corpora: Path, part: str) -> list[Path]:
    """Return the CoNLL-U files of ``part`` ("train" or "dev"); raise FileNotFoundError where the corpora are not there."""
    files = [corpora / "ud-ewt" / f"{part}.conllu", *sorted((corpora / "gum" / part).glob("*.conllu"))]
    if not files[0].exists() or len(files) < 2:
        raise FileNotFoundError(
            f"{corpora}: no ud-ewt/{part}.conllu and gum/{part}/*.conllu there. Name the folder of the corpora with --corpora."
        )
    return files


Size = Callable[[Sentence], int]
"""Tells how many pieces a sentence has."""


def windows_of(corpora: Path, part: str, *, size: Size, chance: random.Random | None) -> Iterator[Window]:
    """Yield all windows of a part, cut anew by chance."""
    ewt, *gum = treebank_files(corpora, part)
    yield from ewt_windows(ewt, chance=chance, size=size)
    for path in gum:
        yield from gum_windows(path, corpora / "gum" / f"{part}-ontonotes-coref" / path.name, chance=chance, size=size)
    for named in entity_corpora.read_all(corpora, part):
        yield Window(named.words, named.style, names=named.names)


def ewt_windows(path: Path, *, chance: random.Random | None, size: Size) -> Iterator[Window]:
    """Yield the windows of a treebank that has no names."""
    sentences = treebanks.read_sentences(path)
    for run in runs(sentences, chance=chance, size=size):
        yield Window([word for s in run for word in s.words], "gum", bounds(run), run)


def runs(
    sentences: Iterable[Sentence], *, chance: random.Random | None, size: Size, most: int = MOST_PIECES
) -> Iterator[list[Sentence]]:
    """Yield runs of neighbouring sentences of one document, of at most ``most`` pieces but for longer sentences."""
    run: list[Sentence] = []
    held, limit = 0, most
    for sentence in sentences:
        pieces = size(sentence)
        if run and (sentence.starts_document or held + pieces > limit):
            yield run
            run, held = [], 0
            limit = chance.randint(most // 5, most) if chance else most
        run.append(sentence)
        held += pieces
    if run:
        yield run


def bounds(run: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Return the begin and end of each sentence in the words of the run."""
    result, begin = [], 0
    for sentence in run:
        result.append((begin, begin + len(sentence.words)))
        begin += len(sentence.words)
    return result


def gum_windows(path: Path, coreference: Path, *, chance: random.Random | None, size: Size) -> Iterator[Window]:
    """Yield the windows of one GUM document with all layers; coreference is that of the OntoNotes-like file of the same words."""
    sentences = list(treebanks.read_sentences(path))
    clusters = cluster_heads(sentences, read_annotated(coreference).clusters())
    begin = 0
    for run in runs(sentences, chance=chance, size=size):
        words = [word for s in run for word in s.words]
        inside = [[i - begin for i in heads if begin <= i < begin + len(words)] for heads in clusters]
        names: list[Name] = []
        for (start, _), sentence in zip(bounds(run), run, strict=True):
            names += [(start + b, start + e, label) for b, e, label in entity_corpora.gum_names(sentence)]
        yield Window(words, "gum", bounds(run), run, names, [heads for heads in inside if len(heads) > 1])
        begin += len(words)


def cluster_heads(sentences: Sequence[Sentence], clusters: Iterable[Iterable[tuple[int, int]]]) -> list[list[int]]:
    """Return the heads of the mentions of each thing in a document, as indices over all its words, in order."""
    begins = itertools.accumulate((len(sentence.words) for sentence in sentences), initial=0)
    governor = [begin + head for begin, sentence in zip(begins, sentences, strict=False) for head in sentence.heads]

    def head_of(start: int, end: int) -> int:
        inside = (i for i in range(start, end) if not start <= governor[i] < end or governor[i] == i)
        return next(inside, end - 1)

    heads = (sorted({head_of(*span) for span in cluster}) for cluster in clusters)
    return [found for found in heads if len(found) > 1]
