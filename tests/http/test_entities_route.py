"""Entities over HTTP: found, described, and with their relations, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import create_app
from kg.config import Settings
from kg.graph.mapping import to_graph
from kg.store.embedded import EmbeddedStore
from tests.builders import TEXT, an_extraction

BASE = "https://w3id.org/demarche/id/"
DOCUMENT = BASE + "document/port-lys"
ENTITIES = "/api/v1/entities"
VARO = f"{ENTITIES}/person/ilena-varo"


def labels(response: Any) -> list[str]:
    return [item["label"] for item in response.json()["items"]]


def links(response: Any) -> dict[str, str]:
    return {name: target for target, name in re.findall(r'<([^>]*)>; rel="(\w+)"', response.headers["link"])}


def node(path: str, label: str, kind: str) -> dict[str, str]:
    return {"iri": BASE + path, "id": path, "label": label, "type": kind}


def test_find_gives_a_page_with_the_total(client: TestClient) -> None:
    response = client.get(ENTITIES, params={"q": "VARO"})
    assert response.status_code == 200
    assert response.json() == {
        "total": 1,
        "next": None,
        "items": [
            {
                "iri": BASE + "person/ilena-varo",
                "id": "person/ilena-varo",
                "type": "Person",
                "label": "Ilena Varo",
                "aliases": ["Varo"],
                "mentions": 3,
            }
        ],
    }


def test_find_keeps_to_a_type(client: TestClient) -> None:
    assert labels(client.get(ENTITIES, params={"type": "Country"})) == ["Kelmaria", "Ostravia"]


def test_find_gives_nothing_for_words_in_no_name(client: TestClient) -> None:
    response = client.get(ENTITIES, params={"q": "nobody at all"})
    assert (response.status_code, response.json()["total"], response.json()["items"]) == (200, 0, [])


def test_find_leads_through_all_pages_by_links(client: TestClient) -> None:
    everything = labels(client.get(ENTITIES))
    response = client.get(ENTITIES, params={"limit": 3})
    first, gathered = response, labels(response)
    while "next" in links(response):
        response = client.get(links(response)["next"])
        gathered += labels(response)
    assert gathered == everything
    assert len(everything) == first.json()["total"] == 8
    assert labels(client.get(links(response)["first"])) == labels(first)


def test_find_goes_backwards_when_it_is_told_to(client: TestClient) -> None:
    assert labels(client.get(ENTITIES, params={"order": "desc"})) == labels(client.get(ENTITIES))[::-1]


def test_links_keep_the_other_parameters(client: TestClient) -> None:
    response = client.get(ENTITIES, params={"q": "r", "match": "contains", "type": "Country", "limit": 1})
    assert links(response)["next"] == f"{ENTITIES}?q=r&match=contains&type=Country&limit=1&cursor={response.json()['next']}"
    assert links(client.get(links(response)["next"]))["first"] == f"{ENTITIES}?q=r&match=contains&type=Country&limit=1"


@pytest.mark.parametrize("cursor", ["", "nonsense", "W10", "WzEsMl0", "bnVsbA", "ÄÖ", "=" * 9, "WyJhIl0"])
def test_cursor_that_was_not_given_out_is_refused(client: TestClient, cursor: str) -> None:
    response = client.get(ENTITIES, params={"cursor": cursor})
    assert (response.status_code, response.json()["type"].rpartition("#")[2]) == (400, "bad-cursor")


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"q": "Elena Varro", "match": "fuzzy"}, ["Ilena Varo"]),
        ({"q": "ilena", "match": "exact"}, []),
        ({"q": "lys", "match": "prefix"}, []),
        ({"role": "minister", "q": "brek"}, ["Tomas Brek"]),
        ({"country": "Ostravia"}, ["Ilena Varo"]),
    ],
)
def test_find_narrows_by_match_role_and_country(client: TestClient, parameters: dict[str, str], found: list[str]) -> None:
    assert labels(client.get(ENTITIES, params=parameters)) == found


@pytest.mark.parametrize(
    ("parameters", "at_fault"),
    [
        ({"limit": "0"}, "query.limit"),
        ({"limit": "1001"}, "query.limit"),
        ({"limit": "20.0"}, "query.limit"),
        ({"limit": "+20"}, "query.limit"),
        ({"limit": "2_0"}, "query.limit"),
        ({"limit": " 20"}, "query.limit"),
        ({"order": "sideways"}, "query.order"),
        ({"match": "nearly"}, "query.match"),
        ({"type": "Unicorn"}, "query.type"),
        ({"q": "x" * 201}, "query.q"),
    ],
)
def test_find_refuses_parameters_that_do_not_fit(client: TestClient, parameters: dict[str, str], at_fault: str) -> None:
    response = client.get(ENTITIES, params=parameters)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"].endswith("#bad-parameter")
    assert [error["parameter"] for error in problem["errors"]] == [at_fault]


def test_describe_gives_all_that_is_known(client: TestClient) -> None:
    def mention(words: str, *, after: int = 0, kind: str = "name") -> dict[str, Any]:
        start = TEXT.index(words, after)
        passage = {"document": DOCUMENT, "start": start, "end": start + len(words), "text": words}
        return {"passage": passage, "kind": kind}

    assert client.get(VARO).json() == {
        "iri": BASE + "person/ilena-varo",
        "id": "person/ilena-varo",
        "types": ["Person"],
        "label": "Ilena Varo",
        "aliases": ["Varo"],
        "roles": ["Foreign Minister"],
        "held": [
            {
                "iri": DOCUMENT + "/assertion/1",
                "id": "document/port-lys/assertion/1",
                "role": node("role/foreign-minister", "Foreign Minister", "Role"),
                "organization": None,
                "begin": None,
                "end_date": None,
                "modality": "asserted",
                "confidence": 0.8,
                "date": "2031-02-26",
                "evidence": {"document": DOCUMENT, "start": 0, "end": 27, "text": "Foreign Minister Ilena Varo"},
            }
        ],
        "same_as": [],
        "named": True,
        "documents": [
            {"iri": DOCUMENT, "id": "document/port-lys", "title": "Talks in Port Lys", "date": "2031-02-26", "mentions": 3}
        ],
        "mention_count": 3,
        "mentions": [mention("Ilena Varo"), mention("Varo", after=100), mention("She", kind="pronoun")],
    }


@pytest.mark.parametrize(
    "name",
    [
        "Ilena%20Varo",
        "varo",
        "id:person/ilena-varo",
        BASE + "person/ilena-varo",
        "https%3A%2F%2Fw3id.org%2Fdemarche%2Fid%2Fperson%2Filena-varo",
    ],
)
def test_describe_takes_every_way_to_name_an_entity(client: TestClient, name: str) -> None:
    assert client.get(f"{ENTITIES}/{name}").json() == client.get(VARO).json()


@pytest.mark.parametrize("path", ["person/ilena-vara", "person/ilena-vara/relations"])
def test_unknown_entity_is_404_with_a_name_that_is_near(client: TestClient, path: str) -> None:
    response = client.get(f"{ENTITIES}/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "Did you mean 'Ilena Varo'?" in response.json()["detail"]


def test_relations_give_words_speaker_and_modality(client: TestClient) -> None:
    response = client.get(f"{VARO}/relations", params={"predicate": "agreedTo"})
    words = "agreed on the fisheries protocol"
    assert response.json() == {
        "total": 1,
        "next": None,
        "items": [
            {
                "iri": DOCUMENT + "/assertion/4",
                "id": "document/port-lys/assertion/4",
                "subject": node("person/ilena-varo", "Ilena Varo", "Person"),
                "predicate": "agreedTo",
                "object": node("document/port-lys/topic/fisheries-protocol", "the fisheries protocol", "Topic"),
                "modality": "asserted",
                "speaker": node("person/ilena-varo", "Ilena Varo", "Person"),
                "confidence": 0.8,
                "evidence": {
                    "document": DOCUMENT,
                    "start": TEXT.index(words),
                    "end": TEXT.index(words) + len(words),
                    "text": words,
                },
                "date": "2031-02-26",
                "begin": None,
                "end_date": None,
                "organization": None,
            }
        ],
    }


@pytest.mark.parametrize(
    ("name", "parameters", "predicates"),
    [
        ("person/ilena-varo", {}, ["holdsRole", "representative-of", "metWith", "agreedTo"]),
        ("person/ilena-varo", {"direction": "in"}, []),
        ("person/tomas-brek", {"direction": "in"}, ["metWith"]),
        ("person/tomas-brek", {"direction": "out"}, ["agreedTo"]),
        ("person/tomas-brek", {"modality": "asserted"}, ["metWith"]),
        ("person/tomas-brek", {"modality": "negated"}, ["agreedTo"]),
        ("person/tomas-brek", {"predicate": "dem:metWith"}, ["metWith"]),
        ("person/tomas-brek", {"predicate": "https://w3id.org/demarche/ontology#metWith"}, ["metWith"]),
        ("person/tomas-brek", {"predicate": "unheardOf"}, []),
        ("person/ilena-varo", {"speaker": "Varo"}, ["agreedTo"]),
        ("person/tomas-brek", {"confidence": "0.9"}, []),
        ("person/tomas-brek", {"since": "2031-02-26", "until": "2031-02-26"}, ["metWith", "agreedTo"]),
        ("person/tomas-brek", {"since": "2031-02-27"}, []),
    ],
)
def test_relations_can_be_narrowed(client: TestClient, name: str, parameters: dict[str, str], predicates: list[str]) -> None:
    body = client.get(f"{ENTITIES}/{name}/relations", params=parameters).json()
    assert [item["predicate"] for item in body["items"]] == predicates
    assert body["total"] == len(predicates)


def test_relations_come_by_the_page(client: TestClient) -> None:
    response = client.get(f"{VARO}/relations", params={"limit": 3})
    assert (response.json()["total"], len(response.json()["items"])) == (4, 3)
    (left,) = client.get(links(response)["next"]).json()["items"]
    assert left["predicate"] == "agreedTo"


def test_description_says_between_what_whole_numbers_lie(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"].values()
    parameters = [
        parameter["schema"] for path in paths for operation in path.values() for parameter in operation.get("parameters", ())
    ]
    numbers = [schema for schema in parameters if schema.get("type") == "integer"]
    assert numbers
    assert all({"minimum", "maximum"} <= schema.keys() for schema in numbers)


@pytest.mark.parametrize(("name", "value"), [("direction", "sideways"), ("modality", "maybe"), ("limit", "0")])
def test_relations_refuse_parameters_that_do_not_fit(client: TestClient, name: str, value: str) -> None:
    assert client.get(f"{VARO}/relations", params={name: value}).status_code == 400


def test_ids_follow_the_base_of_the_settings() -> None:
    base = "https://graph.example/"
    with EmbeddedStore(None) as store:
        store.replace_graph(to_graph(an_extraction(), base=base))
        with TestClient(create_app(Settings(base=base), store=store)) as client:
            assert client.get(VARO).json()["iri"] == base + "person/ilena-varo"


@pytest.fixture(scope="module")
def shared_client() -> Iterator[TestClient]:
    """Serve one store to every example of the property below."""
    with EmbeddedStore(None) as store:
        store.replace_graph(to_graph(an_extraction()))
        with TestClient(create_app(Settings(), store=store)) as opened:
            yield opened


@settings(deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_find_takes_any_words(shared_client: TestClient, words: str) -> None:
    response = shared_client.get(ENTITIES, params={"q": words})
    assert response.status_code == 200
    assert response.json()["total"] >= len(response.json()["items"])
