"""The trained network at run time: words in, what its heads say of each word out.

In: word pieces and shapes, cut into windows. Out: ``Readings`` in numpy. The encoder runs by onnxruntime; its weights are kept in half
precision and computed in single.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg.language.transformer.lemma_rules import Lemmatizer
from kg.language.transformer.pieces import WordPieces, shapes
from kg.language.transformer.windows import Extent, cut

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NETWORK, FACTORS, LABELS, LEMMAS, TOKENIZER = "network.onnx", "factors.npz", "labels.json", "lemmas.json", "tokenizer.json"
WINDOWS_AT_ONCE = 8
"""How many windows the encoder reads in one go; more take memory and no less time."""

TAGS = ("upos", "xpos", "morph")
VECTORS = (
    "lemma",
    "sentence",
    "arc_dep",
    "arc_head",
    "relation_dep",
    "relation_head",
    "name_first",
    "name_last",
    "coreference_dep",
    "coreference_head",
    "coreference_none",
    "static",
)
OUTPUTS = (*TAGS, *VECTORS)
"""What the network gives for each word, in this order: the best tags as indices, then scores and factors."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What the heads say of some words: for each output of the network one row a word."""

    tags: dict[str, Ints]
    vectors: dict[str, Floats]


class Network:
    """The network of one folder: ``network.onnx``, ``factors.npz`` (what turns factors into scores), labels, the
    tables of the lemmatizer, and the tokenizer.
    """

    def __init__(self, folder: Path) -> None:
        self.labels: dict[str, list[str]] = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        with np.load(folder / FACTORS) as factors:
            self.factors: dict[str, Floats] = {name: factors[name].astype(np.float32) for name in factors.files}
        self.pieces = WordPieces(folder / TOKENIZER)
        tables = json.loads((folder / LEMMAS).read_text(encoding="utf-8"))
        self.lemmatizer = Lemmatizer(self.labels["lemma"], tables["endings"], frozenset(tables["lemmas"]), self.pieces.vocabulary)
        self._path = folder / NETWORK

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Threads that wait busily for the next batch would take the processor from all that reads the results.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(str(self._path), options, providers=["CPUExecutionProvider"])

    def read(self, words: Sequence[str], stops: Sequence[bool]) -> Readings:
        """Return what the heads say of words; ``stops`` marks those behind which a window had best end."""
        pieces = self.pieces.pieces(words)
        shape = shapes(words)
        extents = cut([len(word) for word in pieces], stops)
        order = sorted(range(len(extents)), key=lambda number: extents[number].end - extents[number].begin)
        parts: list[list[npt.NDArray[np.generic]]] = [[] for _ in extents]
        for begin in range(0, len(order), WINDOWS_AT_ONCE):
            chosen = order[begin : begin + WINDOWS_AT_ONCE]
            for number, outputs in zip(chosen, self._run([extents[i] for i in chosen], pieces, shape), strict=True):
                parts[number] = outputs
        whole = [np.concatenate([part[column] for part in parts]) for column in range(len(OUTPUTS))]
        named = dict(zip(OUTPUTS, whole, strict=True))
        return Readings({name: named[name] for name in TAGS}, {name: named[name] for name in VECTORS})

    def _run(
        self, extents: Sequence[Extent], pieces: Sequence[Sequence[int]], shape: Ints
    ) -> list[list[npt.NDArray[np.generic]]]:
        """Run the network over some windows; return the outputs for the words that are each window's own."""
        flat = [
            [self.pieces.begin, *(piece for word in pieces[e.begin : e.end] for piece in word), self.pieces.end] for e in extents
        ]
        longest = max(map(len, flat))
        ids = np.zeros((len(extents), longest), dtype=np.int64)
        mask = np.zeros((len(extents), longest), dtype=np.int64)
        first: list[int] = []
        last: list[int] = []
        chosen: list[Ints] = []
        for row, (extent, window) in enumerate(zip(extents, flat, strict=True)):
            ids[row, : len(window)] = window
            mask[row, : len(window)] = 1
            at = row * longest + 1 + sum(len(word) for word in pieces[extent.begin : extent.first])
            for word in pieces[extent.first : extent.last]:
                first.append(at)
                at += len(word)
                last.append(at - 1)
            chosen.append(shape[extent.first : extent.last])
        inputs = {
            "pieces": ids,
            "mask": mask,
            "first": np.asarray(first, dtype=np.int64),
            "last": np.asarray(last, dtype=np.int64),
            "shapes": np.concatenate(chosen),
        }
        outputs = self._session.run(list(OUTPUTS), inputs)
        ends = np.cumsum([len(part) for part in chosen])[:-1]
        split = [np.split(output, ends) for output in outputs]
        return [[column[row] for column in split] for row in range(len(extents))]
