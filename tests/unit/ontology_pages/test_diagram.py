"""The diagram shows every link of the ontology, in boxes that do not overlap, with arrows that run to the right."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEM
from kg.ontology_pages.diagram import Box, draw, read_boxes
from kg.ontology_pages.layout import Edge, layered

WIDTH = 100.0

NAMES = st.sampled_from([f"box {number}" for number in range(9)])
GRAPHS = st.tuples(st.dictionaries(NAMES, st.floats(20, 200), min_size=1), st.lists(st.tuples(NAMES, NAMES), max_size=20)).map(
    lambda drawn: (drawn[0], [edge for edge in drawn[1] if set(edge) <= drawn[0].keys()])
)


def a_graph(*triples: tuple[URIRef, URIRef, URIRef]) -> Graph:
    """Return an ontology of these triples, where all that has a domain is an object property, and all else a class."""
    graph = Graph()
    graph.bind("dem", DEM)
    for triple in triples:
        graph.add(triple)
    for node in {node for subject, _, value in triples for node in (subject, value)}:
        graph.add((node, RDF.type, OWL.ObjectProperty if (node, RDFS.domain, None) in graph else OWL.Class))
    return graph


@given(GRAPHS)
def test_boxes_do_not_overlap_and_lie_within_the_picture(drawn: tuple[dict[str, float], list[Edge]]) -> None:
    heights, edges = drawn
    layout = layered(heights, edges, box_width=WIDTH)
    assert layout.corners.keys() == heights.keys()
    for one, other in combinations(heights, 2):
        (left, top), (other_left, other_top) = layout.corners[one], layout.corners[other]
        beside = abs(left - other_left) >= WIDTH
        assert beside or top + heights[one] <= other_top or other_top + heights[other] <= top
    for name, (left, top) in layout.corners.items():
        assert -0.01 <= left <= layout.width - WIDTH + 0.01
        assert -0.01 <= top <= layout.height - heights[name] + 0.01


@given(GRAPHS)
def test_arrows_run_to_the_right_past_all_boxes(drawn: tuple[dict[str, float], list[Edge]]) -> None:
    heights, edges = drawn
    layout = layered(heights, edges, box_width=WIDTH)
    for (source, target), waypoints in layout.waypoints.items():
        places = [layout.corners[source][0] + WIDTH, *(x for x, _ in waypoints), layout.corners[target][0]]
        assert places == sorted(places)
        for x, y in waypoints:
            in_the_way = [
                name for name, (left, top) in layout.corners.items() if left < x < left + WIDTH and top < y < top + heights[name]
            ]
            assert in_the_way == []


@given(GRAPHS)
def test_layout_draws_each_edge_that_closes_no_circle(drawn: tuple[dict[str, float], list[Edge]]) -> None:
    heights, edges = drawn
    layout = layered(heights, edges, box_width=WIDTH)
    forward = {edge for edge in edges if edge[0] < edge[1]}
    assert layered(heights, list(forward), box_width=WIDTH).waypoints.keys() == forward
    assert layout.waypoints.keys() <= set(edges)


def test_box_holds_the_classes_below_and_its_properties() -> None:
    graph = a_graph(
        (DEM.Call, RDFS.subClassOf, DEM.Meeting),
        (DEM.Minister, RDFS.subClassOf, DEM.Person),
        (DEM.host, RDFS.domain, DEM.Meeting),
        (DEM.host, RDFS.range, DEM.Person),
    )
    assert [(box.name, box.below, [(row.name, row.says, row.targets) for row in box.rows]) for box in read_boxes(graph)] == [
        ("Meeting", ("Call",), [("host", "→ Person", ("Person",))]),
        ("Person", ("Minister",), []),
    ]


def test_class_below_another_shares_its_box() -> None:
    graph = a_graph(
        (DEM.Minister, RDFS.subClassOf, DEM.Person),
        (DEM.guest, RDFS.domain, DEM.Meeting),
        (DEM.guest, RDFS.range, DEM.Person),
        (DEM.host, RDFS.domain, DEM.Meeting),
        (DEM.host, RDFS.range, DEM.Minister),
    )
    meeting: Box = next(box for box in read_boxes(graph) if box.name == "Meeting")
    assert [(row.says, row.targets) for row in meeting.rows] == [("→ Person", ("Person",)), ("→ Minister", ("Person",))]


def test_diagram_names_every_property_that_says_of_what_it_is() -> None:
    graph = ontology_graph()
    drawn = {row.href.removeprefix("#") for box in read_boxes(graph) for row in box.rows}
    strict = {str(term).partition("#")[2] for term in graph.subjects(RDFS.domain)}
    assert strict <= drawn


def test_every_class_of_the_ontology_stands_in_the_picture_or_is_above_boxes() -> None:
    graph = ontology_graph()
    boxes = read_boxes(graph)
    shown = {name.strip(",:") for box in boxes for name in (box.name, *" ".join(box.below).split())}
    classes = {str(term).removeprefix(DEM) for term in graph.subjects(RDF.type, OWL.Class) if str(term).startswith(DEM)}
    assert classes - shown == {"Occurrence"}


def test_picture_has_an_arrow_for_each_two_boxes_that_are_joined() -> None:
    graph = ontology_graph()
    joined = {(box.name, target) for box in read_boxes(graph) for row in box.rows for target in row.targets if target != box.name}
    assert draw(graph).count('class="line ') == len(joined)
