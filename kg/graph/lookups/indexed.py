"""Find things by words through a store's full text, ``dem:matches``: no text is read that has not the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rdflib import Literal, URIRef

from kg.errors import FullTextError
from kg.graph.lookups.search import Hit, NameSearch, Search, closeness
from kg.graph.queries import Listed, fill
from kg.graph.terms import ENTITY_TYPES, MEETING_TYPES
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_MOST_MATCHES = 10_000
_MOST_NAMED = 1000
_TEXTS = {DEM.Statement: ("text",), DEM.Document: ("title", "text")}
_FOUND = """
SELECT DISTINCT ?thing ?score WHERE {{
  (?thing ?score) dem:matches ($sought $most {kinds}) .
  ?thing a ?class FILTER(?class IN ($classes))
}} ORDER BY DESC(?score) ?thing LIMIT $limit
"""
_DESCRIBED = """
SELECT ?thing ?class (SAMPLE(COALESCE(?title, ?name, ?words)) AS ?text) WHERE {
  VALUES ?thing { $things } ?thing a ?class FILTER(?class IN ($classes))
  OPTIONAL { ?thing dcterms:title ?title } OPTIONAL { ?thing skos:prefLabel|rdfs:label ?name } OPTIONAL { ?thing dem:text ?words }
} GROUP BY ?thing ?class ORDER BY ?class
"""
_NAMED = "SELECT DISTINCT ?thing ?name WHERE { VALUES ?thing { $things } ?thing rdfs:label|skos:prefLabel|skos:altLabel ?name }"


FINDABLE: Sequence[URIRef] = (*ENTITY_TYPES, *MEETING_TYPES, DEM.Issue, DEM.Proposal, DEM.Statement, DEM.Document)
"""The classes of what can be found by words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found: its class, without the namespace, and what it is called or says."""

    iri: str
    kind: str
    text: str


class IndexSearch:
    """A search over the full text of ``store``: all words are wanted, of which the last may be a beginning.

    Where no name has them, names that are alike are found. What is called just so comes first, then what is called so and more, then the
    rest. See ``kg.graph.lookups.search.Search``.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, text: str, kinds: Sequence[URIRef], limit: int) -> list[Hit]:
        """Return at most ``limit`` things of these classes that fit a text, the best first, each once."""
        try:
            return self._found(text, kinds, limit)
        except FullTextError:  # a store that was never opened for writing
            return NameSearch(self._store)(text, kinds, limit)

    def _found(self, text: str, kinds: Sequence[URIRef], limit: int) -> list[Hit]:
        found: dict[str, Hit] = {}
        for where in dict.fromkeys(_TEXTS.get(kind, ("name",)) for kind in kinds):
            classes = [kind for kind in kinds if _TEXTS.get(kind, ("name",)) == where]
            scores = self._scores(begun(text), classes, where, limit)
            alike = not scores and where == ("name",)
            if alike:
                scores = self._scores(f"~{text}", classes, where, limit)
            named = self._names(scores) if where == ("name",) else {}
            for iri, score in scores.items():
                hit = min(Hit(closeness(text, name, score=score if alike else 100), iri, name) for name in named.get(iri, ("",)))
                found.setdefault(iri, hit)
        return sorted(found.values(), key=lambda hit: hit.rank)[:limit]

    def _scores(self, words: str, classes: Sequence[URIRef], where: Sequence[str], limit: int) -> dict[str, float]:
        query = fill(
            _FOUND.format(kinds=" ".join(f'"{kind}"' for kind in where)),
            sought=Literal(words),
            most=_MOST_MATCHES,
            classes=Listed(classes),
            limit=limit,
        )
        return {str(row["thing"]): float(row["score"]) for row in self._store.query(query).rows()}

    def _names(self, scores: Iterable[str]) -> dict[str, list[str]]:
        """Return what things are called; of very many, those that the index puts first."""
        names: dict[str, list[str]] = {}
        named = list(map(URIRef, islice(scores, _MOST_NAMED)))
        for row in self._store.query(fill(_NAMED, things=named)).rows() if named else ():
            names.setdefault(str(row["thing"]), []).append(str(row["name"]))
        return names


def search_of(store: Store) -> Search:
    """Return the search that a store allows: over its full text, or else through all names and texts."""
    return IndexSearch(store) if getattr(store, "full_text", False) else NameSearch(store)


def find_by_words(store: Store, text: str, *, kinds: Sequence[URIRef] = FINDABLE, limit: int = 20) -> list[Found]:
    """Return what fits a text, the best first."""
    hits = search_of(store)(text, kinds, limit)
    described: dict[str, Found] = {}
    query = fill(_DESCRIBED, things=[URIRef(hit.iri) for hit in hits], classes=Listed(kinds))
    for row in store.query(query).rows() if hits else ():
        found = Found(str(row["thing"]), str(row["class"]).removeprefix(DEM), str(row.get("text", "")))
        described.setdefault(found.iri, found)
    return [described[hit.iri] for hit in hits if hit.iri in described]


def begun(text: str) -> str:
    """Return words of which the last may be a beginning; what has a meaning to full text is a word like others."""
    words = text.replace("~", " ").replace('"', " ").split()
    return " ".join([*words[:-1], f"{words[-1]}*"]) if words else ""
