"""Which entities of different documents are one: those with a common link, and those of one name and sort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.graph.identity.joins import Basis, Join, Rivals
from kg.graph.identity.referents import Key, referents_of
from kg.records import Entity, Extraction


def join_entities(extractions: Sequence[Extraction]) -> Iterator[Join | Rivals]:
    """Yield the pairs of entities of different documents that are one, or that must not be."""
    linked: dict[str, list[Key]] = defaultdict(list)
    named: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for extraction in extractions:
        for referent in referents_of(extraction):
            if isinstance(referent.record, Entity):
                for link in referent.record.same_as:
                    linked[link].append(referent.key)
                if referent.record.named:
                    named[referent.record.type, referent.record.name].append(referent.key)
    bases: tuple[tuple[Basis, float, list[list[Key]]], ...] = (
        ("by-link", 0.99, list(linked.values())),
        ("by-name", 0.9, list(named.values())),
    )
    for basis, confidence, groups in bases:
        for keys in groups:
            for first, second in pairwise(keys):
                yield Join(first=first, second=second, basis=basis, confidence=confidence)
