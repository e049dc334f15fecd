"""Cut a text into the smallest pieces that time expressions are made of: words, numbers, clock times, signs.

spaCy's tokens differ with the pipeline ("2025-11-23" is one token or five), so the grammar of times stands on these pieces
instead; offsets are characters of the text, as in ``Doc.text``. "2,014" is one number, "A320" one word, "p.m." one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

Kind = Literal["date", "clock", "ordinal", "decade", "number", "half", "word", "clitic", "sign", "break"]

PIECE = re.compile(
    r"""
      (?P<date>   \d{4}(?P<dash>[-/])\d{2}(?P=dash)\d{2}(?![\d/-]) | \d{1,2}-\d{1,2}-\d{4}(?![\d-])
                | \d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)(?:\d{4}|\d{2})(?![\d/]) )
    | (?P<clock>  \d{1,2}:\d{2}(?![\d:]) )
    | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b )
    | (?P<decade> \d{3}0s\b | ['’]?\d0s\b )
    | (?P<number> \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)? )
    | (?P<half>   [ap]\.\s?m\b\.? )
    | (?P<clitic> ['’](?:s|ll|d|ve|re|m)\b | n['’]t\b )
    | (?P<word>   [^\W\d_]+(?=n['’]t\b) | [^\W\d_]+(?:\d\w*)? )
    | (?P<break>  \n[^\S\n]*\n\s* )
    | (?P<sign>   \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Atoms:
    """The pieces of a text in order, as parallel tuples: written form, lower case, kind, begin and end character, opens a line or not."""

    text: tuple[str, ...]
    lower: tuple[str, ...]
    kind: tuple[Kind, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    opens_line: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.text)

    def at(self, index: int) -> str:
        """Return the lower-case piece at ``index``, or "" outside the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def kind_at(self, index: int) -> Kind | None:
        """Return the kind of the piece at ``index``, or None outside the text."""
        return self.kind[index] if 0 <= index < len(self.kind) else None

    def is_capital(self, index: int) -> bool:
        """Return whether the piece at ``index`` is there and starts with a capital letter."""
        return 0 <= index < len(self.text) and self.text[index][0].isupper()

    def opens(self, index: int) -> bool:
        """Return whether the piece at ``index`` is the first of its line; also at the end of the text."""
        return index >= len(self.text) or self.opens_line[index]

    def follows(self, index: int, words: tuple[str, ...]) -> bool:
        """Return whether exactly these lower-case pieces stand from ``index`` on."""
        return self.lower[index : index + len(words)] == words

    def precedes(self, index: int, words: tuple[str, ...]) -> bool:
        """Return whether exactly these lower-case pieces stand right in front of ``index``."""
        return index >= len(words) and self.lower[index - len(words) : index] == words


def cut(text: str) -> Atoms:
    """Cut ``text`` into its pieces; every character but white space belongs to one."""
    matches = list(PIECE.finditer(text))
    starts, ends = tuple(match.start() for match in matches), tuple(match.end() for match in matches)
    written = tuple(match.group() for match in matches)
    return Atoms(
        text=written,
        lower=tuple(piece.lower() for piece in written),
        kind=tuple(cast(Kind, match.lastgroup) for match in matches),
        start=starts,
        end=ends,
        opens_line=tuple("\n" in text[before : start + 1] for before, start in zip((0, *starts), starts, strict=False)),
    )
