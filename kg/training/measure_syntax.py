"""Measure tags, lemmas, sentences and trees on treebanks, with gold tokens, as the CoNLL 2018 shared task counts.

Punctuation counts, subtypes of relations do not (``nsubj:pass`` is ``nsubj``). The pipeline gets the words of a whole document and finds
the sentences itself; ``gold_sentences`` gives them to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.training.treebanks import Sentence, read_sentences


@dataclass(slots=True)
class SyntaxScore:
    """Counts of right words by measure, and of sentences."""

    words: int = 0
    right: Counter[str] = field(default_factory=Counter)
    sentences: tuple[int, int, int] = (0, 0, 0)
    """Right, gold and found."""

    def percent(self, measure: str) -> float:
        """Return the share of right words, or the F1 of "sentences", in percent."""
        if measure == "sentences":
            right, gold, found = self.sentences
            return 200 * right / max(1, gold + found)
        return 100 * self.right[measure] / max(1, self.words)


MEASURES = ("LAS", "UAS", "UPOS", "XPOS", "morphology", "lemmas", "sentences")


def measure_syntax(nlp: Language, files: Iterable[Path], *, gold_sentences: bool = False) -> SyntaxScore:
    """Return the scores over the documents of some CoNLL-U files."""
    score = SyntaxScore()
    for path in files:
        for document in documents(read_sentences(path)):
            _compare(nlp(_doc(nlp, document, gold_sentences=gold_sentences)), document, score)
    return score


def documents(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences of each document of a treebank."""
    document: list[Sentence] = []
    for sentence in sentences:
        if document and sentence.starts_document:
            yield document
            document = []
        document.append(sentence)
    if document:
        yield document


def _doc(nlp: Language, document: Sequence[Sentence], *, gold_sentences: bool) -> Doc:
    starts: list[bool | int | None] = [position == 0 for sentence in document for position in range(len(sentence.words))]
    return Doc(
        nlp.vocab,
        words=[word for sentence in document for word in sentence.words],
        spaces=[space for sentence in document for space in sentence.spaces],
        sent_starts=starts if gold_sentences else None,
    )


def _compare(doc: Doc, document: Sequence[Sentence], score: SyntaxScore) -> None:
    begin = 0
    starts = set()
    for sentence in document:
        starts.add((begin, begin + len(sentence.words)))
        for position, token in enumerate(doc[begin : begin + len(sentence.words)]):
            _compare_word(token, sentence, position, begin, score)
        begin += len(sentence.words)
    score.words += begin
    found = {(sentence.start, sentence.end) for sentence in doc.sents}
    right, gold, seen = score.sentences
    score.sentences = right + len(found & starts), gold + len(starts), seen + len(found)


def _compare_word(token: Token, sentence: Sentence, position: int, begin: int, score: SyntaxScore) -> None:
    heads_right = token.head.i == begin + sentence.heads[position]
    score.right["UAS"] += heads_right
    score.right["LAS"] += heads_right and token.dep_.split(":")[0] == sentence.deps[position].split(":")[0]
    score.right["UPOS"] += token.pos_ == sentence.upos[position]
    score.right["XPOS"] += token.tag_ == sentence.xpos[position]
    score.right["morphology"] += str(token.morph) == sentence.morphs[position]
    score.right["lemmas"] += token.lemma_ == sentence.lemmas[position]
