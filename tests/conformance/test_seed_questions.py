"""The questions that a reader of the first report asks its graph."""

from __future__ import annotations

import json
from functools import cache

import pytest

from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.questions import fill_question, get_question
from kg.store.embedded import EmbeddedStore
from tests.conformance.test_annotated import extraction
from tests.shared import shared


@cache
def store() -> EmbeddedStore:
    opened = EmbeddedStore(None)
    KnowledgeBase(opened).add([extraction("seed")])
    return opened


def ask(question: str, *variables: str, **values: str) -> list[tuple[str, ...]]:
    """Return the distinct answers of a competency question, some of their columns, in their order."""
    rows = store().query(fill_question(store(), get_question(question), values)).rows()
    return list(dict.fromkeys(tuple(str(row.get(variable, "")) for variable in variables) for row in rows))


@pytest.fixture(autouse=True)
def _needs_the_report() -> None:
    shared("eval", "dev", "seed.txt")


def test_who_is_secretary_of_state() -> None:
    assert ask("who-holds-which-role", "who", "role") == [("Marco Rubio", "secretary of state")]


def test_which_cities_and_organizations_are_named() -> None:
    answers = {(kind.rpartition("#")[2], name) for kind, name in ask("which-cities-and-organizations", "kind", "name")}
    assert {name for kind, name in answers if kind == "City"} == {"Geneva", "Kyiv"}
    assert {name for kind, name in answers if kind != "City"} == {"European Union", "North Atlantic Treaty Organization"}


def test_who_met_whom_where() -> None:
    met = {
        (frozenset((first, second)), place, date)
        for first, second, place, date, modality in ask("who-met-whom", "first", "second", "place", "date", "modality")
        if modality.endswith("#asserted")
    }
    pairs = {pair for pair, _, _ in met}
    assert (frozenset(("Marco Rubio", "press")), "", "2025-11-23") in met
    assert (frozenset(("Ukrainian officials", "U.S. military representatives")), "Kyiv", "") in met
    assert any("Marco Rubio" in pair and any("national security advisors" in name for name in pair) for pair in pairs)
    assert not any("Russia" in pair for pair in pairs)


def test_what_is_put_on_a_separate_track_and_with_whom() -> None:
    answers = ask("what-is-on-a-separate-track", "issue", "party", "words")
    assert {"European Union", "North Atlantic Treaty Organization"} <= {party for _, party, _ in answers}
    assert all("set aside" in words or "separate track" in words or "separate discussions" in words for _, _, words in answers)


def test_what_the_deadline_is() -> None:
    assert {date for (date,) in ask("what-is-the-deadline", "date")} == {"", "2025-11-27"}


def test_all_that_rubio_said_in_order_with_offsets() -> None:
    text = extraction("seed").document.text
    rows = ask("what-a-speaker-said", "begin", "end", "direct", "text", who="Marco Rubio")
    assert [text[int(begin) : int(end)] for begin, end, *_ in rows] == [words for *_, words in rows]
    assert [int(begin) for begin, *_ in rows] == sorted(int(begin) for begin, *_ in rows)
    gold = json.loads(shared("eval", "dev", "seed.gold.json").read_text(encoding="utf-8"))
    expected = [statement["quote"] for statement in gold["statements"] if statement["direct"]]
    assert [words for *_, direct, words in rows if direct == "true"] == expected
