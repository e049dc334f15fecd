"""Decide which mentions speak of the same entity.

In: a Doc, its mentions and its quotations. Out: Clusters and, for each mention, the cluster it belongs to. Rules, in the order of
their certainty: gazetteer keys, names and parts of names, acronyms, roles ("the Secretary"), descriptions ("the rebels"), pronouns.
Limits: pronouns look back three sentences; a group keeps its description as its name.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.names import initials, plain_name, same_person
from kg.language.syntax import OBJECTS, SUBJECTS
from kg.records import EntityType

WINDOW = 3
"""How many sentences back a pronoun's antecedent may stand."""

FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "herself"})
PERSONAL = MASCULINE | FEMININE
PLURAL = frozenset({"they", "them", "their", "themselves"})
ISSUERS = "we"
"""The name of a group that is known only as the one that speaks; the list of its members gives it a better one."""
AGENTIVE = frozenset({"have", "seek", "back", "plan", "intend", "accept", "impose", "withdraw", "invade", "negotiate"})
"""Verbs, beside those of speech, whose subject is a government when it is a capital: "Moscow seeks …"."""

GOVERNMENTS = frozenset({"government", "ministry", "parliament", "regime", "army", "military", "embassy", "administration"})
PAIRED = frozenset({"both", "two"})


@dataclass(slots=True)
class Cluster:
    """All that the text says of one entity while it is being put together."""

    type: EntityType
    named: bool
    names: list[str] = field(default_factory=list)
    mentions: list[TextMention] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    entry: GazetteerEntry | None = None
    gender: str | None = None
    members: list[int] = field(default_factory=list)

    @property
    def longest(self) -> str:
        """The fullest name so far."""
        return max(self.names, key=len, default="")


class Resolver:
    """Puts the mentions of one document into clusters; used once, through ``resolve``."""

    def __init__(self, doc: Doc, *, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.states = {entry.country: entry for entry in gazetteer if entry.type == "Country" and entry.country}
        self.clusters: list[Cluster] = []
        self.by_key: dict[str, int] = {}
        self.of_head: dict[int, int] = {}
        self.sentence_of: list[int] = []

    def resolve(self, mentions: Sequence[TextMention], speakers: dict[int, int]) -> None:
        """Fill ``clusters`` and ``of_head``.

        ``speakers`` maps a token inside a quotation to the token that names its speaker, so that "I" is whoever speaks.
        """
        self.sentence_of = _sentence_numbers(self.doc, speakers)
        for mention in sorted(mentions, key=lambda m: (m.kind != "name", -(m.end - m.start), m.start)):
            if mention.kind == "name":
                self._add_name(mention)
        self._add_acronyms()
        for mention in mentions:
            if mention.kind == "nominal":
                self._add_nominal(mention)
            elif mention.kind == "pronoun" and self.doc[mention.head].lower_ not in FIRST_PERSON:
                self._add_pronoun(mention, speakers)
        for mention in mentions:
            if mention.kind == "pronoun" and self.doc[mention.head].lower_ in FIRST_PERSON:
                self._add_first_person(mention, speakers)

    # Names

    def _add_name(self, mention: TextMention) -> None:
        text = self.doc[mention.start : mention.end].text
        entry = self._meant(mention)
        index = self.by_key.get(entry.key) if entry else self._same_name(mention, plain_name(text))
        if index is None:
            index = self._new(Cluster(type=entry.type if entry else mention.type, named=True, entry=entry))
            if entry:
                self.by_key[entry.key] = index
        cluster = self.clusters[index]
        cluster.names.append(plain_name(text))
        if mention.role:
            self._add_role(cluster, mention.role)
        self._join(mention, index)

    def _meant(self, mention: TextMention) -> GazetteerEntry | None:
        """Return the entry that a name stands for: a capital that says or does something is its government."""
        entry = mention.entry
        if entry is None or entry.capital_of is None:
            return entry
        token = self.doc[mention.head]
        acts = token.dep_ in SUBJECTS and token.head.lemma_.lower() in self.lexicon.reporting_verbs | AGENTIVE
        return self.states.get(entry.capital_of, entry) if acts else entry

    def _same_name(self, mention: TextMention, name: str) -> int | None:
        fold = name.casefold()
        best: int | None = None
        for index, cluster in enumerate(self.clusters):
            if cluster.entry is not None and fold not in {n.casefold() for n in cluster.names}:
                continue
            if any(fold == other.casefold() for other in cluster.names) and cluster.type == mention.type:
                return index
            if mention.type == cluster.type == "Person" and any(same_person(name, other) for other in cluster.names):
                best = index if best is None or self._distance(index, mention) < self._distance(best, mention) else best
            elif mention.type == cluster.type == "Organization" and " " not in name and name in cluster.longest.split():
                best = index
        return best

    def _distance(self, index: int, mention: TextMention) -> int:
        return min(
            (mention.start - m.start if m.start <= mention.start else 10_000 + m.start for m in self.clusters[index].mentions),
            default=100_000,
        )

    def _add_role(self, cluster: Cluster, role: tuple[int, int]) -> None:
        text = self.doc[role[0] : role[1]].text
        if text not in cluster.roles:
            cluster.roles.append(text)

    def _add_acronyms(self) -> None:
        """Join "(UNSMIL)" to the organization named before the bracket, and other acronyms to the name they abbreviate."""
        for index, cluster in enumerate(self.clusters):
            if cluster.type not in {"Organization", "Event"} or not cluster.mentions:
                continue
            short = cluster.longest
            if not (short.isupper() and len(short) > 1 and " " not in short) or cluster.entry is not None:
                continue
            for other, target in enumerate(self.clusters):
                if (
                    other != index
                    and target.mentions
                    and " " in target.longest
                    and (initials(target.longest) == short.casefold() or self._bracketed(target, cluster))
                ):
                    self._merge(index, into=other)
                    break

    def _bracketed(self, target: Cluster, cluster: Cluster) -> bool:
        openings = {m.end + 1 for m in target.mentions if m.end < len(self.doc) and self.doc[m.end].text == "("}
        return any(m.start in openings for m in cluster.mentions)

    def _merge(self, index: int, *, into: int) -> None:
        source, target = self.clusters[index], self.clusters[into]
        for mention in source.mentions:
            self._join(mention, into)
        target.names += source.names
        source.mentions, source.names = [], []

    # Nominals

    def _add_nominal(self, mention: TextMention) -> None:
        head = self.doc[mention.head]
        text = _without_article(self.doc, mention)
        if mention.form == "issuer":
            self._join(mention, self._described(ISSUERS, named=False, type_="Group"))
            return
        index = self._equated(head)
        if index is not None:
            pass
        elif mention.type == "Person":
            # The label of a turn ("THE PRESIDENT") names whoever the transcript is of, not the last one who was spoken about.
            index = self._holder(mention, text) if mention.form != "label" else None
            if index is None:
                capitalized = head.text[0].isupper() and self.doc[mention.start].lower_ == "the"
                index = self._described(text, named=capitalized or self._owner(head) is not None, type_="Person")
        elif head.lemma_.lower() in GOVERNMENTS and self._owner(head) is not None:
            index = self._government(head, text)
        else:
            index = self._earlier(mention, head)
            if index is None:
                index = self._described(text, named=False, type_="Group")
            if self._is_pair(mention) and not self.clusters[index].members:
                self.clusters[index].members = self._pair(mention, head)
        self._join(mention, index)

    def _equated(self, head: Token) -> int | None:
        """Return the named thing that a description stands beside: "the coalition known as X", "X, the coalition's leader"."""
        beside = [child for child in head.children if child.dep_ == "appos"]
        beside += [head.head] if head.dep_ == "appos" else []
        for child in head.children:
            if child.dep_.startswith("acl") and child.lemma_.lower() in {"know", "call", "name", "dub"}:
                beside += [noun for noun in child.children if noun.dep_ in {"obl", "xcomp", "obj"}]
        indices = [self.of_head[token.i] for token in beside if token.i in self.of_head]
        return next((i for i in indices if self.clusters[i].named and self.clusters[i].type in {"Person", "Organization"}), None)

    def _owner(self, head: Token) -> int | None:
        """Return the state that a description belongs to: "the Iranian foreign minister", "Turkey's ambassador"."""
        for child in head.lefts:
            index = self.of_head.get(child.i)
            if child.dep_ in {"amod", "compound", "nmod:poss"} and index is not None:
                if self.clusters[index].type in {"Country", "City"}:
                    return index
        return None

    def _government(self, head: Token, text: str) -> int:
        """Return a state's government, which is one body whether it goes by the state's name or by its capital's."""
        owner = self.clusters[self._owner(head) or 0]
        state = owner.entry
        if state is not None and state.capital_of is not None:
            state = self.states.get(state.capital_of, state)
        key = f"{head.lemma_.lower()}:{state.key if state is not None else owner.longest}"
        if key not in self.by_key:
            self.by_key[key] = self._new(Cluster(type="Organization", named=True))
        cluster = self.clusters[self.by_key[key]]
        if text not in cluster.names:
            cluster.names.append(text)
        return self.by_key[key]

    def _earlier(self, mention: TextMention, head: Token) -> int | None:
        """Return what a bare definite description ("the coalition") takes up: the last thing described by the same noun."""
        if mention.end - mention.start != 2 or self.doc[mention.start].lower_ != "the":
            return None
        for index in range(len(self.clusters) - 1, -1, -1):
            for earlier in self.clusters[index].mentions:
                same = self.doc[earlier.head].lemma_ == head.lemma_ and earlier.plural == mention.plural
                if same and earlier.kind == "nominal" and earlier.start < mention.start:
                    return index
        return None

    def _holder(self, mention: TextMention, text: str) -> int | None:
        """Return the person whose office a description names, the one mentioned last; None where there is none."""
        head = self.doc[mention.head]
        if self.doc[mention.start].lower_ in {"a", "an"}:
            return None
        word = head.lemma_.lower()
        words = {w.casefold() for w in text.split()}
        holders = [
            index
            for index, cluster in enumerate(self.clusters)
            if cluster.type == "Person" and any(self._fits(word, words, role) for role in cluster.roles)
        ]
        before = [i for i in holders if any(m.start <= mention.start for m in self.clusters[i].mentions)]
        candidates = before or holders
        return min(candidates, key=lambda index: self._distance(index, mention), default=None)

    def _fits(self, word: str, words: set[str], role: str) -> bool:
        """Tell whether a description's head and other words fit an office: "the top American diplomat", the foreign minister."""
        parts = [part.casefold() for part in role.replace("-", " ").split()]
        if word in parts:
            rest = words - {word, "the"}
            specific = {w for w in rest if w in self.lexicon.role_modifiers and w not in {"top", "senior", "chief"}}
            vice = {"vice", "deputy"} & (set(parts) ^ words)
            return specific <= set(parts) and not vice
        stands_for = {
            "leader": {"president", "premier", "chancellor", "king", "prime"},
            "diplomat": {"secretary", "foreign", "ambassador", "envoy"},
        }
        return bool(stands_for.get(word, set()) & set(parts)) and ("top" in words or word == "leader" or "chief" in words)

    def _described(self, text: str, *, named: bool, type_: EntityType) -> int:
        key = f"{type_}:{text.casefold()}"
        if key not in self.by_key:
            self.by_key[key] = self._new(Cluster(type=type_, named=named))
        cluster = self.clusters[self.by_key[key]]
        if text not in cluster.names:
            cluster.names.append(text)
        return self.by_key[key]

    def _is_pair(self, mention: TextMention) -> bool:
        head = self.doc[mention.head]
        determiners = {child.lower_ for child in head.lefts}
        definite = "the" in determiners and mention.end - mention.start == 2
        return mention.plural and head.lemma_.lower() in self.lexicon.side_nouns and (bool(PAIRED & determiners) or definite)

    def _pair(self, mention: TextMention, head: Token) -> list[int]:
        """Return the last two actors of the kind that "both sides" or "the two presidents" speak of."""
        people = head.lemma_.lower() in {"leader", "president", "minister"}
        wanted = {"Person"} if people else {"Country", "Organization", "Person"}
        seen: dict[int, int] = {}
        for index, cluster in enumerate(self.clusters):
            places = [m.start for m in cluster.mentions if m.start < mention.start and m.kind == "name"]
            if cluster.named and cluster.type in wanted and places:
                seen[index] = max(places)
        holders = [i for i in seen if any(head.lemma_.lower() in role.casefold().split() for role in self.clusters[i].roles)]
        last = sorted(holders if len(holders) > 1 else seen, key=lambda index: seen[index])[-2:]
        return last if len(last) == 2 else []

    # Pronouns

    def _add_pronoun(self, mention: TextMention, speakers: dict[int, int]) -> None:
        word = self.doc[mention.head].lower_
        index = self._antecedent(mention, word, speakers)
        if index is None:
            return
        cluster = self.clusters[index]
        if word in MASCULINE | FEMININE and cluster.gender is None:
            cluster.gender = "masculine" if word in MASCULINE else "feminine"
        self._join(mention, index)

    def _antecedent(self, mention: TextMention, word: str, speakers: dict[int, int]) -> int | None:
        if word in MASCULINE or word in FEMININE:
            gender = "masculine" if word in MASCULINE else "feminine"
            types, other = {"Person"}, {None, gender}
        elif word in PLURAL:
            types, other = {"Group", "Organization"}, {None}
        else:
            types, other = {"Country", "Organization"}, {None}
        sentence = self.sentence_of[mention.head]
        if word in {"it", "its", "itself"} and (self.doc[mention.head].dep_ == "expl" or is_pleonastic(self.doc[mention.head])):
            return None
        speaking = self.of_head.get(speakers.get(mention.head, -1))
        quoted = mention.head in speakers
        best: tuple[float, int] | None = None
        for index, cluster in enumerate(self.clusters):
            if cluster.type not in types or cluster.gender not in other or (quoted and index == speaking):
                continue
            for candidate in cluster.mentions:
                if candidate.start >= mention.start or (word not in PLURAL and candidate.plural):
                    continue
                back = sentence - self.sentence_of[candidate.head]
                if back > (WINDOW if word in PERSONAL else 1):
                    continue
                if word == "it" and not self.doc[candidate.head].dep_.startswith("nsubj"):
                    continue
                score = self._salience(candidate, mention, back)
                if best is None or score > best[0]:
                    best = score, index
        return best[1] if best else None

    def _salience(self, candidate: TextMention, mention: TextMention, back: int) -> float:
        token = self.doc[candidate.head]
        score = -1.0 * back - 0.002 * (mention.start - candidate.start)
        if token.dep_.startswith(("nsubj", "csubj")):
            score += 1.2
        if token.dep_ in OBJECTS:
            score += 0.2
        if token.dep_ in {"compound", "amod", "nmod:poss"}:
            score -= 1.5
        if self.doc[mention.head].head.i == token.head.i and mention.head != candidate.head:
            score -= 2.0  # the subject and object of one verb are not the same unless the object is reflexive
        return score

    def _add_first_person(self, mention: TextMention, speakers: dict[int, int]) -> None:
        speaker = self.of_head.get(speakers.get(mention.head, -1))
        if speaker is not None:
            self._join(mention, speaker)

    # Shared

    def _new(self, cluster: Cluster) -> int:
        self.clusters.append(cluster)
        return len(self.clusters) - 1

    def _join(self, mention: TextMention, index: int) -> None:
        self.clusters[index].mentions.append(mention)
        self.of_head[mention.head] = index
        if mention.kind == "name" and mention.type == "Person":
            # The parser may take the title or any part of the name for the head of the phrase.
            for position in range(mention.start, mention.end):
                self.of_head.setdefault(position, index)
            for position in range(*(mention.role or (0, 0))):
                if self.doc[position].lower_ in self.lexicon.role_heads:
                    self.of_head.setdefault(position, index)


def _sentence_numbers(doc: Doc, quoted: Container[int]) -> list[int]:
    """Return the number of each token's sentence; a quotation counts as one, since its narrator looks back over it."""
    numbers: list[int] = []
    number = 0
    for sentence in doc.sents:
        number += not (sentence.start in quoted and sentence.start - 1 in quoted)
        numbers += [number] * len(sentence)
    return numbers


def is_pleonastic(token: Token) -> bool:
    """Tell whether an "it" stands for a clause and for no thing: "it is clear that …", "it was agreed …"."""
    verb = token.head
    clause = any(child.dep_ in {"csubj", "ccomp", "xcomp", "advcl"} and child.i > token.i for child in verb.children)
    return token.dep_.startswith("nsubj") and (verb.pos_ == "ADJ" or token.dep_ == "nsubj:pass") and clause


def _without_article(doc: Doc, mention: TextMention) -> str:
    start = mention.start
    while start < mention.head and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    return plain_name(doc[start : mention.end].text)


def speakers_by_token(doc: Doc, quotations: Iterable[tuple[int, int, int | None]]) -> dict[int, int]:
    """Map each token inside a quotation (start, end, speaker token) to the token that names its speaker."""
    speakers: dict[int, int] = {}
    for start, end, speaker in quotations:
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is not None and speaker is not None:
            speakers.update((token.i, speaker) for token in span)
    return speakers
