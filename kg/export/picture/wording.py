"""How wide a text comes out, and how it is broken into lines.

No font is read: widths are those of a wide one (DejaVu Sans, Verdana), so that a text fits its box in a narrower one too.
"""

from __future__ import annotations

import unicodedata

_NARROW, _WIDE = frozenset("ijl.,:;'’|!()[]ftrI -/"), frozenset("mwMW@%—…")


def text_width(text: str, *, size: float) -> float:
    """Return about how wide a line comes out, in the unit of the font's ``size``."""
    return size * sum(map(_character_width, text))


def wrap(text: str, *, width: float, size: float, most_lines: int) -> tuple[str, ...]:
    """Return a text in lines of at most ``width``; what does not fit into so many lines ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and text_width(f"{lines[-1]} {rest}", size=size) <= width:
            lines[-1] = f"{lines[-1]} {rest}"
            continue
        while text_width(rest, size=size) > width:
            cut = _fitting(rest, width=width, size=size)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    if len(lines) <= most_lines:
        return tuple(lines) or ("",)
    last = lines[most_lines - 1]
    while last and text_width(f"{last}…", size=size) > width:
        last = last[:-1]
    return (*lines[: most_lines - 1], f"{last.rstrip()}…")


def _fitting(word: str, *, width: float, size: float) -> int:
    """Return how many characters of a word fit; one always does."""
    count = 1
    while count < len(word) and text_width(word[: count + 1], size=size) <= width:
        count += 1
    return count


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in _NARROW:
        return 0.38
    if character in _WIDE:
        return 1.0
    return 0.72 if character.isupper() or character == "&" else 0.62
