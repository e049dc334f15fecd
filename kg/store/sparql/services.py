"""A query's SERVICE blocks: what they name, and the query with other addresses in their place.

Places in the text stay what they are but for those behind an address on its line; faults are told with the places and addresses of the
text as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryError, QueryMemoryError, QueryTimeoutError, RefusedError
from kg.graph.prefixes import PREFIXES
from kg.store.sparql.lexing import Token, line_and_column, tokens
from kg.store.sparql.screening import Clause, has_escapes, refuse_services, screen_query


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A SERVICE block: the IRI that it names, whether it is SILENT, and the word that names it."""

    iri: str
    silent: bool
    word: Token


@dataclass(frozen=True, slots=True)
class Relayed:
    """A query whose SERVICE blocks name other addresses: what it was, what it is, and the IRI behind each address."""

    original: str
    text: str
    iris: Mapping[str, str]
    _swaps: tuple[tuple[Token, int], ...]

    def told(self, error: QueryError, faults: Mapping[str, str]) -> QueryError:
        """Return an error as it is of the query as it was; ``faults`` say what went wrong at an address."""
        if isinstance(error, QueryTimeoutError | QueryMemoryError):
            return error
        message = str(error)
        for address, iri in self.iris.items():
            if address in message and address in faults:
                return QueryError(f"SERVICE could not be asked: {faults[address]}")
            message = message.replace(address, iri)
        if error.line is None or error.column is None:
            return type(error)(message)
        line, column = line_and_column(self.original, self._offset(error.line, error.column))
        told = message.replace(f"line {error.line}, column {error.column}", f"line {line}, column {column}")
        return type(error)(told, line, column)

    def _offset(self, line: int, column: int) -> int:
        """Return where in the original text a place of the new one lies."""
        offset = sum(len(row) + 1 for row in self.text.split("\n")[: line - 1]) + column - 1
        for word, length in self._swaps:
            if offset < word.start + length:
                return min(offset, word.start) if offset <= word.start else word.start
            offset += len(word.text) - length
        return min(offset, len(self.original))


def service_calls(text: str) -> list[ServiceCall]:
    """Return what the SERVICE blocks of a query name.

    Raise RefusedError for one that names a variable, stands in another, or can be read in more than one way.
    """
    clauses = [clause for clause in screen_query(text, prefixes=PREFIXES).clauses if clause.keyword == "SERVICE"]
    if not clauses:
        return []
    if has_escapes(text):
        raise _refused(text, clauses[0].start, "stands in a query with codepoint escapes. Write the characters themselves.")
    within = list(_groups(text, clauses))
    for clause in clauses:
        if clause.iri is None or clause.target is None or clause.target.kind not in ("iri", "name"):
            raise _refused(text, clause.start, "names no endpoint by its IRI. Name one, and put white space around the words.")
        if clause.target.text.lower().startswith("silent:"):
            raise _refused(
                text, clause.start, "can be read in two ways. Put white space around the words, or take another prefix."
            )
        if any(begin < clause.start < end for begin, end in within):
            raise _refused(text, clause.start, "stands within another, whose endpoint would have to ask. Put it beside that one.")
    return [ServiceCall(clause.iri or "", clause.silent, clause.target) for clause in clauses if clause.target is not None]


def relayed(text: str, calls: Sequence[ServiceCall], addresses: Mapping[tuple[str, bool], str], *, relay: str) -> Relayed:
    """Return the query with an address, below that of the relay, in place of each IRI.

    Raise RefusedError where another way to read it is left.
    """
    parts = []
    position = 0
    swaps = []
    for call in sorted(calls, key=lambda call: call.word.start):
        written = f"<{addresses[call.iri, call.silent]}>"
        parts += [text[position : call.word.start], written]
        swaps.append((call.word, len(written)))
        position = call.word.end
    changed = "".join([*parts, text[position:]])
    refuse_services(changed, screen_query(changed, prefixes=PREFIXES).clauses, relay=relay)
    return Relayed(text, changed, {address: iri for (iri, _), address in addresses.items()}, tuple(swaps))


def _groups(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Yield where the block of each SERVICE begins and ends."""
    targets = {clause.target.start for clause in clauses if clause.target is not None}
    words = tokens(text)
    for at, word in enumerate(words):
        if word.start not in targets:
            continue
        depth = 0
        for later in words[at + 1 :]:
            depth += (later.text == "{") - (later.text == "}")
            if depth <= 0:
                yield word.start, later.start
                break


def _refused(text: str, start: int, why: str) -> RefusedError:
    line, column = line_and_column(text, start)
    return RefusedError(f"SERVICE at line {line}, column {column} {why}", line, column)
