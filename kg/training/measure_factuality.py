"""Measure how firmly predicates are stated against what annotators judged: UDS-Factuality over EWT, and MEANTIME's events.

The words are gold, the parse is the pipeline's own within gold sentences. UDS asks how surely a thing happened, of one sentence of the
web: below 0 stands what did not happen as well as what is yet to come or only possible. MEANTIME tells polarity, certainty and time of the
events of news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.frames import support_of
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.modality import modality_of
from kg.records import Modality
from kg.training.factuality_corpora import Class, Judged, read_events, read_uds


@dataclass(slots=True)
class FactualityScore:
    """Counts of judged predicates by the annotators' class and the modality that is read."""

    counts: Counter[tuple[Class, Modality]] = field(default_factory=Counter)

    @property
    def agreement(self) -> float:
        """The share of predicates that are rightly told to be facts or not."""
        right = sum(n for (gold, own), n in self.counts.items() if (gold == "fact") == (own == "asserted"))
        return right / max(1, self.counts.total())

    @property
    def facts(self) -> float:
        """The share of facts, which is what calling every predicate asserted would reach."""
        return sum(n for (gold, _), n in self.counts.items() if gold == "fact") / max(1, self.counts.total())

    @property
    def not_facts(self) -> float:
        """The F1 of what is not asserted against what is no fact; calling every predicate asserted reaches 0."""
        right = sum(n for (gold, own), n in self.counts.items() if gold != "fact" and own != "asserted")
        marked = sum(n * ((gold != "fact") + (own != "asserted")) for (gold, own), n in self.counts.items())
        return 2 * right / max(1, marked)

    @property
    def negated(self) -> float:
        """The F1 of negated predicates, where the annotators tell them from what is open."""
        right = self.counts["negated", "negated"]
        return 2 * right / max(1, sum(n * ((gold == "negated") + (own == "negated")) for (gold, own), n in self.counts.items()))


def measure_uds(nlp: Language, lexicon: FrameLexicon, corpora: Path, *, part: str = "dev") -> FactualityScore:
    """Score the predicates of one part of EWT. Raises ReadingError where the annotation does not fit the treebank."""
    return score(nlp, lexicon, read_uds(corpora, part))


def measure_events(nlp: Language, lexicon: FrameLexicon, corpora: Path) -> FactualityScore:
    """Score the events of MEANTIME."""
    return score(nlp, lexicon, read_events(corpora))


def score(nlp: Language, lexicon: FrameLexicon, sentences: Iterable[Judged]) -> FactualityScore:
    """Count what annotators and the pipeline say of each judged word."""
    result = FactualityScore()
    for judged in sentences:
        doc = nlp(Doc(nlp.vocab, words=list(judged.words), spaces=list(judged.spaces), sent_starts=_one(len(judged.words))))
        for position, gold in judged.classes.items():
            token = doc[position]
            support = support_of(token, lexicon) if token.pos_ in {"NOUN", "PROPN"} else None
            result.counts[gold, modality_of(token, lexicon.modality, support=support)] += 1
    return result


def _one(length: int) -> list[bool | int | None]:
    return [True, *[False] * (length - 1)]
