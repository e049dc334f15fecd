"""Say where and why a query is not SPARQL.

Oxigraph reports a line, a column and everything it would have taken there. Both need help: where it tried a keyword, the place
lies as many characters too far as the keyword is long (``x`` on line 3 can be reported on line 5), and the list is long and
holds the parser's own rules. So the place is searched for among the words before it, by asking the parser again.
"""

from __future__ import annotations

import re

from kg.errors import MalformedQueryError
from kg.store.sparql.lexing import line_and_column
from kg.store.sparql.parsing import parse_fault

_REPORTED = re.compile(r"error at (\d+):(\d+)")
_WORD = re.compile(r"<[^<>\s]*>|[\w:?$@\\-]+|[^\w\s]")
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


def explain(query: str, fault: SyntaxError, *, relay: str | None = None) -> MalformedQueryError:
    """Turn what the parser has against a query into an error with the line and column of the first word that does not fit.

    ``relay`` is that of ``kg.store.sparql.parsing.parse_fault``.
    """
    for phrase, advice in _WITHOUT_PLACE.items():
        if phrase in str(fault):
            return MalformedQueryError(f"The query is malformed: {advice}")
    offset = _fault_offset(query, fault, relay=relay)
    if offset is None:
        return MalformedQueryError(f"The query is malformed: {fault}")
    line, column = line_and_column(query, offset)
    reason = _reason(query, offset, fault)
    return MalformedQueryError(f"The query is malformed at line {line}, column {column}: {reason}", line, column)


def _fault_offset(query: str, fault: SyntaxError, *, relay: str | None) -> int | None:
    """Return where the first word begins that the parser could not take; None if it names no place.

    A word was reached if room made before it moves the place that the parser reports. The last one reached is at fault.
    """
    reported = _reported_offset(query, fault)
    if reported is None:
        return None
    nearest = reported - _LONGEST_KEYWORD - 1
    starts = [word.start() for word in _WORD.finditer(query) if word.end() >= nearest and word.start() <= reported]
    if reported >= len(query.rstrip()):
        starts.append(len(query))
    for start in reversed(starts):
        widened = query[:start] + _GAP + query[start:]
        again = parse_fault(widened, relay=relay)
        moved = None if again is None else _reported_offset(widened, again)
        if moved is not None and moved >= start + len(_GAP):
            return start
    return reported


def _reported_offset(query: str, fault: SyntaxError) -> int | None:
    found = _REPORTED.search(str(fault))
    if found is None:
        return None
    line, column = int(found[1]), int(found[2])
    line_start = 0
    for _ in range(line - 1):
        line_start = query.find("\n", line_start) + 1
    return min(line_start + column - 1, len(query))


def _reason(query: str, offset: int, fault: SyntaxError) -> str:
    rest = query[offset:]
    if not query.strip():
        return "it is empty. Give a SELECT, ASK, CONSTRUCT or DESCRIBE query."
    if not rest.strip():
        return "it ends too early. Close the brackets and quotation marks that are open."
    word = _word_at(rest)
    if not query[:offset].strip() and word.upper() in _UPDATES:
        return f"{word!r} begins an update, and this is a place for queries: SELECT, ASK, CONSTRUCT or DESCRIBE."
    if "Prefix not found" in str(fault) and ":" in word:
        prefix = word.partition(":")[0]
        return f"the prefix {prefix!r} is not declared. Declare it before the query: PREFIX {prefix}: <…>."
    if "IRI parsing failed" in str(fault):
        return f"{word!r} is no absolute IRI. Write it whole, from its scheme on."
    return f"{word!r} does not fit here. Check its spelling, and the brackets and full stops before it."


def _word_at(rest: str) -> str:
    word = _WORD.match(rest.lstrip())
    return rest.lstrip()[0] if word is None else word[0]
