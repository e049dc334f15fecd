"""Whatever a text says, its extraction is well-formed, and its graph conforms and gives the extraction back."""

from __future__ import annotations

import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.graph.mapping import from_graph, to_graph
from kg.graph.validate import validate
from kg.records import Document, Extraction
from tests.properties.well_formed import assert_well_formed
from tests.readers import extractor

PIECES = (
    "Norway Oslo the Norwegian government President Ilena Varo Varo's Foreign Minister Tomas al-Brek he she they it we I both sides "
    "the two presidents said added warned that agreed to refused rejected will may not would have to met meeting with talks between "
    "and in Geneva on Thursday by 5 March next week if unless the ceasefire sanctions on Russia UN (UNSMIL) NATO EU U.N. "
    "the draft treaty plan 14 - point of points document version text list it needs approval talks mediated by brokered negotiations "
    "since id:country/norway id: "
    "Q: QUESTION: MINISTER VARO: THE PRESIDENT: * * * according to known as including called for set aside a separate track "
    '" “ ” « » ‘ ’ , . ? ! ; : – - ( ) \n \n\n'
).split(" ")


def check(text: str) -> None:
    document = Document(id="any", text=text, date=datetime.date(2031, 2, 26))
    found = extractor().extract(document)
    assert_well_formed(found)
    resolves(found)
    graph = to_graph(found)
    assert validate(graph).violations == ()
    assert from_graph(graph) == found


def resolves(found: Extraction) -> None:
    """Check that all that negotiations and proposals refer to is there."""
    types = {entity.id: entity.type for entity in found.entities}
    assert len(types) == len(found.entities)
    for negotiation in found.negotiations:
        assert {*negotiation.parties, *negotiation.mediators} <= types.keys()
        assert {types[entity] for entity in negotiation.proposals} <= {"Document"}
        assert all(0 <= meeting < len(found.meetings) for meeting in negotiation.meetings)
        assert not set(negotiation.parties) & set(negotiation.mediators)
    for proposal in found.proposals:
        assert types[proposal.entity] == "Document"
        assert {*proposal.authors, *proposal.recipients, *proposal.parties} <= types.keys()
    assert len({proposal.entity for proposal in found.proposals}) == len(found.proposals)


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
