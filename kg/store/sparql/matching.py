"""Full text in SPARQL: ``?thing dem:matches "frozen assets"``.

No graph holds this property. Before a query is evaluated, what the index finds for the words stands in its place, as VALUES for the
variable before it:

- ``?thing dem:matches "frozen assets"``: all that has these words in a name or a text; with more than ``MOST_MATCHES`` it is an error.
- ``?thing dem:matches ("frozen assets" 20)``: the twenty that fit best; ``("frozen assets" 20 "name" "title")`` in names and titles alone.
- ``(?thing ?score) dem:matches …``: with a score each, the higher the better.

The query is read by SPARQL's own lexical rules, and the parser sees it before and after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import pyoxigraph
from pyoxigraph import Literal, RdfFormat

from kg.errors import MalformedQueryError, QueryError
from kg.graph.prefixes import PREFIXES
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.entries import ALL_KINDS
from kg.store.sparql.faults import explain
from kg.store.sparql.lexing import Token, line_and_column, tokens
from kg.store.sparql.parsing import parse_fault
from kg.store.sparql.updates import check_syntax

MATCHES = f"{PREFIXES['dem']}matches"
"""The property."""
MOST_MATCHES = 10_000
"""How many things some words may match."""

_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {close: open_ for open_, close in _OPENING.items()}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TERMS = ("iri", "name", "variable", "blank", "string", "number")
_PLACE = 'Write ?thing dem:matches "words" among the triples of a pattern, outside of paths and of brackets.'
_WORDS = (
    'Write the words themselves behind it, as in ?thing dem:matches "frozen assets" or ?thing dem:matches ("frozen assets" 20).'
)


Find = Callable[[Sought], Sequence[tuple[str, float]]]
"""Whatever finds things by words; see ``kg.store.fulltext.finding.Finder.find``."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The property in a pattern: what is sought, what is bound, what to take out, and where the values go."""

    sought: Sought
    variables: tuple[str, ...]
    begin: int
    end: int
    block: int


def expand_query(query: str, find: Find, *, relay: str | None = None) -> str:
    """Return a query with what is found in place of the property; a query without it as it is, unread.

    Raise MalformedQueryError for a query that is malformed, and for a property that has no variable before it or no words behind it, or
    that stands where no values can; QueryError for words that match more than MOST_MATCHES things. ``relay`` is that of
    ``kg.store.sparql.parsing.parse_fault``.
    """
    return _expanded(query, find, partial(_check_query, relay=relay)) if "matches" in query else query


def expand_update(update: str, find: Find) -> str:
    """Return an update with what is found in place of the property; as ``expand_query`` does."""
    return _expanded(update, find, check_syntax) if "matches" in update else update


def _check_query(query: str, *, relay: str | None) -> None:
    fault = parse_fault(query, relay=relay)
    if fault is not None:
        raise explain(query, fault, relay=relay)


def _expanded(text: str, find: Find, check: Callable[[str], None]) -> str:
    words = tokens(text)
    places = _places(words)
    if not places:
        return text
    check(text)
    found: dict[str, str] = {}
    expanded = text
    # The last one first, so that the others stay where they are; each read anew, since one may be a part of another's statement.
    for at in reversed(places):
        rows = _rows(text, _pattern(text, words, at), find)
        pattern = _last(expanded)
        before, statement = expanded[: pattern.block], expanded[pattern.block : pattern.begin]
        holder = f"(<urn:uuid:{uuid4()}>{' 0' * (len(pattern.variables) - 1)})"
        found[holder] = rows
        values = f"VALUES ({' '.join(pattern.variables)}) {{ {holder} }}"
        expanded = f"{before} {values} {statement} {expanded[pattern.end :]}"
    try:
        check(expanded)
    except QueryError:
        raise _refused(text, words[places[0]], "cannot be looked up here", _PLACE) from None
    for holder, rows in found.items():
        expanded = expanded.replace(holder, rows)
    return expanded


def _last(text: str) -> _Pattern:
    words = tokens(text)
    return _pattern(text, words, _places(words)[-1])


def _places(words: Sequence[Token]) -> list[int]:
    """Return where the property stands as a verb."""
    prefixes = dict(PREFIXES)
    for keyword, prefix, iri in zip(words, words[1:], words[2:], strict=False):
        if keyword.is_word("PREFIX") and iri.kind == "iri":
            prefixes[prefix.text.removesuffix(":")] = iri.text[1:-1]
    named = {f"{prefix}:{MATCHES.removeprefix(iri)}" for prefix, iri in prefixes.items() if iri and MATCHES.startswith(iri)}
    return [
        at
        for at, word in enumerate(words)
        if (word.text == f"<{MATCHES}>" or (word.kind == "name" and word.text in named)) and _is_verb(words, at)
    ]


def _is_verb(words: Sequence[Token], at: int) -> bool:
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if before is None or after is None:
        return False
    if _is_sign(before, "/", "|", "^", "!") or _is_sign(after, "/", "|", "*", "+", "?"):  # a path
        return True
    follows = after.kind in _TERMS or _is_sign(after, "(", "[")
    return follows and (before.kind in _TERMS or before.kind == "language" or _is_sign(before, ";", ")", "]", "["))


def _pattern(text: str, words: Sequence[Token], at: int) -> _Pattern:
    opening = _enclosing(text, words, at)
    block, statement = _beginnings(words, opening + 1, at)
    if words[statement].text == "(":
        behind = _closing(words, statement) + 1
        inner = words[statement + 1 : behind - 1]
    else:
        behind = statement + 1
        inner = words[statement:behind]
    names = tuple(word.text for word in inner)
    if any(word.kind != "variable" for word in inner) or len({name[1:] for name in names}) != len(inner) or len(inner) > 2:
        raise _refused(text, words[at], "has no variable before it", "Write ?thing dem:matches or (?thing ?score) dem:matches.")
    sought, end = _object(text, words, at, scored=len(inner) > 1)
    if at > behind:
        if not _is_sign(words[at - 1], ";"):
            raise _refused(text, words[at], "cannot be looked up here", _PLACE)
        begin, follows = at - 1, True
    else:
        # The first that is said of the subject: what follows takes its place, or else the subject goes, too.
        behind = end
        while _is_sign(words[end], ";"):
            end += 1
        follows = (
            end > behind and not _is_sign(words[end], ".", "{", "}") and (words[end].kind != "word" or words[end].is_word("A"))
        )
        begin = at if follows else statement
        end += not follows and _is_sign(words[end], ".")
    if follows and len(inner) > 1:
        raise _refused(text, words[at], "does not stand alone", "Say what else is sought of ?thing behind a full stop.")
    return _Pattern(sought, names, words[begin].start, words[end - 1].end, words[block].start)


def _object(text: str, words: Sequence[Token], at: int, *, scored: bool) -> tuple[Sought, int]:
    """Return what is sought, and where what stands behind it begins."""
    close = _closing(words, at + 1) if _is_sign(words[at + 1], "(") else at + 1
    given = words[at + 2 : close] if close > at + 1 else words[at + 1 : at + 2]
    if not given or [word.kind for word in given] != ["string", "number", *["string"] * len(ALL_KINDS)][: len(given)]:
        raise _refused(text, words[at], "has no words behind it", _WORDS)
    string, *more = given
    limit, ranked, kinds = MOST_MATCHES + 1, scored, tuple[str, ...](ALL_KINDS)
    if more:
        limit, ranked = int(more[0].text) if more[0].text.isdecimal() else 0, True
        kinds = tuple(_value(kind.text) for kind in more[1:]) or kinds
        if not 0 < limit <= MOST_MATCHES:
            raise _refused(text, more[0], "takes a number of hits", f"Write one from 1 to {MOST_MATCHES}.")
        if not set(kinds) <= set(ALL_KINDS):
            raise _refused(text, more[1], "takes kinds of texts behind the number", f"Name some of: {', '.join(ALL_KINDS)}.")
    end = close + 1
    if end < len(words) and (words[end].kind == "language" or _is_sign(words[end], "^^", ",", "~")):
        raise _refused(text, words[end], "takes one plain text", _WORDS)
    return Sought(text=_value(string.text), limit=limit, ranked=ranked, kinds=kinds), end


def _rows(text: str, pattern: _Pattern, find: Find) -> str:
    scored = len(pattern.variables) == 2
    found = find(pattern.sought)
    if len(found) > MOST_MATCHES:
        line, column = line_and_column(text, pattern.begin)
        raise QueryError(
            f"At line {line}, column {column}: {pattern.sought.text!r} is in the words of more than {MOST_MATCHES} things. Add words, "
            f'seek a phrase by \'"…"\', or take the best alone: dem:matches ("…" 100).',
            line,
            column,
        )
    return " ".join(
        f"(<{subject}> {score:.6e})" if scored else f"(<{subject}>)" for subject, score in found if not _NO_IRI.search(subject)
    )


def _enclosing(text: str, words: Sequence[Token], at: int) -> int:
    """Return where the braces open that the property stands in, or where the last group in them closes."""
    depth = 0
    for place in range(at - 1, -1, -1):
        word = words[place]
        if word.kind != "sign":
            continue
        if depth == 0 and word.text in "{}":
            return place
        depth += (word.text in _CLOSING) - (word.text in _OPENING)
        if depth < 0:
            break
    raise _refused(text, words[at], "cannot be looked up here", _PLACE)


def _beginnings(words: Sequence[Token], start: int, at: int) -> tuple[int, int]:
    """Return where the block of triples and the statement begin that the property is a part of."""
    block = statement = place = start
    while place < at:
        word = words[place]
        if word.is_word("FILTER", "BIND"):
            while place < at and words[place].text != "(":
                place += 1
            place = _closing(words, place) + 1
            statement = place
            block = place if word.is_word("BIND") else block
        elif _is_sign(word, "."):
            place = statement = place + 1
        elif _is_sign(word, *_OPENING):
            place = _closing(words, place) + 1
        else:
            place += 1
    # A full stop behind a group is no part of the block.
    while block < statement and _is_sign(words[block], "."):
        block += 1
    return block, min(statement, at)


def _closing(words: Sequence[Token], open_: int) -> int:
    depth = 0
    for place in range(open_, len(words)):
        depth += _is_sign(words[place], *_OPENING) - _is_sign(words[place], *_CLOSING)
        if depth == 0:
            return place
    return len(words) - 1


def _is_sign(word: Token, *signs: str) -> bool:
    return word.kind == "sign" and word.text in signs


def _value(written: str) -> str:
    """Return the text that a string of SPARQL stands for."""
    (quad,) = pyoxigraph.parse(f"<a:b> <a:c> {written} .", RdfFormat.TURTLE)
    assert isinstance(quad.object, Literal)
    return quad.object.value


def _refused(text: str, word: Token, what: str, advice: str) -> MalformedQueryError:
    line, column = line_and_column(text, word.start)
    return MalformedQueryError(f"dem:matches {what}: line {line}, column {column}. {advice}", line, column)
