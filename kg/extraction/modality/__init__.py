"""How firmly a predicate is stated, and when what it tells of is."""

from kg.extraction.modality.reading import is_necessary, modality_of
from kg.extraction.modality.tense import Tense, tense_of

__all__ = ["Tense", "is_necessary", "modality_of", "tense_of"]
