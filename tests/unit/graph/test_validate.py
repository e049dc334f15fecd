"""Graphs that the mapping writes conform; a report says what is wrong and what to do."""

from __future__ import annotations

import time

import pytest
from rdflib import Literal, URIRef

from kg.errors import ValidationError
from kg.graph.mapping import to_graph
from kg.graph.validate import Report, Violation, require_valid, validate
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from tests.builders import TEXT, VARO, a_document, a_mention, a_person, a_relation, a_statement, an_entity, an_extraction

STATUS = URIRef(f"{DEFAULT_BASE}document/port-lys/meeting/1")
MEETING = URIRef(f"{DEFAULT_BASE}document/port-lys/referent/meeting/talks-2031-02-25-port-lys")


def test_validate_finds_nothing_in_what_the_mapping_writes() -> None:
    assert validate(to_graph(an_extraction())) == Report()
    assert validate(to_graph(an_extraction())).conforms


def test_validate_reports_each_thing_that_is_wrong_once_and_in_order() -> None:
    graph = to_graph(an_extraction())
    graph.set((STATUS, DEM.modality, DEM.certain))
    graph.add((MEETING, DEM.participant, Literal("Varo")))
    report = validate(graph)
    assert report == Report(
        (
            Violation(
                focus=str(STATUS),
                path="dem:modality",
                value="dem:certain",
                message="The modality is one of dem:asserted, planned, conditional, possible, desired, negated. Give one of them.",
            ),
            Violation(
                focus=str(MEETING),
                path="dem:participant",
                value="Varo",
                message="A participant is an entity. Describe it in the same graph, with its dem:mentionedIn.",
            ),
        )
    )
    assert not report.conforms


def test_validate_reports_words_that_are_not_in_their_place() -> None:
    graph = to_graph(an_extraction())
    span = URIRef(f"{DEFAULT_BASE}document/port-lys#char=0,27")
    graph.set((span, DEM.exact, Literal("Foreign Minister Elena Varo")))
    message = "The document has 'Foreign Minister Ilena Varo' in this place. "
    message += "Set dem:exact to it, or the offsets to where the words stand."
    expected = Violation(focus=str(span), path="dem:exact", value="Foreign Minister Elena Varo", message=message)
    assert validate(graph) == Report((expected,))


def test_validate_reports_a_reference_to_nobody() -> None:
    graph = to_graph(an_extraction(entities=(), statements=(a_statement(),), meetings=(), issues=(), events=(), relations=()))
    (violation,) = validate(graph).violations
    assert (violation.path, violation.value) == ("dem:speaker", f"{DEFAULT_BASE}person/ilena-varo")


def test_require_valid_passes_a_graph_that_conforms() -> None:
    require_valid(to_graph(an_extraction()))


def test_require_valid_raises_with_the_report() -> None:
    graph = to_graph(an_extraction())
    graph.remove((STATUS, DEM.modality, None))
    with pytest.raises(ValidationError, match=r"graph/document/port-lys.*\n- .*meeting/1 dem:modality: The modality is one of"):
        require_valid(graph)


def test_require_valid_shows_a_few_of_many() -> None:
    statements = tuple(a_statement(confidence=2) for _ in range(30))
    with pytest.raises(ValidationError, match=r"and 10 more\.$"):
        require_valid(to_graph(an_extraction(statements=statements)))


def test_validate_takes_seconds_for_thousands_of_triples() -> None:
    text = TEXT * 40
    people = tuple(
        an_entity(
            f"id:person/{number}", "Person", "Varo", mentions=tuple(a_mention("Varo", text=text, nth=nth) for nth in range(1, 9))
        )
        for number in range(60)
    )
    statements = tuple(a_statement(start=start, end=start + 9) for start in range(0, 1500, 10))
    relations = tuple(a_relation(subject=f"id:person/{number}", object=VARO) for number in range(60))
    document = a_document(text=text)
    graph = to_graph(
        an_extraction(
            document=document,
            entities=(a_person(), *people),
            statements=statements,
            relations=relations,
            meetings=(),
            issues=(),
            times=(),
            events=(),
        )
    )
    validate(graph)
    begin = time.perf_counter()
    assert validate(graph).conforms
    assert len(graph) > 2500
    assert time.perf_counter() - begin < 5
