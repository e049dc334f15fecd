"""Whatever a text says, its extraction is well-formed, and its graph conforms and gives the extraction back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extraction.extract import Extractor, load_extractor
from kg.graph.mapping import from_graph, to_graph
from kg.graph.validate import validate
from kg.records import Document, Event, Issue, Meeting, Relation, Span

PIECES = (
    "Norway Oslo the Norwegian government President Ilena Varo Varo's Foreign Minister Tomas al-Brek he she they it we I both sides "
    "the two presidents said added warned that agreed to refused rejected will may not would have to met meeting with talks between "
    "and in Geneva on Thursday by 5 March next week if unless the ceasefire sanctions on Russia UN (UNSMIL) NATO EU U.N. "
    "Q: QUESTION: MINISTER VARO: THE PRESIDENT: * * * according to known as including called for set aside a separate track "
    '" “ ” « » ‘ ’ , . ? ! ; : – - ( ) \n \n\n'
).split(" ")


@cache
def extractor() -> Extractor:
    return load_extractor()


def check(text: str) -> None:
    document = Document(id="any", text=text, date=datetime.date(2031, 2, 26))
    found = extractor().extract(document)
    spans: list[Span] = [mention for entity in found.entities for mention in entity.mentions]
    for facet in (found.meetings, found.issues, found.events, found.relations):
        records: Sequence[Meeting | Issue | Event | Relation] = facet
        spans += [record.evidence for record in records]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(text[statement.start : statement.end] == statement.text for statement in found.statements)
    assert all(text[time.start : time.end] == time.text for time in found.times)
    graph = to_graph(found)
    assert validate(graph).violations == ()
    assert from_graph(graph) == found


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@example('"We agreed, said Varo.\n"We will meet," he added. "')
@example("Q: Why?\nTHE PRESIDENT: Because.\n* * *\nQ\n")
def test_any_words_of_diplomacy_make_a_valid_graph(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_characters_make_a_valid_graph(text: str) -> None:
    check(text)
