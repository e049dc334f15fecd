"""Pair the quotation marks of a text.

In: a text. Out: the characters between paired marks, of nested pairs the outermost, paragraph by paragraph. Double marks, curly, straight,
angled or typed as two, go with each other; single ones go with single ones and are told from apostrophes. A mark without a partner costs
its own quotation alone. A quotation that was opened behind a colon or comma and never closed ends with its paragraph; so does one that the
next paragraph opens again. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OPENING, CLOSING, STRAIGHT, SINGLE = "“«", "”»", '"', "‘’'"
MARKS = frozenset({*OPENING, *CLOSING, STRAIGHT, *SINGLE, "``", "''"})
"""All that is read as a quotation mark, though a single one may be an apostrophe."""

MARK = re.compile(f"``|''|[{OPENING}{CLOSING}{STRAIGHT}{SINGLE}]")
BEFORE_OPENING = "([{—–-…:/"
ELIDED = re.compile(r"(?:em|im|er|til|tis|twas|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE)
"""What stands behind an apostrophe that begins a word: "'em", "the '90s"."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark in its paragraph: characters ``start`` to ``end``, whether it can open, and whether it can close."""

    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the characters between paired quotation marks."""
    spans: list[tuple[int, int]] = []
    offset = 0
    paragraphs = text.split("\n")
    for paragraph, goes_on in zip(paragraphs, _going_on(paragraphs), strict=True):
        spans += [(offset + start, offset + stop) for start, stop in _in_paragraph(paragraph, goes_on=goes_on)]
        offset += len(paragraph) + 1
    return spans


def _in_paragraph(paragraph: str, *, goes_on: bool) -> list[tuple[int, int]]:
    """Return the outermost quotations of a paragraph; with ``goes_on``, the next one opens a quotation again."""
    pairs, unpaired = _paired(paragraph, list(_marks(paragraph)))
    end = len(paragraph.rstrip())
    last = next((mark for mark in reversed(unpaired) if not mark.single and mark.end < end), None)
    if last is not None and (goes_on or (_is_announced(paragraph, last.start) and all(start < last.end for start, _ in pairs))):
        pairs.append((last.end, end))
    outer: list[tuple[int, int]] = []
    for start, stop in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if start < stop and (not outer or start >= outer[-1][1]):
            outer.append((start, stop))
    return outer


def _paired(paragraph: str, marks: list[_Mark]) -> tuple[list[tuple[int, int]], list[_Mark]]:
    """Return the spans between marks that belong together, and the opening marks that were never closed.

    A closing mark goes with the last one of its kind that is open; what was opened behind that one stays alone.
    """
    pairs: list[tuple[int, int]] = []
    opened: list[_Mark] = []
    alone: list[_Mark] = []
    for number, mark in enumerate(marks):
        partner = _partner(opened, mark) if mark.closes else None
        if partner is not None and not (mark.single and _is_possessive(paragraph, mark, marks[number + 1 :])):
            alone += opened[partner + 1 :]
            pairs.append((opened[partner].end, mark.start))
            del opened[partner:]
        elif mark.opens:
            opened.append(mark)
    return pairs, sorted([*alone, *opened], key=lambda mark: mark.start)


def _partner(opened: list[_Mark], closing: _Mark) -> int | None:
    """Return the place of the open mark that a closing one goes with; a single mark closes nothing around a double one."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place].single == closing.single:
            return place
        if closing.single:
            return None
    return None


def _is_possessive(paragraph: str, mark: _Mark, following: list[_Mark]) -> bool:
    """Tell whether a single mark behind an "s" is an apostrophe ("the states' words"), since another one can close the quotation."""
    if paragraph[mark.start - 1 : mark.start] != "s" or paragraph[mark.end : mark.end + 1] != " ":
        return False
    for other in following:
        if other.single and other.opens:
            return False
        if other.single and other.closes:
            return True
    return False


def _marks(paragraph: str) -> Iterator[_Mark]:
    for match in MARK.finditer(paragraph):
        start, end = match.span()
        before, after = paragraph[start - 1 : start], paragraph[end : end + 1]
        kind = match[0]
        fronted = not before or before.isspace() or before in BEFORE_OPENING or bool(MARK.fullmatch(before))
        opens = bool(after.strip()) and fronted and not (kind == "'" and ELIDED.match(paragraph, end))
        closes = not after.isalnum() if after else True
        if kind in SINGLE:
            yield _Mark(start, end, opens and kind != "’", closes and bool(before.strip()) and kind != "‘", single=True)
        elif kind in {*OPENING, "``"}:
            yield _Mark(start, end, bool(after.strip()), False, single=False)
        elif kind in {*CLOSING, "''"}:
            yield _Mark(start, end, kind == "''" and opens, True, single=False)
        else:
            yield _Mark(start, end, opens, closes and not (opens and before.isspace()), single=False)


def _is_announced(paragraph: str, position: int) -> bool:
    """Tell whether a colon or comma leads to an opening mark: what follows was meant as a quotation, closed or not."""
    return paragraph[:position].rstrip()[-1:] in {":", ","}


def _going_on(paragraphs: Sequence[str]) -> list[bool]:
    """Tell of each paragraph whether the next one that is not blank opens a quotation again, as one does that runs over several."""
    found: list[bool] = []
    opens = False
    for paragraph in reversed(paragraphs):
        found.append(opens)
        beginning = paragraph.lstrip()[:1]
        opens = beginning in {STRAIGHT, *OPENING} if beginning else opens
    return found[::-1]
