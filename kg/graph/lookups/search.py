"""Find things by words: in the names of entities, meetings and issues, in what was said, and in documents.

``Search`` is what whoever asks needs: an index can stand in its place. ``NameSearch`` needs none: it reads through the store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol

from rapidfuzz import fuzz, process, utils
from rdflib import Literal, URIRef

from kg.graph.queries import Listed, fill
from kg.graph.terms import ENTITY_TYPES
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

Match = OneOf["exact", "prefix", "contains", "fuzzy"]
MOST_HITS = 5000
"""More hits than these are not asked for: words that are in everything say nothing."""

_NAMES = ("rdfs:label", "skos:altLabel", "skos:prefLabel")
_PROPERTIES = {DEM.Statement: ("dem:text",), DEM.Document: ("dcterms:title", "dem:text")}
_LEAST_LIKE = 75.0
_WORDS_OF = """
SELECT DISTINCT ?thing ?text WHERE {{
  ?thing a ?class ; {naming} ?text .
  FILTER(?class IN ($kinds))
  {test}
}} LIMIT $limit
"""
_TESTS = {
    "exact": "FILTER(LCASE(STR(?text)) = LCASE($sought))",
    "prefix": "FILTER(STRSTARTS(LCASE(STR(?text)), LCASE($sought)))",
    "contains": "FILTER(CONTAINS(LCASE(STR(?text)), LCASE($sought)))",
    "fuzzy": "",
}
_MOST_NAMES = 500_000


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something that was found; ``rank`` is 0 for what fits best, and counts up."""

    rank: int
    iri: str
    text: str


class Search(Protocol):
    """Whatever finds things by words."""

    def __call__(self, text: str, kinds: Sequence[URIRef], limit: int) -> Sequence[Hit]:
        """Return at most ``limit`` things of these classes that fit a text, the best first, each once."""
        ...


class NameSearch:
    """A search that reads through the names and texts of a store each time.

    ``match`` says how: the whole, its beginning, or any part of it is the text sought, whatever the case; "fuzzy" takes names alike
    too, by their letters and words in any order. What is the whole comes first, then beginnings of the whole, of a word, then the rest.
    """

    def __init__(self, store: Store, *, match: Match = "contains") -> None:
        self._store = store
        self._match = match

    def __call__(self, text: str, kinds: Sequence[URIRef], limit: int) -> list[Hit]:
        """Return at most ``limit`` things of these classes that fit a text, the best first, each once."""
        found: dict[str, Hit] = {}
        for properties in dict.fromkeys(_PROPERTIES.get(kind, _NAMES) for kind in kinds):
            of = [kind for kind in kinds if _PROPERTIES.get(kind, _NAMES) == properties]
            for hit in self._hits(text, of, properties):
                if hit.iri not in found or hit < found[hit.iri]:
                    found[hit.iri] = hit
        return sorted(found.values())[:limit]

    def _hits(self, text: str, kinds: Sequence[URIRef], properties: Sequence[str]) -> list[Hit]:
        values = {} if self._match == "fuzzy" else {"sought": Literal(text)}
        told = []
        for naming in properties:
            template = _WORDS_OF.format(naming=naming, test=_TESTS[self._match])
            query = fill(template, kinds=Listed(kinds), limit=_MOST_NAMES, **values)
            told += [(str(row["thing"]), str(row["text"])) for row in self._store.query(query).texts()]
        if self._match != "fuzzy":
            return [Hit(closeness(text, name), iri, name) for iri, name in told]
        alike = process.extract(
            text,
            [name for _, name in told],
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=_LEAST_LIKE,
            limit=None,
        )
        return [Hit(closeness(text, name, score=score), told[place][0], name) for name, score, place in alike]


def closeness(text: str, name: str, *, score: float = 100.0) -> int:
    """Return the rank of a name: 0 for the text itself, 1 to 3 for its beginning or a part, more by what ``score`` lacks of 100."""
    lower, sought = name.lower(), text.lower()
    if lower == sought:
        return 0
    if lower.startswith(sought):
        return 1
    if re.search(rf"\b{re.escape(sought)}", lower):
        return 2
    return 3 if sought in lower else 4 + round(100 - score)


def searched(search: Search, text: str | None, kinds: Sequence[URIRef]) -> list[URIRef] | None:
    """Return what a search finds, to keep a list to it; None where no text is given, so that nothing is left out."""
    return [URIRef(hit.iri) for hit in search(text, kinds, MOST_HITS)] if text else None


ENTITY_KINDS: Sequence[URIRef] = tuple(ENTITY_TYPES)
