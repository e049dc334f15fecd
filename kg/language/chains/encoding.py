"""What the pipeline's encoder knows of phrases and of pairs of them, whatever pipeline it is.

In: a Doc and the head tokens of its phrases. Out: an Encoding: a vector for each phrase, and ``EXTRA_COUNT`` numbers for each pair.
A pipeline that scores pairs of tokens itself leaves two arrays in ``doc.user_data[FACTORS]``, one row a token: the score of a token and an
earlier one is the product of their rows in the first and in the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.language.chains.attributes import Integers
from kg.language.chains.pairs import Floats

FACTORS = "coreference_factors"
EXTRA_COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """``vectors`` has a row for each phrase, ``unit`` the same rows of length 1, ``later`` and ``earlier`` the factors of the score."""

    vectors: Floats
    unit: Floats
    later: Floats | None = None
    earlier: Floats | None = None

    def extras(self, phrase: Integers, candidate: Integers, types: Floats) -> Floats:
        """Return, for each pair, how alike types and vectors of the two are, and the pipeline's own score (0 where it has none)."""
        extras = np.zeros((len(phrase), EXTRA_COUNT), dtype=np.float32)
        extras[:, 0] = np.einsum("ij,ij->i", types[phrase], types[candidate])
        extras[:, 1] = np.einsum("ij,ij->i", self.unit[phrase], self.unit[candidate])
        if self.later is not None and self.earlier is not None:
            extras[:, 2] = np.einsum("ij,ij->i", self.later[phrase], self.earlier[candidate])
        return extras


def encode(doc: Doc, heads: Sequence[int]) -> Encoding:
    """Return what the pipeline knows of the phrases with these heads: its word vectors, or its tensor where it has no table of them.

    The rows have no columns where it has neither.
    """
    rows = np.array(heads, dtype=np.int64)
    if doc.vocab.vectors_length:
        keys = doc.to_array(["ORTH"])[rows].ravel() if len(rows) else rows
        table = np.asarray(doc.vocab.vectors.get_batch(keys), dtype=np.float32) if len(rows) else _empty(doc.vocab.vectors_length)
    else:
        table = np.asarray(doc.tensor, dtype=np.float32)[rows] if len(doc.tensor) else np.zeros((len(rows), 0), dtype=np.float32)
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    later, earlier = doc.user_data.get(FACTORS, (None, None))
    if later is None or earlier is None:
        return Encoding(vectors=table, unit=unit)
    return Encoding(vectors=table, unit=unit, later=np.asarray(later)[rows], earlier=np.asarray(earlier)[rows])


def _empty(width: int) -> Floats:
    return np.zeros((0, width), dtype=np.float32)
