"""Find the parties that a communique, readout or note is between: the states that its heading and its first sentence name.

In: the clusters of names and who holds which office. Out: the clusters of the states, in text order; none where the heading is of no such
text, or names states only as the matter ("on the situation in …"). Limits: a heading is what stands before the first full sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

from kg.language.clusters import Cluster, Clusters
from kg.language.incumbents import Incumbent
from kg.language.lexicon import Lexicon
from kg.language.syntax import preposition_of

CONCERNING = frozenset({"on", "about", "regarding", "concerning"})
INVITED = "invitation"
"""What tells a communique without a heading: "At the invitation of …, X paid a visit"."""
SENTENCES = 12
"""How many sentences or lines the heading may have."""
SHORTEST = 6
"""The fewest tokens of a full sentence."""


def principals(clusters: Clusters, known: Mapping[int, Incumbent], *, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the clusters of the states that a text's opening names as those whose text it is."""
    opening = _opening(clusters.doc)
    if opening is None:
        return ()
    heading, first = opening
    if not any(token.lower_ in lexicon.record_nouns for token in heading) and not any(token.lower_ == INVITED for token in first):
        return ()
    by_code = {_code(c): i for i, c in reversed(list(enumerate(clusters.items))) if c.type == "Country" and c.mentions}
    found: dict[int, None] = {}
    for token in clusters.doc[heading.start : first.end]:
        index = clusters.of_head.get(token.i)
        if index is None or _is_matter(token):
            continue
        cluster = clusters[index]
        if cluster.type == "Country" or (cluster.type == "City" and cluster.entry is not None and cluster.entry.capital_of):
            codes = {_code(cluster)}
        else:
            codes = set(known[index].states) if index in known else set()
        found.update(dict.fromkeys(by_code[code] for code in sorted(codes) if code in by_code))
    return tuple(found)


def _code(cluster: Cluster) -> str:
    return cluster.longest if cluster.entry is None else cluster.entry.country or cluster.entry.key


def _opening(doc: Doc) -> tuple[Span, Span] | None:
    """Return the heading, which may be empty, and the first full sentence."""
    for number, sentence in enumerate(doc.sents):
        if number == SENTENCES:
            return None
        words = [token for token in sentence if not token.is_space]
        full = len(words) >= SHORTEST and words[-1].text in {".", ":"} and any(token.pos_ in {"VERB", "AUX"} for token in words)
        if full:
            return doc[0 : sentence.start], sentence
    return None


def _is_matter(token: Token) -> bool:
    """Tell whether a name stands in what a text is about: "… on the situation in BURUNDI"."""
    while token.head.i != token.i:
        if preposition_of(token) in CONCERNING:
            return True
        token = token.head
    return False
