"""Resolve noun phrases that describe an actor: "the Secretary", "the Russian leader", "both sides", "the Syrian government".

In: clusters of names, and nominal mentions in text order. Out: each mention in a cluster, an old one or its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from kg.language.clusters import Cluster, Clusters
from kg.language.collectives import Collectives
from kg.language.gazetteer import GazetteerEntry
from kg.language.incumbents import NOBODY, Incumbent
from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.names import plain_name
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, preposition_of

ISSUERS_KEY, ISSUERS = "issuers", "we"
"""The group that issues a joint statement, and its name while no list of its members gives it a better one."""

GOVERNMENTS = frozenset({"government", "ministry", "parliament", "regime", "army", "military", "embassy", "administration"})
STANDS_FOR = {
    "leader": frozenset({"president", "premier", "chancellor", "king", "prime"}),
    "diplomat": frozenset({"secretary", "foreign", "ambassador", "envoy"}),
}
"""Offices that a looser word may take up."""
SERVING = frozenset({"of", "for", "to", "at", "in", "on"})
RANKS = frozenset({"vice", "deputy"})
OTHER_RANKS = {
    "minister": RANKS | {"prime"},
    "secretary": RANKS | {"general", "assistant", "under", "press", "permanent", "executive"},
    "general": RANKS | {"secretary", "director", "attorney", "consul"},
}
"""Words that make another office of one: "the Minister" is no Prime Minister, "the Secretary" no Secretary-General."""
ARGUMENTS = frozenset({*SUBJECTS, *PASSIVE_SUBJECTS, *OBJECTS, "iobj", "obl", "obl:agent"})
FIRST = frozenset({"top", "chief"})
TELLING = FIRST.union(RANKS, *OTHER_RANKS.values())
"""Words of a description that decide whose office it may be, beside the modifiers of the lexicon."""


class Descriptions:
    """Puts nominal mentions into clusters; remembers what each noun described last."""

    def __init__(
        self,
        clusters: Clusters,
        *,
        states: Mapping[str, GazetteerEntry],
        lexicon: Lexicon,
        collectives: Collectives,
        known: Mapping[int, Incumbent] = NOBODY,
    ) -> None:
        self.clusters = clusters
        self.collectives = collectives
        self.doc = clusters.doc
        self.states = states
        self.lexicon = lexicon
        self._last: dict[tuple[str, bool], int] = {}
        self._offices: dict[str, set[int]] = {}
        self._offices_with: dict[str, set[str]] = {}
        self._fitting: dict[tuple[str, frozenset[str]], frozenset[int]] = {}
        titles = {
            i: tuple(cluster.roles) for i, cluster in enumerate(clusters.items) if cluster.type == "Person" and cluster.roles
        }
        self._states_of = {i: self._served(clusters[i]) for i in titles}
        self._states_of.update({i: set(incumbent.states) for i, incumbent in known.items()})
        titles.update({i: incumbent.titles for i, incumbent in known.items()})
        for index, held in titles.items():
            for title in held:
                self._offices.setdefault(title, set()).add(index)
                for part in _words_of(title):
                    self._offices_with.setdefault(part, set()).add(title)
        self._called: dict[str, int] = {}

    def add(self, mention: TextMention) -> None:
        """Put a description into the cluster it belongs to, or into a new one."""
        head = self.doc[mention.head]
        text = self._text(mention)
        index = self._index(mention, head, text)
        self._last[head.lemma_, mention.plural] = index
        self.clusters.join(mention, index)

    def _index(self, mention: TextMention, head: Token, text: str) -> int:
        if mention.form == "issuer":
            return self.clusters.described(ISSUERS_KEY, ISSUERS, named=False, type_="Group")
        index = self._equated(head)
        if index is not None:
            return index
        if mention.type == "Person":
            # The label of a turn ("THE PRESIDENT") names whoever the transcript is of, not the last one who was spoken about.
            index = self._holder(mention, head, text) if mention.form != "label" else None
            if index is not None:
                return index
            capitalized = head.text[0].isupper() and self.doc[mention.start].lower_ == "the"
            named = capitalized or self._owner(head) is not None
            return self.clusters.described(f"Person:{text.casefold()}", text, named=named, type_="Person")
        if head.lemma_.lower() in GOVERNMENTS and self._owner(head) is not None:
            return self._government(head, text)
        members = self.collectives.members(mention)
        if members:
            return self.collectives.group(members, text)
        index = self._earlier(mention, head)
        return (
            index if index is not None else self.clusters.described(f"Group:{text.casefold()}", text, named=False, type_="Group")
        )

    def _text(self, mention: TextMention) -> str:
        start = mention.start
        while start < mention.head and self.doc[start].lower_ in {"the", "a", "an"}:
            start += 1
        return plain_name(self.doc[start : mention.end].text)

    def _equated(self, head: Token) -> int | None:
        """Return the named thing that a description stands beside: "the coalition known as X", "X, the coalition's leader"."""
        beside = [child for child in head.children if child.dep_ == "appos"]
        beside += [head.head] if head.dep_ == "appos" else []
        for child in head.children:
            if child.dep_.startswith("acl") and child.lemma_.lower() in {"know", "call", "name", "dub"}:
                beside += [noun for noun in child.children if noun.dep_ in {"obl", "xcomp", "obj"}]
        indices = [self.clusters.of_head[token.i] for token in beside if token.i in self.clusters.of_head]
        return next((i for i in indices if self.clusters[i].named and self.clusters[i].type in {"Person", "Organization"}), None)

    def _owner(self, head: Token) -> int | None:
        """Return the state that a description belongs to: "the Iranian foreign minister", "Turkey's ambassador"."""
        for child in head.lefts:
            index = self.clusters.of_head.get(child.i)
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
        return self.clusters.described(key, text, named=True, type_="Organization")

    def _earlier(self, mention: TextMention, head: Token) -> int | None:
        """Return what a bare definite description ("the coalition") takes up: the last thing described by the same noun."""
        if mention.end - mention.start != 2 or self.doc[mention.start].lower_ != "the":
            return None
        return self._last.get((head.lemma_, mention.plural))

    def _holder(self, mention: TextMention, head: Token, text: str) -> int | None:
        """Return the person whose office a description names; None where there is none.

        Of several it is the one whom the same capitalized words ("the Minister") meant before, or else the one mentioned last.
        """
        if self.doc[mention.start].lower_ in {"a", "an"}:
            return None
        words = frozenset(word.casefold() for word in text.split())
        fitting = self._of_state(self._holders(head.lemma_.lower(), words), head) - self._beside(head)
        called = text if text[:1].isupper() else ""
        index = self._called.get(called) if self._called.get(called) in fitting else self.clusters.nearest(mention.start, fitting)
        if index is not None and called:
            self._called[called] = index
        return index

    def _of_state(self, holders: frozenset[int], head: Token) -> frozenset[int]:
        """Return those who hold the office in the state that a description names; if none is known to, those of no known state."""
        states = self._states([*head.lefts, *(child for child in head.rights if preposition_of(child) == "of")])
        if not states:
            return holders
        theirs = frozenset(i for i in holders if self._states_of[i] & states)
        return theirs or frozenset(i for i in holders if not self._states_of[i])

    def _served(self, cluster: Cluster) -> set[str]:
        """Return the states and bodies that a person's titles name, also behind the name: "President Lund of Norway"."""
        told: list[Token] = []
        for mention in (mention for mention in cluster.mentions if mention.kind == "name"):
            told += self.doc[slice(*mention.role)] if mention.role is not None else []
            behind = self.doc[mention.end : mention.end + 2]
            if len(behind) == 2 and behind[0].lower_ == "of":
                told.append(behind[1].head if behind[1].lower_ == "the" else behind[1])
        return self._states(told)

    def _states(self, tokens: Iterable[Token]) -> set[str]:
        """Return what identifies the states and bodies that some tokens name; a capital is its state."""
        found = (self.clusters.of_head.get(token.i) for token in tokens)
        clusters = [self.clusters[index] for index in found if index is not None]
        named = (c for c in clusters if c.type in {"Country", "City", "Organization"} and c.named)
        return {c.entry.country or c.entry.key if c.entry is not None else c.longest.casefold() for c in named}

    def _beside(self, head: Token) -> set[int]:
        """Return whom the verb of a description names in another place: of "the President invited President Lund" she is not the first."""
        verb = head.head
        if verb.pos_ not in {"VERB", "AUX"}:
            return set()
        others = (child for child in verb.children if child.i != head.i and child.dep_ in ARGUMENTS)
        named = (self.clusters.of_head.get(child.i) for child in others)
        return {index for index in named if index is not None}

    def _holders(self, word: str, words: frozenset[str]) -> frozenset[int]:
        """Return the people with an office that a description's head and other words fit."""
        telling = words & (self.lexicon.role_modifiers | TELLING)
        if (word, telling) not in self._fitting:
            roles = set().union(*(self._offices_with.get(part, ()) for part in {word, *STANDS_FOR.get(word, ())}))
            people = (self._offices[role] for role in roles if self._fits(word, telling, role))
            self._fitting[word, telling] = frozenset().union(*people)
        return self._fitting[word, telling]

    def _fits(self, word: str, words: frozenset[str], role: str) -> bool:
        """Tell whether a description's head and other words fit an office: "the top American diplomat", the foreign minister."""
        told = [part.casefold() for part in role.replace("-", " ").split()]
        served = next((i for i, part in enumerate(told) if i > 0 and part in SERVING), len(told))
        parts, title = set(told), set(told[:served])
        if word in title:
            specific = {w for w in words - {word} if w in self.lexicon.role_modifiers and w not in {"top", "senior", "chief"}}
            return specific <= parts and not OTHER_RANKS.get(word, RANKS) & (title ^ words)
        ranks_first = word == "leader" or bool(FIRST & words)
        return ranks_first and bool(STANDS_FOR.get(word, frozenset()) & title)


def _words_of(role: str) -> set[str]:
    return {part.casefold() for part in role.replace("-", " ").split()}
