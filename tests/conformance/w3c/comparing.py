"""Compare rows of RDF terms – solutions, triples, quads – up to the names of their blank nodes and the spelling of numbers.

Numbers and booleans are compared by datatype and value: ``1.0`` is ``1`` as a decimal, but no integer. So are dates in Greenwich's time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
Row = tuple[object, ...]
Renaming = dict[BlankNode, BlankNode]


def same_rows(found: Sequence[Row], expected: Sequence[Row], *, ordered: bool = False) -> bool:
    """Tell whether both hold the same rows, each as many times, when the blank nodes of one are renamed one to one."""
    if len(found) != len(expected):
        return False
    found, expected = [_values(row) for row in found], [_values(row) for row in expected]
    if ordered:
        return _match(list(zip(expected, ([row] for row in found), strict=True)))
    ground, ground_expected = ([row for row in rows if not _has_blank(row)] for rows in (found, expected))
    if Counter(ground) != Counter(ground_expected):
        return False
    blank = [row for row in found if _has_blank(row)]
    return _match([(row, blank) for row in expected if _has_blank(row)])


def fewer_times(found: Sequence[Row], expected: Sequence[Row]) -> bool:
    """Tell whether both hold the same rows, but some fewer times in what was found. For rows without blank nodes."""
    times, most = (Counter(map(_values, rows)) for rows in (found, expected))
    return times.keys() == most.keys() and times <= most


def _match(wanted: list[tuple[Row, list[Row]]]) -> bool:
    """Give each wanted row one of its candidates, and no candidate twice, by trial and error."""

    def place(index: int, used: frozenset[int], names: Renaming) -> bool:
        if index == len(wanted):
            return True
        row, candidates = wanted[index]
        for candidate in candidates:
            if id(candidate) in used:
                continue
            renamed = _renamed(row, candidate, names)
            if renamed is not None and place(index + 1, used | {id(candidate)}, renamed):
                return True
        return False

    return place(0, frozenset(), {})


def _renamed(row: Row, other: Row, names: Renaming) -> Renaming | None:
    """Return the renaming with what makes ``row`` the other one, or None where nothing does."""
    names = dict(names)
    taken = set(names.values())
    for one, two in zip(row, other, strict=True):
        if isinstance(one, tuple) and isinstance(two, tuple):
            inner = _renamed(one, two, names)
            if inner is None:
                return None
            names, taken = inner, set(inner.values())
        elif isinstance(one, BlankNode) and isinstance(two, BlankNode):
            if one not in names and two not in taken:
                names[one] = two
                taken.add(two)
            if names.get(one) != two:
                return None
        elif one != two:
            return None
    return names


def _values(row: Row) -> Row:
    return tuple(_value(term) for term in row)


def _value(term: object) -> object:
    if isinstance(term, Triple):
        return _values(tuple(term))
    if not isinstance(term, Literal):
        return term
    datatype = term.datatype.value.removeprefix(XSD)
    try:
        match datatype:
            case "integer" | "decimal":
                return datatype, Decimal(term.value)
            case "float" | "double":
                return datatype, str(float(term.value))  # NaN is itself here
            case "boolean":
                return datatype, term.value in {"true", "1"}
            case "date":
                return datatype, term.value.replace("+00:00", "Z")
            case _:
                return term
    except (InvalidOperation, ValueError):
        return term


def _has_blank(row: Row) -> bool:
    return any(isinstance(term, BlankNode) or (isinstance(term, tuple) and _has_blank(term)) for term in row)
