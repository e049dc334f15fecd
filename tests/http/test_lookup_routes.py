"""Look-ups by subject over HTTP: what they find, and what all of them keep to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from api.app import create_app
from kg.config import Settings
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.lookups.search import Hit
from kg.graph.ontology_files import read_ontology_file
from kg.graph.vocabulary import DEM
from kg.store.embedded import EmbeddedStore
from tests.builders import TEXT, a_document, a_negotiated_extraction
from tests.memory_store import MemoryStore

API = "/api/v1"
BASE = "https://w3id.org/demarche/id/"
TALKS = "document/port-lys/referent/meeting/talks-2031-02-25-port-lys"
SALTMARSH = "the status of the Saltmarsh"
TALKS_LABEL = "Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25"
LISTS = [
    "entities",
    "entities/person/ilena-varo/relations",
    "entities/person/ilena-varo/meetings",
    "entities/person/ilena-varo/statements",
    "entities/organization/northern-league/issues",
    "relations",
    "meetings",
    "issues",
    "proposals",
    "statements",
    "documents",
    "timeline",
]
THINGS = [
    "entities/person/ilena-varo",
    "entities/person/ilena-varo/neighbours",
    "paths?source=Ostravia&target=Tomas%20Brek",
    f"meetings/{TALKS}",
    f"issues/{SALTMARSH}",
    "proposals/fisheries protocol",
    "statements/document/port-lys/statement/1",
    "documents/port-lys",
    "statistics",
    "decisions",
]


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    """Hold the graph of one invented statement, with what is negotiated."""
    with EmbeddedStore(None) as opened:
        KnowledgeBase(opened).add([a_negotiated_extraction()])
        yield opened


def get(client: TestClient, path: str, **parameters: Any) -> Any:
    response = client.get(f"{API}/{path}", params=parameters or None)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    ("path", "parameters", "labels"),
    [
        ("meetings", {"participant": ["Varo", "Brek"]}, [TALKS_LABEL]),
        ("meetings", {"place": "Port Lys", "until": "2031-02-24"}, []),
        ("meetings", {"q": "talks", "modality": "planned"}, []),
        ("issues", {"status": "separate-track"}, [SALTMARSH]),
        ("issues", {"party": "Northern League", "q": "marsh"}, [SALTMARSH]),
        ("proposals", {"status": "agreed", "party": "Kelmaria", "kind": "agreement"}, ["fisheries protocol"]),
        ("timeline", {"kind": "deadline"}, ["5 March 2031"]),
        (
            "timeline",
            {"kind": ["meeting", "deadline"], "about": "Varo", "until": "2031-03-01"},
            [TALKS_LABEL],
        ),
    ],
)
def test_lists_keep_to_what_is_asked(client: TestClient, path: str, parameters: dict[str, Any], labels: list[str]) -> None:
    body = get(client, path, **parameters)
    assert [item["label"] for item in body["items"]] == labels
    assert body["total"] == len(labels)


def test_statements_come_with_the_words_around_them(client: TestClient) -> None:
    (said,) = get(client, "statements", q="saltmarsh", context=2)["items"]
    assert (said["before"], said["behind"]) == ("said. “", ".” She")
    assert get(client, "statements", speaker="Varo", direct=False)["total"] == 1
    assert get(client, "statements", document="port-lys")["total"] == 4


def test_meeting_issue_and_proposal_tell_how_they_stand(client: TestClient) -> None:
    assert [one["value"] for one in get(client, f"meetings/{TALKS}")["history"]] == ["asserted"]
    issue = get(client, f"issues/{SALTMARSH}")
    assert ([one["value"] for one in issue["history"]], issue["contradictions"]) == (["separate-track"], [])
    proposal = get(client, "proposals/fisheries protocol")
    assert (proposal["points"], [one["value"] for one in proposal["history"]]) == ([26, 28], ["agreed"])


def test_document_comes_with_places_to_highlight(client: TestClient) -> None:
    document = get(client, "documents/port-lys")
    assert document["text"] == TEXT
    varo = [span for span in document["spans"] if span["kind"] == "mention" and span["thing"]["label"] == "Ilena Varo"]
    assert [TEXT[span["start"] : span["end"]] for span in varo] == ["Ilena Varo", "Varo", "She"]


def test_neighbours_and_paths_lead_from_one_to_another(client: TestClient) -> None:
    near = get(client, "entities/country/ostravia/neighbours", depth=2)
    assert {"Ilena Varo": 1, "Tomas Brek": 2}.items() <= {one["node"]["label"]: one["distance"] for one in near["nodes"]}.items()
    found = get(client, "paths", source="Ostravia", target="Tomas Brek")
    assert found["length"] == 2


def test_statistics_and_decisions_tell_what_there_is(client: TestClient, store: EmbeddedStore) -> None:
    assert get(client, "statistics")["triples"] == store.triple_count()
    assert get(client, "decisions") == {"items": []}


@pytest.mark.parametrize("path", [*LISTS, *THINGS])
def test_answer_need_not_be_sent_again(client: TestClient, store: EmbeddedStore, path: str) -> None:
    response = client.get(f"{API}/{path}")
    tag = response.headers["etag"]
    again = client.get(f"{API}/{path}", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    KnowledgeBase(store).add([a_negotiated_extraction(document=a_document(id="another"))])
    later = client.get(f"{API}/{path}", headers={"If-None-Match": tag})
    assert later.status_code == 200
    assert later.headers["etag"] != tag


def test_tags_of_forms_and_addresses_differ(client: TestClient) -> None:
    asked = [("issues", "*/*"), ("issues", "application/ld+json"), ("issues?limit=1", "*/*"), ("meetings", "*/*")]
    tags = {client.get(f"{API}/{path}", headers={"Accept": accept}).headers["etag"] for path, accept in asked}
    assert len(tags) == 4


@pytest.mark.parametrize("path", LISTS)
def test_lists_come_by_the_page(client: TestClient, path: str) -> None:
    everything = get(client, path, limit=1000)
    gathered, cursor = [], None
    for _ in range(everything["total"]):
        page = get(client, path, limit=1, **({"cursor": cursor} if cursor else {}))
        assert page["total"] == everything["total"]
        gathered += page["items"]
        cursor = page["next"]
    assert (gathered, cursor) == (everything["items"], None)
    assert get(client, path, limit=1000, order="desc")["items"] == everything["items"][::-1]


def test_fields_are_chosen_by_dots(client: TestClient) -> None:
    body = get(client, "statements", fields="speaker.label, evidence.start", limit=1)
    assert body["items"] == [{"speaker": {"label": "Ilena Varo"}, "evidence": {"start": TEXT.index("We have")}}]
    assert get(client, "documents/port-lys", fields="identifier") == {"identifier": "port-lys"}


@pytest.mark.parametrize("fields", ["colour", "speaker.colour", "text.length", "speaker..label"])
def test_unknown_field_is_refused_with_those_that_there_are(client: TestClient, fields: str) -> None:
    response = client.get(f"{API}/statements", params={"fields": fields})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert "Name some of" in response.json()["advice"]


@pytest.mark.parametrize("path", [*LISTS, *THINGS])
def test_json_ld_says_what_everything_is_in_the_ontology(client: TestClient, path: str) -> None:
    response = client.get(f"{API}/{path}", headers={"Accept": "application/ld+json"})
    assert response.headers["content-type"] == "application/ld+json"
    body = response.json()
    for one in objects_in(body):
        assert {"@id", "@type"} <= one.keys(), one
    graph = as_graph(body)
    assert all(str(node).startswith(("http://", "https://")) for node in graph.subjects())


@pytest.mark.parametrize("path", ["entities/person/ilena-varo/relations", "statements", "proposals/fisheries protocol"])
def test_json_ld_says_what_the_graph_says(client: TestClient, store: EmbeddedStore, path: str) -> None:
    """But for names, which come from all documents together, and for the collection itself."""
    body = client.get(f"{API}/{path}", headers={"Accept": "application/ld+json"}).json()
    told = store.query("CONSTRUCT WHERE { ?s ?p ?o }").graph()
    said = [
        (s, p, o)
        for s, p, o in as_graph(body)
        if not str(p).endswith("Label") and "hydra" not in f"{p}{o}" and (p, o) != (RDF.type, DEM.Proposal)
    ]
    assert len(said) > 10
    assert [triple for triple in said if triple not in told] == []


@pytest.mark.parametrize("path", [*LISTS, *THINGS])
def test_form_that_is_not_there_is_406(client: TestClient, path: str) -> None:
    response = client.get(f"{API}/{path}", headers={"Accept": "image/png"})
    assert (response.status_code, response.json()["title"]) == (406, "Not Acceptable")


@pytest.mark.parametrize("path", ["meetings", "issues", "proposals", "statements", "documents", "entities"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    response = client.get(f"{API}/{path}/nothing-of-the-kind")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_long_answers_are_compressed_for_those_who_take_it(client: TestClient) -> None:
    assert client.get(f"{API}/timeline", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(f"{API}/timeline", headers={"Accept-Encoding": "identity"}).headers


def test_words_are_looked_up_in_an_index_where_the_app_has_one(store: EmbeddedStore) -> None:
    asked: list[tuple[str, object]] = []

    def search(text: str, kinds: Any, limit: int) -> list[Hit]:
        asked.append((text, tuple(kinds)))
        return [Hit(0, f"{BASE}document/port-lys/statement/4", text)][:limit]

    with TestClient(create_app(Settings(), store=store, search=search)) as client:
        (said,) = get(client, "statements", q="bridge")["items"]
    assert said["id"] == "document/port-lys/statement/4"
    assert asked == [("bridge", (DEM.Statement,))]


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all nodes of a JSON-LD document: neither contexts nor typed values."""
    if isinstance(value, list):
        for one in value:
            yield from objects_in(one)
    elif isinstance(value, dict) and "@value" not in value:
        yield value
        for name, one in value.items():
            if name != "@context":
                yield from objects_in(one)


def as_graph(body: dict[str, Any]) -> Graph:
    """Parse JSON-LD with the project's context in place of its address."""
    context = json.loads(read_ontology_file("context.jsonld"))["@context"]
    more = body["@context"][1:] if isinstance(body["@context"], list) else []
    graph = Graph()
    graph.parse(data=json.dumps(body | {"@context": [context, *more]}), format="json-ld", publicID="http://testserver/")
    assert all(isinstance(node, URIRef) for node in graph.subjects())
    return graph


class UncountedStore(MemoryStore):
    """A store that others may write to, so that it cannot tell when it changed."""

    changes = property(lambda self: None)


def test_what_others_may_write_to_has_no_etag_and_is_read_anew() -> None:
    store = UncountedStore()
    with TestClient(create_app(Settings(), store=store)) as client:
        first = client.get(f"{API}/entities")
        KnowledgeBase(store).add([a_negotiated_extraction()])
        later = client.get(f"{API}/entities", headers={"If-None-Match": "*"})
    assert "etag" not in first.headers
    assert (first.json()["total"], later.status_code) == (0, 200)
    assert later.json()["total"] > 0
