"""Decide which mentions speak of the same entity.

In: a Doc, its mentions, and who speaks where. Out: Clusters. Rules, in the order of their certainty: gazetteer keys, names and parts
of names, acronyms; then, in the order of the text, descriptions ("the Secretary", "the rebels") and pronouns.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from kg.language.chains.chains import find_chains
from kg.language.chains.ranker import load_ranker
from kg.language.clusters import Cluster, Clusters
from kg.language.collectives import Collectives
from kg.language.descriptions import Descriptions
from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.incumbents import incumbents
from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.names import initials, name_parts, plain_name, same_person
from kg.language.opening import principals
from kg.language.pronouns import FIRST_PERSON, Pronouns
from kg.language.senses import is_government


def resolve(
    doc: Doc,
    mentions: Sequence[TextMention],
    speakers: Mapping[int, int],
    *,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    date: datetime.date | None = None,
) -> Clusters:
    """Return the clusters of all mentions that speak of something known.

    ``speakers`` maps a token inside a quotation to the token that names its speaker, so that "I" is whoever speaks.
    ``date`` is the document's: it tells which known office somebody holds who is named without one.
    """
    clusters = Clusters(doc, role_heads=lexicon.role_heads)
    states = {entry.country: entry for entry in gazetteer if entry.type == "Country" and entry.country}
    names = _Names(clusters, states=states, lexicon=lexicon)
    # The fullest names first, so that a family name finds the person it belongs to wherever it stands.
    for mention in sorted(mentions, key=lambda m: (-(m.end - m.start), m.start)):
        if mention.kind == "name":
            names.add(mention)
    names.join_acronyms()
    pronouns_at = {mention.head for mention in mentions if mention.kind == "pronoun"}
    chains = find_chains(doc, ranker=load_ranker(), speakers=_numbered(speakers, clusters), heads=pronouns_at)
    known = incumbents(clusters, people=gazetteer.people, date=date)
    clusters.principals = principals(clusters, known, lexicon=lexicon)
    collectives = Collectives(clusters, lexicon=lexicon, known=known)
    descriptions = Descriptions(clusters, states=states, lexicon=lexicon, collectives=collectives, known=known)
    pronouns = Pronouns(
        clusters,
        speakers,
        chains.antecedents(),
        collectives=collectives,
        lists=chains.lists(),
        speaking=lexicon.reporting_verbs,
    )
    for mention in mentions:
        if mention.kind == "nominal":
            descriptions.add(mention)
        elif mention.kind == "pronoun" and doc[mention.head].lower_ not in FIRST_PERSON:
            pronouns.add(mention)
    for mention in mentions:
        if mention.kind == "pronoun" and doc[mention.head].lower_ in FIRST_PERSON:
            pronouns.add_first_person(mention)
    return clusters


def _numbered(speakers: Mapping[int, int], clusters: Clusters) -> dict[int, int]:
    """Return a number for who says each token of a quotation: one for each name, and for each description ("QUESTION") by its word."""
    numbers: dict[int | str, int] = {}
    spoken: dict[int, int] = {}
    for token, speaker in speakers.items():
        said_by = clusters.doc[speaker]
        key = clusters.of_head.get(speaker, said_by.lower_ if said_by.pos_ != "PRON" else None)
        if key is not None:
            spoken[token] = numbers.setdefault(key, len(numbers))
    return spoken


class _Names:
    """Puts names into clusters; holds the indices by which the same name is found again."""

    def __init__(self, clusters: Clusters, *, states: Mapping[str, GazetteerEntry], lexicon: Lexicon) -> None:
        self.clusters = clusters
        self.doc = clusters.doc
        self.states = states
        self.lexicon = lexicon
        self._exact: dict[tuple[str, str], int] = {}
        self._bodies_by_part: dict[str, set[int]] = defaultdict(set)
        self._people_by_family_name: dict[str, set[int]] = defaultdict(set)
        self._people_by_given_name: dict[str, set[int]] = defaultdict(set)
        self._people_by_only_name: dict[str, set[int]] = defaultdict(set)

    def add(self, mention: TextMention) -> None:
        """Put a name into the cluster it belongs to, or into a new one."""
        name = plain_name(self.doc[mention.start : mention.end].text)
        entry = self._meant(mention)
        index = self.clusters.by_key.get(entry.key) if entry else self._same(mention, name)
        if index is None:
            cluster = Cluster(type=entry.type if entry else mention.type, named=True, entry=entry)
            index = self.clusters.new(cluster, key=entry.key if entry else None)
        cluster = self.clusters[index]
        cluster.names[name] = None
        self._exact.setdefault((cluster.type, name.casefold()), index)
        if entry is None:
            self._remember(index, name)
        if cluster.type == "Person":
            cluster.gender = cluster.gender or self._gender(mention)
        role = self.doc[slice(*mention.role)].text if mention.role else None
        if role is not None and role not in cluster.roles:
            cluster.roles.append(role)
        self.clusters.join(mention, index)

    def _remember(self, index: int, name: str) -> None:
        """Note the words by which a cluster is found again under another form of its name."""
        parts = name_parts(name)
        if self.clusters[index].type == "Organization":
            for part in name.casefold().split():
                self._bodies_by_part[part].add(index)
        elif self.clusters[index].type == "Person" and parts:
            self._people_by_family_name[parts[-1]].add(index)
            self._people_by_given_name[parts[0]].add(index)
            if len(parts) == 1:
                self._people_by_only_name[parts[0]].add(index)

    def _gender(self, mention: TextMention) -> str | None:
        """Return the gender that a title before a name tells: "Mrs. Lund", "King Abdullah"."""
        start = mention.role[0] if mention.role is not None and mention.role[0] < mention.start else max(mention.start - 2, 0)
        titles = {token.lower_.rstrip(".") for token in self.doc[start : mention.start]}
        return "feminine" if titles & self.lexicon.female else "masculine" if titles & self.lexicon.male else None

    def _meant(self, mention: TextMention) -> GazetteerEntry | None:
        """Return the entry that a name stands for: a capital that says or does something is its government."""
        entry = mention.entry
        if entry is None or entry.capital_of is None:
            return entry
        acts = is_government(self.doc[mention.head], self.lexicon)
        return self.states.get(entry.capital_of, entry) if acts else entry

    def _same(self, mention: TextMention, name: str) -> int | None:
        exact = self._exact.get((mention.type, name.casefold()))
        if exact is not None:
            return exact
        if mention.type == "Person":
            people = {i for i in self._people_near(name_parts(name)) if self._is_person(i, name)}
            return self.clusters.nearest(mention.start, people)
        parts = name.casefold().split()
        if mention.type == "Organization" and len(parts) == 1:
            return max(self._bodies_by_part[parts[0]], default=None)
        return None

    def _people_near(self, parts: Sequence[str]) -> set[int]:
        """Return the people who may go by a name of these words: a given name finds by itself only who is called by it alone."""
        if not parts:
            return set()
        by_given_name = self._people_by_given_name if len(parts) == 1 else self._people_by_only_name
        return self._people_by_family_name[parts[-1]] | by_given_name[parts[0]]

    def _is_person(self, index: int, name: str) -> bool:
        cluster = self.clusters[index]
        return any(same_person(name, other) for other in cluster.names)

    def join_acronyms(self) -> None:
        """Join "(UNSMIL)" to the organization named before the bracket, and other acronyms to the name they abbreviate."""
        bodies = [i for i, c in enumerate(self.clusters.items) if c.type in {"Organization", "Event"}]
        by_initials = {initials(self.clusters[i].longest): i for i in reversed(bodies) if " " in self.clusters[i].longest}
        bracketed = {
            mention.end + 1: i
            for i in bodies
            for mention in self.clusters[i].mentions
            if mention.end < len(self.doc) and self.doc[mention.end].text == "(" and " " in self.clusters[i].longest
        }
        for index in bodies:
            cluster = self.clusters[index]
            short = cluster.longest
            if cluster.entry is not None or not short.isupper() or len(short) < 2 or " " in short:
                continue
            beside = next((bracketed[m.start] for m in cluster.mentions if m.start in bracketed), None)
            target = by_initials.get(short.casefold()) if beside is None else beside
            if target is not None and target != index:
                self.clusters.merge(index, into=target)


def speakers_by_token(doc: Doc, quotations: Iterable[tuple[int, int, int | None]]) -> dict[int, int]:
    """Map each token inside a quotation (start, end, speaker token) to the token that names its speaker."""
    speakers: dict[int, int] = {}
    for start, end, speaker in quotations:
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is not None and speaker is not None:
            speakers.update((token.i, speaker) for token in span)
    return speakers
