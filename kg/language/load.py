"""Load the language pipeline and parse documents with it: the one place that calls ``spacy.load``.

In: a Document. Out: a spaCy Doc over exactly its text. Line breaks end a sentence where they end a paragraph, a heading or a turn,
not where they only wrap a line; long texts are cut between lines, parsed in parts and joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.records import Document

SHIPPED_MODEL = Path(__file__).with_name("model")
PART_CHARACTERS = 60_000
"""The most text that is parsed in one go, so that memory stays flat however long the document is."""

DATELINE = re.compile(
    r"\s*[A-Z][\w.'’ ]{1,40}(?:,[ ]*[\w.'’ ]{1,25}){0,3}(?:[ ]\([A-Z][\w ]{1,20}\))?[ ](?:-|–|—|--)[ ](?=[A-Z“\"])"
)
"""The place and day that a report begins with: "GENEVA, 23 November 2025 - "."""

NEEDED = ("tagger", "parser", "ner")


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
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if missing:
        raise ModelError(f"{name}: the pipeline has no {', '.join(missing)}. Name one with {', '.join(NEEDED)}.")
    return nlp


def _first_line(error: OSError) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def model_name(nlp: Language) -> str:
    """Return what a fact names as its source: the pipeline's name and version."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def parse(document: Document, nlp: Language) -> Doc:
    """Return the parsed text of a document; ``doc.text`` equals ``document.text``."""
    parts = [_prepared(part, nlp) for part in _parts(document.text)]
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
    """Tokenize, and fix the sentence starts that the layout shows."""
    doc = nlp.make_doc(text)
    breaks = sentence_breaks(text)
    for token in doc[1:]:
        before = doc[token.i - 1]
        if (
            not token.is_space
            and (before.is_space or before.is_punct)
            and _last_break(breaks, before.idx + before.is_punct, token.idx)
        ):
            token.is_sent_start = True
    return doc


def _last_break(breaks: frozenset[int], begin: int, end: int) -> bool:
    return any(position in breaks for position in range(begin, end))


def sentence_breaks(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks that end a sentence.

    Every blank line does, and the dash behind a dateline. A single line break does so too, unless the text is wrapped at a
    column (most of its lines stop without a
    full stop) and the line is a full one, or unless the next line goes on in lower case.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    unfinished = sum(not _is_finished(line) for line in lines[:-1])
    wrapped = len(lines) > 3 and unfinished > len(lines) / 2
    widest = max((len(line) for line in lines), default=0)
    breaks = set()
    dateline = DATELINE.match(text)
    if dateline is not None and _tells_place_or_day(dateline[0]):
        breaks.add(dateline.end() - 1)
    for match in re.finditer(r"\n", text):
        position = match.start()
        before = text[text.rfind("\n", 0, position) + 1 : position].strip()
        after_end = text.find("\n", position + 1)
        after = text[position + 1 : after_end if after_end >= 0 else len(text)].strip()
        if (
            not before
            or not after
            or (not after[0].islower() and not (wrapped and len(before) > 0.75 * widest and not _ends_paragraph(before, widest)))
        ):
            breaks.add(position)
    return frozenset(breaks)


def _tells_place_or_day(prefix: str) -> bool:
    return any(character.isdigit() for character in prefix) or any(len(w) > 3 and w.isupper() for w in re.findall(r"\w+", prefix))


def _is_finished(line: str) -> bool:
    return line.rstrip("\"'”’)]")[-1:] in {".", "?", "!", ":", ";", "…"}


def _ends_paragraph(line: str, widest: int) -> bool:
    return _is_finished(line) and len(line) < 0.8 * widest
