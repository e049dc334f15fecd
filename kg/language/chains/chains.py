"""From a parsed document to the links between its phrases.

In: a Doc with tags, Universal Dependencies and named entities, and who says which token as far as that is known. Out: Chains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.language.chains.attributes import attributes_of
from kg.language.chains.columns import columns_of
from kg.language.chains.encoding import encode
from kg.language.chains.people import load_people
from kg.language.chains.phrases import Phrase, find_phrases
from kg.language.chains.ranker import Links, Ranker


@dataclass(frozen=True, slots=True)
class Chains:
    """The phrases of a document and the links between them, by their index."""

    phrases: tuple[Phrase, ...]
    links: Links

    def clusters(self) -> tuple[tuple[Phrase, ...], ...]:
        """Return the phrases that speak of one thing, for each thing spoken of twice or more."""
        return tuple(tuple(self.phrases[index] for index in chain) for chain in self.links.clusters())

    def antecedents(self) -> dict[int, list[tuple[float, int]]]:
        """Return, for the head of each phrase, how far each candidate's score lies above "none" and its head, the likeliest first.

        Coordinations stand behind their first member, which has the same head, and are left out.
        """
        heads = [phrase.head for phrase in self.phrases]
        single = [phrase.kind != "list" for phrase in self.phrases]
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        pairs = zip(self.links.phrase.tolist(), self.links.candidate.tolist(), self.links.score.tolist(), strict=True)
        for phrase, candidate, score in pairs:
            if single[phrase] and single[candidate]:
                found[heads[phrase]].append((score, heads[candidate]))
        return {head: sorted(candidates, reverse=True) for head, candidates in found.items()}

    def lists(self) -> dict[int, tuple[float, int]]:
        """Return, for the head of each phrase, the score and the first head of the likeliest coordination."""
        found: dict[int, tuple[float, int]] = {}
        pairs = zip(self.links.phrase.tolist(), self.links.candidate.tolist(), self.links.score.tolist(), strict=True)
        for phrase, candidate, score in pairs:
            if self.phrases[candidate].kind == "list" and self.phrases[phrase].kind != "list":
                head = self.phrases[phrase].head
                found[head] = max(found.get(head, (score, self.phrases[candidate].head)), (score, self.phrases[candidate].head))
        return found


def find_chains(
    doc: Doc, *, ranker: Ranker, speakers: Mapping[int, int] | None = None, heads: Container[int] | None = None
) -> Chains:
    """Return the chains of a document; ``speakers`` gives tokens a number for who says them.

    With ``heads``, only phrases with these heads are linked to earlier ones.
    """
    columns = columns_of(doc)
    phrases = find_phrases(columns)
    attributes = attributes_of(columns, phrases, people=load_people(), speakers=speakers)
    encoding = encode(doc, [phrase.head for phrase in phrases])
    linked = None if heads is None else np.array([phrase.head in heads for phrase in phrases], dtype=bool)
    return Chains(tuple(phrases), ranker.links(attributes, encoding, linked=linked))
