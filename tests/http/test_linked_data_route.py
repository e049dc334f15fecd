"""What is named in the graph can be followed: to a page, or to RDF."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS

from api.app import create_app
from kg.config import Settings
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.vocabulary import DEM
from kg.store.embedded import EmbeddedStore
from tests.builders import a_document, a_mention, a_person, an_extraction

BASE = "https://w3id.org/demarche/id/"
VARO = "person/ilena-varo"


class Page(HTMLParser):
    """What a page is made of: its elements in their order, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "page"),
        ("", "page"),
        ("*/*", "page"),
        ("text/turtle", "data"),
        ("application/ld+json;q=0.9, text/html;q=0.1", "data"),
        ("application/json", "data"),
    ],
)
def test_name_leads_to_a_page_or_to_rdf(client: TestClient, accept: str, place: str) -> None:
    response = client.get(f"/id/{VARO}", headers={"Accept": accept}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/{place}/{VARO}")
    assert response.headers["vary"] == "Accept"
    followed = client.get(response.headers["location"], headers={"Accept": accept})
    assert followed.status_code == 200


@pytest.mark.parametrize("place", ["id", "page", "data"])
def test_name_of_nothing_is_404(client: TestClient, place: str) -> None:
    response = client.get(f"/{place}/person/nobody")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert "person/nobody" in response.json()["detail"]


def test_name_in_a_form_that_is_not_there_is_406(client: TestClient) -> None:
    assert client.get(f"/id/{VARO}", headers={"Accept": "image/png"}, follow_redirects=False).status_code == 406


@pytest.mark.parametrize(
    ("accept", "form"), [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")]
)
def test_data_has_the_thing_its_referents_and_its_words(client: TestClient, accept: str, form: str) -> None:
    response = client.get(f"/data/{VARO}", headers={"Accept": accept})
    graph = Graph().parse(data=response.text, format=form)
    varo = URIRef(BASE + VARO)
    assert (varo, RDF.type, DEM.Person) in graph
    assert (URIRef(f"{BASE}document/port-lys/referent/{VARO}"), DEM.identifiedAs, varo) in graph
    assert {str(graph.value(span, DEM.exact)) for span in graph.subjects(DEM.mentions, varo)} == {"Ilena Varo", "Varo", "She"}
    assert (None, RDF.subject, varo) in graph


@pytest.mark.parametrize(
    "local",
    [VARO, "country/ostravia", "document/port-lys", "document/port-lys/assertion/1", "role/foreign-minister", "graph/identity"],
)
def test_every_page_needs_no_script_and_can_be_read_aloud(client: TestClient, local: str) -> None:
    response = client.get(f"/page/{local}")
    assert response.status_code == 200
    page = Page(response.text)
    assert "script" not in page.tags
    assert not any(name.startswith("on") for name in page.attributes)
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    assert page.tags.count("table") == page.tags.count("caption")
    assert 'lang="en"' in response.text
    assert 'scope="col"' in response.text or "table" not in page.tags


def test_links_of_a_page_lead_on(client: TestClient) -> None:
    links = Page(client.get(f"/page/{VARO}").text).links
    own = sorted({link for link in links if link.startswith("/")})
    assert len(own) > 8
    for link in own:
        assert client.get(link).status_code == 200, link


def test_page_tells_roles_relations_words_and_documents(client: TestClient) -> None:
    text = re.sub(r"<[^>]+>", " ", client.get(f"/page/{VARO}").text)
    for words in ("Ilena Varo", "Foreign Minister", "metWith", "Tomas Brek", "met Defence Minister Tomas Brek", "2031-02-26"):
        assert words in text


def test_pages_write_odd_names_as_text() -> None:
    odd = "<script>alert(1)</script>"
    mentions = (a_mention("Varo", text=odd + "Varo"),)
    links = ("https://x.example/?a=1&b=2",)
    person = a_person(id="id:person/ünal/ö?x", name=odd, aliases=(), same_as=links, mentions=mentions)
    with EmbeddedStore(None) as store:
        KnowledgeBase(store).add([an_extraction(document=a_document(text=odd + "Varo"), entities=(person,), **NOTHING)])
        iri = next(str(row["s"]) for row in store.query(f'SELECT ?s {{ ?s rdfs:label "{odd}" }}').rows())
        with TestClient(create_app(Settings(), store=store)) as client:
            response = client.get(f"/id/{iri.removeprefix(BASE)}", headers={"Accept": "text/html"})
            data = client.get(f"/data/{iri.removeprefix(BASE)}?format=nt")
    assert response.status_code == 200
    assert "<script" not in response.text
    assert (URIRef(iri), RDFS.label, None) in Graph().parse(data=data.text, format="nt")


NOTHING: dict[str, tuple[()]] = dict.fromkeys(("statements", "meetings", "issues", "times", "events", "relations"), ())


def test_names_follow_the_base_of_the_settings() -> None:
    base = "https://graph.example/kg/"
    with EmbeddedStore(None) as store:
        KnowledgeBase(store, base=base).add([an_extraction()])
        with TestClient(create_app(Settings(base=base), store=store)) as client:
            assert f"{base}{VARO}" in client.get(f"/page/{VARO}").text


def test_context_is_the_one_of_the_ontology(client: TestClient) -> None:
    response = client.get("/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    assert response.json()["@context"]["metWith"] == {"@id": "dem:metWith", "@type": "@id"}
