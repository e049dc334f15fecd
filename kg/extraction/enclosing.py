"""Which stretches of a text lie around which others, in one pass over both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """What begins and ends in a text: a statement, a span."""

    @property
    def start(self) -> int:
        """The offset of the first character."""
        ...

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        ...


Outer = TypeVar("Outer", bound=Stretch)


def around(inner: Iterable[Stretch], outer: Sequence[Outer]) -> Iterator[tuple[Outer, ...]]:
    """Yield for each inner stretch the outer ones that hold it, in the order of their starts.

    The inner ones come in the order of their starts. The time grows with the number of both and with how deep the outer ones nest.
    """
    waiting = iter(sorted(outer, key=lambda one: one.start))
    following = next(waiting, None)
    opened: list[Outer] = []
    for stretch in inner:
        while following is not None and following.start <= stretch.start:
            opened.append(following)
            following = next(waiting, None)
        opened = [one for one in opened if one.end >= stretch.start]
        yield tuple(one for one in opened if stretch.end <= one.end)
