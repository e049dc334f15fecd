"""Each competency question has the right answer over the samples, as the shipped pipeline reads them.

The answers lie beside the questions, ``ontology/questions/NAME.csv``. ``pytest tests/ontology/test_questions.py --rewrite-answers``
writes them anew; read each by eye against the texts then. Some rows are wrong since the pipeline reads a text wrongly: Ukraine
mediates no talks (the presidential office leads a delegation), national security advisers are no party, what the European Union and
the United States negotiate about is not the peace plan, and what will be agreed on or signed is read as an agreement too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.build import add_extractions
from kg.config import Settings
from kg.graph import curation
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.ontology_files import question_names
from kg.graph.questions import fill_question, get_question, questions
from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES
from kg.reading.sources import read_all
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from tests.builders import an_extraction
from tests.readers import extractor

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "ontology" / "questions"
SAMPLES = ROOT / "kg" / "samples" / "statements.jsonl"

AN_ISSUE = f"""
@prefix : <{DEFAULT_BASE}> .
@prefix dem: <https://w3id.org/demarche/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:issue a dem:Issue ; skos:prefLabel "quota" ; dem:hasStatus :first, :second .
:first dem:status dem:open ; dem:statedOn "2031-02-01"^^xsd:date ; prov:wasDerivedFrom :span .
:second dem:status dem:agreed ; dem:statedOn "2031-03-01"^^xsd:date ; prov:wasDerivedFrom :span .
:span dem:inDocument :document ; dem:exact "the quota" .
:document dcterms:identifier "invented" .
"""

each_question = pytest.mark.parametrize("name", question_names())


@cache
def samples() -> Store:
    """Return a store of the samples, built once."""
    store = EmbeddedStore(None)
    read = [extractor().extract(document) for document in read_all([str(SAMPLES)], settings=Settings())]
    assert add_extractions(read, extractor=extractor(), store=store) == {}
    return store


def ask(name: str, store: Store | None = None, **values: str) -> list[tuple[str, ...]]:
    """Return the rows of an answer, the terms of known vocabularies with their prefixes and resources without the base."""
    asked = samples() if store is None else store
    answer = asked.query(fill_question(asked, get_question(name), values))
    return [tuple(short(row.get(variable)) for variable in answer.variables) for row in answer.rows()]


def short(value: object) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, URIRef):
        for prefix, namespace in PREFIXES.items():
            if text.startswith(namespace):
                return f"{prefix}:{text.removeprefix(namespace)}"
    return text.removeprefix(DEFAULT_BASE)


def as_csv(name: str) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow([column.name for column in get_question(name).columns])
    rows.writerows(ask(name))
    return written.getvalue()


@each_question
def test_question_has_the_answer_that_lies_beside_it(name: str, request: pytest.FixtureRequest) -> None:
    path = ANSWERS / f"{name}.csv"
    if request.config.getoption("--rewrite-answers"):
        path.write_text(as_csv(name), encoding="utf-8")
    assert as_csv(name) == path.read_text(encoding="utf-8"), "read the new answer; then: pytest … --rewrite-answers"


@each_question
def test_question_is_documented(name: str) -> None:
    question = get_question(name)
    assert question.title.endswith("?")
    assert all(column.description for column in question.columns)
    assert [column.name for column in question.columns] == list(samples().query(question.sparql).variables)
    assert {parameter.name for parameter in question.parameters} == set(
        re.findall(r"VALUES \?(\w+) \{ (?![^}]*\b(?:dem|plover):)", question.sparql)
    )


@each_question
def test_question_has_a_total_order(name: str) -> None:
    """No two different rows may stand in either order: every variable of the answer is among those that it is ordered by."""
    query = prepareQuery(get_question(name).sparql)
    conditions = [condition for order in _orders(query.algebra) for condition in order]
    ordered = {str(condition.expr) for condition in conditions if isinstance(condition.expr, Variable)}
    assert {column.name for column in get_question(name).columns} <= ordered


def _orders(part: CompValue) -> Iterator[list[CompValue]]:
    """Yield what each ORDER BY of a query is by, those of sub-queries too."""
    if part.name == "OrderBy":
        yield part.expr
    for value in part.values():
        if isinstance(value, CompValue):
            yield from _orders(value)


@each_question
def test_question_declares_its_prefixes_as_the_engine_does(name: str) -> None:
    declared = re.findall(r"^PREFIX (\w+): <([^>]+)>$", get_question(name).sparql, re.MULTILINE)
    assert declared
    assert [(prefix, iri) for prefix, iri in declared if PREFIXES[prefix] != iri] == []


@each_question
def test_question_of_an_empty_store_has_an_empty_answer(name: str) -> None:
    empty = EmbeddedStore(None)
    assert list(empty.query(get_question(name).sparql).rows()) == []


def test_answers_lie_beside_questions_only() -> None:
    assert sorted(path.stem for path in ANSWERS.glob("*.csv")) == question_names()


def test_questions_are_enough_to_begin_with() -> None:
    assert len(questions()) >= 25
    assert len({question.title for question in questions()}) == len(questions())


def test_position_on_an_issue_is_found_by_the_name_of_the_issue() -> None:
    rows = ask("who-stands-how-to-an-issue", issue="Easing of sanctions on Russia")
    assert [(position, document) for _, position, *_, document, _ in rows] == [
        ("dem:supports", "valdoria-interview"),
        ("dem:opposes", "valdoria-briefing"),
    ]


def test_what_was_known_grows_with_the_day() -> None:
    assert ask("what-was-known-on", on="2025-11-22") == []
    first, later = ask("what-was-known-on", on="2025-11-23"), ask("what-was-known-on", on="2025-12-31")
    assert {document for *_, document in first} == {"geneva-report"}
    assert len(later) > len(first)


def test_what_was_known_has_the_latest_status_of_that_day() -> None:
    store = EmbeddedStore(None)
    graph = Graph(identifier=URIRef(f"{DEFAULT_BASE}graph/document/invented"))
    store.change([graph.parse(data=AN_ISSUE, format="turtle")])

    def status(day: str) -> list[str]:
        return [how for kind, what, how, *_ in ask("what-was-known-on", store, on=day) if (kind, what) == ("issue", "quota")]

    assert [status(day) for day in ("2031-01-01", "2031-02-28", "2031-03-01")] == [[], ["dem:open"], ["dem:agreed"]]
    assert [how for _, how, *_ in ask("how-issues-stand", store)] == ["dem:agreed"]


def test_what_must_happen_before_a_day_before_all_is_nothing() -> None:
    assert ask("what-must-happen-before", before="2020-01-01") == []


def test_meeting_of_two_is_found_from_both_sides() -> None:
    assert [whom for whom, *_ in ask("who-last-met-whom", who="Mark Rutte")] == ["Elena Marsh"]
    assert "Mark Rutte" in [whom for whom, *_ in ask("who-last-met-whom", who="Elena Marsh")]


def test_office_is_found_by_a_part_of_its_name_whatever_the_case() -> None:
    found = {(who, role) for _, who, role, *_ in ask("who-holds-an-office", office="Secretary General")}
    assert found == {("Mark Rutte", "nato secretary general")}


def test_two_who_have_nothing_to_do_with_each_other_are_not_connected() -> None:
    assert ask("how-two-actors-are-connected", one="Marco Rubio", other="Aino Lehto") == []


def test_everything_is_as_doubtful_as_the_limit_allows() -> None:
    assert ask("which-identities-are-doubtful", below="0") == []
    assert len(ask("which-identities-are-doubtful", below="1.01")) >= len(ask("which-identities-are-doubtful"))


@given(document=st.text())
def test_any_text_is_a_document_that_is_not_there(document: str) -> None:
    """Whatever a person writes gets into the query as a text, and as nothing else."""
    assert ask("what-a-document-says", document=f"{document} ") == []


def test_decisions_of_people_are_listed_and_what_they_joined_can_be_found() -> None:
    store = EmbeddedStore(None)
    knowledge = KnowledgeBase(store)
    knowledge.add([an_extraction()])
    people = [URIRef(f"{DEFAULT_BASE}person/{name}") for name in ("ilena-varo", "tomas-brek")]
    curation.merge(knowledge, *people, reason="one person for the test")
    part = ("1", "dem:Merge", "member")
    assert ask("what-people-decided", store) == [
        (*part, f"document/port-lys/referent/person/{name}", "Ilena Varo", "one person for the test", "")
        for name in ("ilena-varo", "tomas-brek")
    ]
