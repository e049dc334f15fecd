"""Links, the chains they make, and the weights they are scored with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.language.chains.chains import find_chains
from kg.language.chains.pairs import _ranks
from kg.language.chains.ranker import BATCH, Links, _batches, load_ranker
from tests.docs import a_doc


def links(*rows: tuple[int, int, float]) -> Links:
    phrase, candidate, score = zip(*rows, strict=True)
    return Links(np.array(phrase, dtype=np.int32), np.array(candidate, dtype=np.int32), np.array(score, dtype=np.float32))


def test_best_takes_the_highest_score_above_none() -> None:
    found = links((1, 0, -0.5), (2, 0, 0.5), (2, 1, 0.7), (3, 0, 2.0), (3, 1, 1.0), (3, 2, 1.5))
    assert found.best() == {2: 1, 3: 0}


def test_clusters_follow_the_best_links() -> None:
    found = links((1, 0, -1.0), (2, 0, 1.0), (3, 1, 2.0), (4, 2, 0.1), (5, 0, -0.1))
    assert found.clusters() == ((0, 2, 4), (1, 3))


def test_clusters_of_no_links_are_none() -> None:
    empty = np.zeros(0, dtype=np.int32)
    assert Links(empty, empty, np.zeros(0, dtype=np.float32)).clusters() == ()


def test_ranks_count_candidates_of_a_sort_from_the_nearest() -> None:
    phrase = np.array([1, 2, 2, 3, 3, 3], dtype=np.int32)
    alike = np.array([True, True, True, True, False, True])
    assert _ranks(phrase, alike).tolist()[:4] == [1, 2, 1, 2]
    assert _ranks(phrase, alike)[5] == 1


@given(st.lists(st.integers(1, 60), max_size=400))
def test_batches_cover_all_pairs_and_keep_those_of_a_phrase_together(sizes: list[int]) -> None:
    phrase = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    batches = list(_batches(phrase))
    assert [place for begin, end in batches for place in range(begin, end)] == list(range(len(phrase)))
    assert all(end - begin <= BATCH for begin, end in batches)
    assert all(phrase[end - 1] != phrase[end] for _, end in batches[:-1])


def test_load_ranker_names_the_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nothing\.npz: no weights of the coreference ranker there"):
        load_ranker(tmp_path / "nothing.npz")


def test_load_ranker_refuses_weights_of_other_features(tmp_path: Path) -> None:
    path = tmp_path / "old.npz"
    np.savez(path, **{"phrase.codes": np.zeros((3, 2), dtype=np.float16)})  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=r"phrase\.codes should have \d+ rows\. The features have changed"):
        load_ranker(path)


def test_find_chains_of_an_empty_text_has_none() -> None:
    doc = a_doc()
    assert find_chains(doc, ranker=load_ranker()).clusters() == ()


def test_find_chains_takes_up_a_woman_by_she_and_a_plan_by_it() -> None:
    doc = a_doc(
        "Anna Anna PROPN nsubj 3",
        "Lund Lund PROPN flat 1",
        "presented present VERB ROOT 0",
        "a a DET det 5",
        "plan plan NOUN obj 3",
        ". . PUNCT punct 3",
        "She she PRON nsubj 8",
        "defended defend VERB ROOT 0",
        "it it PRON obj 8",
        ". . PUNCT punct 8",
        entities=((0, 2, "PERSON"),),
    )
    chains = find_chains(doc, ranker=load_ranker())
    assert [[doc[phrase.start : phrase.end].text for phrase in chain] for chain in chains.clusters()] == [
        ["Anna Lund", "She"],
        ["a plan", "it"],
    ]
