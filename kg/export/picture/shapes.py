"""Boxes and curves of a picture, in its own unit (a pixel at full size; y points down)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """An upright rectangle by its middle, width and height."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, *, gap: float = 0.0) -> bool:
        """Tell whether two boxes are nearer than ``gap`` both across and down."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width + 2 * gap
            and abs(self.y - other.y) * 2 < self.height + other.height + 2 * gap
        )

    def holds(self, point: Point, *, gap: float = 0.0) -> bool:
        """Tell whether a point lies in the box or nearer to it than ``gap``."""
        return abs(point[0] - self.x) * 2 < self.width + 2 * gap and abs(point[1] - self.y) * 2 < self.height + 2 * gap

    def moved(self, x: float, y: float) -> Box:
        """Return the box with its middle at another place."""
        return Box(x, y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic Bézier curve."""

    start: Point
    control: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at a share of the way, from 0 to 1."""
        s = 1 - t
        weights = s * s, 2 * s * t, t * t
        points = (self.start, self.control, self.end)
        return (
            sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
        )

    def part(self, first: float, last: float) -> Curve:
        """Return the stretch between two shares of the way."""
        start, end = self.at(first), self.at(last)
        s, t = 1 - first, 1 - last
        control = tuple(
            s * t * a + (s * last + first * t) * b + first * last * c
            for a, b, c in zip(self.start, self.control, self.end, strict=True)
        )
        return Curve(start, (control[0], control[1]), end)

    def points(self, count: int) -> list[Point]:
        """Return so many points along the curve, its ends among them."""
        return [self.at(step / (count - 1)) for step in range(count)]


def between(source: Box, target: Box, *, bend: float) -> Curve:
    """Return a curve from the edge of one box to the edge of another, bent to the left by a share of its length."""
    dx, dy = target.x - source.x, target.y - source.y
    control = ((source.x + target.x) / 2 + dy * bend, (source.y + target.y) / 2 - dx * bend)
    whole = Curve((source.x, source.y), control, (target.x, target.y))
    return whole.part(_leaving(whole, source), _reaching(whole, target))


def around_corner(box: Box) -> Curve:
    """Return a curve that leaves a box at the top and comes back to it at the right."""
    right, top = box.x + box.width / 2, box.y - box.height / 2
    return Curve((right - 14, top), (right + 30, top - 34), (right, top + 12))


def _leaving(curve: Curve, box: Box) -> float:
    """Return the share of the way at which a curve that starts in the middle of a box is out of it."""
    inside, outside = 0.0, 1.0
    for _ in range(24):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if box.holds(curve.at(middle)) else (inside, middle)
    return outside


def _reaching(curve: Curve, box: Box) -> float:
    """Return the share of the way at which a curve that ends in the middle of a box comes to it."""
    return 1 - _leaving(Curve(curve.end, curve.control, curve.start), box)
