"""Measure links to Wikidata on annotated statements: ``python -m kg.training.measure_links --gold DIR --corpora DIR``.

States: every place where a text has one of the names that the annotation gives a state (its name, its capital used for it, its
adjective) must be linked to that state's id in ``country-codes``; every link to a state must be one that the annotation tells of.
Persons: how many of those annotated have a link, with its confidence; nobody has annotated which are right, so they are listed.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extraction.extract import Extractor, load_extractor
from kg.records import Entity, Extraction
from kg.training.annotated import statements

WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(slots=True)
class Tally:
    """Right links, links that should not be, and places without the right link, each of the last two in words."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of right ones among the links made."""
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """The share of the places told of that have the right link."""
        return self.right / max(self.right + len(self.missed), 1)

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self


def state_ids(corpora: Path) -> dict[str, str]:
    """Return the Wikidata id of each state by every English name that the public data give it."""
    with (corpora / "country-codes" / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = {row["ISO3166-1-Alpha-2"]: row["wikidata_id"].rpartition("/")[2] for row in rows}
    names: dict[str, str] = {}
    for country in json.loads((corpora / "mledoze-countries" / "countries.json").read_text(encoding="utf-8")):
        own = [country["name"]["common"], country["name"]["official"], *country["altSpellings"]]
        for name in own:
            for short in (name, re.sub(r"^(The|Great|Republic of|Kingdom of) ", "", name)):
                names.setdefault(short.casefold(), ids.get(country["cca2"], ""))
    for row in rows:
        for column in ("CLDR display name", "UNTERM English Short", "UNTERM English Formal"):
            names.setdefault(row[column].removeprefix("the ").casefold(), ids[row["ISO3166-1-Alpha-2"]])
    return {name: wikidata for name, wikidata in names.items() if name and wikidata}


def measure_states(gold: Mapping[str, Any], extraction: Extraction, ids: Mapping[str, str]) -> Tally:
    """Compare the links to states in one document with what the annotation says that its words stand for."""
    states = [place for place in gold["places"] if place["kind"] == "country"]
    meant = {place["name"]: _id_of(place, ids) for place in states}
    other = {alias for facet in ("places", "persons", "organizations") for e in gold[facet] for alias in e["aliases"]}
    told: dict[tuple[int, int], str] = {}
    for place in states:
        for alias in (re.sub("^[Tt]he ", "", alias) for alias in place["aliases"]):
            longer = [name for name in other - set(place["aliases"]) if alias in name and name != f"the {alias}"]
            for start, end in _places(extraction.document.text, alias, inside_none_of=longer):
                told[start, end] = meant[place["name"]]
    linked = {
        (m.start, m.end): _link(entity) for entity in extraction.entities for m in entity.mentions if entity.type == "Country"
    }
    tally = Tally()
    for (start, end), wanted in sorted(told.items()):
        found = next((link for (s, e), link in linked.items() if s <= start and end <= e), None)
        words = extraction.document.text[max(start - 30, 0) : end + 20].replace("\n", " ")
        if found == wanted:
            tally.right += 1
        else:
            tally.missed.append(f"{extraction.document.id}: {words!r} is {wanted}, linked to {found}")
    known = set(meant.values())
    for (start, end), link in sorted(linked.items()):
        inside = any((s <= start and end <= e) or (start <= s and e <= end) for s, e in told)
        if link not in known and not inside and link is not None:
            tally.wrong.append(f"{extraction.document.id}: {extraction.document.text[start:end]!r} linked to {link}")
    return tally


def _id_of(place: Mapping[str, Any], ids: Mapping[str, str]) -> str:
    found = next(
        (ids[name.removeprefix("the ").casefold()] for name in (place["name"], *place["aliases"]) if name.casefold() in ids), ""
    )
    if not found:
        raise ValueError(f"{place['name']!r}: no state of this name in the public data. Mend the annotation or the data.")
    return found


def _places(text: str, alias: str, *, inside_none_of: Iterable[str]) -> Iterator[tuple[int, int]]:
    covered = [m.span() for name in inside_none_of for m in re.finditer(re.escape(name), text)]
    for match in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?![\w])", text):
        if not any(start <= match.start() and match.end() <= end for start, end in covered):
            yield match.span()


def _link(entity: Entity) -> str | None:
    return next((iri.removeprefix(WIKIDATA) for iri in entity.same_as if iri.startswith(WIKIDATA)), None)


def measure_links(gold: Path, corpora: Path, extractor: Extractor) -> tuple[Tally, list[Entity]]:
    """Return the tally over all annotated documents and the persons found in them."""
    ids = state_ids(corpora)
    total, persons = Tally(), []
    for annotation, document in statements(gold):
        extraction = extractor.extract(document)
        total += measure_states(json.loads(annotation.read_text(encoding="utf-8")), extraction, ids)
        persons += [entity for entity in extraction.entities if entity.type == "Person" and entity.named]
    return total, persons


def main() -> None:
    """Print precision and recall of states, what went wrong, and the persons with their links."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.measure_links", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the folder of the annotated statements")
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of the public data")
    options = parser.parse_args()
    tally, persons = measure_links(options.gold, options.corpora, load_extractor())
    lines = [f"states: precision {tally.precision:.3f}, recall {tally.recall:.3f} ({tally.right} right)"]
    lines += [*(f"wrong: {wrong}" for wrong in tally.wrong), *(f"missed: {missed}" for missed in tally.missed)]
    lines.append(f"persons: {sum(bool(person.same_as) for person in persons)} of {len(persons)} linked")
    lines += [f"{person.name} {_link(person) or '-'} {person.confidence}" for person in persons]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
