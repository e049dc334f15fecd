"""Decide which known person a text speaks of: "Kerry", "the Russian foreign minister", "Secretary Albright".

In: the clusters of coreference, the table of people, the document's date. Out: a Link for each cluster that has one; clusters of one
person are joined. Evidence is weighed in the open (``WEIGHTS``): how the name agrees, whether the office in the text is one that the
person held on the date, and its state. Two candidates that no evidence parts make no link, nor does one below the threshold.
Limits: only holders of public offices are known, and of those mostly from 1999 on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.language.clusters import Cluster, Clusters
from kg.language.gazetteer import Gazetteer
from kg.language.mentions import TextMention
from kg.language.names import plain_name
from kg.language.offices import Office, read_office, scope_of
from kg.language.people import Person, Term, ends, plain, sound, without_particles

NameMatch = Literal["full", "variant", "family"]
OfficeMatch = Literal["held", "around", "other-time", "of-state", "none", "against"]

NO_OFFICE: OfficeMatch = "none"

THRESHOLD = 0.6
"""Below this confidence there is no link."""

NEAR = datetime.timedelta(days=180)
"""How far from a term's ends its holder may still, or already, be called by it: the day of a transfer is often told wrongly."""

FRESH = datetime.timedelta(days=3 * 365)
"""How long behind the last day that a source tells of, a term that was open then may be taken to go on."""

RECENT = datetime.timedelta(days=15 * 365)
"""How far from the date somebody's offices may lie for a name alone to mean them."""

WEIGHTS: Mapping[tuple[NameMatch, OfficeMatch], float] = {
    ("full", "held"): 0.98,
    ("full", "around"): 0.93,
    ("full", "of-state"): 0.85,
    ("full", "other-time"): 0.8,
    ("full", "none"): 0.55,
    ("full", "against"): 0.4,
    ("variant", "held"): 0.95,
    ("variant", "around"): 0.85,
    ("variant", "of-state"): 0.65,
    ("variant", "other-time"): 0.6,
    ("variant", "none"): 0.4,
    ("variant", "against"): 0.2,
    ("family", "held"): 0.85,
    ("family", "around"): 0.7,
    ("family", "of-state"): 0.3,
    ("family", "other-time"): 0.3,
    ("family", "none"): 0.2,
    ("family", "against"): 0.1,
}
"""Confidence by how a name agrees and how the office in the text does; "none": the text names no office."""

DESCRIBED, DESCRIBED_OPEN = 0.85, 0.65
"""Confidence where an office and a date alone tell the holder, and where the source does not reach to the date."""

STATE_IN_TEXT, IN_OFFICE = 0.15, 0.15
"""Added where the text names no office, for a person of a state that it speaks of, and for one who was in some office on the date."""

FAR, NO_STATE, BORROWED = 0.25, 0.1, 0.15
"""Taken off for a person whose offices lie far from the date; a family name whose state is not told; a state taken from the speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A known person that a cluster stands for. ``why`` names the evidence: "full name, office held"."""

    person: Person
    confidence: float
    why: str


def link_people(
    clusters: Clusters,
    *,
    gazetteer: Gazetteer,
    date: datetime.date | None,
    speakers: Mapping[int, int] | None = None,
    threshold: float = THRESHOLD,
) -> dict[int, Link]:
    """Return the link of each cluster that has one, by index, and join the clusters that stand for one person.

    ``speakers`` maps a token inside a quotation to the token that names its speaker: in an American's mouth "the President" is the
    American one.
    """
    linker = _Linker(clusters, gazetteer=gazetteer, date=date, threshold=threshold)
    links: dict[int, Link] = {}
    people = [i for i, cluster in enumerate(clusters.items) if cluster.type == "Person" and cluster.mentions]
    for index in people:
        if _has_name(clusters[index]):
            _note(links, index, linker.named(index))
    for index in people:
        if not _has_name(clusters[index]):
            _note(links, index, linker.described(index, links, speakers or {}))
    _join(clusters, links)
    return links


def _note(links: dict[int, Link], index: int, link: Link | None) -> None:
    if link is not None:
        links[index] = link


def _has_name(cluster: Cluster) -> bool:
    return any(mention.kind == "name" for mention in cluster.mentions)


def _join(clusters: Clusters, links: dict[int, Link]) -> None:
    """Join clusters of one person: one with a name takes up descriptions, and two names that both link with confidence."""
    first: dict[str, int] = {}
    joined: dict[int, int] = {}
    for index in sorted(links, key=lambda i: (not _has_name(clusters[i]), -links[i].confidence, i)):
        key = links[index].person.key
        if key not in first:
            first[key] = index
            continue
        target = first[key]
        roles = [role for role in clusters[index].roles if role not in clusters[target].roles]
        clusters.merge(index, into=target)
        clusters[target].roles += roles
        joined[index] = target
        del links[index]
    for cluster in clusters.items:
        cluster.members = list(dict.fromkeys(joined.get(member, member) for member in cluster.members))


class _Linker:
    """Weighs the candidates for one cluster after another."""

    def __init__(self, clusters: Clusters, *, gazetteer: Gazetteer, date: datetime.date | None, threshold: float) -> None:
        self.clusters = clusters
        self.gazetteer = gazetteer
        self.people = gazetteer.people
        self.date = date
        self.threshold = threshold
        self.scopes = {scope_of(c.entry) for c in clusters.items if c.entry is not None and c.mentions}

    def named(self, index: int) -> Link | None:
        """Return the person whom a cluster with a name stands for."""
        cluster = self.clusters[index]
        names = list(dict.fromkeys(plain_name(name) for m in cluster.mentions if m.kind == "name" for name in [self._text(m)]))
        offices = [read_office(role, self.gazetteer) for role in self._roles(index)]
        best: dict[str, Link] = {}
        for person, match in self._candidates(names):
            link = self._weigh(person, match, offices)
            if person.key not in best or best[person.key].confidence < link.confidence:
                best[person.key] = link
        return self._clear(best.values())

    def _clear(self, links: Iterable[Link]) -> Link | None:
        """Return the best link, if it reaches the threshold and no other comes near it."""
        ranked = sorted(links, key=lambda link: (-link.confidence, link.person.key))
        if not ranked or ranked[0].confidence < self.threshold:
            return None
        return None if len(ranked) > 1 and ranked[1].confidence > ranked[0].confidence - 0.04 else ranked[0]

    def _text(self, mention: TextMention) -> str:
        return self.clusters.doc[mention.start : mention.end].text

    def _roles(self, index: int) -> Iterator[str]:
        """Yield the offices that the text gives a person, with the state behind the name: "Minister Lund of Ostravia"."""
        cluster, doc = self.clusters[index], self.clusters.doc
        behind = ""
        for mention in cluster.mentions:
            if mention.kind == "name" and mention.end + 1 < len(doc) and doc[mention.end].lower_ == "of":
                end = mention.end + 1
                while end < len(doc) and (doc[end].lower_ == "the" or doc[end].text[0].isupper()):
                    end += 1
                behind = doc[mention.end : end].text
        for role in cluster.roles:
            yield f"{role} {behind}".strip()

    def _candidates(self, names: Iterable[str]) -> Iterator[tuple[Person, NameMatch]]:
        for name in names:
            words = without_particles(plain(name))
            if len(words) > 1:
                for person in self.people.named(name):
                    yield person, "full"
                for person in self.people.sharing(name):
                    if any(_is_variant(words, without_particles(plain(other))) for other in (person.name, *person.aliases)):
                        yield person, "variant"
            elif words and len(words[0]) > 1:
                for person in self.people.sharing(name):
                    yield person, "family"

    def _weigh(self, person: Person, match: NameMatch, offices: list[Office]) -> Link:
        office = max((self._office_match(person, office) for office in offices), key=_RANK.index, default=NO_OFFICE)
        confidence = WEIGHTS[match, office]
        if match == "family" and not any(office.of or office.bare for office in offices):
            confidence -= NO_STATE
        if office == NO_OFFICE:
            confidence += STATE_IN_TEXT if any(term.of in self.scopes for term in person.terms) else 0.0
            confidence += (
                IN_OFFICE if any(self._time_match(term, ANY_OFFICE) in {"held", "around"} for term in person.terms) else 0.0
            )
        if office not in {"held", "around"} and not self._is_contemporary(person):
            confidence -= FAR
        said = {"none": "no office named", "of-state": "another office of the state"}.get(office, f"office {office}")
        return Link(person=person, confidence=round(max(confidence, 0.0), 2), why=f"{match} name, {said}")

    def _office_match(self, person: Person, office: Office) -> OfficeMatch:
        found: set[OfficeMatch] = set()
        for term in person.terms:
            scopes = {term.of} if term.of else set()
            same_state = not office.of or bool(office.of & scopes)
            if same_state and office.fits(read_office(term.office, self.gazetteer, of=term.of)):
                found.add(self._time_match(term, office))
            elif office.of & scopes and self._near(term, RECENT):
                found.add("of-state")
        return max(found, key=_RANK.index, default="against" if office.of else NO_OFFICE)

    def _time_match(self, term: Term, office: Office) -> OfficeMatch:
        if self.date is None:
            return "other-time"
        if office.time == "former":
            return "held" if term.end is not None and term.end < self.date else "around" if term.open else "other-time"
        if office.time == "coming":
            return "held" if term.start is not None and self.date <= term.start < self.date + RECENT else "other-time"
        if term.covers(self.date):
            return "held"
        if term.open and term.end is not None and term.end < self.date <= term.end + FRESH:
            return "around"
        return "around" if self._near(term, NEAR) else "other-time"

    def _near(self, term: Term, most: datetime.timedelta) -> bool:
        if self.date is None:
            return True
        return (term.start is None or term.start - most <= self.date) and (term.end is None or self.date <= term.end + most)

    def _is_contemporary(self, person: Person) -> bool:
        return any(self._near(term, RECENT) for term in person.terms)

    def described(self, index: int, links: Mapping[int, Link], speakers: Mapping[int, int]) -> Link | None:
        """Return who held the office that a description names on the date; None where the text leaves its state open."""
        if self.date is None:
            return None
        for mention in self.clusters[index].mentions:
            if mention.kind != "nominal":
                continue
            office = read_office(self._text(mention), self.gazetteer)
            if office.kind is None or office.many or office.time is not None:
                continue
            of, less = self._scope(mention, office, links, speakers)
            link = self._holder(office, of, less) if of is not None else None
            if link is not None:
                return link
        return None

    def _scope(
        self, mention: TextMention, office: Office, links: Mapping[int, Link], speakers: Mapping[int, int]
    ) -> tuple[str | None, float]:
        """Return what a described office is of, and what its being inferred costs."""
        if len(office.of) == 1:
            return min(office.of), 0.0
        if office.of:
            return None, 0.0
        definite = self.clusters.doc[mention.start].lower_ == "the"
        if office.bare is not None and definite:
            return office.bare, 0.0
        speaker = self.clusters.of_head.get(speakers.get(mention.head, -1))
        if definite and speaker is not None and speaker in links and self.clusters.doc[mention.head].text[0].isupper():
            states = {term.of for term in links[speaker].person.terms if term.of and self.date and self._near(term, NEAR)}
            if len(states) == 1:
                return min(states), BORROWED
        return None, 0.0

    def _holder(self, office: Office, of: str, less: float) -> Link | None:
        assert self.date is not None  # asked before
        sure: list[tuple[datetime.date, Person]] = []
        likely: list[tuple[datetime.date, Person]] = []
        for person in self.people.officers(of):
            for term in person.terms:
                if term.of != of or term.start is None or term.start > self.date:
                    continue
                if not office.fits(read_office(term.office, self.gazetteer, of=of)):
                    continue
                if term.covers(self.date):
                    sure.append((term.start, person))
                elif term.open and term.end is not None and self.date <= term.end + FRESH:
                    likely.append((term.start, person))
        latest = max((start for start, _ in [*sure, *likely]), default=None)
        found = [(p, DESCRIBED) for s, p in sure if s == latest] or [(p, DESCRIBED_OPEN) for s, p in likely if s == latest]
        links = {p.key: Link(person=p, confidence=round(c - less, 2), why="office held on the date") for p, c in found}
        return self._clear(links.values())


ANY_OFFICE = Office(kind=None, words=frozenset())
_RANK: list[OfficeMatch] = ["against", "none", "of-state", "other-time", "around", "held"]


def _is_variant(one: list[str], other: list[str]) -> bool:
    """Tell whether two names of several words differ in spelling only, or in the form or middle of the given name."""
    a, b = ends(" ".join(one)), ends(" ".join(other))
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    first, second = one[0], other[0]
    return (
        sound(first) == sound(second)
        or (first[:2] == second[:2] and min(len(first), len(second)) > 2)
        or (first[0] == second[0] and min(len(first), len(second)) == 1)
    )
