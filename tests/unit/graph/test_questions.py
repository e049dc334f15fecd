"""The questions as data, and what a person's values become in their queries."""

from __future__ import annotations

import pytest

from kg.errors import NotFoundError, QueryError
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.questions import Column, Parameter, fill_question, get_question, questions
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction


@pytest.fixture
def store() -> EmbeddedStore:
    """Hold the invented statement."""
    opened = EmbeddedStore(None)
    KnowledgeBase(opened).add([an_extraction()])
    return opened


def test_get_question_reads_the_comment_of_its_file() -> None:
    question = get_question("how-an-issue-went")
    assert question.title == "How did an issue go, by date and source?"
    assert question.description.startswith("Each status that a document gives to the issue")
    assert question.parameters == (
        Parameter(
            name="issue",
            kind="issue",
            description="the issue",
            default="document/valdoria-briefing/referent/issue/frozen-assets",
        ),
    )
    assert question.columns[0] == Column(name="stated", description="the day on which the status was stated")


def test_questions_are_sorted_by_name() -> None:
    names = [question.name for question in questions()]
    assert names == sorted(names)


def test_get_question_names_those_that_are_near() -> None:
    with pytest.raises(NotFoundError, match=r"question 'who-meet-whom': no such question. Did you mean who-met-whom"):
        get_question("who-meet-whom")


def test_fill_question_keeps_the_defaults(store: EmbeddedStore) -> None:
    question = get_question("what-must-happen-before")
    assert fill_question(store, question, {}) == question.sparql


def test_fill_question_puts_a_value_wherever_the_parameter_stands(store: EmbeddedStore) -> None:
    filled = fill_question(store, get_question("what-must-happen-before"), {"before": "2031-03-05"})
    date = '"2031-03-05"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert filled.count(date) == 2
    assert [(str(row["date"]), str(row["what"])) for row in store.query(filled).rows()] == [("2031-03-05", "deadline")]


@pytest.mark.parametrize("written", ["Ilena Varo", "person/ilena-varo", "https://w3id.org/demarche/id/person/ilena-varo", "varo"])
def test_fill_question_takes_an_entity_by_name_id_and_iri(store: EmbeddedStore, written: str) -> None:
    filled = fill_question(store, get_question("who-last-met-whom"), {"who": written})
    assert [str(row["whom"]) for row in store.query(filled).rows()] == ["Tomas Brek"]


def test_fill_question_takes_an_issue_by_name_whatever_the_case(store: EmbeddedStore) -> None:
    filled = fill_question(store, get_question("how-an-issue-went"), {"issue": "The Status of the Saltmarsh"})
    assert [str(row["stated"]) for row in store.query(filled).rows()] == ["2031-02-26"]


def test_fill_question_writes_a_text_as_one_term(store: EmbeddedStore) -> None:
    nasty = '" } ; ?s ?p ?o . { "\\\n'
    filled = fill_question(store, get_question("what-a-document-says"), {"document": nasty})
    assert list(store.query(filled).rows()) == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("what-was-known-on", {"day": "2031-02-26"}, r"no parameter 'day'. Its parameters: on\."),
        ("who-met-whom", {"who": "Varo"}, r"no parameter 'who'. It has none"),
        (
            "who-last-met-whom",
            {"who": "Ilena Vara"},
            r"parameter 'who': entity 'Ilena Vara': not in the graph. Did you mean 'Ilena Varo'",
        ),
        (
            "how-an-issue-went",
            {"issue": "Saltmarsh"},
            r"'Saltmarsh': not in the graph. Did you mean 'the status of the Saltmarsh'\?",
        ),
    ],
)
def test_fill_question_says_what_is_not_there(store: EmbeddedStore, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        fill_question(store, get_question(name), values)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("what-was-known-on", {"on": "tomorrow"}, r"parameter 'on': 'tomorrow' is no day. Write it as 2025-11-23."),
        ("what-was-known-on", {"on": "2031-02-30"}, "is no day"),
        ("which-identities-are-doubtful", {"below": "half"}, r"'half' is no number. Write it as 0.5."),
        ("which-identities-are-doubtful", {"below": "NaN"}, "is no finite number"),
    ],
)
def test_fill_question_says_what_a_value_must_be(store: EmbeddedStore, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        fill_question(store, get_question(name), values)
