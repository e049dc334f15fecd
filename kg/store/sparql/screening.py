"""What a query or an update would do, told from its words before anything is evaluated.

A query is refused its SERVICE and an update its LOAD by what is found here, so this errs on the side of finding: a word that some parser
could take for SERVICE is one (see ``kg.store.sparql.lexing``). Names, strings, IRIs, variables and comments that merely hold the word are
none. The rest follows the grammar alone. Whether the text is well-formed is for the parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from kg.errors import MalformedQueryError, RefusedError
from kg.store.sparql.lexing import Token, line_and_column, readings, tokens
from kg.store.sparql.naming import resolved

if TYPE_CHECKING:
    from kg.store.protocol import AnswerKind

Keyword = Literal["FROM", "FROM NAMED", "USING", "USING NAMED", "WITH", "LOAD", "SERVICE"]

MAY_CALL = re.compile(r"service|\\u", re.IGNORECASE)
"""What every query with a SERVICE has in it, escapes for its letters included; most have it not, and need no screening for that."""
MAY_LOAD = re.compile(r"load|\\u", re.IGNORECASE)
"""What every update with a LOAD has in it."""

_FORMS: dict[str, AnswerKind] = {"SELECT": "solutions", "ASK": "boolean", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
_OPERATIONS = (
    *("INSERT DATA", "DELETE DATA", "DELETE WHERE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"),
    *("INSERT", "DELETE", "WITH"),
)
_BEFORE_GRAPHS = ("GRAPH", "FROM", "NAMED", "USING", "WITH", "INTO", "TO", "ADD", "MOVE", "COPY")
_ESCAPED_LETTER = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CLOSES = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a text names by one of the keywords: its IRI, resolved, or None for a variable or a prefix that is not declared.

    ``target`` is the word that names it, where the text has that word as it stands.
    """

    keyword: Keyword
    iri: str | None
    start: int
    silent: bool = False
    target: Token | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of an update: its kind ("INSERT DATA", "CLEAR" …; "MODIFY" for those with a WHERE of their own), and its place.

    ``where`` is the place of its WHERE, before which USING may stand; ``clauses`` what it names by USING, WITH or LOAD.
    """

    kind: str
    start: int
    end: int
    where: int | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedQuery:
    """What a query would do: the form of its answer (None: it is no query), and what it names by FROM, FROM NAMED and SERVICE."""

    text: str
    form: AnswerKind | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedUpdate:
    """What an update would do: its operations in order, and what they name by SERVICE."""

    text: str
    operations: tuple[Operation, ...]
    services: tuple[Clause, ...]


def screen_query(text: str, *, base: str = "", prefixes: Mapping[str, str] | None = None) -> ScreenedQuery:
    """Tell what a query would do. ``prefixes`` are those that need no declaration. Raise RefusedError for what has too many readings."""
    words = tokens(text)
    names = _Names(base, prefixes)
    body = names.read_prologue(words)
    clauses = [*_clauses(words, names, "FROM"), *_services(text, names)]
    return ScreenedQuery(text=text, form=_form(words[body:]), clauses=tuple(clauses))


def screen_update(text: str, *, base: str = "", prefixes: Mapping[str, str] | None = None) -> ScreenedUpdate:
    """Tell what an update would do. Raise RefusedError for what has too many readings, MalformedQueryError for a LOAD in some of them."""
    names = _Names(base, prefixes)
    operations = tuple(_operations(tokens(text), names))
    loads = {clause.start for operation in operations for clause in operation.clauses if clause.keyword == "LOAD"}
    for hidden in _hidden_loads(text):
        if hidden not in loads:
            line, column = line_and_column(text, hidden)
            raise MalformedQueryError(
                f"The update holds LOAD at line {line}, column {column}, where no operation begins. Put white space around its words.",
                line,
                column,
            )
    return ScreenedUpdate(text=text, operations=operations, services=tuple(_services(text, names)))


def refuse_services(text: str, clauses: Iterable[Clause], *, relay: str | None = None) -> None:
    """Raise RefusedError if one of these clauses of a text is a SERVICE, unless it names what lies below the address ``relay``."""
    # What codepoint escapes hide is found, but nothing that stands beside it.
    relayed = f"{relay}/" if relay is not None and not has_escapes(text) else None
    for clause in clauses:
        if clause.keyword == "SERVICE" and (relayed is None or not (clause.iri or "").startswith(relayed)):
            line, column = line_and_column(text, clause.start)
            raise RefusedError(
                f"The query uses SERVICE at line {line}, column {column}, which this store refuses: no query reaches the network. "
                "Take the SERVICE block out, and ask the other endpoint itself.",
                line,
                column,
            )


class _Names:
    """The base and the prefixes that are declared so far."""

    def __init__(self, base: str, prefixes: Mapping[str, str] | None) -> None:
        self._base = base
        self._prefixes = dict(prefixes or {})

    def read_prologue(self, words: Sequence[Token]) -> int:
        """Take in the declarations that the words begin with; return how many words those are."""
        at = 0
        while at < len(words) and words[at].is_word("BASE", "PREFIX", "VERSION"):
            length = 3 if words[at].is_word("PREFIX") else 2
            declared = words[at : at + length]
            if len(declared) < length:
                return at
            if words[at].is_word("PREFIX"):
                self._prefixes[declared[1].text.removesuffix(":")] = self.resolve(declared[2]) or ""
            elif words[at].is_word("BASE"):
                self._base = self.resolve(declared[1]) or self._base
            at += length
        return at

    def resolve(self, token: Token) -> str | None:
        """Return the IRI that an IRI or a prefixed name stands for; None for anything else."""
        if token.kind == "iri":
            reference = _CODEPOINT.sub(_character, token.text[1:-1])
            return resolved(self._base, reference)
        prefix, colon, local = token.text.partition(":")
        if token.kind != "name" or not colon or prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + _ESCAPED_LETTER.sub(r"\1", local)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _form(body: Sequence[Token]) -> AnswerKind | None:
    first = body[0].text.upper() if body and body[0].kind == "word" else ""
    return next((form for keyword, form in _FORMS.items() if first.startswith(keyword)), None)


def _operations(words: Sequence[Token], names: _Names) -> Iterator[Operation]:
    for part in _split(words):
        body = part[names.read_prologue(part) :]
        if not body:
            continue
        leading = "".join(token.text.upper() for token in takewhile(lambda token: token.kind == "word", body[:2]))
        kind = next((kind for kind in _OPERATIONS if leading.startswith(kind.replace(" ", ""))), "")
        if kind in ("INSERT", "DELETE", "WITH"):
            kind = "MODIFY"
        wheres = [token.start for token in _outside(body) if token.is_word("WHERE")]
        yield Operation(
            kind=kind,
            start=body[0].start,
            end=body[-1].end,
            where=wheres[0] if wheres else None,
            clauses=tuple(_clauses(body, names, "LOAD" if kind == "LOAD" else "USING" if kind == "MODIFY" else "")),
        )


def _split(words: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut an update at the semicolons between its operations."""
    part: list[Token] = []
    outside = {token.start for token in _outside(words)}
    for token in words:
        if token.text == ";" and token.start in outside:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _outside(words: Sequence[Token]) -> Iterator[Token]:
    """Yield the words that stand in no brackets."""
    depth = 0
    for token in words:
        if token.kind == "sign" and token.text in _CLOSES.values():
            depth += 1
        elif token.kind == "sign" and token.text in _CLOSES:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield token


def _clauses(words: Sequence[Token], names: _Names, keyword: str) -> Iterator[Clause]:
    """Yield what is named by FROM, by USING and WITH, or by LOAD."""
    outside = list(_outside(words))
    for at, token in enumerate(outside):
        word = token.text.upper() if token.kind == "word" else ""
        if not keyword or not (word.startswith(keyword) or (keyword == "USING" and word == "WITH")):
            continue
        after = outside[at + 1 :]
        extra = word.removeprefix(keyword)
        if after and after[0].is_word("NAMED", "SILENT"):
            extra, after = after[0].text.upper(), after[1:]
        if not after:
            continue
        found: Keyword = f"{keyword} NAMED" if extra == "NAMED" else "WITH" if word == "WITH" else keyword  # type: ignore[assignment]
        yield Clause(keyword=found, iri=names.resolve(after[0]), start=token.start, silent=extra == "SILENT", target=after[0])


def _services(text: str, names: _Names) -> list[Clause]:
    """Return each place where some reading has SERVICE."""
    if "service" not in _plain(text).lower():
        return []
    # As SPARQL 1.1 had it, codepoint escapes are resolved before words are read; as 1.2 has it, they are not.
    found = list(_find_services(text)) or ([] if _plain(text) == text else list(_find_services(_plain(text))))
    clauses = {
        start: Clause(
            keyword="SERVICE", iri=None if target is None else names.resolve(target), start=start, silent=silent, target=target
        )
        for start, target, silent in found
    }
    return [clauses[start] for start in sorted(clauses)]


def _find_services(text: str) -> Iterator[tuple[int, Token | None, bool]]:
    for words in readings(text):
        for at, token in enumerate(words):
            after = words[at + 1] if at + 1 < len(words) else None
            prefix = token.text.lower().partition(":")[0]
            offset = token.start + max(prefix.find("service"), 0)
            if token.kind == "name" and "service" in prefix:
                before = words[at - 1] if at else None
                # Read as the keyword and a name with another prefix, where a group follows; behind GRAPH it is a name.
                if after is not None and after.text == "{" and not (before is not None and before.is_word(*_BEFORE_GRAPHS)):
                    yield offset, None, "silent" in prefix
            elif token.kind in ("word", "language") and "service" in prefix and after is not None:
                if after.kind in ("iri", "name", "variable"):
                    yield offset, after, "silent" in prefix or after.text.lower().startswith("silent:")
                elif after.kind == "word" and after.text.upper().startswith("SILENT"):
                    yield offset, words[at + 2] if at + 2 < len(words) else None, True


def has_escapes(text: str) -> bool:
    """Tell whether a text holds codepoint escapes, or what could be one."""
    return "\\u" in text.lower()


def _plain(text: str) -> str:
    return _CODEPOINT.sub(_character, text) if has_escapes(text) else text


def _hidden_loads(text: str) -> Iterator[int]:
    """Yield each place where some reading has LOAD."""
    plain = _plain(text)
    for version in {text, plain} if "load" in plain.lower() else ():
        for words in readings(version):
            for at, token in enumerate(words):
                prefix = token.text.lower().partition(":")[0]
                offset = token.start + max(prefix.find("load"), 0)
                before = words[at - 1] if at else None
                after = words[at + 1] if at + 1 < len(words) else None
                if token.kind == "word" and "load" in prefix and after is not None:
                    if after.kind in ("iri", "name") or after.text.upper().startswith("SILENT"):
                        yield offset
                elif token.kind == "name" and "load" in prefix and _may_begin(before, after):
                    yield offset


def _may_begin(before: Token | None, after: Token | None) -> bool:
    """Tell whether a name stands where an operation of its own could."""
    begins = before is None or before.kind in ("iri", "string") or before.text == ";"
    return begins and (after is None or after.text == ";" or after.is_word("INTO"))
