"""Documents as odd as can be meet in one graph: all of it conforms, and when they are taken out nothing is left of them."""

from __future__ import annotations

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.validate import validate
from kg.records import Document
from kg.store.embedded import EmbeddedStore
from tests.properties.test_odd_text import ODD, SPACES, WORDS, spaced
from tests.readers import extractor

TEXTS = st.lists(st.tuples(st.sampled_from([*WORDS, *ODD]), st.sampled_from(SPACES)), min_size=1, max_size=60).map(spaced)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS.filter(str.strip), min_size=2, max_size=3))
def test_odd_documents_make_graphs_that_conform_and_leave_nothing_behind(texts: list[str]) -> None:
    store = EmbeddedStore(None)
    knowledge = KnowledgeBase(store)
    day = datetime.date(2031, 2, 26)
    found = [extractor().extract(Document(id=f"odd {place}/", text=text, date=day)) for place, text in enumerate(texts)]
    knowledge.add(found)
    assert knowledge.extractions() == {one.document.id: one for one in found}
    dataset = store.dataset()
    for name in store.graph_names():
        assert validate(dataset.graph(name)).violations == ()
    for one in found:
        knowledge.remove(one.document.id)
    assert store.triple_count() == 0
