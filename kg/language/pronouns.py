"""Find what a pronoun stands for.

In: clusters of names and of the descriptions before it. Out: the pronoun in the cluster of its antecedent, or nowhere.
Limits: an antecedent stands at most three sentences back, that of "it" and "they" one; a quotation counts as one sentence. Gender is
known only from pronouns that were resolved before.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from spacy.tokens import Doc, Token

from kg.language.clusters import Clusters
from kg.language.mentions import TextMention
from kg.language.syntax import OBJECTS

FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
NEUTER = frozenset({"it", "its", "itself"})
WINDOW = 3
"""How many sentences back the antecedent of a personal pronoun may stand."""


class Pronouns:
    """Puts pronouns into clusters; ``speakers`` maps the tokens of quotations to the token that names the speaker."""

    def __init__(self, clusters: Clusters, speakers: Mapping[int, int]) -> None:
        self.clusters = clusters
        self.doc = clusters.doc
        self.speakers = speakers
        self._sentence_of = _sentence_numbers(self.doc, speakers)

    def add(self, mention: TextMention) -> None:
        """Put a pronoun of the third person with its antecedent, if there is one."""
        word = self.doc[mention.head].lower_
        index = self._antecedent(mention, word)
        if index is None:
            return
        gender = "masculine" if word in MASCULINE else "feminine" if word in FEMININE else None
        self.clusters[index].gender = self.clusters[index].gender or gender
        self.clusters.join(mention, index)

    def add_first_person(self, mention: TextMention) -> None:
        """Put "I" and "we" with the speaker of the quotation they stand in; outside quotations they stand for nobody known."""
        speaker = self._speaker(mention)
        if speaker is not None:
            self.clusters.join(mention, speaker)

    def _speaker(self, mention: TextMention) -> int | None:
        return self.clusters.of_head.get(self.speakers.get(mention.head, -1))

    def _antecedent(self, mention: TextMention, word: str) -> int | None:
        token = self.doc[mention.head]
        if word in NEUTER and (token.dep_ == "expl" or is_pleonastic(token)):
            return None
        types, genders = _agreement(word)
        sentence = self._sentence_of[mention.head]
        furthest = WINDOW if word in MASCULINE | FEMININE else 1
        speaker = self._speaker(mention)
        best: tuple[float, int] | None = None
        for candidate, index in self.clusters.before(mention.start):
            back = sentence - self._sentence_of[candidate.head]
            if back > furthest:
                break
            cluster = self.clusters[index]
            if cluster.type not in types or cluster.gender not in genders or index == speaker:
                continue
            if candidate.plural and word not in PLURAL:
                continue
            if word == "it" and not self.doc[candidate.head].dep_.startswith("nsubj"):
                continue
            score = self._salience(candidate, mention, back)
            if best is None or score > best[0]:
                best = score, index
        return best[1] if best else None

    def _salience(self, candidate: TextMention, mention: TextMention, back: int) -> float:
        """Return how likely a mention is the antecedent: near ones and subjects before far ones and modifiers."""
        token = self.doc[candidate.head]
        score = -1.0 * back - 0.002 * (mention.start - candidate.start)
        if token.dep_.startswith(("nsubj", "csubj")):
            score += 1.2
        if token.dep_ in OBJECTS:
            score += 0.2
        if token.dep_ in {"compound", "amod", "nmod:poss"}:
            score -= 1.5
        if self.doc[mention.head].head.i == token.head.i and mention.head != candidate.head:
            score -= 2.0  # the subject and the object of one verb are two, unless the object is reflexive
        return score


def _agreement(word: str) -> tuple[frozenset[str], frozenset[str | None]]:
    """Return the types and genders that an antecedent may have."""
    if word in MASCULINE:
        return frozenset({"Person"}), frozenset({None, "masculine"})
    if word in FEMININE:
        return frozenset({"Person"}), frozenset({None, "feminine"})
    if word in PLURAL:
        return frozenset({"Group", "Organization"}), frozenset({None})
    return frozenset({"Country", "Organization"}), frozenset({None})


def _sentence_numbers(doc: Doc, quoted: Container[int]) -> list[int]:
    """Return the number of each token's sentence; a quotation counts as one, since its narrator looks back over it."""
    numbers: list[int] = []
    number = 0
    for sentence in doc.sents:
        number += not (sentence.start in quoted and sentence.start - 1 in quoted)
        numbers += [number] * len(sentence)
    return numbers


def is_pleonastic(token: Token) -> bool:
    """Tell whether an "it" stands for a clause and for no thing: "it is clear that …", "it was agreed …"."""
    verb = token.head
    clause = any(child.dep_ in {"csubj", "ccomp", "xcomp", "advcl"} and child.i > token.i for child in verb.children)
    return token.dep_.startswith("nsubj") and (verb.pos_ == "ADJ" or token.dep_ == "nsubj:pass") and clause
