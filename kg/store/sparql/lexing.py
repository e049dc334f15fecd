"""SPARQL's words, by the terminals of its grammar (1.1 and 1.2), in every way that a parser may cut them.

The grammar cuts a text into the longest words it can. Oxigraph's parser has no such step: it tries rules on the bare text, and so takes
``trueSERVICE`` for two words, and ``<'>`` after ``?o`` for a comparison with a string where the grammar sees an IRI. Where the two can
part for more than a word – at a ``<`` whose IRI would hold a quotation mark or a number sign, behind which one reading sees a string
or a comment and the other does not – both are read. Codepoint escapes (``\\u0041``) are left in strings and IRIs, where SPARQL 1.2 allows
them; elsewhere they are no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.errors import RefusedError

Kind = Literal["word", "name", "iri", "variable", "string", "language", "blank", "number", "sign", "fault"]

MOST_FORKS = 200
"""How many places of two readings a text may have: each may have to be read to its end."""

LONGEST_PREFIX = 64
"""How many letters of a prefix belong together; what is longer is read as several words."""

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = f"{_BASE}_"
_VARIABLE = f"{_FIRST}0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = f"{_VARIABLE}-"
_PREFIX = rf"(?:[{_BASE}](?:[{_CHARS}]|\.(?=\.*+[{_CHARS}])){{0,{LONGEST_PREFIX}}}+)?+"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:(?:[{_FIRST}0-9:]|{_ESCAPED})(?:[{_CHARS}:]|{_ESCAPED}|\.++(?=[{_CHARS}:]|{_ESCAPED}))*+)?+"
_WORDS = re.compile(
    rf"""
    (?P<skip>(?:[ \t\r\n]++|\#[^\r\n]*+)++)
    |(?P<iri><[^<>"{{}}|^`\x00-\x20]*+>)
    |(?P<string>'''(?:'{{0,2}}+(?:[^'\\]|\\.))*+'''|\"\"\"(?:"{{0,2}}+(?:[^"\\]|\\.))*+\"\"\"
        |'(?:[^'\\\r\n]|\\.)*+'|"(?:[^"\\\r\n]|\\.)*+")
    |(?P<variable>[?$][{_FIRST}0-9][{_VARIABLE}]*+)
    |(?P<blank>_:[{_FIRST}0-9](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+)
    |(?P<name>{_PREFIX}:{_LOCAL})
    |(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
    |(?P<number>[0-9]++\.[0-9]*+[eE][+-]?[0-9]++|\.?[0-9]++[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*+)
    |(?P<sign>\^\^|&&|\|\||<=|>=|!=|[][{{}}()<>=!+*/|^?,.;&~-])
    |(?P<fault>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSURE = re.compile(r"<(?:(?!//)[^'#])*+['#]")
"""An IRI that might be a comparison with something else behind it: no two slashes, which no expression holds, before ' or #."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query as it stands there, and where it begins and ends."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends, exclusive."""
        return self.start + len(self.text)

    def is_word(self, *keywords: str) -> bool:
        """Tell whether this is one of these keywords (given in capitals), however it is written."""
        return self.kind == "word" and self.text.upper() in keywords


def tokens(text: str) -> list[Token]:
    """Return the words of a text by the grammar, without white space and comments; after a fault there are none."""
    return list(_read(text, 0))


def readings(text: str) -> Iterator[list[Token]]:
    """Yield the words by the grammar, then for each place of two readings those from there on, until they fall in with words seen before.

    Two words that come after the place where they fall in are read too, so that nobody needs to look over the edge.
    Raise RefusedError where there are too many such places.
    """
    seen: set[int] = set()
    waiting = [0]
    forks = 0
    while waiting:
        found: list[Token] = []
        known = 0
        for token in _read(text, waiting.pop()):
            known = known + 1 if token.start in seen else 0
            found.append(token)
            if known > 2:
                break
            if token.start not in seen and token.kind == "iri" and _UNSURE.match(token.text):
                waiting.append(token.start + 1)
                forks += 1
            seen.add(token.start)
        if forks > MOST_FORKS:
            raise RefusedError(
                f"The query holds more than {MOST_FORKS} IRIs that can be read as comparisons. "
                "Write them whole, with their scheme and '//'."
            )
        yield found


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the place of a character, both counted from 1; lines end with a line feed."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _read(text: str, position: int) -> Iterator[Token]:
    while position < len(text):
        match = _WORDS.match(text, position)
        if match is None:  # pragma: no cover  # the last alternative takes any character
            return
        kind = match.lastgroup
        if kind != "skip":
            yield Token(kind, match[0], position)  # type: ignore[arg-type]  # the groups are the kinds
        if kind == "fault":
            return
        position = match.end()
