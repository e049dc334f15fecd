"""Extractions become graphs and come back whole."""

from __future__ import annotations

import datetime

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import PROV, RDF, RDFS, SKOS, XSD

from kg.errors import ReadingError, ValidationError
from kg.graph.identity.naming import Names
from kg.graph.mapping import from_graph, to_graph
from kg.graph.terms import MODALITIES
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE, DEM, PLOVER
from kg.records import (
    Extraction,
    Span,
)
from tests.builders import (
    BREK,
    OSTRAVIA,
    PORT_LYS,
    VARO,
    a_document,
    a_meeting,
    a_mention,
    a_person,
    a_relation,
    a_span,
    a_statement,
    a_time,
    an_entity,
    an_event,
    an_extraction,
    an_issue,
)

B = DEFAULT_BASE
PREFIXES = f"""
@prefix dem: <{DEM}> . @prefix plover: <{PLOVER}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> .
@prefix prov: <{PROV}> . @prefix xsd: <{XSD}> . @prefix dcterms: <http://purl.org/dc/terms/> . @prefix p: <{B}person/> .
"""


def without_document(graph: Graph) -> Graph:
    """Return what is said beyond the document's own description and the description of spans."""
    rest = Graph()
    described = {*graph.subjects(RDF.type, DEM.Document), *graph.subjects(RDF.type, DEM.Span)}
    for triple in graph:
        if triple[0] not in described or triple[1] in {DEM.mentions, DEM.mentionKind}:
            rest.add(triple)
    return rest


def expected(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle", publicID=B)


def span_name(words: str, nth: int = 1) -> str:
    span = a_span(words, nth=nth)
    return f"<document/port-lys#char={span.start},{span.end}>"


def assert_same(actual: Graph, turtle: str) -> None:
    assert to_isomorphic(actual) == to_isomorphic(expected(turtle))


def only(**parts: tuple[object, ...]) -> Extraction:
    return Extraction(document=a_document(), **parts)  # type: ignore[arg-type]


def test_to_graph_names_the_graph_after_the_document() -> None:
    assert to_graph(an_extraction()).identifier == URIRef(f"{B}graph/document/port-lys")


def test_to_graph_describes_the_document() -> None:
    document = a_document(text="Hello.", id="a b/c")
    graph = to_graph(Extraction(document=document, model="m 1"))
    records = graph.value(URIRef(f"{B}document/a%20b%2Fc"), DEM.records)
    graph.remove((None, DEM.records, None))
    assert "Hello" not in str(records)
    assert_same(
        graph,
        """<document/a%20b%2Fc> a dem:Document ; dcterms:identifier "a b/c" ; dcterms:title "Talks in Port Lys" ;
        dcterms:date "2031-02-26"^^xsd:date ; dcterms:source "https://news.example/port-lys" ; dcterms:language "en" ;
        dem:text "Hello." ; dem:model "m 1" .""",
    )


def test_to_graph_describes_an_entity_and_its_mentions() -> None:
    entity = a_person(same_as=("http://www.wikidata.org/entity/Q1",), mentions=(a_mention("She", kind="pronoun"),))
    assert_same(
        without_document(to_graph(only(entities=(entity,)))),
        f"""p:ilena-varo a dem:Person ; rdfs:label "Ilena Varo" ; skos:altLabel "Ilena Varo", "Varo" ;
        dem:roleTitle "Foreign Minister" ; skos:exactMatch <http://www.wikidata.org/entity/Q1> ; dem:named true ;
        dem:mentionedIn <document/port-lys> .
        {span_name("She")} dem:mentions p:ilena-varo ; dem:mentionKind "pronoun" .""",
    )


def test_to_graph_describes_a_span_once_for_all_that_refers_to_it() -> None:
    span = a_span("Port Lys")
    place = an_entity(PORT_LYS, "City", "Port Lys")
    graph = to_graph(only(entities=(place,), issues=(an_issue(parties=(), evidence=span),)))
    name = URIRef(f"{B}document/port-lys#char={span.start},{span.end}")
    assert set(graph.subjects(RDF.type, DEM.Span)) == {name}
    assert set(graph.predicate_objects(name)) == {
        (RDF.type, DEM.Span),
        (DEM.inDocument, URIRef(f"{B}document/port-lys")),
        (DEM.begin, Literal(str(span.start), datatype=XSD.integer)),
        (DEM.end, Literal(str(span.end), datatype=XSD.integer)),
        (DEM.exact, Literal("Port Lys")),
        (DEM.mentions, URIRef(f"{B}city/port-lys")),
        (DEM.mentionKind, Literal("name")),
    }


def test_to_graph_describes_a_statement() -> None:
    statement = a_statement(addressee=BREK)
    assert_same(
        without_document(to_graph(only(statements=(statement,)))),
        f"""<document/port-lys/statement/1> a dem:Statement ; dem:speaker p:ilena-varo ; dem:addressee p:tomas-brek ;
        dem:cue "say" ; dem:direct true ; dem:confidence 0.95 ; dem:text "We have agreed on the fisheries protocol" ;
        prov:wasDerivedFrom {span_name("We have agreed on the fisheries protocol")} .""",
    )


def test_to_graph_describes_a_meeting() -> None:
    meeting = a_meeting(purpose="fish", place=None, participants=(), evidence=a_span("met"))
    assert_same(
        without_document(to_graph(only(meetings=(meeting,)))),
        f"""<document/port-lys/referent/meeting/talks-2031-02-25> a dem:Talks ; rdfs:label "Talks, 2031-02-25" ;
        dem:date "2031-02-25"^^xsd:date ; dem:purpose "fish" ; dem:hasStatus <document/port-lys/meeting/1> .
        <document/port-lys/meeting/1> a dem:MeetingStatus ; dem:modality dem:asserted ; dem:confidence 0.85 ;
        dem:statedOn "2031-02-26"^^xsd:date ; prov:wasDerivedFrom {span_name("met")} .""",
    )


def test_to_graph_names_a_meeting_by_what_tells_it_from_others() -> None:
    graph = to_graph(an_extraction())
    meeting = URIRef(f"{B}document/port-lys/referent/meeting/talks-2031-02-25-port-lys")
    assert str(graph.value(meeting, RDFS.label)) == "Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25"
    assert set(graph.objects(meeting, DEM.participant)) == {URIRef(f"{B}person/ilena-varo"), URIRef(f"{B}person/tomas-brek")}
    assert set(graph.objects(meeting, DEM.heldAt)) == {URIRef(f"{B}city/port-lys")}


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2031-02-25", XSD.date),
        ("2031-02", XSD.gYearMonth),
        ("2031", XSD.gYear),
        ("2031-02-24/2031-02-25", None),
        ("2031-02-30", None),
        ("2031-13", None),
        ("0000", None),
        ("٢٠٣١", None),
    ],
)
def test_to_graph_writes_a_date_as_what_it_is(date: str, datatype: URIRef | None) -> None:
    graph = to_graph(only(meetings=(a_meeting(date=date),)))
    (literal,) = graph.objects(None, DEM.date)
    assert literal == Literal(date, datatype=datatype, normalize=False)


def test_to_graph_describes_an_issue_and_its_status_on_the_day() -> None:
    assert_same(
        without_document(to_graph(only(issues=(an_issue(evidence=a_span("Saltmarsh")),)))),
        f"""<document/port-lys/referent/issue/the-status-of-the-saltmarsh> a dem:Issue ;
        rdfs:label "the status of the Saltmarsh" ; dem:party <organization/northern-league> ;
        dem:hasStatus <document/port-lys/issue/1> .
        <document/port-lys/issue/1> a dem:IssueStatus ; dem:status dem:separate-track ; dem:confidence 0.65 ;
        dem:statedOn "2031-02-26"^^xsd:date ; prov:wasDerivedFrom {span_name("Saltmarsh")} .""",
    )


def test_to_graph_describes_a_deadline() -> None:
    assert_same(
        without_document(to_graph(only(times=(a_time(),)))),
        f"""<document/port-lys/time/1> a dem:TimeExpression, dem:Deadline ; dem:timeRole "deadline" ; dem:value "2031-03-05" ;
        dem:date "2031-03-05"^^xsd:date ; dem:beginDate "2031-03-05"^^xsd:date ; dem:endDate "2031-03-05"^^xsd:date ;
        prov:wasDerivedFrom {span_name("5 March 2031")} .""",
    )


def test_to_graph_describes_an_event() -> None:
    assert_same(
        without_document(to_graph(only(events=(an_event(evidence=a_span("met")),)))),
        f"""<document/port-lys/event/1> a dem:Event ; dem:eventType plover:CONSULT ; dem:source p:ilena-varo ;
        dem:target p:tomas-brek ; dem:context "diplomatic" ; dem:modality dem:asserted ; dem:date "2031-02-25"^^xsd:date ;
        dem:heldAt <city/port-lys> ; dem:confidence 0.75 ; dem:statedOn "2031-02-26"^^xsd:date ;
        prov:wasDerivedFrom {span_name("met")} .""",
    )


def test_to_graph_makes_topics_of_actors_that_are_no_entity() -> None:
    event = an_event(type="PROTEST", source=("students", VARO, "dock workers"), target=("harbour police",), context=(), date=None)
    graph = to_graph(only(events=(event,), entities=(a_person(),)))
    topics = {str(graph.value(node, RDFS.label)) for node in graph.subjects(RDF.type, DEM.Topic)}
    assert topics == {"students", "dock workers", "harbour police"}
    assert URIRef(f"{B}person/ilena-varo") in set(graph.objects(None, DEM.source))


def test_to_graph_adds_the_plain_triple_of_what_is_asserted() -> None:
    relation = a_relation(subject=BREK, object=VARO, speaker=VARO, evidence=a_span("met"))
    entities = (a_person(mentions=()), an_entity(BREK, "Person", "Tomas Brek", mentions=()))
    graph = without_document(to_graph(only(entities=entities, relations=(relation,))))
    graph -= without_document(to_graph(only(entities=entities)))
    assert_same(
        graph,
        f"""<document/port-lys/assertion/1> a dem:Assertion ; rdf:subject p:tomas-brek ; rdf:predicate dem:metWith ;
        rdf:object p:ilena-varo ; dem:modality dem:asserted ; dem:speaker p:ilena-varo ; dem:confidence 0.8 ;
        prov:wasDerivedFrom {span_name("met")} .
        p:tomas-brek dem:metWith p:ilena-varo .""",
    )


def test_to_graph_says_from_when_to_when_a_role_is_held_and_of_what() -> None:
    held = {"object": "the envoy", "organization": OSTRAVIA, "evidence": a_span("met")}
    relation = a_relation(predicate="holdsRole", begin="2029-03", end_date="2031", **held)
    entities = (a_person(mentions=()), an_entity(OSTRAVIA, "Country", "Ostravia", mentions=()))
    graph = without_document(to_graph(only(entities=entities, relations=(relation,))))
    graph -= without_document(to_graph(only(entities=entities)))
    assert_same(
        graph,
        f"""<document/port-lys/assertion/1> a dem:Assertion ; rdf:subject p:ilena-varo ; rdf:predicate dem:holdsRole ;
        rdf:object <role/envoy> ; dem:roleOf <country/ostravia> ; dem:modality dem:asserted ;
        dem:beginDate "2029-03"^^xsd:gYearMonth ; dem:endDate "2031"^^xsd:gYear ; dem:confidence 0.8 ;
        prov:wasDerivedFrom {span_name("met")} .
        <role/envoy> a dem:Role ; rdfs:label "the envoy" .
        p:ilena-varo dem:holdsRole <role/envoy> .""",
    )


@pytest.mark.parametrize(
    ("end", "date", "holds"),
    [
        (None, "2031-02-26", True),
        ("2031-02-25", "2031-02-26", False),
        ("2031-02-26", "2031-02-26", True),
        ("2031-02", "2031-02-26", True),
        ("2031-01", "2031-02-26", False),
        ("2031", "2031-02-26", True),
        ("2030", "2031-02-26", False),
        ("2040", "2031-02-26", True),
        ("2030", None, False),
    ],
)
def test_to_graph_adds_no_plain_triple_of_what_ended_before_the_document(end: str | None, date: str | None, holds: bool) -> None:
    document = a_document(date=None if date is None else datetime.date.fromisoformat(date))
    graph = to_graph(an_extraction(document=document, relations=(a_relation(predicate="memberOf", end_date=end),)))
    assert (
        list(graph.subject_objects(DEM.memberOf)) == [(URIRef(f"{B}person/ilena-varo"), URIRef(f"{B}person/tomas-brek"))] * holds
    )


@pytest.mark.parametrize("modality", sorted(set(MODALITIES.values()) - {"asserted"}))
def test_to_graph_adds_no_plain_triple_of_what_is_not_asserted(modality: str) -> None:
    graph = to_graph(an_extraction(relations=(a_relation(modality=modality),)))
    assert list(graph.subject_objects(DEM.metWith)) == []


def test_to_graph_makes_topics_of_words_and_roles_of_offices() -> None:
    relations = (
        a_relation(subject="the Fleet", predicate="about", object="limits", modality="possible", evidence=a_span("met")),
        a_relation(subject="a fleet", predicate="holdsRole", object="the Foreign Minister", evidence=a_span("met")),
    )
    graph = to_graph(only(relations=relations))
    labels = {(str(node).removeprefix(B), str(label)) for node, label in graph.subject_objects(RDFS.label)}
    assert labels == {
        ("document/port-lys/topic/fleet", "the Fleet"),
        ("document/port-lys/topic/limits", "limits"),
        ("role/foreign-minister", "the Foreign Minister"),
    }
    assert set(graph.subject_objects(SKOS.altLabel)) == {(URIRef(f"{B}document/port-lys/topic/fleet"), Literal("a fleet"))}


def test_to_graph_rejects_words_that_are_not_in_their_place() -> None:
    wrong = Span(start=0, end=3, text="Bar")
    with pytest.raises(ValidationError, match=r"port-lys.*characters 0 to 3 are 'For', not 'Bar'"):
        to_graph(an_extraction(meetings=(a_meeting(evidence=wrong),)))


def test_to_graph_rejects_a_statement_beyond_the_text() -> None:
    with pytest.raises(ValidationError, match="no words from 5 to 9999"):
        to_graph(an_extraction(statements=(a_statement(start=5, end=9999),)))


@pytest.mark.parametrize(
    "entity_id",
    ["ilena", "id:", "id:role/minister", "id:graph/reference", "id:document/a/b", f"{B}person/x", "wd:Q1", "id:\ud800"],
)
def test_to_graph_rejects_an_id_that_is_no_name(entity_id: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        to_graph(an_extraction(entities=(a_person(id=entity_id),)))


def test_to_graph_rejects_an_entity_named_like_its_document() -> None:
    with pytest.raises(ValidationError, match="the name of the document itself"):
        to_graph(an_extraction(entities=(a_person(id="id:document/port-lys"),)))


def test_to_graph_rejects_two_entities_of_one_id() -> None:
    with pytest.raises(ValidationError, match="same id"):
        to_graph(an_extraction(entities=(a_person(), a_person(name="Varo"))))


def test_to_graph_rejects_a_link_that_is_no_iri() -> None:
    with pytest.raises(ValidationError, match=r"ilena-varo.*'no iri'"):
        to_graph(an_extraction(entities=(a_person(same_as=("no iri",)),)))


def test_from_graph_rejects_a_graph_of_no_document() -> None:
    with pytest.raises(ValidationError, match=r"urn:x: holds no document with its records"):
        from_graph(Graph(identifier="urn:x"))


def test_from_graph_rejects_records_that_were_spoilt() -> None:
    graph = to_graph(an_extraction())
    document = URIRef(f"{B}document/port-lys")
    graph.set((document, DEM.records, Literal('{"document": 7}')))
    with pytest.raises(ReadingError, match=r"document/port-lys: no extraction \(document"):
        from_graph(graph)


@pytest.mark.parametrize("base", [B, "http://kg.example/x#", "urn:x:/"])
def test_from_graph_gives_the_extraction_back(base: str) -> None:
    extraction = an_extraction()
    assert from_graph(to_graph(extraction, base=base)) == extraction


def test_to_graph_describes_two_entities_of_one_name_as_one_with_two_labels() -> None:
    extraction = only(entities=(a_person(aliases=()), an_entity(BREK, "Person", "Tomas Brek", aliases=(), mentions=())))
    varo = URIRef(f"{B}person/ilena-varo")
    graph = to_graph(extraction, known=Names(entities={VARO: varo, BREK: varo}, meetings=(), issues=()))
    assert [str(label) for label in graph.objects(varo, RDFS.label)] == ["Ilena Varo"]
    assert [str(label) for label in graph.objects(varo, SKOS.altLabel)] == ["Tomas Brek"]
    assert validate(graph).conforms


def test_to_graph_writes_the_first_day_of_the_calendar() -> None:
    extraction = Extraction(document=a_document(date=datetime.date(1, 1, 1)))
    assert from_graph(to_graph(extraction)) == extraction
