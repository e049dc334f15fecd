"""Draw a network as an SVG picture, with nothing but Python."""

from kg.export.picture.svg import MOST_NODES, write_svg

__all__ = ["MOST_NODES", "write_svg"]
