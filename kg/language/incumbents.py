"""Tell which offices a person is known to hold of whom the text gives a name alone: "Ilena Varo" is the president of her state.

In: clusters of names, the table of people, the document's date. Out: for each such cluster the titles and the states they are of.
Nothing of it becomes a fact: it only tells whom "the President of …" or "the two presidents" may speak of.
Limits: full names that one known person alone bears, and terms that cover the date.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from kg.language.clusters import Clusters
from kg.language.people import People

STILL = datetime.timedelta(days=3 * 365)
"""How long behind the last day that a source tells of, a term that was open then is taken to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The titles that somebody holds on the date, and the codes of the states or keys of the bodies that they are of."""

    titles: tuple[str, ...]
    states: frozenset[str]


NOBODY: Mapping[int, Incumbent] = {}


def incumbents(clusters: Clusters, *, people: People, date: datetime.date | None) -> dict[int, Incumbent]:
    """Return what each person holds on the date whom the text names in full and without an office."""
    if date is None:
        return {}
    found: dict[int, Incumbent] = {}
    for index, cluster in enumerate(clusters.items):
        if cluster.type != "Person" or cluster.roles or " " not in cluster.longest:
            continue
        known = people.named(cluster.longest)
        terms = [
            term
            for person in known
            for term in person.terms
            if term.covers(date)
            or (term.open and term.start is not None and term.end is not None and term.start <= date <= term.end + STILL)
        ]
        if len(known) == 1 and terms:
            states = frozenset(term.of for term in terms if term.of is not None)
            found[index] = Incumbent(titles=tuple(dict.fromkeys(term.office for term in terms)), states=states)
    return found
