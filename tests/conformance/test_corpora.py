"""What the language pipeline reaches on the dev parts of public corpora, which must not fall.

The floors lie a little below the figures of the model card: other processors round otherwise.
"""

from __future__ import annotations

import pytest

from kg.language.chains.ranker import load_ranker
from kg.training.annotated import extract_public, facets, score_public
from kg.training.measure_coreference import measure_coreference
from kg.training.measure_events import event_score
from kg.training.measure_links import measure_links
from kg.training.measure_syntax import measure_syntax
from kg.training.measure_times import annotated_part
from kg.training.windows import treebank_files
from tests.readers import extractor
from tests.shared import shared


@pytest.mark.parametrize("treebank", ["ewt", "gum"])
def test_trees_and_tags_are_right(treebank: str) -> None:
    ewt, *gum = treebank_files(shared("data"), "dev")
    score = measure_syntax(extractor().nlp, [ewt] if treebank == "ewt" else gum)
    assert score.percent("LAS") > 87.5
    assert score.percent("UPOS") > 96.5
    assert score.percent("lemmas") > 96.5


def test_names_are_found_with_their_ends() -> None:
    data, gold = shared("data"), shared("eval")
    found = facets(score_public(extract_public(extractor(), gold, "crossner", corpora=data), gold, "crossner", corpora=data))
    assert found["names: all"].f1 > 0.81


def test_times_are_found_with_their_values() -> None:
    data, gold = shared("data"), shared("eval")
    lines = annotated_part(extract_public(extractor(), gold, "meantime", corpora=data))
    found = facets(score_public(lines, gold, "meantime", corpora=data))
    assert found["TIMEX3 span, strict"].f1 > 0.88
    assert found["TIMEX3 value, relaxed span"].f1 > 0.82


def test_coreference_joins_what_is_one() -> None:
    counts = measure_coreference(extractor().nlp, shared("data"), ranker=load_ranker())
    assert counts["measured"].conll > 0.55


def test_states_are_linked() -> None:
    states, _ = measure_links(shared("eval"), shared("data"), extractor())
    assert states.precision > 0.98
    assert states.recall > 0.98


def test_events_have_the_right_type_and_actors() -> None:
    data, gold = shared("data"), shared("eval")
    score = event_score(score_public(extract_public(extractor(), gold, "plover", corpora=data), gold, "plover", corpora=data))
    assert score.type_right > 0.83
    assert score.actors_right > 0.80
