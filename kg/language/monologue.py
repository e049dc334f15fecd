"""Find the speech of one person that a document is: an address under a heading that says who gave it, without labels of turns.

In: a Doc with its mentions. Out: Quotations of kind "turn", one a paragraph, as in a transcript. Limits: the heading stands among the first
lines and names the speaker behind "by" or "of"; who speaks says "I".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.quotations import Quotation

FIRST_LINES = 6
LONGEST = 200
"""The most characters of a heading."""
FINISHED = (".", "?", "!", ",", ":", ";", "…", "”", '"')
"""What the lines of a speech end in, and those of a heading do not."""
LEAST = 2
"""How often somebody who speaks says "I" at least."""
SPOKEN = frozenset({"i"})


def speech_quotations(doc: Doc, mentions: Sequence[TextMention], lexicon: Lexicon) -> tuple[Quotation, ...]:
    """Return the paragraphs of the speech that a text is; none for a text that is none."""
    if sum(1 for token in doc if token.lower_ in SPOKEN and token.pos_ == "PRON") < LEAST:
        return ()
    lines = list(_lines(doc.text))
    for number, (start, end) in enumerate(lines[:FIRST_LINES]):
        if doc.text[start:end].endswith(FINISHED) or end - start > LONGEST:
            return ()
        speaker = _speaker(doc, mentions, start, end, lexicon)
        if speaker is None:
            continue
        body = lines[number + 1 :]
        while body and not doc.text[body[0][0] : body[0][1]].endswith(FINISHED):
            body = body[1:]
        return tuple(Quotation(start=begin, end=stop, speaker=speaker, kind="turn") for begin, stop in body)
    return ()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines that are not blank begin and end, without the blanks around them."""
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if line.strip():
            yield match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())


def _speaker(doc: Doc, mentions: Sequence[TextMention], start: int, end: int, lexicon: Lexicon) -> int | None:
    """Return the head of the name of who gave the speech that a heading announces: "ADDRESS by the Minister, Mr. Lund"."""
    tokens = [token for token in doc if start <= token.idx < end]
    told = next((t for t in tokens if t.lower_ in lexicon.speech_nouns or t.lemma_.lower() in lexicon.speech_nouns), None)
    by = next((t for t in tokens if told is not None and t.i > told.i and t.lower_ in {"by", "of"}), None)
    if by is None:
        return None
    names = [m for m in mentions if m.kind == "name" and m.type == "Person" and by.i < m.head and start <= doc[m.head].idx < end]
    named = [m for m in names if not {t.lower_ for t in doc[m.start : m.end]} & lexicon.role_heads]
    return named[0].head if named else None
