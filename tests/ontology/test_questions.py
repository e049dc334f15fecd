"""Each competency question has the right answer over the invented statement, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest
from rdflib import Graph

from kg.graph.mapping import to_graph
from kg.graph.ontology_files import question_names, read_question
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from tests.builders import (
    BREK,
    LEAGUE,
    PORT_LYS,
    VARO,
    a_document,
    a_meeting,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_span,
    an_entity,
    an_extraction,
    an_issue,
    another_person,
)

Row = tuple[str | None, ...]
Engine = Callable[[str], list[Row]]

LATER = an_extraction(
    document=a_document(id="later", date=None),
    entities=(a_person(), another_person(), an_entity(LEAGUE, "Organization", "Northern League")),
    statements=(),
    meetings=(
        a_meeting(type="call", participants=(BREK, VARO), place=None, date=None, modality="negated"),
        a_meeting(type="press", participants=(VARO,)),
    ),
    issues=(an_issue(status="open", parties=(VARO, LEAGUE), evidence=a_span("The status of the Saltmarsh")),),
    times=(),
    events=(),
    relations=(
        a_relation(
            subject=BREK,
            predicate="holdsRole",
            object="envoy",
            organization=LEAGUE,
            begin="2027-04",
            end_date="2030",
            evidence=a_span("Tomas Brek"),
        ),
    ),
)
GRAPHS = [to_graph(a_negotiated_extraction()), to_graph(LATER)]


def ask_rdflib(query: str) -> list[Row]:
    union = Graph()
    for graph in GRAPHS:
        union += graph
    result = union.query(query)
    return [tuple(None if value is None else short(str(value)) for value in row) for row in result]  # type: ignore[union-attr]


def ask_oxigraph(query: str) -> list[Row]:
    store = pyoxigraph.Store()
    for graph in GRAPHS:
        name = pyoxigraph.NamedNode(str(graph.identifier))
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=name)
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [tuple(None if solution[name] is None else short(solution[name].value) for name in names) for solution in solutions]


def short(text: str) -> str:
    return text.removeprefix(DEFAULT_BASE).removeprefix(DEM)


@pytest.fixture(params=[ask_rdflib, ask_oxigraph], ids=["rdflib", "oxigraph"])
def ask(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.param
    return engine


def iri(entity_id: str) -> str:
    return entity_id.removeprefix("id:")


def offsets(words: str) -> tuple[str, str]:
    span = a_span(words)
    return str(span.start), str(span.end)


def test_who_holds_which_role(ask: Engine) -> None:
    assert ask(read_question("who-holds-which-role")) == [
        (iri(VARO), "Ilena Varo", "Foreign Minister"),
        (iri(BREK), "Tomas Brek", "Defence Minister"),
    ]


def test_who_held_which_role_when(ask: Engine) -> None:
    assert ask(read_question("who-held-which-role-when")) == [
        (iri(VARO), "Ilena Varo", "Foreign Minister", None, None, None),
        (iri(BREK), "Tomas Brek", "envoy", iri(LEAGUE), "2027-04", "2030"),
    ]


def test_which_cities_and_organizations(ask: Engine) -> None:
    assert ask(read_question("which-cities-and-organizations")) == [
        ("City", "Port Lys", iri(PORT_LYS)),
        ("Organization", "Northern League", iri(LEAGUE)),
    ]


def test_who_met_whom(ask: Engine) -> None:
    assert ask(read_question("who-met-whom")) == [
        ("document/later/meeting/1", "Call", "Ilena Varo", "Tomas Brek", None, None, "negated"),
        ("document/port-lys/meeting/1", "Talks", "Ilena Varo", "Tomas Brek", "Port Lys", "2031-02-25", "asserted"),
    ]


def test_who_negotiates_with_whom(ask: Engine) -> None:
    assert ask(read_question("who-negotiates-with-whom")) == [
        (
            "document/port-lys/negotiation/1",
            "fisheries",
            "Kelmaria",
            "Ostravia",
            "Northern League",
            "2031-02-25",
            None,
            "asserted",
        )
    ]


def test_what_is_on_the_table(ask: Engine) -> None:
    text = ("proposal/port-lys/fisheries-protocol", "fisheries protocol", "agreed")
    assert ask(read_question("what-is-on-the-table")) == [
        (*text, "author", "Ilena Varo", None),
        (*text, "between", "Kelmaria", None),
        (*text, "between", "Ostravia", None),
        (*text, "given to", "Tomas Brek", None),
        (*text, "needs approval of", "Kelmaria", "must sign"),
        (*text, "needs approval of", "the parties", "the parties must sign"),
        (*text, "points", "26", None),
        (*text, "points", "28", None),
        (*text, "version", "2031-02-25", "Tuesday"),
        (*text, "version", "26", "Tuesday"),
        (*text, "version", "28", "protocol"),
    ]


def test_what_is_on_a_separate_track(ask: Engine) -> None:
    assert ask(read_question("what-is-on-a-separate-track")) == [
        (
            "document/port-lys/issue/2",
            "the status of the Saltmarsh",
            "Northern League",
            "2031-02-26",
            "The status of the Saltmarsh we leave to a separate track with the Northern League",
        )
    ]


def test_what_is_the_deadline(ask: Engine) -> None:
    assert ask(read_question("what-is-the-deadline")) == [
        ("document/port-lys/time/2", "2031-03-05", "2031-03-05", "5 March 2031", "document/port-lys")
    ]


def test_what_a_speaker_said(ask: Engine) -> None:
    separate = "The status of the Saltmarsh we leave to a separate track with the Northern League"
    agreed, must, may = (
        "We have agreed on the fisheries protocol",
        "the parties must sign by 5 March 2031",
        "Kelmaria may reopen the Grey Bridge",
    )
    document = "document/port-lys"
    assert ask(read_question("what-a-speaker-said")) == [
        ("Ilena Varo", document, *offsets(agreed), "true", agreed),
        ("Ilena Varo", document, *offsets(separate), "true", separate),
        ("Ilena Varo", document, *offsets(must), "false", must),
        ("a spokesman", document, *offsets(may), "false", may),
    ]


def test_how_issues_stand(ask: Engine) -> None:
    assert ask(read_question("how-issues-stand")) == [
        ("the fisheries protocol", "agreed", "2031-02-26", "agreed on the fisheries protocol"),
        ("the status of the Saltmarsh", "open", None, "The status of the Saltmarsh"),
        (
            "the status of the Saltmarsh",
            "separate-track",
            "2031-02-26",
            "The status of the Saltmarsh we leave to a separate track with the Northern League",
        ),
    ]


def test_what_was_not_simply_asserted(ask: Engine) -> None:
    assert ask(read_question("what-was-not-simply-asserted")) == [
        ("Kelmaria", "announced", "reopen the Grey Bridge", "possible", "a spokesman", "Kelmaria may reopen the Grey Bridge"),
        ("Tomas Brek", "agreedTo", "any limits on the fleet", "negated", None, "Brek did not accept any limits on the fleet"),
    ]


def test_questions_are_all_tested() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    assert set(question_names()) <= tested
