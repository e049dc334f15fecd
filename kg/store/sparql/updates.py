"""Rewrite a SPARQL update so that the default graph stays the union of the named graphs, whatever the update does to them.

Beside what an operation writes, it puts each triple that it writes or takes away into a graph of its own for the time being. Behind it
stand three operations more: they take those triples out of the union, put back those that some graph holds now, and drop that
graph. All of it is one transaction, and nobody sees that graph, not even the update's own patterns. So the work is that of
the triples that are touched, and the outcome hangs on the graphs as they then are, not on how they came to be so.

The union itself cannot be written: an operation on the default graph is refused, with advice. It can be read, as the pattern of any
operation, and as what is copied to a graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import uuid4

import pyoxigraph

from kg.errors import MalformedQueryError, QueryError, RefusedError
from kg.graph.prefixes import PREFIXES
from kg.store.sparql.lexing import Token, line_and_column, tokens
from kg.store.sparql.loads import Document, without_loads
from kg.store.sparql.screening import MAY_LOAD, Operation, ScreenedUpdate, refuse_services, screen_update
from kg.store.sparql.using import with_dataset

_ANONYMOUS = ("[", "(", "~", "|")
_PLACE = re.compile(r"error at (\d+):(\d+)")
_ADVICE = "Name a graph: GRAPH <…> { … } within the braces, or WITH <…> before them."


def prepared(
    text: str,
    *,
    using: Sequence[str],
    using_named: Sequence[str],
    union: bool,
    documents: Mapping[str, Document] | None = None,
) -> str:
    """Return the update as it is to be evaluated: screened, over this dataset, and so that it keeps the union if there is one.

    ``documents`` are what its LOADs name, by IRI. Raise MalformedQueryError, RefusedError for one that reaches the network, and what
    ``without_loads``, ``with_dataset`` and ``keep_union`` raise.
    """
    check_syntax(text)
    screened = screen_update(text, prefixes=PREFIXES)
    refuse_services(text, screened.services)
    loaded = without_loads(screened, documents or {}, union=union)
    text = with_dataset(screen_update(loaded.text, prefixes=PREFIXES), using=using, using_named=using_named)
    return loaded.filled(keep_union(screen_update(text, prefixes=PREFIXES)) if union else text)


def check_syntax(text: str) -> None:
    """Raise MalformedQueryError for an update that is malformed.

    Nothing is evaluated behind an operation that fails, but all is read before it: so one is put in front. Oxigraph's places lie
    a word too far at times.
    """
    operations = screen_update(text, prefixes=PREFIXES).operations
    # Where there is no operation, there is nothing to keep from being evaluated, unless somebody else sees one.
    bare = not operations and MAY_LOAD.search(text) is None
    start = operations[0].start if operations else 0
    line, column = line_and_column(text, start)
    guard = "" if bare else f"DROP GRAPH <urn:uuid:{uuid4()}> ;\n{' ' * (column - 1)}"
    guarded = f"{text[:start]}{guard}{text[start:]}"
    try:
        pyoxigraph.Store().update(guarded, prefixes=PREFIXES)
    except SyntaxError as error:
        raise _malformed(error, guarded_at=line if guard else None) from None
    except (OSError, RuntimeError, ValueError):
        return


def _malformed(fault: SyntaxError, *, guarded_at: int | None) -> MalformedQueryError:
    found = _PLACE.search(str(fault))
    line, column = (int(found[1]), int(found[2])) if found is not None else (None, None)
    if line is not None and guarded_at is not None and line > guarded_at:
        line -= 1
    place = f" at line {line}, column {column}, or shortly before" if found is not None else f" ({fault})"
    return MalformedQueryError(
        f"The update is malformed{place}. Its grammar: https://www.w3.org/TR/sparql11-update/#grammar", line, column
    )


def keep_union(screened: ScreenedUpdate) -> str:
    """Return the text of an update that does the same and keeps the union.

    Raise RefusedError for an operation on the default graph, MalformedQueryError for one that is not recognised.
    """
    rewriter = _Rewriter(screened.text, scratch=f"<urn:uuid:{uuid4()}>")
    parts = []
    position = 0
    for operation in screened.operations:
        parts += [screened.text[position : operation.start], rewriter.rewrite(operation)]
        position = operation.end
    return "".join([*parts, screened.text[position:]])


@dataclass(frozen=True, slots=True)
class _Template:
    """Quads between braces: their text, the triples in it whatever their graph, and the graphs as they are written there."""

    text: str
    triples: str
    graphs: tuple[str, ...]
    default: Token | None
    anonymous: bool


class _Rewriter:
    """Rewrites the operations of one text, with ``scratch`` as the graph for the time being."""

    def __init__(self, text: str, *, scratch: str) -> None:
        self._text = text
        self._scratch = scratch

    def rewrite(self, operation: Operation) -> str:
        found = tokens(self._text[operation.start : operation.end])
        words = [Token(token.kind, token.text, token.start + operation.start) for token in found]
        text = self._text[operation.start : operation.end]
        match operation.kind:
            case "INSERT DATA":
                template = self._template(words, _brace(words, 0))
                if template.anonymous:
                    return _joined(text, *self._mirrored(template))
                return _joined(f"INSERT DATA {{ {template.text} {self._aside(template)} }}", *self._settled())
            case "DELETE DATA":
                template = self._template(words, _brace(words, 0))
                return _joined(text, f"INSERT DATA {{ {self._aside(template)} }}", *self._settled())
            case "DELETE WHERE":
                template = self._template(words, _brace(words, 0))
                whole = f"DELETE {{ {template.text} }} INSERT {{ {self._aside(template)} }} WHERE {{ {template.text} }}"
                return _joined(whole, *self._settled())
            case "MODIFY":
                return self._modified(operation, words)
            case "CLEAR" | "DROP":
                return self._cleared(text, words)
            case "ADD" | "MOVE" | "COPY":
                return self._copied(text, operation.kind, words)
            case "CREATE":
                return text
            case _:
                raise self._fault(
                    MalformedQueryError,
                    "No operation of SPARQL is recognised",
                    words[0],
                    "Check the spelling, and put white space around words.",
                )

    def _modified(self, operation: Operation, words: Sequence[Token]) -> str:
        where = len(self._text) if operation.where is None else operation.where
        bounded = any(clause.keyword == "WITH" for clause in operation.clauses)
        depth = 0
        templates: dict[str, _Template] = {}
        begin = end = None
        for at, token in enumerate(words):
            if token.start >= where:
                break
            if depth == 0 and token.is_word("DELETE", "INSERT"):
                open_ = _brace(words, at)
                templates[token.text.upper()] = self._template(words, open_, bounded=bounded)
                begin = token.start if begin is None else begin
                end = words[_closing(words, open_)].end
            depth += (token.text == "{") - (token.text == "}")
        if begin is None or end is None:
            raise self._fault(MalformedQueryError, "The operation has neither DELETE nor INSERT", words[0], "Check the spelling.")
        delete, insert = templates.get("DELETE"), templates.get("INSERT")
        before = self._text[operation.start : begin]
        aside = [self._aside(template) for template in (delete, insert) if template is not None and not template.anonymous]
        deleted = f"DELETE {{ {delete.text} }}" if delete is not None else ""
        inserted = f"INSERT {{ {insert.text if insert is not None else ''}\n{' '.join(aside)} }}"
        mirrored = self._mirrored(insert, bounded=before) if insert is not None and insert.anonymous else []
        return _joined(f"{before} {deleted} {inserted} {self._text[end : operation.end]}", *self._settled(), *mirrored)

    def _cleared(self, text: str, words: Sequence[Token]) -> str:
        target = words[-1]
        if target.is_word("DEFAULT"):
            raise self._refused("The default graph is the union of the others and cannot be cleared", target, "Clear those.")
        if target.is_word("ALL", "NAMED"):
            return _joined(text, "CLEAR DEFAULT")
        return _joined(self._kept_aside(target.text), text, *self._settled())

    def _copied(self, text: str, kind: str, words: Sequence[Token]) -> str:
        to = next((at for at, token in enumerate(words) if token.is_word("TO")), len(words) - 1)
        source, target = words[to - 1], words[-1]
        if target.is_word("DEFAULT") or (kind == "MOVE" and source.is_word("DEFAULT")):
            raise self._refused("The default graph is the union of the others and cannot be written", target, "Write to those.")
        return text if kind == "ADD" else _joined(self._kept_aside(target.text), text, *self._settled())

    def _kept_aside(self, graph: str) -> str:
        return f"INSERT {{ GRAPH {self._scratch} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"

    def _aside(self, template: _Template) -> str:
        return f"GRAPH {self._scratch} {{ {template.triples} }}"

    def _settled(self) -> list[str]:
        """Return what makes the union right for the triples that were put aside."""
        return [
            f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {self._scratch} {{ ?s ?p ?o }} }}",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {self._scratch} {{ ?s ?p ?o }} "
            f"GRAPH ?graph {{ ?s ?p ?o }} FILTER(?graph != {self._scratch}) }}",
            f"DROP SILENT GRAPH {self._scratch}",
        ]

    def _mirrored(self, template: _Template, *, bounded: str = "") -> list[str]:
        """Return what takes a graph that has gained something into the union.

        A triple with a blank node that has no name cannot be written twice, so the graph is read again, all of it.
        """
        graphs = [*template.graphs]
        if template.default is not None:
            graphs += [token.text for token in tokens(bounded) if token.kind in ("iri", "name")][-1:]
        if any(graph[0] in "?$" for graph in graphs):
            graphs = ["?graph"]
        return [f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}" for graph in dict.fromkeys(graphs)]

    def _template(self, words: Sequence[Token], open_: int, *, bounded: bool = False) -> _Template:
        """Read the quads between the braces; ``bounded`` says that what stands in no GRAPH belongs to a graph."""
        close = _closing(words, open_)
        blocks: list[str] = []
        graphs: list[str] = []
        default: Token | None = None
        position, at = words[open_].end, open_ + 1
        while at < close:
            if words[at].is_word("GRAPH") and at + 2 < close and words[at + 2].text == "{":
                blocks.append(self._text[position : words[at].start])
                end = _closing(words, at + 2)
                blocks.append(self._text[words[at + 2].end : words[end].start])
                graphs.append(words[at + 1].text)
                position, at = words[end].end, end + 1
                continue
            if words[at].text != "." and default is None:
                default = words[at]
            at += 1
        blocks.append(self._text[position : words[close].start])
        if default is not None and not bounded:
            raise self._refused("The default graph is the union of the others and cannot be written", default, _ADVICE)
        inside = words[open_ + 1 : close]
        return _Template(
            text=self._text[words[open_].end : words[close].start] + "\n",
            triples="".join(_ended(block) for block in blocks),
            graphs=tuple(graphs),
            default=default,
            anonymous=any(token.kind == "sign" and token.text in _ANONYMOUS for token in inside)
            or any(first.text == "<" == second.text for first, second in pairwise(inside)),
        )

    def _refused(self, what: str, token: Token, advice: str) -> QueryError:
        return self._fault(RefusedError, what, token, advice)

    def _fault(self, kind: type[QueryError], what: str, token: Token, advice: str) -> QueryError:
        line, column = line_and_column(self._text, token.start)
        return kind(f"{what}: line {line}, column {column}. {advice}", line, column)


def _joined(*operations: str) -> str:
    return "\n;\n".join(operations)


def _ended(block: str) -> str:
    """Return triples so that others may follow: with a full stop; behind it a new line, since they may end with a comment."""
    words = [token for token in tokens(block) if token.text != "."]
    if not words:
        return ""
    first = next(token for token in tokens(block) if token.text != ".")
    body = block[first.start :]
    return f"{body}\n" if tokens(body)[-1].text == "." else f"{body}\n.\n"


def _brace(words: Sequence[Token], at: int) -> int:
    return next((index for index in range(at, len(words)) if words[index].text == "{"), len(words) - 1)


def _closing(words: Sequence[Token], open_: int) -> int:
    """Return where the braces close that open there; the last word, where they do not."""
    depth = 0
    for at in range(open_, len(words)):
        depth += (words[at].text == "{") - (words[at].text == "}")
        if depth == 0:
            return at
    return len(words) - 1
