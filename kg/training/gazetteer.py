"""Build the derived part of the gazetteer: every country, and the capitals of the states.

In: ``country-codes/country-codes.csv`` (ids, names), ``mledoze-countries/countries.json`` (names, demonyms, capitals), and the
hand-made tables of ``ontology/gazetteer/corrections`` (what these lack or have wrong). Out: ``countries.tsv`` and
``capitals.tsv`` in ``ontology/gazetteer``, sorted by key. The other tables of that folder are made by hand alone.

    python -m kg.training.gazetteer --corpora DIR

A cell "-" in the corrections means: none, whatever the data say.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.language.gazetteer import COLUMNS, SEPARATOR, GazetteerEntry, GazetteerType, load_gazetteer
from kg.slugs import slug
from kg.training.office_holders import build_people

NONE = "-"
GAZETTEER = Path(__file__).parents[2] / "ontology" / "gazetteer"
_ENGLISH_STYLE = re.compile(
    r"\b(Republic|Kingdom|State|States|Commonwealth|Principality|Federation|Union|Territory|Collectivity|Bailiwick|Islands)\b"
)
_INVARIANT = ("ese", "sh", "ch", "ss", "ais", "ois", "nx")
"""Endings of adjectives that name no single person: there is no "two Japaneses"."""

Row = Mapping[str, str]


def build_countries(
    codes: Iterable[Row], countries: Iterable[Mapping[str, Any]], corrections: Iterable[Row]
) -> list[GazetteerEntry]:
    """Return one entry for each country of ``countries``: a Country, or a Region for a territory of another state."""
    code_of = {row["ISO3166-1-Alpha-2"]: row for row in codes}
    correction_of = {row["iso2"]: row for row in corrections}
    return [_country(country, code_of.get(country["cca2"], {}), correction_of.get(country["cca2"], {})) for country in countries]


def build_capitals(
    codes: Iterable[Row], countries: Iterable[Mapping[str, Any]], corrections: Iterable[Row], *, states: Iterable[GazetteerEntry]
) -> list[GazetteerEntry]:
    """Return the capitals of those ``states`` that are of type Country; a city state has none.

    A correction of a capital that the data do not name adds it (a second seat of government).
    """
    code_of = {row["ISO3166-1-Alpha-2"]: row for row in codes}
    correction_of = {(row["iso2"], row["name"]): row for row in corrections}
    names_of = {state.country: {state.name, *state.aliases} for state in states if state.type == "Country"}
    wanted: dict[tuple[str, str], None] = {}
    for country in countries:
        iso2 = country["cca2"]
        for name in country["capital"] if iso2 in names_of else ():
            corrected = next(
                (n for i, n in correction_of if i == iso2 and name in (n, n.removesuffix(" City"), n.replace(",", ""))), name
            )
            wanted[iso2, corrected] = None
    wanted |= dict.fromkeys(correction_of)
    return [
        _capital(iso2, name, code_of.get(iso2, {}).get("Capital", ""), correction_of.get((iso2, name), {}))
        for iso2, name in wanted
        if iso2 in names_of and name not in names_of[iso2]
    ]


def _country(country: Mapping[str, Any], code: Row, correction: Row) -> GazetteerEntry:
    iso2 = country["cca2"]
    name = correction.get("name") or country["name"]["common"]
    sovereign = correction.get("sovereign") or iso2
    kind: GazetteerType = "Country" if sovereign == iso2 else "Region"
    if correction.get("adjectives") or correction.get("demonyms"):
        adjectives, demonyms = _cell(correction["adjectives"]), _cell(correction["demonyms"])
    else:
        adjectives, demonyms = _people(country["demonyms"].get("eng", {}).get("m", ""))
    aliases = _distinct(_spellings([*_names(country, code), *_cell(correction.get("aliases", ""))]), without=[name])
    return GazetteerEntry(
        key=f"{kind.lower()}/{slug(name)}",
        type=kind,
        name=name,
        wikidata=correction.get("wikidata") or code.get("wikidata_id", "").rpartition("/")[2] or None,
        country=None if sovereign == NONE else sovereign,
        aliases=aliases,
        acronyms=_cell(correction.get("acronyms", "")),
        adjectives=_distinct(_spellings(adjectives), without=[name, *aliases]),
        demonyms=_distinct(_spellings(demonyms), without=[name, *aliases, *adjectives]),
        needs_context=_cell(correction.get("needs_context", "")),
    )


def _names(country: Mapping[str, Any], code: Row) -> list[str]:
    """Return the English names in the data, without articles, notes and turned-round forms ("Korea, Republic of")."""
    display = code.get("CLDR display name", "").replace("&", "and")
    united_nations = [code.get(f"UNTERM English {form}", "").replace("(the)", "").strip(" *") for form in ("Short", "Formal")]
    spellings = [text for text in country["altSpellings"] if text.isascii() and _ENGLISH_STYLE.search(text)]
    candidates = [country["name"]["common"], country["name"]["official"], display, *united_nations, *spellings]
    plain = [re.sub(r"^[Tt]he ", "", name).replace("’", "'") for name in candidates]
    return [name for name in plain if len(name) > 3 and not re.search(r"[(),]| - | des | og ", name)]


def _people(demonym: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the adjectives and the nouns for people that follow from a demonym of the data ("Antiguan, Barbudan")."""
    adjectives: list[str] = []
    nouns: list[str] = []
    for word in re.split(r", | or ", demonym):
        if word.endswith("er"):
            nouns += [word, f"{word}s"]
        elif word:
            adjectives.append(word)
            nouns += [] if word.endswith(_INVARIANT) else [f"{word}s"]
    return tuple(adjectives), tuple(nouns)


def _capital(iso2: str, name: str, other: str, correction: Row) -> GazetteerEntry:
    same = [other.strip()] if fold(other.strip()) == fold(name) else []
    return GazetteerEntry(
        key=f"city/{slug(name)}",
        type="City",
        name=name,
        wikidata=correction.get("wikidata") or None,
        country=iso2,
        capital_of=iso2,
        aliases=_distinct(_spellings([name, *same, *_cell(correction.get("aliases", ""))]), without=[name]),
        needs_context=_cell(correction.get("needs_context", "")),
    )


def _spellings(names: Iterable[str]) -> Iterable[str]:
    """Yield each name, its unaccented form, and "St." and "St" beside "Saint"."""
    for name in names:
        for text in (name, fold(name)):
            yield text
            if text.startswith("Saint "):
                yield text.replace("Saint ", "St. ", 1)
                yield text.replace("Saint ", "St ", 1)


def _distinct(names: Iterable[str], *, without: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name and name not in without))


def _cell(cell: str) -> tuple[str, ...]:
    return () if cell in ("", NONE) else tuple(cell.split(SEPARATOR))


def fold(text: str) -> str:
    """Return a text without accents, in ASCII: "Chișinău" becomes "Chisinau". Letters without an ASCII base are dropped."""
    return unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode("ascii")


def to_table(entries: Iterable[GazetteerEntry]) -> str:
    """Return entries as the text of a gazetteer file, sorted by key."""
    lines = ["\t".join(COLUMNS)]
    for entry in sorted(entries, key=lambda entry: entry.key):
        values = (getattr(entry, column) for column in COLUMNS)
        lines.append("\t".join(SEPARATOR.join(value) if isinstance(value, tuple) else value or "" for value in values))
    return "\n".join(lines) + "\n"


def read_codes(path: Path) -> list[dict[str, str]]:
    """Read the table of country codes; raise FileNotFoundError, saying what to name, where it is not there."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: not there. Name the folder of the corpora with --corpora.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_corrections(path: Path) -> list[dict[str, str]]:
    """Read a hand-made table: tabs between cells, a header, no quoting."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write ``countries.tsv``, ``capitals.tsv`` and ``people/office-holders.tsv``."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.gazetteer", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds country-codes and mledoze-countries")
    parser.add_argument("--output", type=Path, default=GAZETTEER, help="the folder to write to (default: the package's)")
    options = parser.parse_args(arguments)
    codes = read_codes(options.corpora / "country-codes" / "country-codes.csv")
    countries = json.loads((options.corpora / "mledoze-countries" / "countries.json").read_text(encoding="utf-8"))
    corrections = GAZETTEER / "corrections"
    states = build_countries(codes, countries, read_corrections(corrections / "countries.tsv"))
    capitals = build_capitals(codes, countries, read_corrections(corrections / "capitals.tsv"), states=states)
    (options.output / "countries.tsv").write_text(to_table(states), encoding="utf-8")
    (options.output / "capitals.tsv").write_text(to_table(capitals), encoding="utf-8")
    people = build_people(options.corpora, read_corrections(corrections / "office-holders.tsv"), gazetteer=load_gazetteer())
    (options.output / "people").mkdir(exist_ok=True)
    (options.output / "people" / "office-holders.tsv").write_text(people, encoding="utf-8")


if __name__ == "__main__":
    main()
