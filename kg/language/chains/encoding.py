"""What the pipeline's encoder knows of phrases and of pairs of them, whatever pipeline it is.

In: a Doc and the head tokens of its phrases. Out: an Encoding: a vector for each phrase, and ``EXTRA_COUNT`` numbers for each pair.
The shipped pipeline gives both; of another one nothing is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.language.chains.attributes import Integers
from kg.language.chains.pairs import Floats
from kg.language.transformer.component import STATIC_WIDTH, coreference_factors, word_vectors

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


def nothing_known(phrases: int) -> Encoding:
    """Return the encoding of phrases that another pipeline parsed."""
    nothing = np.zeros((phrases, STATIC_WIDTH), dtype=np.float32)
    return Encoding(vectors=nothing, unit=nothing)


def encode(doc: Doc, heads: Sequence[int]) -> Encoding:
    """Return what the pipeline knows of the phrases with these heads: nothing where another pipeline parsed the document."""
    vectors, factors = word_vectors(doc), coreference_factors(doc)
    if vectors is None or factors is None:
        return nothing_known(len(heads))
    rows = np.array(heads, dtype=np.int64)
    table = vectors[rows]
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    return Encoding(vectors=table, unit=unit, later=factors[0][rows], earlier=factors[1][rows])
