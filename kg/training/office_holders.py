"""Build the table of office-holders of the gazetteer from public data and the hand-made corrections.

In: ``office-holders/*`` (Wikidata: terms to 2022), ``office-holders/leaders-2026.csv``, ``us-legislators/*.yaml``, and
``corrections/office-holders.tsv`` (who took office since, and other spellings of names). Out: ``people/office-holders.tsv``.
A term that the data leave open ends, as far as they tell, on their last day: ``2022-07-31+``.
Limits: an office below the state (of a province, a city) is filed under its state. Names that are not in Latin letters are left out.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import srsly  # type: ignore[import-untyped]  # it ships no types

from kg.language.gazetteer import Gazetteer
from kg.language.offices import read_office, scope_of
from kg.language.people import COLUMNS, plain
from kg.slugs import slug

Row = Mapping[str, str]

LEFT_OUT = re.compile(
    r"\b(Generalitat|Legislative (Assembly|Council)|First Lady|Spouse|Lord Mayor|Supreme Court Justice|"
    r"(Justice|[Jj]udge) of the (Supreme|High) Court)\b"
)
"""Offices of provinces, of courts below the world's, and no offices at all: diplomacy does not speak of them."""

CONGRESS = {"rep": "Representative", "sen": "Senator", "prez": "President", "viceprez": "Vice President"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One person's time in one office as a source tells it; ``end`` may be empty, or the last day known with a "+"."""

    name: str
    wikidata: str = ""
    aliases: tuple[str, ...] = ()
    office: str = ""
    of: str = ""
    start: str = ""
    end: str = ""
    source: str = ""


@dataclass(slots=True)
class _Person:
    names: dict[str, None] = field(default_factory=dict)
    wikidata: str = ""
    terms: list[Held] = field(default_factory=list)
    sources: dict[str, None] = field(default_factory=dict)


def build_people(corpora: Path, corrections: Iterable[Row], *, gazetteer: Gazetteer) -> str:
    """Return the text of the table, sorted by key."""
    states = {entry.wikidata: entry.country or "" for entry in gazetteer if entry.wikidata and entry.type == "Country"}
    folder = corpora / "office-holders"
    told = [
        *_corrected(corrections),
        *_cabinets(folder, states=states, gazetteer=gazetteer),
        *_foreign_ministers(folder / "world" / "foreign-ministers.csv", states),
        *_leaders(folder / "world-leaders-2021" / "leaders.csv", states),
        *_leaders_now(folder / "leaders-2026.csv", gazetteer),
        *_congress(corpora / "us-legislators"),
    ]
    return _to_table(_people(told), gazetteer)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table of comma-separated values; raise FileNotFoundError, saying what to name, where it is not there."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: not there. Name the folder of the corpora with --corpora.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _corrected(rows: Iterable[Row]) -> Iterator[Held]:
    for row in rows:
        cells = {name: row[name] for name in ("name", "wikidata", "office", "of", "start", "end")}
        aliases = tuple(row["aliases"].split("|")) if row["aliases"] else ()
        yield Held(**cells, aliases=aliases, source="H")


def _cabinets(folder: Path, *, states: Mapping[str, str], gazetteer: Gazetteer) -> Iterator[Held]:
    tables = {path.parent.name: read_rows(path) for path in sorted(folder.glob("*/holders.csv"))}
    if not tables:
        raise FileNotFoundError(f"{folder}: no office-holders there. Name the folder of the corpora with --corpora.")
    horizon = _last_day(row["start"] for rows in tables.values() for row in rows)
    for name, rows in tables.items():
        state = _state(folder / name / "positions.csv", name, states, gazetteer)
        for row in rows:
            if LEFT_OUT.search(row["position"]):
                continue
            other = re.sub(r" \(.*", "", row.get("enwiki") or "")
            yield Held(
                name=row["person"],
                wikidata=row["personID"],
                aliases=(other,) if other and other != row["person"] else (),
                office=row["position"],
                of=state or _scope(row["position"], gazetteer),
                start=row["start"],
                end=row["end"] or f"{horizon}+",
                source="W",
            )


def _state(positions: Path, name: str, states: Mapping[str, str], gazetteer: Gazetteer) -> str:
    """Return the state whose offices a folder holds; nothing for the offices of the world."""
    if positions.exists():
        counts = Counter(states[row["country"]] for row in read_rows(positions) if row["country"] in states)
        return counts.most_common(1)[0][0]
    entry = gazetteer.find(name.title())
    return entry.country or "" if entry is not None else ""


def _scope(title: str, gazetteer: Gazetteer) -> str:
    """Return the organization that a title names ("Secretary-General of the United Nations"), but none for an envoy to it."""
    if title.startswith("Permanent Representative"):
        return ""
    named = read_office(title, gazetteer).of
    return min(named) if len(named) == 1 and not min(named).startswith("region/") else ""


def _foreign_ministers(path: Path, states: Mapping[str, str]) -> Iterator[Held]:
    rows = read_rows(path)
    horizon = _last_day(row["start"] for row in rows)
    for row in rows:
        of = "organization/european-union" if row["countryLabel"] == "European Union" else states.get(row["country"], "")
        if row["name"] and of:
            title = re.sub(
                r" (of|in) .*|,? ?\(?\b(Armenia|Myanmar|Turkey)\b\)?", "", row["positionLabel"].replace(" of ", " for ", 1)
            )
            office = title if re.search("inister|Secretary|High Rep", title) else row["positionLabel"]
            yield Held(
                name=re.sub(r"^(Dr\.|Sheikh|Archbishop) ", "", row["name"]),
                wikidata=row["person"],
                office=office,
                of=of,
                start=row["start"],
                end=f"{horizon}+",
                source="W",
            )


def _leaders(path: Path, states: Mapping[str, str]) -> Iterator[Held]:
    rows = read_rows(path)
    horizon = _last_day(row["start_year"] for row in rows)
    for row in rows:
        of = states.get(row["countryid"], "")
        if of and row["officeholderLabel"]:
            title = re.sub(r"^(\w)", lambda m: m[1].upper(), re.sub(r" (of|for) (the )?[A-Z].*", "", row["positionLabel"]))
            yield Held(
                name=row["officeholderLabel"],
                wikidata=row["officeholder"],
                office=title,
                of=of,
                start=row["start_year"],
                end=row["end_year"] or f"{horizon}+",
                source="W",
            )


def _leaders_now(path: Path, gazetteer: Gazetteer) -> Iterator[Held]:
    rows = read_rows(path)
    horizon = _last_day(row[f"{who} Since"] for row in rows for who in ("HoG", "HoS"))
    for row in rows:
        for title, name, since in (("HoG Title", "Head of Government", "HoG Since"), ("HoS Title", "Head of State", "HoS Since")):
            body = gazetteer.find(row["Country"])
            of = row["ISO"] if len(row["ISO"]) == 2 and row["ISO"] != "EU" else scope_of(body) if body is not None else ""
            if row[name] and row[since] and of:
                office = row[title].partition(" (")[0]
                yield Held(name=row[name], office=office, of=of, start=row[since], end=f"{horizon}+", source="L")


def _congress(folder: Path) -> Iterator[Held]:
    for file in ("executive.yaml", "legislators-current.yaml"):
        path = folder / file
        if not path.exists():
            raise FileNotFoundError(f"{path}: not there. Name the folder of the corpora with --corpora.")
        for person in srsly.read_yaml(path):
            yield from _member(person)


def _member(person: Mapping[str, object]) -> Iterator[Held]:
    ids, name, terms = person["id"], person["name"], person["terms"]
    assert isinstance(ids, dict) and isinstance(name, dict) and isinstance(terms, list)  # noqa: PT018  # the form of the file
    middle = "".join(f"{word[0]}. " for word in str(name.get("middle", "")).split()) if "wikidata" not in ids else ""
    short = f"{name['first']} {middle}{name['last']}"
    nick = f"{name['nickname']} {name['last']}" if "nickname" in name else ""
    wiki = re.sub(r" \(.*", "", ids.get("wikipedia", ""))
    names = dict.fromkeys(n for n in (wiki, name.get("official_full", ""), nick, short) if n)
    first, *aliases = names
    for kind, start, end in _joined_terms(terms):
        yield Held(
            name=first,
            wikidata=ids.get("wikidata", ""),
            aliases=tuple(aliases),
            office=CONGRESS[kind],
            of="US",
            start=start,
            end=end,
            source="U",
        )


def _joined_terms(terms: Iterable[Mapping[str, str]]) -> list[list[str]]:
    """Join terms of the same office that follow each other within a month."""
    joined: list[list[str]] = []
    for term in terms:
        last = joined[-1] if joined else None
        if last is not None and last[0] == term["type"] and term["start"][:7] <= last[2][:7]:
            last[2] = term["end"]
        else:
            joined.append([term["type"], term["start"], term["end"]])
    return joined


def _last_day(dates: Iterable[str]) -> str:
    return max((date for date in dates if re.fullmatch(r"\d{4}(-\d\d){0,2}", date)), default="")


def _people(told: Sequence[Held]) -> list[_Person]:
    """Put the terms of each person together: by Wikidata id, or by name where a source gives no id and only one bears the name."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for held in told:
        if held.wikidata:
            bearers[plain(held.name)].add(held.wikidata)
    people: dict[str, _Person] = defaultdict(_Person)
    for held in told:
        if not re.search(r"[A-Za-z]", held.name) or re.search(r"[Ѐ-ӿ؀-ۿ]", held.name):
            continue
        known = bearers.get(plain(held.name), set())
        wikidata = held.wikidata or (min(known) if len(known) == 1 else "")
        person = people[wikidata or plain(held.name)]
        person.wikidata = wikidata
        person.names |= dict.fromkeys((_forward(held.name), *held.aliases))
        if held.office:
            person.terms.append(held)
            person.sources[held.source] = None
    return [person for person in people.values() if person.terms]


def _forward(name: str) -> str:
    """Return "Anna Lund" for "Lund, Anna", and a peer without the title behind the name."""
    family, comma, given = name.partition(", ")
    if not comma or given in {"Jr.", "Sr."}:
        return name
    return family if re.match(r"(\d|Baron|Viscount|Earl|Lord|Sr|Jr)", given) else f"{given} {family}"


def _to_table(people: Iterable[_Person], gazetteer: Gazetteer) -> str:
    by_slug: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        by_slug[slug(next(iter(person.names)))].append(person)
    lines = ["\t".join(COLUMNS)]
    for local, sharers in sorted(by_slug.items()):
        for person in sorted(sharers, key=lambda p: (p.wikidata, next(iter(p.names)))):
            # Several of one name have the id in their keys, so that nobody's facts are filed under another.
            key = local if len(sharers) == 1 else f"{local}-{person.wikidata.lower() or 'unknown'}"
            lines.append(_line(key, person, gazetteer))
    return "\n".join(lines) + "\n"


def _line(key: str, person: _Person, gazetteer: Gazetteer) -> str:
    name, *others = person.names
    seen, aliases = {plain(name)}, []
    for other in others:
        if plain(other) not in seen:
            seen.add(plain(other))
            aliases.append(other)
    terms = "|".join(f"{t.office};{t.of};{t.start};{t.end}" for t in _distinct_terms(person.terms, gazetteer))
    return "\t".join((f"person/{key}", name, person.wikidata, "|".join(aliases), terms, "".join(person.sources)))


def _distinct_terms(terms: Sequence[Held], gazetteer: Gazetteer) -> list[Held]:
    """Return each term once: of several sources that tell of the same time in the same office, what each knows best."""
    kept: list[Held] = []
    for term in map(_mended, terms):
        office = read_office(term.office, gazetteer, of=term.of or None)
        for number, other in enumerate(kept):
            same = read_office(other.office, gazetteer, of=other.of or None)
            if other.of == term.of and (same.kind, same.deputy) == (office.kind, office.deputy) and _overlap(other, term):
                if office.kind is not None or other.office == term.office:
                    kept[number] = replace(
                        other, start=_finer(other.start, term.start), end=_closed(other.end, term.end), office=other.office
                    )
                    break
        else:
            kept.append(term)
    return sorted(map(_mended, kept), key=lambda term: (term.start, term.end, term.office))


def _mended(term: Held) -> Held:
    """Return a term without dates that cannot be: an end before the start, a decade for a year, white space."""
    start = term.start if re.fullmatch(r"\d{4}(-\d\d){0,2}", term.start) else ""
    end = term.end if re.fullmatch(r"(\d{4}(-\d\d){0,2}\+?)?", term.end) else ""
    last = end.rstrip("+")
    if not last or last[: len(start)] < start[: len(last)]:
        end = f"{start}+"  # no more is sure than that the term began
    return replace(term, office=" ".join(term.office.replace(";", ",").replace("|", ",").split()), start=start, end=end)


def _overlap(one: Held, other: Held) -> bool:
    def within(a: Held, b: Held) -> bool:
        return bool(a.start) and b.start[:4] <= a.start[:4] and (not b.end or a.start[:7] <= (b.end.rstrip("+") + "-99")[:7])

    return within(one, other) or within(other, one)


def _finer(one: str, other: str) -> str:
    """Return the earlier of two starts; of two in one year the more precise one."""
    if one[:4] == other[:4]:
        return max(one, other, key=len)
    return min(filter(None, (one, other)), default="")


def _closed(one: str, other: str) -> str:
    """Return the end that a source is sure of; of two open ones the later."""
    closed = [end for end in (one, other) if end and not end.endswith("+")]
    return max(closed, key=len) if closed else max(one, other)
