"""Draw the ontology: a box for each class that a property starts from or leads to, with its properties, and arrows between them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SDO
from rdflib.term import Node

from kg.ontology_pages.layout import Edge, Layout, Point, layered
from kg.ontology_pages.terms import is_ours, ref

_WIDTH = 224
_LINE = 17
_HEAD = 28
_SIGNS = 33
_MARGIN = 14
_COLOURS = 6
_LINKS_OF_A_BOX = 3

Joins = Mapping[URIRef, tuple[list[Node], list[Node]]]
"""What each property starts from, and what it leads to."""


@dataclass(frozen=True, slots=True)
class Row:
    """A property of a box: its name, where the page tells of it, what it leads to in words, and the boxes that arrows go to."""

    name: str
    href: str
    says: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A class with what is below it, wrapped into lines, and its properties."""

    name: str
    below: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        """The height in pixels."""
        return _HEAD + _LINE * (len(self.below) + len(self.rows)) + 8


def draw(graph: Graph) -> str:
    """Return the picture as an SVG element; its colours are those of the page around it."""
    boxes = read_boxes(graph)
    edges = [(box.name, target) for box in boxes for row in box.rows for target in row.targets]
    layout = layered({box.name: box.height for box in boxes}, edges, box_width=_WIDTH)
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    drawn = [*_arrows(boxes, layout), *(_box(box, layout.corners[box.name]) for box in boxes)]
    heads = "".join(
        f'<marker id="head-{colour}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" class="head line-{colour}"/></marker>'
        for colour in range(_COLOURS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}" role="img" aria-labelledby="diagram-title diagram-desc">'
        '<title id="diagram-title">The classes of the ontology and what joins them</title>'
        '<desc id="diagram-desc">Each box is a class; in it stand the classes or concepts below it and its properties. '
        "An arrow leads from a property to the class of its values. The sections below say the same in words.</desc>"
        f"<defs>{heads}</defs>{''.join(drawn)}</svg>"
    )


def read_boxes(graph: Graph) -> list[Box]:
    """Return the boxes, by their names. A property that does not say of what it is stands in none."""
    joins = {
        URIRef(str(term)): (
            _ends(graph, term, RDFS.domain, SDO.domainIncludes),
            _ends(graph, term, RDFS.range, SDO.rangeIncludes),
        )
        for term in {*graph.subjects(SDO.domainIncludes), *graph.subjects(RDFS.domain)}
    }
    ends = {one for domain, values in joins.values() if any(map(is_ours, values)) for one in (*domain, *values) if is_ours(one)}
    links = Counter(one for domain, values in joins.values() if any(map(is_ours, values)) for one in domain)
    box_of = {one: _box_of(graph, one, ends, links) for one in graph.subjects(RDF.type, OWL.Class) if is_ours(one)}
    return [
        Box(name=_name(top), below=_below(graph, top), rows=tuple(_rows(graph, joins, top, box_of)))
        for top in sorted({box_of[one] for one in ends}, key=str)
    ]


def _rows(graph: Graph, joins: Joins, top: Node, box_of: Mapping[Node, Node]) -> Iterator[Row]:
    """Yield the properties of a box: those that lead to other boxes first."""
    of_box = [
        (not any(map(is_ours, values)), ref(graph, term), values)
        for term, (domain, values) in joins.items()
        if any(box_of.get(one) == top for one in domain)
    ]
    for _, term, values in sorted(of_box, key=lambda one: one[:2]):
        targets = sorted({_name(box_of[value]) for value in values if value in box_of})
        names = sorted(ref(graph, value).name.partition(":")[2] for value in values)
        name = term.name.removeprefix("dem:")
        says = f"{'→' if targets else ':'} {_shortened(names, _SIGNS - len(name) - 4)}" if names else ""
        yield Row(name=name, href=term.href, says=says, targets=tuple(targets))


def _shortened(names: Sequence[str], most: int) -> str:
    """Return names in a line of at most so many signs: as many as fit, and how many more there are."""
    for shown in range(len(names), 1, -1):
        line = ", ".join(names[:shown]) + (f" +{len(names) - shown}" if shown < len(names) else "")
        if len(line) <= most:
            return line
    return names[0] + (f" +{len(names) - 1}" if len(names) > 1 else "")


def _ends(graph: Graph, term: Node, *relations: URIRef) -> list[Node]:
    return [one for relation in relations for one in graph.objects(term, relation)]


def _box_of(graph: Graph, term: Node, ends: Collection[Node], links: Mapping[Node, int]) -> Node:
    """Return the class in whose box a class stands: the highest one above it that is an end of a link, unless it has many links."""
    above = [one for one in graph.objects(term, RDFS.subClassOf) if is_ours(one) and one in ends]
    if not above or links.get(term, 0) >= _LINKS_OF_A_BOX:
        return term
    return _box_of(graph, min(above, key=str), ends, links)


def _below(graph: Graph, top: Node) -> tuple[str, ...]:
    """Return what is below a box, in lines that fit: its concepts, or its classes with those below them."""
    members = [_name(one) for one in graph.subjects(RDF.type, top) if is_ours(one)]
    children = [one for one in graph.subjects(RDFS.subClassOf, top) if is_ours(one)]
    alone = sorted([*members, *(_name(one) for one in children if not _descendants(graph, one))])
    families = [
        f"{_name(one)}: {', '.join(_descendants(graph, one))}" for one in sorted(children, key=str) if _descendants(graph, one)
    ]
    texts = [*families, *([", ".join(alone)] if alone else [])]
    return tuple(
        line for text in texts for line in textwrap.wrap(text, width=_SIGNS, break_long_words=False, break_on_hyphens=False)
    )


def _descendants(graph: Graph, term: Node) -> list[str]:
    children = [one for one in graph.subjects(RDFS.subClassOf, term) if is_ours(one)]
    return sorted({name for one in children for name in (_name(one), *_descendants(graph, one))})


def _name(term: Node) -> str:
    return str(term).partition("#")[2]


def _arrows(boxes: Sequence[Box], layout: Layout) -> Iterable[str]:
    """Yield an arrow for each two boxes that are joined, from the first property that joins them."""
    colours = {name: place % _COLOURS for place, name in enumerate(sorted({target for _, target in layout.waypoints}))}
    sources: dict[str, list[str]] = {}
    for source, target in sorted(layout.waypoints, key=lambda edge: (layout.corners[edge[0]][1], edge)):
        sources.setdefault(target, []).append(source)
    for box in boxes:
        drawn: set[str] = set()
        for number, row in enumerate(box.rows):
            for target in row.targets:
                edge: Edge = (box.name, target)
                if target in drawn or edge not in layout.waypoints:
                    continue
                drawn.add(target)
                left, top = layout.corners[box.name]
                start = (left + _WIDTH, top + _HEAD + _LINE * (len(box.below) + number) + _LINE / 2)
                end_left, end_top = layout.corners[target]
                step = min(9.0, 60 / len(sources[target]))
                end = (end_left, end_top + 12 + step * sources[target].index(box.name))
                yield _arrow([start, *layout.waypoints[edge], end], colour=colours[target])


def _arrow(points: Sequence[Point], *, colour: int) -> str:
    (x, y), *rest = points
    path = f"M{x:.1f} {y:.1f}"
    for place, (to_x, to_y) in enumerate(rest):
        # From gap to gap the arrow bends; across a column, from waypoint to waypoint, it runs straight.
        path += (
            f"H{to_x:.1f}"
            if place % 2
            else f"C{(x + to_x) / 2:.1f} {y:.1f} {(x + to_x) / 2:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        )
        x, y = to_x, to_y
    return f'<path d="{path}" class="line line-{colour}" marker-end="url(#head-{colour})"/>'


def _box(box: Box, corner: Point) -> str:
    left, top = corner
    lines = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{_WIDTH}" height="{box.height}" rx="6" class="box"/>'
        f'<a href="#{box.name}"><text x="{left + 10:.1f}" y="{top + 19:.1f}" class="name">{escape(box.name)}</text></a>'
    ]
    y = top + _HEAD + 12
    for line in box.below:
        lines.append(f'<text x="{left + 10:.1f}" y="{y:.1f}" class="below">{escape(line)}</text>')
        y += _LINE
    for row in box.rows:
        lines.append(
            f'<text x="{left + 10:.1f}" y="{y:.1f}" class="row"><a href="{escape(row.href)}">{escape(row.name)}</a>'
            f' <tspan class="says">{escape(row.says)}</tspan></text>'
        )
        y += _LINE
    return f"<g>{''.join(lines)}</g>"
