"""Who held which public office when: the table of people, found by name and by office.

In: tab-separated files, that under ``ontology/gazetteer/people`` and the user's own. Out: a frozen ``People``.
A term is written ``office;of;start;end``: ``of`` an ISO 3166 code or the key of an organization; the dates years, months or days.
An end with ``+`` is the last day of which the source tells, not the end of the term. Names are compared without accents and case.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from kg.errors import LexiconError

COLUMNS = ("key", "name", "wikidata", "aliases", "terms", "source")
"""The header of a table of people; ``aliases`` and ``terms`` hold several values, parted by ``|``."""

_KEY = re.compile(r"person/[a-z0-9]+(-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_OF = re.compile(r"[A-Z]{2}|organization/[a-z0-9]+(-[a-z0-9]+)*|")
_DATE = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_PARTICLES = frozenset("al el bin ibn ben de van von der den da dos del la ould jr sr ii iii".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A time in office. ``start`` and ``end`` are the outermost days that the source allows; None where it tells none.

    ``open`` tells that the term went on at ``end``, the last day of which the source tells.
    """

    office: str
    of: str | None
    start: datetime.date | None
    end: datetime.date | None
    open: bool = False

    def covers(self, date: datetime.date) -> bool:
        """Tell whether the source says that the office was held on a day."""
        return (self.start is not None and self.start <= date) and (self.end is None or date <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One holder of offices, with all names and terms."""

    key: str
    name: str
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    source: str = ""

    @property
    def same_as(self) -> tuple[str, ...]:
        """The IRIs of the same person elsewhere: Wikidata's, where the id is known."""
        return () if self.wikidata is None else (f"http://www.wikidata.org/entity/{self.wikidata}",)


class People:
    """The table, read once; its rows become records only when they are asked for."""

    def __init__(self, rows: Iterable[tuple[str, str]] = ()) -> None:
        """Take rows as written, each with its place; a later row replaces an earlier one of the same key."""
        self._rows = {row.partition("\t")[0]: (row, place) for row, place in rows}
        self._made: dict[str, Person] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Person]:
        return (self._person(key) for key in self._rows)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for key, (row, _) in self._rows.items():
            for name in {plain(name): None for name in _names(row)}:
                index[name].append(key)
        return dict(index)

    @cached_property
    def _by_part(self) -> dict[str, list[str]]:
        index: dict[str, dict[str, None]] = defaultdict(dict)
        for name, keys in self._by_name.items():
            for part in ends(name):
                index[part].update(dict.fromkeys(keys))
        return {part: list(keys) for part, keys in index.items()}

    @cached_property
    def _by_scope(self) -> dict[str, list[str]]:
        index: dict[str, dict[str, None]] = defaultdict(dict)
        for key, (row, _) in self._rows.items():
            for term in row.split("\t")[4].split("|"):
                index[term.split(";")[1] if ";" in term else ""][key] = None
        return {scope: list(keys) for scope, keys in index.items()}

    def named(self, name: str) -> list[Person]:
        """Return those who are so called, accents, case and hyphens aside."""
        return [self._person(key) for key in self._by_name.get(plain(name), ())]

    def sharing(self, name: str) -> list[Person]:
        """Return those whose first or last name sounds like the last one of a name, however it is put into Latin letters."""
        last = ends(plain(name))[-1:]
        return [self._person(key) for part in last for key in self._by_part.get(part, ())]

    def officers(self, of: str) -> list[Person]:
        """Return all who held an office of a state (ISO code) or an organization (key)."""
        return [self._person(key) for key in self._by_scope.get(of, ())]

    def _person(self, key: str) -> Person:
        if key not in self._made:
            row, place = self._rows[key]
            self._made[key] = to_person(row, place=place)
        return self._made[key]


def plain(name: str) -> str:
    """Return a name in lower case and plain letters, its words parted by single spaces: "Lopez Obrador", "Sa'ar" as "saar"."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    text = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "’": "", "'": "", "ʿ": "", ".": " "}
)


def sound(word: str) -> str:
    """Return a word as most transcriptions into Latin letters agree on it: "zelenskyy" and "zelensky" are both "zelenski"."""
    text = word.replace("kh", "h").replace("gh", "q").replace("ou", "u").replace("ei", "i").replace("ay", "i").replace("ey", "i")
    text = re.sub(r"[yj]", "i", text).replace("w", "v").replace("ph", "f").replace("o", "u").replace("e", "i").replace("ks", "x")
    return re.sub(r"(.)\1+", r"\1", text).rstrip("h") or word


def without_particles(name: str) -> list[str]:
    """Return the words of a plain name without "al", "de", "van" and their like; all of them where nothing else is there."""
    words = name.split()
    return [word for word in words if word not in _PARTICLES] or words


def ends(name: str) -> list[str]:
    """Return how the first and the last word of a plain name sound, particles aside."""
    words = without_particles(name)
    return [sound(word) for word in ([words[0], words[-1]] if len(words) > 1 else words)]


def is_people_table(header: str) -> bool:
    """Tell whether the first line of a file is that of a table of people."""
    return header.split("\t") == list(COLUMNS)


def read_people(lines: Sequence[str], *, name: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a table, given without its header, each with its place ("people.tsv, line 12"); check none of them."""
    for number, line in enumerate(lines, start=2):
        if line.strip():
            yield line, f"{name}, line {number}"


def checked_people(lines: Sequence[str], *, name: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a user's table as ``read_people`` does. Raises LexiconError, naming the line, for one not well-formed."""
    keys: set[str] = set()
    for row, place in read_people(lines, name=name):
        person = to_person(row, place=place)
        if person.key in keys:
            raise LexiconError(f"{place}: the key {person.key!r} is there twice. Put all terms of a person into one row.")
        keys.add(person.key)
        yield row, place


def shipped_people() -> Iterator[tuple[str, str]]:
    """Yield the rows of the package's tables."""
    folder: Traversable = resources.files("ontology").joinpath("gazetteer").joinpath("people")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tsv"):
            yield from read_people(file.read_text(encoding="utf-8").split("\n")[1:], name=file.name)


def _names(row: str) -> list[str]:
    _, name, _, aliases, *_ = row.split("\t")
    return [name, *aliases.split("|")] if aliases else [name]


def to_person(row: str, *, place: str) -> Person:
    """Return the record of a row. Raises LexiconError, naming the place, where it is not well-formed."""
    cells = row.split("\t")
    if len(cells) != len(COLUMNS):
        raise LexiconError(f"{place}: {len(cells)} cells, not {len(COLUMNS)}. Part cells by single tabs, and leave none out.")
    key, name, wikidata, aliases, terms, source = cells
    if _KEY.fullmatch(key) is None:
        raise LexiconError(f"{place}: {key!r} is no key of a person. Write, say, person/anna-lund.")
    if not name or name != name.strip():
        raise LexiconError(f"{place}: no name, or one with white space around it. Write the usual English name of {key!r}.")
    if wikidata and _WIKIDATA.fullmatch(wikidata) is None:
        raise LexiconError(f"{place}: {wikidata!r} is no Wikidata id. Write Q and digits, or leave the cell empty.")
    others = tuple(aliases.split("|")) if aliases else ()
    if any(not other.strip() for other in others):
        raise LexiconError(f"{place}: an empty alias. Part aliases by single '|'.")
    told = tuple(_term(term, place=place) for term in terms.split("|")) if terms else ()
    return Person(key=key, name=name, wikidata=wikidata or None, aliases=others, terms=told, source=source)


def _term(text: str, *, place: str) -> Term:
    cells = text.split(";")
    if len(cells) != 4 or not cells[0].strip():
        raise LexiconError(f"{place}: the term {text!r} is not office;of;start;end. Part the four by ';', dates may be empty.")
    office, of, start, end = cells
    if _OF.fullmatch(of) is None:
        raise LexiconError(f"{place}: {of!r} is no state or organization. Write two capital letters or organization/name.")
    first, last = _day(start, place=place, last=False), _day(end.removesuffix("+"), place=place, last=True)
    if first is not None and last is not None and last < first:
        raise LexiconError(f"{place}: the term {text!r} ends before it begins. Mend its dates.")
    return Term(office=office, of=of or None, start=first, end=last, open=end.endswith("+"))


def _day(text: str, *, place: str, last: bool) -> datetime.date | None:
    """Return the first or last day that a date of a day, month or year allows."""
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise LexiconError(f"{place}: {text!r} is no date. Write 2025-11-23, 2025-11 or 2025.")
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day is not None:
            return datetime.date(year, int(month), int(day))
    except ValueError as error:
        raise LexiconError(f"{place}: {text!r} is no day of the calendar. Mend it.") from error
    if not last:
        return datetime.date(year, int(month or 1), 1)
    following = datetime.date(year + 1, 1, 1) if month in (None, "12") else datetime.date(year, int(month) + 1, 1)
    return following - datetime.timedelta(days=1)
