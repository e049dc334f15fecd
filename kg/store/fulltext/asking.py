"""Read what a person types into a search box as an expression of FTS5.

Words are all wanted, in any order, whatever the case and the diacritics. ``"…"`` wants words one after another, ``word*`` all words that
begin so. Nothing else has a meaning, and nothing is an error.
"""

from __future__ import annotations

import re

_PART = re.compile(r'"(?P<phrase>[^"]*+)"?(?P<star>\*?)|(?P<word>[^\s"]++)')
_MOST_LETTERS = 1000
_MOST_PARTS = 50


def expression_of(text: str) -> str | None:
    """Return what FTS5 is to look for; None: there is no word in the text. Of very long texts only the beginning counts."""
    clean = text[:_MOST_LETTERS].replace("\0", " ").encode("utf-8", "replace").decode()
    parts = [part for part in map(_expression, _PART.finditer(clean)) if part is not None]
    return " ".join(parts[:_MOST_PARTS]) or None


def _expression(part: re.Match[str]) -> str | None:
    phrase = part["phrase"] if part["phrase"] is not None else part["word"]
    if not any(sign.isalnum() for sign in phrase):
        return None
    begun = part["star"] == "*" or (part["word"] or "").endswith("*")
    return f'"{phrase}"{"*" if begun else ""}'
