"""The picture can be read: nothing in it overlaps, all of it is labelled, and too much is refused."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export import to_networkx
from kg.export.picture import MOST_NODES, write_svg
from kg.export.picture.drawing import Drawing, plan
from kg.export.picture.shapes import Box, between
from kg.export.picture.wording import text_width, wrap
from tests.exports import a_store

NETWORK = to_networkx(a_store())
SVG = "{http://www.w3.org/2000/svg}"
TYPES = ["Person", "Country", "Organization", "City", "Document", "Event", "Unheard-of"]
PREDICATES = ["metWith", "agreedTo", "participant"]
MODALITIES = ["asserted", "planned", "negated", None]


def a_network(nodes: list[tuple[str, str]], edges: list[tuple[int, int, str, str | None]]) -> nx.MultiDiGraph:
    """Return a network of labelled and typed nodes, with edges between them by number."""
    network = nx.MultiDiGraph()
    for number, (label, kind) in enumerate(nodes):
        network.add_node(f"urn:{number}", label=label, type=kind, kind="entity")
    for key, (one, other, predicate, modality) in enumerate(edges):
        ends = f"urn:{one % len(nodes)}", f"urn:{other % len(nodes)}"
        network.add_edge(*ends, key=str(key), predicate=predicate, **({"modality": modality} if modality is not None else {}))
    return network


networks = st.builds(
    a_network,
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from(TYPES)), min_size=1, max_size=12),
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(PREDICATES), st.sampled_from(MODALITIES)), max_size=16
    ),
)


def overlaps(drawing: Drawing) -> list[tuple[Box, Box]]:
    boxes = [*(node.box for node in drawing.nodes), *(bundle.label for bundle in drawing.bundles)]
    return [(one, other) for one, other in itertools.combinations(boxes, 2) if one.overlaps(other)]


def texts_of(picture: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_plan_keeps_nodes_and_labels_apart() -> None:
    assert overlaps(plan(NETWORK)) == []


@settings(deadline=None, max_examples=40)
@given(networks)
def test_plan_of_any_network_keeps_nodes_and_labels_apart(network: nx.MultiDiGraph) -> None:
    drawing = plan(network)
    assert overlaps(drawing) == []
    assert len(drawing.nodes) + len(drawing.named) == network.number_of_nodes()
    assert plan(network) == drawing


def test_plan_of_a_hub_with_many_spokes_keeps_them_apart() -> None:
    hub = a_network([("Ilena Varo", "Person")] * 60, [(0, spoke, "metWith", "planned") for spoke in range(1, 60)])
    assert overlaps(plan(hub)) == []


def test_plan_bundles_edges_with_the_same_ends_and_lists_what_they_say() -> None:
    edges: list[tuple[int, int, str, str | None]] = [
        (0, 1, "metWith", "asserted"),
        (0, 1, "metWith", "asserted"),
        (0, 1, "agreedTo", "planned"),
        (0, 1, "representative-of", None),
        (1, 0, "supports", "negated"),
    ]
    drawing = plan(a_network([("a", "Person"), ("b", "Person")], edges))
    assert [(one.bundle.label, one.bundle.modality) for one in drawing.bundles] == [
        ("met with ×2, representative of, agreed to (planned)", "asserted"),
        ("supports (negated)", "negated"),
    ]
    there, back = (one.curve.at(0.5) for one in drawing.bundles)
    assert there != pytest.approx(back)


def test_picture_shows_every_node_and_predicate() -> None:
    shown = " ".join(texts_of(write_svg(NETWORK)))
    for _, data in NETWORK.nodes(data=True):
        assert all(word in shown for word in str(data["label"]).split()[:3])
    for word in ("participant", "held at", "agreed to (negated)", "planned", "Without a line: ", "Grey Bridge"):
        assert word in shown


def test_picture_has_a_legend_of_what_it_shows() -> None:
    (legend,) = (group for group in ElementTree.fromstring(write_svg(NETWORK)).iter(f"{SVG}g") if group.get("id") == "legend")
    assert [text.text for text in legend.iter(f"{SVG}text")][:-1] == [
        *("issue", "meeting", "negotiation", "organization", "person", "place", "proposal", "role", "state", "topic"),
        *("asserted", "planned", "possible", "desired", "negated"),
    ]


def test_picture_draws_each_modality_in_its_style() -> None:
    dashes = set()
    for modality in ("asserted", "planned", "conditional", "possible", "desired", "negated"):
        picture = ElementTree.fromstring(write_svg(a_network([("a", "Person")] * 2, [(0, 1, "metWith", modality)])))
        (lines,) = (group for group in picture.iter(f"{SVG}g") if group.get("id") == "lines")
        dashes.add(lines[0].get("stroke-dasharray"))
    assert len(dashes) == 6


def test_picture_can_be_heard() -> None:
    picture = ElementTree.fromstring(write_svg(NETWORK))
    assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "title description")
    assert [child.get("id") for child in picture[:2]] == ["title", "description"]
    assert "Tomas Brek: agreed to (negated): any limits on the fleet." in (picture[1].text or "")


def test_picture_holds_all_that_is_drawn() -> None:
    picture = ElementTree.fromstring(write_svg(NETWORK))
    left, top, width, height = map(float, (picture.get("viewBox") or "").split())
    for text in picture.iter(f"{SVG}text"):
        assert left < float(text.get("x") or "nan") < left + width
        assert top < float(text.get("y") or "nan") < top + height


def test_picture_of_too_much_says_how_to_ask_for_less() -> None:
    many = a_network([("a", "Person")] * (MOST_NODES + 1), [(0, other, "metWith", None) for other in range(MOST_NODES + 1)])
    with pytest.raises(ExportError, match=r"picture of 201 nodes could not be read, 200 is the most\. Select a part: around"):
        write_svg(many)


def test_picture_of_nothing_is_a_picture() -> None:
    assert texts_of(write_svg(nx.MultiDiGraph())) == []


def test_picture_of_what_nothing_joins_shows_it_as_nodes() -> None:
    assert texts_of(write_svg(a_network([("Port Lys", "City")], [])))[0] == "Port Lys"


def test_line_runs_from_edge_to_edge() -> None:
    one, other = Box(0, 0, 40, 20), Box(200, 0, 60, 20)
    line = between(one, other, bend=0)
    assert line.start == pytest.approx((20, 0), abs=0.01)
    assert line.end == pytest.approx((170, 0), abs=0.01)


@given(st.text(), st.floats(20, 200), st.integers(1, 4))
def test_wrap_keeps_within_its_width_and_lines(text: str, width: float, most_lines: int) -> None:
    lines = wrap(text, width=width, size=10, most_lines=most_lines)
    assert 1 <= len(lines) <= most_lines
    assert all(text_width(line, size=10) <= width for line in lines)
    assert "…" in lines[-1] or "".join("".join(lines).split()) == "".join(text.split())
