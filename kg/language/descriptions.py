"""Resolve noun phrases that describe an actor: "the Secretary", "the Russian leader", "both sides", "the Syrian government".

In: clusters of names, and nominal mentions in text order. Out: each mention in a cluster, an old one or its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg.language.clusters import Clusters
from kg.language.collectives import Collectives
from kg.language.gazetteer import GazetteerEntry
from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.names import plain_name

ISSUERS_KEY, ISSUERS = "issuers", "we"
"""The group that issues a joint statement, and its name while no list of its members gives it a better one."""

GOVERNMENTS = frozenset({"government", "ministry", "parliament", "regime", "army", "military", "embassy", "administration"})
STANDS_FOR = {
    "leader": frozenset({"president", "premier", "chancellor", "king", "prime"}),
    "diplomat": frozenset({"secretary", "foreign", "ambassador", "envoy"}),
}
"""Offices that a looser word may take up."""
DEPUTIES = frozenset({"vice", "deputy"})
FIRST = frozenset({"top", "chief"})
RANKS = FIRST | {"senior"}
"""Words of rank, which tell no office from another."""


class Descriptions:
    """Puts nominal mentions into clusters; remembers what each noun described last."""

    def __init__(
        self, clusters: Clusters, *, states: Mapping[str, GazetteerEntry], lexicon: Lexicon, collectives: Collectives
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
        for index, cluster in enumerate(clusters.items):
            for role in cluster.roles if cluster.type == "Person" else ():
                self._offices.setdefault(role, set()).add(index)
                for part in _words_of(role):
                    self._offices_with.setdefault(part, set()).add(role)

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
        """Return the person whose office a description names, the one mentioned last; None where there is none."""
        if self.doc[mention.start].lower_ in {"a", "an"}:
            return None
        words = frozenset(word.casefold() for word in text.split())
        return self.clusters.nearest(mention.start, self._holders(head.lemma_.lower(), words))

    def _holders(self, word: str, words: frozenset[str]) -> frozenset[int]:
        """Return the people with an office that a description's head and other words fit."""
        telling = words & (self.lexicon.role_modifiers | DEPUTIES | FIRST)
        if (word, telling) not in self._fitting:
            roles = set().union(*(self._offices_with.get(part, ()) for part in {word, *STANDS_FOR.get(word, ())}))
            people = (self._offices[role] for role in roles if self._fits(word, telling, role))
            self._fitting[word, telling] = frozenset().union(*people)
        return self._fitting[word, telling]

    def _fits(self, word: str, words: frozenset[str], role: str) -> bool:
        """Tell whether a description's head and other words fit an office: "the top American diplomat", the foreign minister."""
        parts = _words_of(role)
        if word in parts:
            specific = (words & self.lexicon.role_modifiers) - {word} - RANKS
            return specific <= parts and not DEPUTIES & (parts ^ words)
        return (word == "leader" or bool(FIRST & words)) and bool(STANDS_FOR.get(word, frozenset()) & parts)


def _words_of(role: str) -> set[str]:
    return {part.casefold() for part in role.replace("-", " ").split()}
