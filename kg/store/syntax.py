"""Say where and why a query is not SPARQL.

Oxigraph reports a line, a column and everything it would have taken there. Both need help: where it tried a keyword, the place
lies as many characters too far as the keyword is long (``x`` on line 3 can be reported on line 5), and the list is long and
holds the parser's own rules. So the place is searched for among the words before it, by asking the parser again.

The parser cannot be asked without evaluating what it took. So it is asked over an empty store, and of a text in which every
SERVICE has become another word of the same length: to parse never reaches the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph

from kg.errors import QueryError

_REPORTED = re.compile(r"error at (\d+):(\d+)")
_WORD = re.compile(r"<[^<>\s]*>|[\w:?$@\\-]+|[^\w\s]")
_SERVICE = re.compile("service", re.IGNORECASE)
_STAND_IN = "sErViCx"
_LONGEST_KEYWORD = len("ENCODE_FOR_URI")
_GAP = " " * 64
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_WITHOUT_PLACE = {
    "Duplicated variable name in SELECT": "SELECT names a variable twice. Rename one of them.",
    "The SELECT overrides an existing variable": "SELECT gives a variable that the pattern binds already. Name it otherwise.",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY. Name the variables.",
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is neither grouped by nor aggregated. "
    "Add it to GROUP BY, or put it into an aggregate such as SAMPLE().",
}


def parse_fault(query: str, *, prefixes: Mapping[str, str]) -> SyntaxError | None:
    """Parse a query and return what the parser has against it.

    SERVICE counts as a fault; in strings, names, IRIs and comments the word does not, since another word is as good there.
    """
    try:
        pyoxigraph.Store().query(_SERVICE.sub(_STAND_IN, query), prefixes=dict(prefixes))
    except SyntaxError as error:
        return error
    except (OSError, RuntimeError):
        return None  # well-formed, though it fails when it is evaluated
    return None


def explain(query: str, error: SyntaxError, *, prefixes: Mapping[str, str]) -> QueryError:
    """Turn what the parser says of a query into an error with the line and column of the first word that does not fit."""
    for phrase, advice in _WITHOUT_PLACE.items():
        if phrase in str(error):
            return QueryError(f"The query is malformed: {advice}")
    offset = fault_offset(query, error, prefixes=prefixes)
    if offset is None:
        return QueryError(f"The query is malformed: {error}")
    line, column = line_and_column(query, offset)
    return QueryError(f"The query is malformed at line {line}, column {column}: {_reason(query, offset, error)}", line, column)


def fault_offset(query: str, error: SyntaxError, *, prefixes: Mapping[str, str]) -> int | None:
    """Return where the first word begins that the parser could not take; None if it names no place.

    A word was reached if room made before it moves the place that the parser reports. The last one reached is at fault.
    """
    reported = _reported_offset(query, error)
    if reported is None:
        return None
    nearest = reported - _LONGEST_KEYWORD - 1
    starts = [word.start() for word in _WORD.finditer(query) if word.end() >= nearest and word.start() <= reported]
    if reported >= len(query.rstrip()):
        starts.append(len(query))
    for start in reversed(starts):
        widened = query[:start] + _GAP + query[start:]
        fault = parse_fault(widened, prefixes=prefixes)
        moved = None if fault is None else _reported_offset(widened, fault)
        if moved is not None and moved >= start + len(_GAP):
            return start
    return reported


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the place of a character, both counted from 1; lines end with a line feed."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _reported_offset(query: str, error: SyntaxError) -> int | None:
    found = _REPORTED.search(str(error))
    if found is None:
        return None
    line, column = int(found[1]), int(found[2])
    line_start = 0
    for _ in range(line - 1):
        line_start = query.find("\n", line_start) + 1
    return min(line_start + column - 1, len(query))


def _reason(query: str, offset: int, error: SyntaxError) -> str:
    rest = query[offset:]
    if not query.strip():
        return "it is empty. Give a SELECT, ASK, CONSTRUCT or DESCRIBE query."
    if not rest.strip():
        return "it ends too early. Close the brackets and quotation marks that are open."
    word = _word_at(rest)
    if not query[:offset].strip() and word.upper() in _UPDATES:
        return f"{word!r} begins an update, and this is a place for queries: SELECT, ASK, CONSTRUCT or DESCRIBE."
    if "Prefix not found" in str(error) and ":" in word:
        prefix = word.partition(":")[0]
        return f"the prefix {prefix!r} is not declared. Declare it before the query: PREFIX {prefix}: <…>."
    if "IRI parsing failed" in str(error):
        return f"{word!r} is no absolute IRI. Write it whole, from its scheme on."
    return f"{word!r} does not fit here. Check its spelling, and the brackets and full stops before it."


def _word_at(rest: str) -> str:
    word = _WORD.match(rest.lstrip())
    return rest.lstrip()[0] if word is None else word[0]
