"""The gazetteer: names of states, capitals, cities, regions and organizations, each with the thing it names.

In: tab-separated files, those under ``ontology/gazetteer`` and the user's own. Out: a frozen ``Gazetteer``.
Names are matched as they are written: ``US`` is a state and ``us`` is not, ``WHO`` an organization and ``who`` is not. Both
apostrophes (' and ’) stand for each other. A name that is also a common word, a given name or the name of something else
is marked: ``needs_context(name)``; take it only where the recognizer sees a name of that type, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.language.people import COLUMNS as PEOPLE_COLUMNS
from kg.language.people import People, checked_people, is_people_table, shipped_people

GazetteerType = Literal["Country", "City", "Region", "Organization"]
Form = Literal["name", "adjective", "capital-city", "acronym", "demonym"]

COLUMNS = (
    "key",
    "type",
    "name",
    "wikidata",
    "country",
    "capital_of",
    "kind",
    "aliases",
    "acronyms",
    "adjectives",
    "demonyms",
    "needs_context",
)
"""The header of a gazetteer file; ``aliases`` and those after it hold several values, parted by ``SEPARATOR``."""

SEPARATOR = "|"
KINDS = ("", "intergovernmental", "government", "non-governmental", "armed-group")
TYPES: Mapping[str, GazetteerType] = {
    "country": "Country",
    "city": "City",
    "region": "Region",
    "organization": "Organization",
}

_KEY = re.compile(r"(country|city|region|organization)/[a-z0-9]+(-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_ISO2 = re.compile(r"[A-Z]{2}")
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z0-9])\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """One thing with all that it is called.

    ``key`` is the local part of its id (``country/ukraine`` for ``id:country/ukraine``); ``wikidata`` a Q id or None;
    ``country`` the ISO 3166 code (two letters) of the state that it is, lies in or belongs to; ``capital_of`` that of the state
    whose capital it is; ``kind`` tells organizations apart: intergovernmental, government, non-governmental, armed-group.
    """

    key: str
    type: GazetteerType
    name: str
    wikidata: str | None = None
    country: str | None = None
    capital_of: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()

    @property
    def same_as(self) -> tuple[str, ...]:
        """The IRIs of the same thing elsewhere: Wikidata's, where the id is known."""
        return () if self.wikidata is None else (f"http://www.wikidata.org/entity/{self.wikidata}",)

    def forms(self) -> Iterator[tuple[str, Form]]:
        """Yield each name once with its form: the names first, then acronyms, adjectives and demonyms."""
        own: Form = "name" if self.capital_of is None else "capital-city"
        seen: set[str] = set()
        sorts: tuple[tuple[tuple[str, ...], Form], ...] = (
            ((self.name, *self.aliases), own),
            (self.acronyms, "acronym"),
            (self.adjectives, "adjective"),
            (self.demonyms, "demonym"),
        )
        for names, form in sorts:
            for name in names:
                if name not in seen:
                    seen.add(name)
                    yield name, form


class Gazetteer:
    """All entries, found by key or by name, and the people beside them. Made once by ``load_gazetteer``, and not changed after that."""

    __slots__ = ("_by_key", "_by_name", "_flagged", "people")

    def __init__(self, entries: Iterable[GazetteerEntry], *, people: People | None = None) -> None:
        self.people = People() if people is None else people
        self._by_key: dict[str, GazetteerEntry] = {entry.key: entry for entry in entries}
        self._by_name: dict[str, tuple[GazetteerEntry, Form]] = {}
        self._flagged: set[str] = set()
        for entry in self._by_key.values():
            self._add(entry)

    def _add(self, entry: GazetteerEntry) -> None:
        for name, form in entry.forms():
            flagged = name in entry.needs_context
            if flagged:
                self._flagged.add(name)
            holder = self._by_name.get(name)
            if holder is None or (name in holder[0].needs_context and not flagged):
                self._by_name[name] = (entry, form)

    def find(self, name: str) -> GazetteerEntry | None:
        """Return what a name stands for, as written; of several things the likeliest. None where the name is unknown."""
        found = self._by_name.get(_plain(name))
        return None if found is None else found[0]

    def form(self, name: str) -> Form | None:
        """Return how a name names its entry ("adjective" for "Russian"); None where the name is unknown."""
        found = self._by_name.get(_plain(name))
        return None if found is None else found[1]

    def needs_context(self, name: str) -> bool:
        """Tell whether a name is a common word, a given name or the name of several things ("Jordan", "Congolese")."""
        return _plain(name) in self._flagged

    def by_key(self, key: str) -> GazetteerEntry | None:
        """Return the entry of a key (``country/ukraine``); None where there is none."""
        return self._by_key.get(key)

    def names(self) -> Iterator[tuple[str, GazetteerEntry, Form]]:
        """Yield every string that names an entry, once, with both apostrophes where it has one: what a matcher is made of."""
        for name, (entry, form) in self._by_name.items():
            yield name, entry, form
            if "'" in name:
                yield name.replace("'", "’"), entry, form

    def __iter__(self) -> Iterator[GazetteerEntry]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """Read the gazetteer of the package and the user's own files of the same format.

    A row of a later file replaces the row of the same key. Raises LexiconError, naming file and line, for a file that is not
    there or not well-formed, and for a name that two entries claim of which neither marks it in ``needs_context``.
    """
    folder = resources.files("ontology").joinpath("gazetteer")
    shipped = sorted((file for file in folder.iterdir() if file.name.endswith(".tsv")), key=lambda file: file.name)
    entries: dict[str, tuple[GazetteerEntry, str]] = {}
    people: list[tuple[str, str]] = list(shipped_people())
    for file in [*shipped, *extra]:
        own: set[str] = set()
        lines = _lines(file)
        if is_people_table(lines[0]):
            people += checked_people(lines[1:], name=file.name)
            continue
        for entry, place in read_entries(file, lines):
            if entry.key in own:
                raise LexiconError(f"{place}: the key {entry.key!r} is there twice. Give each row a key of its own.")
            own.add(entry.key)
            entries[entry.key] = (entry, place)
    _check_names(entries.values())
    return Gazetteer((entry for entry, _ in entries.values()), people=People(people))


def _lines(file: Traversable) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{file}: not readable as UTF-8 text ({error}). Name a gazetteer file.") from error


def read_entries(file: Traversable, lines: Sequence[str] | None = None) -> Iterator[tuple[GazetteerEntry, str]]:
    """Yield the entries of one file, each with its place ("cities.tsv, line 12"). Raises LexiconError."""
    lines = _lines(file) if lines is None else lines
    if lines[0].split("\t") != list(COLUMNS):
        raise LexiconError(
            f"{file.name}, line 1: not the header of a gazetteer. Begin the file with: {' '.join(COLUMNS)}; "
            f"or, for people, with: {' '.join(PEOPLE_COLUMNS)}."
        )
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            place = f"{file.name}, line {number}"
            yield _entry(line.split("\t"), place=place), place


def _entry(cells: Sequence[str], *, place: str) -> GazetteerEntry:
    if len(cells) != len(COLUMNS):
        raise LexiconError(f"{place}: {len(cells)} cells, not {len(COLUMNS)}. Part cells by single tabs, and leave none out.")
    if any(cell != cell.strip() for cell in cells):
        raise LexiconError(f"{place}: a cell begins or ends with white space. Remove it.")
    key, kind_of_thing, name, wikidata, country, capital_of, kind, *lists = cells
    if _KEY.fullmatch(key) is None or TYPES[key.partition("/")[0]] != kind_of_thing:
        raise LexiconError(f"{place}: key {key!r} and type {kind_of_thing!r} do not fit. Write, say, city/geneva and City.")
    if not name:
        raise LexiconError(f"{place}: no name. Give the entry {key!r} its usual English name.")
    if wikidata and _WIKIDATA.fullmatch(wikidata) is None:
        raise LexiconError(f"{place}: {wikidata!r} is no Wikidata id. Write Q and digits, or leave the cell empty.")
    for code in (country, capital_of):
        if code and _ISO2.fullmatch(code) is None:
            raise LexiconError(f"{place}: {code!r} is no ISO 3166 code. Write two capital letters, or leave the cell empty.")
    if kind not in KINDS:
        raise LexiconError(f"{place}: unknown kind {kind!r}. Leave it empty, or write one of: {', '.join(KINDS[1:])}.")
    aliases, acronyms, adjectives, demonyms, needs_context = (_values(cell, place=place) for cell in lists)
    for acronym in acronyms:
        if _ACRONYM.fullmatch(acronym) is None:
            raise LexiconError(f"{place}: {acronym!r} is no acronym (one word, mostly capitals). Put it among the aliases.")
    unknown = set(needs_context) - {name, *aliases, *acronyms, *adjectives, *demonyms}
    if unknown:
        raise LexiconError(f"{place}: needs_context names {min(unknown)!r}, which is no name of {key!r}. Mend either cell.")
    return GazetteerEntry(
        key=key,
        type=TYPES[key.partition("/")[0]],
        name=_plain(name),
        wikidata=wikidata or None,
        country=country or None,
        capital_of=capital_of or None,
        kind=kind or None,
        aliases=aliases,
        acronyms=acronyms,
        adjectives=adjectives,
        demonyms=demonyms,
        needs_context=needs_context,
    )


def _values(cell: str, *, place: str) -> tuple[str, ...]:
    if not cell:
        return ()
    values = tuple(_plain(value) for value in cell.split(SEPARATOR))
    if any(not value or value != value.strip() for value in values) or len(set(values)) != len(values):
        raise LexiconError(f"{place}: {cell!r} holds an empty, padded or repeated value. Part values by single '{SEPARATOR}'.")
    return values


def _check_names(entries: Iterable[tuple[GazetteerEntry, str]]) -> None:
    holders: dict[str, tuple[GazetteerEntry, str]] = {}
    for entry, place in entries:
        for name, _ in entry.forms():
            if name in entry.needs_context:
                continue
            if name in holders:
                other, elsewhere = holders[name]
                raise LexiconError(
                    f"{place}: {name!r} names both {entry.key!r} and {other.key!r} ({elsewhere}). "
                    f"Mark it in needs_context of the less likely one, or take it out."
                )
            holders[name] = (entry, place)


def _plain(name: str) -> str:
    return name.replace("’", "'")
