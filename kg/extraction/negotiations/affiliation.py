"""Tell for whom a person acts, from the offices that the text gives: "the Danish foreign minister" acts for Denmark."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.arguments import Arguments

FOR_WHOM = frozenset({"Country", "Organization"})


class Affiliation:
    """The states and organizations that the people of one document act for."""

    def __init__(self, arguments: Arguments) -> None:
        self._of: dict[str, str] = {}
        for mention in arguments.analysis.mentions:
            holder = arguments.entity(mention.head)
            if holder is None or holder.type != "Person":
                continue
            for position in range(*(mention.role or (0, 0))):
                state = arguments.entity(position)
                if state is not None and state.type in FOR_WHOM:
                    self._of.setdefault(holder.id, state.id)

    def sides(self, actors: Iterable[str]) -> frozenset[str]:
        """Return the actors, with those that people act for in place of the people."""
        return frozenset(self._of.get(actor, actor) for actor in actors)
