"""Find what a pronoun stands for.

In: clusters of names and of the descriptions before it, and the candidates that the ranker gives it. Out: the pronoun in the cluster of
its antecedent, or nowhere. What must agree (type, gender, number) is decided here; what the syntax alone leaves open, the ranker decides
between what agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from kg.language.clusters import Clusters
from kg.language.collectives import Collectives
from kg.language.continuity import fellow_argument, last_speaker, parallel_object
from kg.language.mentions import TextMention
from kg.records import EntityType

FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
NEUTER = frozenset({"it", "its", "itself"})
Candidates = Mapping[int, Sequence[tuple[float, int]]]
"""For the head of a phrase, the scores and heads of what it may take up, the likeliest first; above 0 is likelier than nothing."""


class Pronouns:
    """Puts pronouns into clusters; ``speakers`` maps the tokens of quotations to the token that names the speaker.

    ``speaking`` holds the lemmas of the verbs whose subject speaks.
    """

    def __init__(
        self,
        clusters: Clusters,
        speakers: Mapping[int, int],
        candidates: Candidates,
        *,
        collectives: Collectives | None = None,
        lists: Mapping[int, tuple[float, int]] | None = None,
        speaking: frozenset[str] = frozenset(),
    ) -> None:
        self.clusters = clusters
        self.collectives = collectives
        self.speaking = speaking
        self.lists = lists if lists is not None else {}
        self.doc = clusters.doc
        self.speakers = speakers
        self.candidates = candidates

    def add(self, mention: TextMention) -> None:
        """Put a pronoun of the third person with its antecedent, if there is one."""
        word = self.doc[mention.head].lower_
        index = self._list(mention, word)
        if index is None:
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

    def _list(self, mention: TextMention, word: str) -> int | None:
        """Return the group that "they" takes up where that is a coordination ("Lund and Varo"), likelier than any single phrase."""
        if word not in PLURAL or self.collectives is None:
            return None
        score, head = self.lists.get(mention.head, (0.0, -1))
        rival = max((score for score, _ in self.candidates.get(mention.head, ())), default=0.0)
        return self.collectives.listed(head) if score > max(rival, 0.0) else None

    def _antecedent(self, mention: TextMention, word: str) -> int | None:
        """Return the cluster of the likeliest candidate that agrees.

        "It" and "they" stand for things as well: where the likeliest candidate is no actor, they stand for none.
        """
        token = self.doc[mention.head]
        if word in NEUTER and (token.dep_ == "expl" or is_pleonastic(token)):
            return None
        types, genders = _agreement(word)
        apart = {self._speaker(mention), self._cluster(fellow_argument(token))}
        personal = word in MASCULINE | FEMININE
        taken_up = self._cluster(parallel_object(token) or (self._last_speaker(token) if personal else None))
        if taken_up is not None and taken_up not in apart and self._agrees(taken_up, types, genders):
            return taken_up
        for score, head in self.candidates.get(mention.head, ()):
            index = self.clusters.of_head.get(head)
            if not personal and (score <= 0 or index is None):
                return None
            if index is None or index in apart:
                continue
            if self._agrees(index, types, genders):
                return index
        return None

    def _agrees(self, index: int, types: frozenset[EntityType], genders: frozenset[str | None]) -> bool:
        return self.clusters[index].type in types and self.clusters[index].gender in genders

    def _cluster(self, token: Token | None) -> int | None:
        return None if token is None else self.clusters.of_head.get(token.i)

    def _last_speaker(self, token: Token) -> Token | None:
        return last_speaker(token, verbs=self.speaking, quoted=self.speakers)


def _agreement(word: str) -> tuple[frozenset[EntityType], frozenset[str | None]]:
    """Return the types and genders that an antecedent may have."""
    if word in MASCULINE:
        return frozenset({"Person"}), frozenset({None, "masculine"})
    if word in FEMININE:
        return frozenset({"Person"}), frozenset({None, "feminine"})
    if word in PLURAL:
        return frozenset({"Group", "Organization"}), frozenset({None})
    return frozenset({"Country", "Organization"}), frozenset({None})


def is_pleonastic(token: Token) -> bool:
    """Tell whether an "it" stands for a clause and for no thing: "it is clear that …", "it was agreed …"."""
    verb = token.head
    clause = any(child.dep_ in {"csubj", "ccomp", "xcomp", "advcl"} and child.i > token.i for child in verb.children)
    return token.dep_.startswith("nsubj") and (verb.pos_ == "ADJ" or token.dep_ == "nsubj:pass") and clause
