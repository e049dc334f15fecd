"""Load the language pipeline and parse documents with it: the one place that calls ``spacy.load``.

In: a Document. Out: a spaCy Doc over its text, in which breaks that only wrap a line are spaces, so that offsets are the same. Long
texts are cut between lines, parsed in parts and joined again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

import kg.language.transformer.component  # noqa: F401  (spaCy knows the component of the shipped pipeline from then on)
from kg.errors import ModelError
from kg.language.layout import flowing, sentence_breaks
from kg.language.lexicon import load_lexicon
from kg.language.turns import find_turns
from kg.records import Document

SHIPPED_MODEL = Path(__file__).with_name("model")
PART_CHARACTERS = 60_000
"""The most text that is parsed in one go, so that memory stays flat however long the document is."""

NEEDED = {"tagger": "token.tag", "parser": "token.dep", "ner": "doc.ents"}
"""What must be in a pipeline, by what it assigns; one component may do it all."""


@lru_cache(maxsize=2)
def load_pipeline(model: str | None = None) -> Language:
    """Return the pipeline of the package, or the spaCy package or folder that ``model`` names.

    Raises ModelError where there is none, or where it cannot tag, parse and find names.
    """
    name = model if model is not None else str(SHIPPED_MODEL)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"{name}: no language pipeline there ({_first_line(error)}). Name an installed spaCy package or the folder of a trained one, "
            "or leave the option out to use the one in the package."
        ) from error
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [pipe for pipe, attribute in NEEDED.items() if attribute not in assigned]
    if missing:
        raise ModelError(f"{name}: the pipeline has no {', '.join(missing)}. Name one with {', '.join(NEEDED)}.")
    return nlp


def _first_line(error: OSError) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def model_name(nlp: Language) -> str:
    """Return what a fact names as its source: the pipeline's name and version."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def parse(document: Document, nlp: Language) -> Doc:
    """Return the parsed text of a document: ``doc.text`` is ``flowing(document.text)``."""
    parts = [_prepared(part, nlp) for part in _parts(flowing(document.text))]
    parsed = list(nlp.pipe(parts))
    if len(parsed) == 1:
        return parsed[0]
    return Doc.from_docs(parsed, ensure_whitespace=False) or nlp.make_doc("")


def _parts(text: str) -> Iterator[str]:
    begin = 0
    while len(text) - begin > PART_CHARACTERS:
        limit = begin + PART_CHARACTERS
        cut = max(text.rfind("\n\n", begin, limit) + 2, begin)
        if cut <= begin + 1:
            cut = max(text.rfind("\n", begin, limit) + 1, begin)
        if cut <= begin:
            cut = max(text.rfind(". ", begin, limit) + 1, begin)
        if cut <= begin:
            cut = limit
        yield text[begin:cut]
        begin = cut
    yield text[begin:]


def _prepared(text: str, nlp: Language) -> Doc:
    """Tokenize, and fix the sentence starts that the layout shows; the label of a turn ("THE PRESIDENT:") is no part of what is said."""
    doc = nlp.make_doc(text)
    breaks = sentence_breaks(text)
    spoken = frozenset(start for turn in find_turns(text, load_lexicon()) for start, _ in turn.paragraphs)
    starts = np.zeros((len(doc), 1), dtype=np.uint64)
    for before, token in pairwise(doc):
        if token.idx in spoken or (
            not token.is_space
            and (before.is_space or before.is_punct)
            and _has_break(breaks, before.idx + before.is_punct, token.idx)
        ):
            starts[token.i] = 1
    # At once: set token by token, spaCy looks through the whole text each time whether it is parsed.
    return doc.from_array([SENT_START], starts)  # type: ignore[arg-type]  # its stub knows signed numbers alone


def _has_break(breaks: frozenset[int], begin: int, end: int) -> bool:
    return any(position in breaks for position in range(begin, end))
