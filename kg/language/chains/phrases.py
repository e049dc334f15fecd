"""Find the phrases that may speak of something mentioned elsewhere: names, noun phrases with all that belongs to them, pronouns.

In: the Columns of a parse. Out: Phrases in text order. Spans follow OntoNotes: a noun phrase runs over its complements, relative
clauses and appositions; a possessor includes its "'s"; a name is not split, but a name before a noun is a phrase of its own; a
coordination is a phrase beside its members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.language.chains.columns import Columns

PhraseKind = Literal["name", "nominal", "pronoun", "list"]

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves this that these those one oneself".split()
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET"})
INNER = frozenset(
    "flat fixed goeswith compound:prt cc cc:preconj case punct det det:predet nummod expl compound list advmod mark discourse".split()
)
"""Relations of words that head no phrase of their own, unless they are names or pronouns."""

NEVER = frozenset({"flat", "fixed", "goeswith", "compound:prt", "appos", "nmod:desc", "expl"})
OUTSIDE = frozenset({"case", "cc", "mark", "conj", "parataxis", "discourse", "vocative", "dislocated", "list", "reparandum"})
"""Relations of dependents that do not belong to the phrase of their governor."""

OF_PREDICATE = frozenset(
    {"cop", "aux", "nsubj", "nsubj:outer", "csubj", "csubj:outer", "advmod", "advcl", "expl", "obl", "obl:unmarked", "ccomp"}
)
"""Those that belong to a noun's predicate and not to the noun, where it is one ("this is the plan")."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``start`` to ``end`` around a head."""

    start: int
    end: int
    head: int
    kind: PhraseKind


def find_phrases(columns: Columns) -> list[Phrase]:
    """Return the phrases of a document in text order, the longer first; no two have the same span."""
    found: dict[tuple[int, int], Phrase] = {}
    for index in range(len(columns.pos)):
        for phrase in _phrases_of(index, columns):
            found.setdefault((phrase.start, phrase.end), phrase)
    return sorted(found.values(), key=lambda phrase: (phrase.start, -phrase.end))


def _phrases_of(index: int, columns: Columns) -> Iterator[Phrase]:
    lower, dep = columns.lower[index], columns.dep[index]
    if lower in PRONOUNS and columns.pos[index] in {"PRON", "DET"} and dep not in {"det", "expl", "fixed", "mark"}:
        if not _is_relative(index, columns) and not _is_modified(index, columns):
            yield Phrase(index, index + 1, index, "pronoun")
            return
    placed = dep == "appos" and columns.entity[index] == "PLACE" == columns.entity[columns.head[index]]
    if columns.pos[index] not in NOMINAL or (dep in NEVER and not placed):
        return
    named = columns.name[index] >= 0
    if dep in INNER and not _is_name_before(index, columns):
        return
    if columns.pos[index] == "PRON" and (_is_relative(index, columns) or lower in {"there", "what", "who", "which"}):
        return
    start, end = _bounds(index, columns)
    yield Phrase(start, end, index, "name" if columns.pos[index] == "PROPN" or named else "nominal")
    conjuncts = [
        child
        for child in columns.children[index]
        if child > index and columns.dep[child] == "conj" and columns.pos[child] in NOMINAL
    ]
    if conjuncts:
        yield Phrase(start, _bounds(conjuncts[-1], columns)[1], index, "list")


def _is_modified(index: int, columns: Columns) -> bool:
    """Tell whether a pronoun heads a phrase of several words: "those who stay", "all this"."""
    return any(columns.dep[child].startswith(("acl", "nmod", "det")) for child in columns.children[index])


def _is_name_before(index: int, columns: Columns) -> bool:
    """Tell whether a name stands before a noun and speaks of something by itself: "the EUROPEAN UNION mission"."""
    governor = columns.head[index]
    if columns.dep[index] != "compound" or columns.pos[index] != "PROPN":
        return False
    apart = columns.name[index] != columns.name[governor]
    return apart if columns.name[index] >= 0 else columns.pos[governor] == "NOUN"


def _is_relative(index: int, columns: Columns) -> bool:
    return columns.tag[index] in {"WDT", "WP", "WP$", "WRB"} or (
        columns.lower[index] == "that" and columns.dep[columns.head[index]] == "acl:relcl" and columns.tag[index] != "DT"
    )


def _bounds(head: int, columns: Columns) -> tuple[int, int]:
    """Return the tokens of the phrase around a head."""
    children = columns.children[head]
    predicate = any(columns.dep[child] == "cop" for child in children)
    start, end = head, head + 1
    behind_case = max((child + 1 for child in children if child < head and columns.dep[child] == "case"), default=0)
    for child in children:
        if behind_case <= child < head and _belongs(child, columns, predicate):
            start = min(start, max(columns.left[child], behind_case))
    for child in children:
        if child > head and _belongs(child, columns, predicate):
            end = max(end, columns.right[child] + 1)
        elif child > head and columns.dep[child] in {"conj", "parataxis", "list"}:
            break
    return _trimmed(start, end, head, columns)


def _belongs(child: int, columns: Columns, predicate: bool) -> bool:
    dep = columns.dep[child]
    if dep == "case":
        return columns.tag[child] == "POS"
    if dep == "punct":
        return False
    return dep not in OUTSIDE and not (predicate and dep in OF_PREDICATE)


def _trimmed(start: int, end: int, head: int, columns: Columns) -> tuple[int, int]:
    while start < head and columns.pos[start] in {"PUNCT", "SPACE", "CCONJ"} and columns.word[start] not in "\"“‘'(":
        start += 1
    while end > head + 1 and columns.pos[end - 1] in {"PUNCT", "SPACE"} and columns.word[end - 1] not in "\"”’')":
        end -= 1
    return start, end
