"""Small questions to labels: do two of them speak of the same matter?"""

from __future__ import annotations

import re
from functools import lru_cache

SHORTEST = 3
"""The fewest letters of a word that tells labels apart."""
EMPTY = frozenset(
    {"the", "this", "that", "and", "for", "with", "all", "any", "its", "their", "issue", "matter", "question", "related"}
)


@lru_cache(maxsize=4096)
def content_words(label: str | None) -> frozenset[str]:
    """Return the words of a label that say what it is of, without endings of the plural; none for no label."""
    words = re.findall(r"[^\W_]+", (label or "").casefold())
    return frozenset(re.sub(r"(?<=..)s$", "", word) for word in words if len(word) >= SHORTEST and word not in EMPTY)


def overlaps(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether half of the words of the shorter label, or more, stand in the other one too."""
    return bool(one and other) and len(one & other) * 2 >= min(len(one), len(other))
