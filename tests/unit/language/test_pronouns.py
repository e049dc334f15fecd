"""Which cluster a pronoun joins: the likeliest candidate that agrees."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.language.clusters import Cluster, Clusters
from kg.language.mentions import TextMention
from kg.language.pronouns import Candidates, Pronouns
from kg.records import EntityType
from tests.docs import a_doc

LUND, UNION, TALKS, PRONOUN = 0, 1, 2, 3


@pytest.fixture
def doc() -> Doc:
    return a_doc(
        "Lund Lund PROPN nsubj 5",
        "Union Union PROPN nsubj 5",
        "talks talk NOUN obj 5",
        "they they PRON nsubj 5",
        "met meet VERB ROOT 0",
    )


def joined(doc: Doc, word: str, candidates: Candidates, *, speakers: dict[int, int] | None = None) -> int | None:
    """Return the cluster that a pronoun behind a person (0) and an organization (1) joins."""
    words = [word if token.i == PRONOUN else token.text for token in doc]
    told = Doc(doc.vocab, words=words, deps=[t.dep_ for t in doc], heads=[t.head.i for t in doc], pos=[t.pos_ for t in doc])
    clusters = Clusters(told, role_heads=frozenset())
    kinds: list[EntityType] = ["Person", "Organization"]
    for head, kind in enumerate(kinds):
        index = clusters.new(Cluster(type=kind, named=True))
        clusters.join(TextMention(start=head, end=head + 1, head=head, type=kind, kind="name"), index)
    pronoun = TextMention(start=PRONOUN, end=PRONOUN + 1, head=PRONOUN, type="Person", kind="pronoun")
    Pronouns(clusters, speakers if speakers is not None else {}, candidates).add(pronoun)
    return clusters.of_head.get(PRONOUN)


@pytest.mark.parametrize(
    ("word", "candidates", "cluster"),
    [
        ("she", [(2.0, UNION), (0.5, LUND)], 0),
        ("she", [(-1.0, UNION), (-2.0, LUND)], 0),
        ("it", [(2.0, LUND), (0.5, UNION)], 1),
        ("it", [(2.0, TALKS), (0.5, UNION)], None),
        ("they", [(-0.1, UNION)], None),
        ("they", [], None),
    ],
    ids=["the person", "the person, however unlikely", "no person", "no actor", "nothing likely", "nothing"],
)
def test_pronoun_joins_the_likeliest_that_agrees(
    doc: Doc, word: str, candidates: list[tuple[float, int]], cluster: int | None
) -> None:
    assert joined(doc, word, {PRONOUN: candidates}) == cluster


def test_pronoun_in_a_quotation_is_not_its_speaker(doc: Doc) -> None:
    assert joined(doc, "she", {PRONOUN: [(2.0, LUND)]}, speakers={PRONOUN: LUND}) is None
