"""Tell the line breaks that part a text from those that only wrap it.

In: a text. Out: where sentences end by its layout, and the text with its wrapped lines joined, of the same length. Pure.
"""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"\s*[A-Z][\w.'’ ]{1,40}(?:,[ ]*[\w.'’ ]{1,25}){0,3}(?:[ ]\([A-Z][\w ]{1,20}\))?[ ](?:-|–|—|--)[ ](?=[A-Z“\"])"
)
"""The place and day that a report begins with: "GENEVA, 23 November 2025 - "."""

OPENS_PARAGRAPH = re.compile(r"Q\s|[A-Z][\w.'’ -]{1,60}:(?:\s|$)|[-*•]\s|\d{1,2}[.)]\s")
"""What begins a paragraph wherever it stands: the label of a turn, the mark of a list."""


def flowing(text: str) -> str:
    """Return a text with spaces for the line breaks that only wrap it; every character stays in its place."""
    breaks = paragraph_breaks(text)
    return "".join(" " if character == "\n" and place not in breaks else character for place, character in enumerate(text))


def sentence_breaks(text: str) -> frozenset[int]:
    """Return the offsets behind which the layout begins a sentence: the breaks of paragraphs, and the end of a dateline."""
    dateline = DATELINE.match(text)
    if dateline is not None and _tells_place_or_day(dateline[0]):
        return paragraph_breaks(text) | {dateline.end() - 1}
    return paragraph_breaks(text)


def paragraph_breaks(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks that end a paragraph, a heading or a turn.

    Those beside a blank line do. A single line break does so too, unless the text is wrapped at a column (most of its lines stop without
    a full stop) and the line is a full one, or unless the next line goes on in lower case.
    """
    lines = [line.strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    unfinished = sum(not _is_finished(line) for line in filled[:-1])
    wrapped = len(filled) > 3 and unfinished > len(filled) / 2
    widest = max((len(line) for line in filled), default=0)
    breaks = set()
    position = -1
    for line, before, after in zip(text.split("\n"), lines, lines[1:], strict=False):
        position += len(line) + 1
        if (
            not before
            or not after
            or OPENS_PARAGRAPH.match(after)
            or (not after[0].islower() and not (wrapped and _is_full(before, widest)))
        ):
            breaks.add(position)
    return frozenset(breaks)


def _is_full(line: str, widest: int) -> bool:
    """Tell whether a line is as long as wrapped lines are, so that its end says nothing."""
    return len(line) > 0.75 * widest and not (_is_finished(line) and len(line) < 0.8 * widest)


def _tells_place_or_day(prefix: str) -> bool:
    return any(character.isdigit() for character in prefix) or any(len(w) > 3 and w.isupper() for w in re.findall(r"\w+", prefix))


def _is_finished(line: str) -> bool:
    return line.rstrip("\"'”’)]")[-1:] in {".", "?", "!", ":", ";", "…"}
