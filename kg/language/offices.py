"""Read titles of public offices: which sort of office "Russian Foreign Minister" names, and of which state.

In: a title as a text or a table words it, and the gazetteer. Out: an Office. What titles mean is data, ``ontology/offices.toml``.
Limits: English titles; an office that the file does not hold is compared by the words of its title alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kg.errors import LexiconError
from kg.language.gazetteer import Gazetteer, GazetteerEntry

LONGEST_NAME = 7
"""How many words of a title are tried as the name of one state or organization."""

SPELLINGS = {"defense": "defence", "ministry": "minister", "gen": "general", "advisor": "adviser"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a title says of an office.

    ``kind`` is the id in the lexicon ("foreign-minister") or None; ``words`` are those of the title without its states; ``of`` holds
    the ISO codes of the states and the keys of the organizations that it names; ``bare`` is what it is of when it names none;
    ``many`` tells that several hold the office at a time.
    ``time`` is "former" or "coming" for one who has the office no more or not yet.
    """

    kind: str | None
    words: frozenset[str]
    of: frozenset[str] = frozenset()
    bare: str | None = None
    deputy: bool = False
    many: bool = False
    time: str | None = None

    def fits(self, other: Office) -> bool:
        """Tell whether this title may name another, fuller one: of the same sort, or with no word that the other lacks."""
        if self.deputy != other.deputy:
            return False
        if self.kind is not None and other.kind is not None:
            return self.kind == other.kind
        return bool(self.words) and self.words <= other.words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    kind: str
    titles: tuple[frozenset[str], ...]
    exact: frozenset[frozenset[str]]
    without: frozenset[str]
    only_in: frozenset[str]
    bare: str | None
    many: bool

    def meant(self, words: frozenset[str], of: frozenset[str]) -> bool:
        if self.only_in and not (of & self.only_in or (not of and self.bare is not None)):
            return False
        return words in self.exact or (not words & self.without and any(title <= words for title in self.titles))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offices:
    deputy: frozenset[str]
    junior: frozenset[str]
    former: frozenset[str]
    coming: frozenset[str]
    idle: frozenset[str]
    serving: frozenset[str]
    sorts: tuple[_Sort, ...]


def read_office(title: str, gazetteer: Gazetteer, *, of: str | None = None) -> Office:
    """Return what a title says; ``of`` is the state or organization that is known to be meant, where one is."""
    words, named = _without_names(title, gazetteer)
    return _office(words, named if of is None else named | {of})


@lru_cache(maxsize=8192)
def _office(words: tuple[str, ...], of: frozenset[str]) -> Office:
    lexicon = _load()
    served = next((i for i, word in enumerate(words) if i > 0 and word in lexicon.serving), len(words))
    said = [SPELLINGS.get(word, word) for word in words[:served]]
    plain = frozenset(word for word in said if word not in lexicon.idle | lexicon.former | lexicon.coming)
    main = plain - lexicon.deputy
    sort = next((sort for sort in lexicon.sorts if sort.meant(main, of)), None)
    return Office(
        kind=sort.kind if sort is not None else None,
        words=plain,
        of=of,
        bare=sort.bare if sort is not None else None,
        many=sort is not None and sort.many,
        deputy=bool(plain & lexicon.deputy) or lexicon.junior <= plain,
        time="former" if lexicon.former & set(said) else "coming" if lexicon.coming & set(said) else None,
    )


def scope_of(entry: GazetteerEntry) -> str:
    """Return what an office of this place or body is of: a state's code, also for its capital and organs, or an organization's key."""
    own_state = entry.type != "Organization" or entry.kind == "government"
    return entry.country if own_state and entry.country is not None else entry.key


def _without_names(title: str, gazetteer: Gazetteer) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a title in lower case without the states and organizations that it names, and those."""
    words = re.findall(r"[^\s,;()\-–/]+", title.replace("’", "'"))
    rest: list[str] = []
    of: set[str] = set()
    position = 0
    while position < len(words):
        found, length = _name_at(words, position, gazetteer)
        if found is None:
            rest.append(words[position].removesuffix("'s").rstrip(".").casefold())
        else:
            of.add(scope_of(found))
        position += length
    return tuple(word for word in rest if word), frozenset(of)


def _name_at(words: list[str], start: int, gazetteer: Gazetteer) -> tuple[GazetteerEntry | None, int]:
    for length in range(min(LONGEST_NAME, len(words) - start), 0, -1):
        name = " ".join(words[start : start + length])
        entry = gazetteer.find(name) or gazetteer.find(name.removesuffix("'s").removesuffix("'"))
        if entry is None or not name[0].isupper() or entry.type == "Region":
            continue
        if entry.type != "Organization" or not gazetteer.needs_context(name):
            return entry, length
    return None, 1


@cache
def _load() -> _Offices:
    data = tomllib.loads(files("ontology").joinpath("offices.toml").read_text(encoding="utf-8"))
    words = data.get("words", {})
    missing = {"deputy", "junior", "former", "coming", "idle", "serving"} - set(words)
    if missing:
        raise LexiconError(f"offices.toml: [words] lacks {min(missing)!r}. Write its words as one string.")
    lists = {name: frozenset(text.split()) for name, text in words.items()}
    return _Offices(sorts=tuple(_sorts(data.get("office", []))), **lists)


def _sorts(tables: list[dict[str, object]]) -> Iterator[_Sort]:
    known = {"id", "titles", "exact", "without", "in", "bare", "many"}
    for number, table in enumerate(tables, start=1):
        unknown = set(table) - known
        if "id" not in table or unknown or not ({"titles", "exact"} & set(table)):
            raise LexiconError(
                f"offices.toml: office {number} ({table.get('id', 'without id')}) must have an id, titles or exact titles, "
                f"and besides these only without, in, bare and many. Mend it."
            )
        yield _Sort(
            kind=str(table["id"]),
            titles=tuple(_titles(table.get("titles", []))),
            exact=frozenset(_titles(table.get("exact", []))),
            without=frozenset(str(table.get("without", "")).split()),
            only_in=frozenset(_strings(table.get("in", []))),
            bare=str(table["bare"]) if "bare" in table else None,
            many=table.get("many") is True,
        )


def _titles(value: object) -> Iterator[frozenset[str]]:
    for title in _strings(value):
        yield frozenset(title.split())


def _strings(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LexiconError(f"offices.toml: {value!r} is no list of strings. Mend it.")
    return value
