"""Many statements by many speakers over decades build into one graph, in which everything is there once."""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import URIRef

from kg.build import add_extractions
from kg.config import Settings
from kg.graph.find import resolve_entity
from kg.graph.identity.naming import referent_iri
from kg.graph.identity.referents import referents_of
from kg.graph.lookups.entity import get_entity
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE
from kg.reading.sources import read
from kg.records import Document, Entity, Extraction
from kg.store.embedded import EmbeddedStore
from kg.training.annotated import UNLISTED_DATES
from tests.readers import extractor
from tests.shared import shared

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples" / "statements.jsonl"
HUBS = {
    "Russia": ("country/russia", "Q159"),
    "Ukraine": ("country/ukraine", "Q212"),
    "United States": ("country/united-states", "Q30"),
    "European Union": ("organization/european-union", "Q458"),
    "NATO": ("organization/north-atlantic-treaty-organization", "Q7184"),
}


@cache
def extractions() -> tuple[Extraction, ...]:
    """Return the annotated and unannotated statements and the samples, extracted."""
    gold = shared("eval")
    with (gold / "index.tsv").open(encoding="utf-8") as lines:
        dates = UNLISTED_DATES | {row["file"]: row["date"] for row in csv.DictReader(lines, delimiter="\t")}
    statements = [
        Document(id=path.stem, text=path.read_text(encoding="utf-8"), date=datetime.date.fromisoformat(dates[path.name]))
        for path in sorted([*gold.glob("dev/*.txt"), *gold.glob("unlabelled/*.txt")])
    ]
    return tuple(extractor().extract(document) for document in (*statements, *read(str(SAMPLES), settings=Settings())))


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore(None)
    assert add_extractions(extractions(), extractor=extractor(), store=store) == {}
    return store


def test_ten_statements_and_the_samples_are_there() -> None:
    assert len(extractions()) >= 10


@pytest.mark.parametrize("name", HUBS)
def test_an_actor_of_many_statements_is_one_node_with_all_its_documents(store: EmbeddedStore, name: str) -> None:
    local, link = HUBS[name]
    iri = URIRef(f"{DEFAULT_BASE}{local}")
    for written in (name, link):
        assert resolve_entity(store, written) == iri
    speaking = {found.document.id for found in extractions() if any(entity.id == f"id:{local}" for entity in found.entities)}
    naming = {
        found.document.id
        for found in extractions()
        if any(name in (entity.name, *entity.aliases) and entity.named for entity in found.entities)
    }
    told = {document.iri.rpartition("/")[2] for document in get_entity(store, iri).documents}
    assert naming | speaking == told
    others = store.query(
        f"SELECT DISTINCT ?thing {{ ?thing skos:exactMatch wd:{link} ; dem:mentionedIn ?document FILTER(?thing != {iri.n3()}) }}"
    )
    assert list(others.rows()) == []


def test_no_two_different_persons_are_one(store: EmbeddedStore) -> None:
    known = {referent_iri(one.key, base=DEFAULT_BASE): one.record for found in extractions() for one in referents_of(found)}
    persons: dict[str, list[Entity]] = defaultdict(list)
    for row in store.query("SELECT ?referent ?person { ?referent dem:identifiedAs ?person . ?person a dem:Person }").rows():
        record = known[URIRef(str(row["referent"]))]
        assert isinstance(record, Entity)
        persons[str(row["person"])].append(record)
    for records in persons.values():
        assert len({record.name.split()[-1] for record in records}) == 1
        assert len({record.same_as[:1] for record in records if record.same_as}) <= 1
    assert len(persons) > 20


def test_the_shapes_report_nothing(store: EmbeddedStore) -> None:
    dataset = store.dataset()
    for name in store.graph_names():
        assert validate(dataset.graph(name)).violations == ()


def test_an_assertion_costs_eight_triples_at_most(store: EmbeddedStore) -> None:
    (row,) = store.query(
        """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?assertion) AS ?assertions)
        WHERE { ?assertion a dem:Assertion ; ?property ?value }"""
    ).rows()
    assert int(str(row["triples"])) <= 8 * int(str(row["assertions"]))


def test_spans_are_shared(store: EmbeddedStore) -> None:
    (row,) = store.query(
        """SELECT (COUNT(?record) AS ?records) (COUNT(DISTINCT ?span) AS ?spans)
        WHERE { ?record prov:wasDerivedFrom ?span }"""
    ).rows()
    assert int(str(row["spans"])) < int(str(row["records"]))
