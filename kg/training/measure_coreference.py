"""Measure coreference on OntoGUM: the CoNLL score over the phrases that we find, on the annotators' words and our parse.

Who speaks is taken from the annotation, as all published figures do.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from kg.language.chains.chains import find_chains
from kg.language.chains.ranker import Ranker
from kg.training.coreference_examples import parse_texts
from kg.training.coreference_metrics import CorefCounts, compare

MEASURED_GENRES = frozenset({"news", "speech", "interview", "court"})
"""The genres nearest to diplomatic texts."""


def measure_coreference(nlp: Language, corpora: Path, *, ranker: Ranker, part: str = "dev") -> dict[str, CorefCounts]:
    """Return the counts by genre, and added up under "all" and, for the genres nearest to ours, "measured"."""
    counts: dict[str, CorefCounts] = {}
    for parsed in parse_texts(nlp, corpora, part):
        chains = find_chains(parsed.doc, ranker=ranker, speakers=parsed.speakers())
        found = compare(parsed.text.clusters(), [parsed.spans(chain) for chain in chains.clusters()])
        genre = parsed.text.genre
        for name in (genre, "all", *(("measured",) if genre in MEASURED_GENRES else ())):
            counts[name] = counts.get(name, CorefCounts()) + found
    return counts
