"""Words as the encoder reads them: word pieces, and the shape that its lower-casing loses.

In: words. Out: the ids of their pieces, and one shape each. Both are the same in training and at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

SHAPES = ("unknown", "lower", "capitalized", "initial", "upper", "mixed", "digits", "alphanumeric", "punctuation", "other")
"""What a word's letters look like; "unknown" is what training puts there at times, so that no head relies on case alone."""

MOST_PIECES = 12
"""The pieces of one word that are read; the rest of a longer one (an address, a formula) is passed over."""


def shape(word: str) -> int:
    """Return the index in ``SHAPES`` of a word's shape."""
    return SHAPES.index(_shape(word))


def _shape(word: str) -> str:
    if word.isalpha() or (any(map(str.isalpha, word)) and not any(map(str.isdigit, word))):
        letters = [character for character in word if character.isalpha()]
        if all(map(str.islower, letters)):
            return "lower"
        if all(map(str.isupper, letters)):
            return "upper" if len(letters) > 1 else "initial"
        if letters[0].isupper() and all(map(str.islower, letters[1:])):
            return "capitalized"
        return "mixed"
    if any(map(str.isdigit, word)):
        return "alphanumeric" if any(map(str.isalpha, word)) else "digits"
    return "punctuation" if word and not any(map(str.isalnum, word)) else "other"


class WordPieces:
    """The encoder's vocabulary: cuts words into pieces, in batches."""

    def __init__(self, path: Path) -> None:
        """Load ``tokenizer.json``."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin, self.end, self.unknown = (self._id(mark) for mark in ("[CLS]", "[SEP]", "[UNK]"))

    @property
    def vocabulary(self) -> frozenset[str]:
        """All pieces, of which those without ``##`` before them are words or their beginnings, in lower case."""
        return frozenset(self._tokenizer.get_vocab())

    def _id(self, mark: str) -> int:
        identity = self._tokenizer.token_to_id(mark)
        if identity is None:
            raise ValueError(f"the tokenizer has no {mark}: it is not that of a BERT-like encoder")
        return int(identity)

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        """Return the piece ids of each word, at least one each."""
        encoding = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        result: list[list[int]] = [[] for _ in words]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None and len(result[word]) < MOST_PIECES:
                result[word].append(piece)
        return [pieces or [self.unknown] for pieces in result]


def shapes(words: Sequence[str]) -> Ints:
    """Return the shapes of words, as indices in ``SHAPES``."""
    return np.fromiter((shape(word) for word in words), dtype=np.int64, count=len(words))
