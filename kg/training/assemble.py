"""Put the trained parts together into the one pipeline that the package ships."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.language import Language

from kg import __version__
from kg.training.prepare import prepare
from kg.training.vectors import distil_vectors


def assemble(trained: Path, output: Path) -> Language:
    """Join ``trained``/syntax and ``trained``/entities (their best states) and write the pipeline to ``output``."""
    syntax = spacy.load(trained / "syntax" / "model-best")
    entities = spacy.load(trained / "entities" / "model-best")
    syntax.add_pipe("ner", source=entities)
    syntax.meta.update(
        {
            "name": "demarche",
            "version": __version__,
            "description": "Tags, morphology, lemmas, Universal Dependencies and named entities of English",
            "license": "CC BY-SA 4.0",
            "sources": [
                {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
                {"name": "GUM", "license": "CC BY 4.0 and the licences of its texts"},
                {"name": "Universal NER EWT", "license": "CC BY-SA 4.0"},
                {"name": "CrossNER politics", "license": "MIT"},
                {"name": "Re-DocRED", "license": "MIT"},
            ],
        }
    )
    syntax.to_disk(output)
    return syntax


def train_all(corpora: Path, output: Path, *, model: Path) -> None:
    """Prepare the corpora, train the two parts one after the other, and write the finished pipeline to ``model``."""
    prepare(corpora, output)
    distil_vectors(output / "vectors")
    for part in ("syntax", "entities"):
        train(
            Path(__file__).with_name("configs") / f"{part}.cfg",
            output / part,
            overrides={
                "paths.train": str(output / f"{part}.train.spacy"),
                "paths.dev": str(output / f"{part}.dev.spacy"),
                "paths.vectors": str(output / "vectors"),
            },
        )
    assemble(output, model)
