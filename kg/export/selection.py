"""What part of a graph to export: around whom, of when, from which documents, of which kind, and how sure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from kg.errors import ExportError, NotFoundError
from kg.graph.terms import MODALITIES, PREDICATES
from kg.graph.vocabulary import DEM

LINKS: frozenset[URIRef] = frozenset(
    DEM[name] for name in ("participant", "heldAt", "party", "mediator", "negotiates", "sitting", "author", "recipient")
)
"""What joins meetings, issues, negotiations and proposals to those that they concern, beside the relations of assertions."""

PREDICATE_NAMES: tuple[str, ...] = tuple(sorted({*PREDICATES.values(), *(term.removeprefix(DEM) for term in LINKS)}))
MODALITY_NAMES: tuple[str, ...] = tuple(MODALITIES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A part of a graph; criteria that are not given exclude nothing, and what is kept meets all that are given.

    ``around``: an entity – its IRI, id, Wikidata id or name – with all that is at most ``depth`` edges away by what meets the
    other criteria. ``since``, ``until``: what was stated, or holds, on a day between them, both inclusive. ``documents``: by id
    or IRI. ``predicates``, ``modalities``: by name ("metWith", "asserted"). ``confidence``: at least this, from 0 to 1. What
    has no modality or confidence of its own is kept only where none is asked for.

    Raises NotFoundError, with the names that there are, for an unknown predicate or modality, and ExportError for a value that
    no selection can have.
    """

    around: str | None = None
    depth: int = 1
    since: datetime.date | None = None
    until: datetime.date | None = None
    documents: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    confidence: float | None = None

    def __post_init__(self) -> None:
        _require_known("predicate", self.predicates, PREDICATE_NAMES)
        _require_known("modality", self.modalities, MODALITY_NAMES)
        if self.depth < 0:
            raise ExportError(f"depth {self.depth}: no number of edges. Give 0 for the entity alone, or more.")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ExportError(f"confidence {self.confidence}: no probability. Give a number from 0 to 1.")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ExportError(f"since {self.since}, until {self.until}: ends before it begins. Give the earlier day as since.")

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.takes_mentions and not self.documents and self.since is None and self.until is None

    @property
    def takes_mentions(self) -> bool:
        """Whether it is enough for an entity that a document speaks of it, with no relation that is asked for."""
        return self.around is None and not self.predicates and not self.modalities and self.confidence is None

    @property
    def predicate_terms(self) -> frozenset[str]:
        """The IRIs of the predicates."""
        return frozenset(str(DEM[_bare(name)]) for name in self.predicates)

    @property
    def modality_terms(self) -> frozenset[str]:
        """The IRIs of the modalities."""
        return frozenset(str(DEM[_bare(name)]) for name in self.modalities)


def _require_known(what: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    for name in given:
        if _bare(name) not in known:
            raise NotFoundError(f"{what} {name!r}: no such {what}. Name one of: {', '.join(known)}.")


def _bare(name: str) -> str:
    return name.removeprefix("dem:").removeprefix(DEM)


EVERYTHING = Selection()
