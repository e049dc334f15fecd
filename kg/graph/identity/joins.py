"""What the rules say of two referents: that they are one, or that they must not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.graph.identity.referents import Key

Basis = Literal["by-link", "by-name", "by-part-of-name", "by-circumstances", "by-matter", "by-decision", "alone"]
"""On what it rests that a referent was identified: terms of the ontology."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two referents of different documents are one, with this confidence from 0 to 1; the order of the two says nothing."""

    first: Key
    second: Key
    basis: Basis
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Two referents that look alike are not one, whatever joins them by way of others."""

    first: Key
    second: Key
