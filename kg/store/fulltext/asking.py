"""Read what a person types into a search box as an expression of FTS5.

Words are all wanted, in any order, whatever the case and the diacritics. ``"…"`` wants words one after another, ``word*`` all words that
begin so. ``~`` before all else wants names that are alike. Nothing else has a meaning, and nothing is an error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kg.store.fulltext.entries import ALL_KINDS

_PART = re.compile(r'"(?P<phrase>[^"]*+)"?(?P<star>\*?)|(?P<word>[^\s"]++)')
_MOST_LETTERS = 1000
_MOST_PARTS = 50
_LONGEST_NAME = 200
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Words, in what kinds of entries they are sought, how many things are wanted at most, and whether the best, with scores."""

    text: str
    limit: int
    ranked: bool = True
    kinds: tuple[str, ...] = ALL_KINDS


def expression_of(text: str) -> str | None:
    """Return what FTS5 is to look for; None: there is no word in the text. Of very long texts only the beginning counts."""
    parts = [part for part in map(_expression, _PART.finditer(_clean(text))) if part is not None]
    return " ".join(parts[:_MOST_PARTS]) or None


def alike_of(text: str) -> str | None:
    """Return the name, folded, that others are to be alike to; None where that is not what is wanted."""
    sought = text.lstrip()
    return folded(sought[1:]) if sought.startswith("~") else None


def folded(name: str) -> str:
    """Return the beginning of a name in small letters, without diacritics, with one space for what is no letter or digit."""
    bare = _clean(name)[:_LONGEST_NAME]
    if not bare.isascii():
        bare = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", bare.casefold()).strip()


def pieces_of(name: str) -> str | None:
    """Return what FTS5 is to look for to find names that share three letters in a row with a folded one; None for no three letters."""
    pieces = {word[at : at + 3] for word in name.split() for at in range(len(word) - 2)}
    return " OR ".join(f'"{piece}"' for piece in sorted(pieces)) or None


def _clean(text: str) -> str:
    """Return what SQLite takes of a text: without NUL and without half of a surrogate pair."""
    return text[:_MOST_LETTERS].replace("\0", " ").encode("utf-8", "replace").decode()


def _expression(part: re.Match[str]) -> str | None:
    phrase = part["phrase"] if part["phrase"] is not None else part["word"]
    if not any(sign.isalnum() for sign in phrase):
        return None
    begun = part["star"] == "*" or (part["word"] or "").endswith("*")
    return f'"{phrase}"{"*" if begun else ""}'
