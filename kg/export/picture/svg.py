"""Write the plan of a picture as SVG: dark on light, in colours that the colour-blind tell apart, with a legend.

A kind of node has a colour and a shape of its own, a modality a style of line, so that nothing hangs on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import networkx as nx

from kg.errors import ExportError
from kg.export.files import clean_network
from kg.export.picture.drawing import LABEL_SIZE, LEADING, NODE_SIZE, NOTE_SIZE, Drawing, DrawnBundle, DrawnNode, alone_in, plan
from kg.export.picture.shapes import Box, Curve
from kg.export.picture.wording import text_width, wrap
from kg.export.selection import MODALITY_NAMES

MOST_NODES = 200
"""How many nodes a picture may have and still be read."""

_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_INK, _LINE, _PAPER = "#1a1a1a", "#555555", "#ffffff"
_DASHES = {"planned": "9 4", "conditional": "9 3 2 3", "possible": "5 4", "desired": "2 4", "negated": "1 3"}
_MARGIN = 24.0
_SWATCH = 26.0, 16.0
_LEGEND_ROW = 24.0
_MOST_NAMED_LINES = 12


@dataclass(frozen=True, slots=True)
class _Style:
    """How nodes of a kind are drawn: what the legend calls them, the colours of box and border, and the shape."""

    name: str
    fill: str
    border: str
    shape: str
    dash: str = ""


# The borders are Okabe and Ito's colours, the fills tints of them.
_PERSON = _Style("person", "#dbe9f4", "#0072b2", "round")
_STATE = _Style("state", "#fbe3d4", "#d55e00", "round")
_ORGANIZATION = _Style("organization", "#d5efe6", "#009e73", "round")
_GROUP = _Style("group", "#e4f2fb", "#56b4e9", "round")
_PLACE = _Style("place", "#fdfbd8", "#a89c00", "square")
_PROPOSAL = _Style("proposal", "#f6e5ef", "#b85c99", "page")
_HAPPENING = _Style("event", "#eeeeee", "#777777", "square")
_MEETING = _Style("meeting", "#fcefd2", "#e69f00", "cut")
_NEGOTIATION = _Style("negotiation", "#fcefd2", "#b27a00", "hexagon")
_ISSUE = _Style("issue", "#f2f2f2", "#000000", "hexagon")
_TOPIC = _Style("topic", "#ffffff", "#999999", "square")
_ROLE = _Style("role", "#ffffff", "#999999", "round", "3 3")
_OTHER = _Style("other", "#ffffff", "#999999", "square", "3 3")

_STYLES = {
    **{"Person": _PERSON, "Country": _STATE, "Organization": _ORGANIZATION, "Group": _GROUP, "Event": _HAPPENING},
    **dict.fromkeys(("City", "Region", "Facility", "Place"), _PLACE),
    **{"Document": _PROPOSAL, "Issue": _ISSUE, "Negotiation": _NEGOTIATION, "Topic": _TOPIC, "Role": _ROLE},
}


def write_svg(network: nx.MultiDiGraph) -> bytes:
    """Return a picture of a network; entities that nothing joins are named beneath it.

    Raises ExportError for a network of more than ``MOST_NODES`` nodes beside these.
    """
    count = network.number_of_nodes() - len(alone_in(network))
    if count > MOST_NODES:
        raise ExportError(
            f"svg: a picture of {count} nodes could not be read, {MOST_NODES} is the most. Select a part: around an entity, of "
            "some documents, days, predicates or modalities, or of a higher confidence; or take gexf, for Gephi."
        )
    drawing = plan(clean_network(network))
    picture = _picture(drawing)
    ElementTree.indent(picture, " ")
    written: bytes = ElementTree.tostring(picture, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _picture(drawing: Drawing) -> Element:
    boxes = [*(node.box for node in drawing.nodes), *(bundle.label for bundle in drawing.bundles)]
    points = [point for bundle in drawing.bundles for point in bundle.curve.points(9)]
    left = min([box.x - box.width / 2 for box in boxes] + [x for x, _ in points], default=0.0) - _MARGIN
    top = min([box.y - box.height / 2 for box in boxes] + [y for _, y in points], default=0.0) - _MARGIN
    right = max([box.x + box.width / 2 for box in boxes] + [x for x, _ in points], default=0.0) + _MARGIN
    bottom = max([box.y + box.height / 2 for box in boxes] + [y for _, y in points], default=0.0) + _MARGIN
    legend, legend_width, legend_height = _legend(drawing, left=left + _MARGIN, top=bottom, width=right - left - 2 * _MARGIN)
    width, height = max(right - left, legend_width + 2 * _MARGIN), bottom - top + legend_height
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"{_n(left)} {_n(top)} {_n(width)} {_n(height)}",
            "width": _n(width),
            "height": _n(height),
            "role": "img",
            "aria-labelledby": "title description",
            "font-family": _FONT,
            "fill": _INK,
        },
    )
    SubElement(picture, "title", {"id": "title"}).text = "Who stands how to whom and what"
    SubElement(picture, "desc", {"id": "description"}).text = _description(drawing)
    picture.append(_arrowhead())
    SubElement(picture, "rect", {"x": _n(left), "y": _n(top), "width": _n(width), "height": _n(height), "fill": _PAPER})
    lines = SubElement(picture, "g", {"id": "lines", "fill": "none", "stroke": _LINE, "stroke-width": "1.3"})
    lines.extend(_line(bundle.curve, bundle.bundle.modality) for bundle in drawing.bundles)
    lines.extend(_leader(bundle) for bundle in drawing.bundles if bundle.led)
    nodes = SubElement(picture, "g", {"id": "nodes", "text-anchor": "middle", "font-size": _n(NODE_SIZE)})
    nodes.extend(map(_node, drawing.nodes))
    labels = SubElement(picture, "g", {"id": "labels", "text-anchor": "middle", "font-size": _n(LABEL_SIZE)})
    labels.extend(map(_label, drawing.bundles))
    picture.append(legend)
    return picture


def _description(drawing: Drawing) -> str:
    """Say all that the picture shows, for those who do not see it."""
    names = {node.iri: str(node.attributes["label"]) for node in drawing.nodes}
    alone = [f"Without a line: {', '.join(drawing.named)}."] if drawing.named else []
    told = (f"{names[one.bundle.source]}: {one.bundle.label}: {names[one.bundle.target]}." for one in drawing.bundles)
    return " ".join((f"{len(drawing.nodes)} nodes and {len(drawing.bundles)} lines.", *told, *alone))


def _arrowhead() -> Element:
    definitions = Element("defs")
    shape = {"viewBox": "0 0 8 8", "refX": "7.5", "refY": "4", "markerWidth": "8", "markerHeight": "8", "orient": "auto"}
    marker = SubElement(definitions, "marker", {"id": "arrow", "markerUnits": "userSpaceOnUse", **shape})
    SubElement(marker, "path", {"d": "M0,0.5 L8,4 L0,7.5 Z", "fill": _LINE, "stroke": "none"})
    return definitions


def _line(curve: Curve, modality: str) -> Element:
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in (curve.control, curve.end))
    line = Element("path", {"d": f"M{_n(curve.start[0])},{_n(curve.start[1])} Q{path}", "marker-end": "url(#arrow)"})
    if modality in _DASHES:
        line.set("stroke-dasharray", _DASHES[modality])
    return line


def _leader(bundle: DrawnBundle) -> Element:
    """Return a hair line from a label that stands off its line to the middle of it."""
    (x, y), label = bundle.curve.at(0.5), bundle.label
    return Element("path", {"d": f"M{_n(label.x)},{_n(label.y)} L{_n(x)},{_n(y)}", "stroke-width": "0.5"})


def _node(node: DrawnNode) -> Element:
    style, box = _style(str(node.attributes["type"]), str(node.attributes["kind"])), node.box
    group = Element("g")
    SubElement(group, "title").text = f"{node.attributes['label']} ({node.attributes['type']}), {node.iri}"
    group.append(_shape(style, box))
    height = LEADING * (NODE_SIZE * len(node.lines) + (NOTE_SIZE if node.note else 0))
    y = box.y - height / 2
    for line in node.lines:
        y += LEADING * NODE_SIZE
        SubElement(group, "text", {"x": _n(box.x), "y": _n(y - 0.32 * NODE_SIZE)}).text = line
    if node.note:
        attributes = {"x": _n(box.x), "y": _n(y + 0.95 * NOTE_SIZE), "font-size": _n(NOTE_SIZE), "font-style": "italic"}
        SubElement(group, "text", attributes).text = node.note
    return group


def _label(bundle: DrawnBundle) -> Element:
    box = bundle.label
    group = Element("g")
    SubElement(group, "title").text = " / ".join((bundle.bundle.label, *bundle.bundle.evidence))
    frame = {"x": _n(box.x - box.width / 2), "y": _n(box.y - box.height / 2), "width": _n(box.width), "height": _n(box.height)}
    SubElement(group, "rect", {**frame, "fill": _PAPER, "fill-opacity": "0.9"})
    top = box.y - LEADING * LABEL_SIZE * len(bundle.lines) / 2
    for number, line in enumerate(bundle.lines, start=1):
        y = top + LEADING * LABEL_SIZE * number - 0.32 * LABEL_SIZE
        SubElement(group, "text", {"x": _n(box.x), "y": _n(y)}).text = line
    return group


def _shape(style: _Style, box: Box) -> Element:
    left, top, width, height = box.x - box.width / 2, box.y - box.height / 2, box.width, box.height
    right, bottom = left + width, top + height
    paint = {"fill": style.fill, "stroke": style.border, "stroke-width": "1.5"}
    if style.dash:
        paint["stroke-dasharray"] = style.dash
    if style.shape in {"round", "square"}:
        corner = min(12.0, height / 2) if style.shape == "round" else 1.0
        frame = {"x": _n(left), "y": _n(top), "width": _n(width), "height": _n(height), "rx": _n(corner)}
        return Element("rect", {**frame, **paint})
    corner = 7.0
    corners = {
        "cut": [
            *((left + corner, top), (right - corner, top), (right, top + corner), (right, bottom - corner)),
            *((right - corner, bottom), (left + corner, bottom), (left, bottom - corner), (left, top + corner)),
        ],
        "hexagon": [
            *((left + corner, top), (right - corner, top), (right, box.y)),
            *((right - corner, bottom), (left + corner, bottom), (left, box.y)),
        ],
        "page": [(left, top), (right - 10, top), (right, top + 10), (right, bottom), (left, bottom)],
    }[style.shape]
    return Element("polygon", {"points": " ".join(f"{_n(x)},{_n(y)}" for x, y in corners), **paint})


def _legend(drawing: Drawing, *, left: float, top: float, width: float) -> tuple[Element, float, float]:
    """Return the legend of what the picture has, and how broad and how high it is: in rows no broader than ``width``, if it can."""
    legend = Element("g", {"id": "legend", "font-size": _n(NOTE_SIZE)})
    x, y, broadest = left, top, 0.0
    for name, sample in _legend_entries(drawing):
        breadth = _SWATCH[0] + 8 + text_width(name, size=NOTE_SIZE) + 14
        if x > left and x + breadth > left + width:
            x, y = left, y + _LEGEND_ROW
        middle = y + _SWATCH[1] / 2
        if isinstance(sample, _Style):
            legend.append(_shape(sample, Box(x + _SWATCH[0] / 2, middle, *_SWATCH)))
        else:
            line = _line(Curve((x, middle), (x + _SWATCH[0] / 2, middle), (x + _SWATCH[0], middle)), sample)
            legend.append(line)
            for attribute, value in {"fill": "none", "stroke": _LINE, "stroke-width": "1.3"}.items():
                line.set(attribute, value)
        text = {"x": _n(x + _SWATCH[0] + 8), "y": _n(middle + 0.35 * NOTE_SIZE)}
        SubElement(legend, "text", text).text = name
        x += breadth
        broadest = max(broadest, x - left)
    y += _LEGEND_ROW
    if drawing.named:
        words = "Without a line: " + ", ".join(drawing.named)
        for words_of_line in wrap(words, width=max(width, broadest), size=NOTE_SIZE, most_lines=_MOST_NAMED_LINES):
            y += LEADING * NOTE_SIZE
            SubElement(legend, "text", {"x": _n(left), "y": _n(y)}).text = words_of_line
        y += NOTE_SIZE
    return legend, broadest, y - top + _MARGIN / 2


def _legend_entries(drawing: Drawing) -> Iterator[tuple[str, _Style | str]]:
    styles = {_style(str(node.attributes["type"]), str(node.attributes["kind"])) for node in drawing.nodes}
    yield from ((style.name, style) for style in sorted(styles, key=lambda style: style.name))
    modalities = {bundle.bundle.modality for bundle in drawing.bundles}
    yield from ((name, name) for name in MODALITY_NAMES if name in modalities)


def _style(type_name: str, kind: str) -> _Style:
    return _MEETING if kind == "meeting" else _STYLES.get(type_name, _OTHER)


def _n(number: float) -> str:
    """Return a number to a tenth, as short as it goes."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
