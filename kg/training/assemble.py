"""Put the trained parts together into the one pipeline that the package ships."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from kg import __version__


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
