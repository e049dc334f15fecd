"""The measures of coreference: MUC, B³ and CEAF over entities, and their mean, the CoNLL score.

In: clusters of mentions (any hashable values) of the annotators (key) and of the system (response), each mention in one cluster at most.
Out: counts that can be added over documents, and precision, recall and F1.
Sources: Vilain et al. 1995 (MUC); Bagga and Baldwin 1998 (B³); Luo 2005 (CEAF with the similarity φ4); Pradhan et al. 2012 (their mean).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Mention = TypeVar("Mention", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numerators and denominators of precision and recall."""

    precision: tuple[float, float] = (0.0, 0.0)
    recall: tuple[float, float] = (0.0, 0.0)

    def __add__(self, other: Counts) -> Counts:
        return Counts(_sum(self.precision, other.precision), _sum(self.recall, other.recall))

    def scores(self) -> tuple[float, float, float]:
        """Return precision, recall and F1, each 0 where there is nothing to count."""
        precision, recall = (part / whole if whole else 0.0 for part, whole in (self.precision, self.recall))
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class CorefCounts:
    """The counts of the three measures, and of the mentions themselves."""

    muc: Counts = Counts()
    b_cubed: Counts = Counts()
    ceaf: Counts = Counts()
    mentions: Counts = Counts()

    def __add__(self, other: CorefCounts) -> CorefCounts:
        return CorefCounts(
            self.muc + other.muc, self.b_cubed + other.b_cubed, self.ceaf + other.ceaf, self.mentions + other.mentions
        )

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.scores()[2] + self.b_cubed.scores()[2] + self.ceaf.scores()[2]) / 3


def compare(key: Iterable[Sequence[Mention]], response: Iterable[Sequence[Mention]]) -> CorefCounts:
    """Return the counts of one document."""
    keys, responses = [list(cluster) for cluster in key], [list(cluster) for cluster in response]
    return CorefCounts(
        muc=Counts(_muc(responses, keys), _muc(keys, responses)),
        b_cubed=Counts(_b_cubed(responses, keys), _b_cubed(keys, responses)),
        ceaf=_ceaf(keys, responses),
        mentions=_mentions(keys, responses),
    )


def _sum(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def _places(clusters: Sequence[Sequence[Mention]]) -> dict[Mention, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _muc(of: Sequence[Sequence[Mention]], by: Sequence[Sequence[Mention]]) -> tuple[float, float]:
    """Count the links of clusters that the others keep: a cluster of n has n - 1, and loses one with each part it falls into."""
    places = _places(by)
    kept = 0
    for cluster in of:
        found = [places[mention] for mention in cluster if mention in places]
        kept += len(cluster) - (len(set(found)) + len(cluster) - len(found))
    return float(kept), float(sum(len(cluster) - 1 for cluster in of))


def _b_cubed(of: Sequence[Sequence[Mention]], by: Sequence[Sequence[Mention]]) -> tuple[float, float]:
    """Add, over the mentions of the first clusters, the share of their cluster that the others put with them."""
    places = _places(by)
    total = 0.0
    for cluster in of:
        parts = Counter(places[mention] for mention in cluster if mention in places)
        total += sum(size * size for size in parts.values()) / len(cluster)
    return total, float(sum(len(cluster) for cluster in of))


def _ceaf(keys: Sequence[Sequence[Mention]], responses: Sequence[Sequence[Mention]]) -> Counts:
    places = _places(responses)
    similarity = np.zeros((len(keys), len(responses)))
    for row, cluster in enumerate(keys):
        for column, shared in Counter(places[mention] for mention in cluster if mention in places).items():
            similarity[row, column] = 2 * shared / (len(cluster) + len(responses[column]))
    best = _best_alignment(similarity)
    return Counts((best, float(len(responses))), (best, float(len(keys))))


def _mentions(keys: Sequence[Sequence[Mention]], responses: Sequence[Sequence[Mention]]) -> Counts:
    known, found = set(_places(keys)), set(_places(responses))
    shared = float(len(known & found))
    return Counts((shared, float(len(found))), (shared, float(len(known))))


def _best_alignment(similarity: np.ndarray) -> float:
    """Return the greatest sum of a one-to-one alignment of rows and columns (the Hungarian method with shortest augmenting paths)."""
    cost = -similarity if similarity.shape[0] <= similarity.shape[1] else -similarity.T
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    # Column 0 is where the row that is being placed stands; rows count from 1.
    row_of = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        row_of[0] = row
        slack, came_from = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=int)
        used = np.zeros(columns + 1, dtype=bool)
        column = 0
        while row_of[column]:
            used[column] = True
            current = row_of[column]
            reduced = cost[current - 1] - row_price[current] - column_price[1:]
            better = ~used[1:] & (reduced < slack[1:])
            slack[1:][better] = reduced[better]
            came_from[1:][better] = column
            following = int(np.argmin(np.where(used[1:], np.inf, slack[1:]))) + 1
            step = slack[following]
            row_price[row_of[used]] += step
            column_price[used] -= step
            slack[~used] -= step
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = int(came_from[column])
    return float(sum(-cost[row_of[column] - 1, column - 1] for column in range(1, columns + 1) if row_of[column]))
