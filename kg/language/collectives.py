"""Find whom a collective speaks of: "both sides", "the two presidents", "the three foreign ministers", "they".

In: the clusters so far, and a plural description or pronoun. Out: the clusters of its members, in text order, or none where the text does
not fix them: their number and kind must fit, and nobody else who fits may stand nearer. A wrong member costs more than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

from spacy.tokens import Doc, Token

from kg.language.clusters import Clusters
from kg.language.incumbents import NOBODY, Incumbent
from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.syntax import PASSIVE_SUBJECTS, SUBJECTS, conjuncts, preposition_of
from kg.records import EntityType

NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
OWNERS = frozenset({"their", "our"})
PLAIN = frozenset({"the", "these", "those", "both", *NUMBERS, *OWNERS})
OFFICES = {
    "leader": frozenset(
        {"president", "premier", "chancellor", "king", "queen", "prime", "leader", "chairman", "emir", "sultan", "taoiseach"}
    ),
    "president": frozenset({"president"}),
    "minister": frozenset({"minister", "secretary"}),
    "premier": frozenset({"premier", "prime"}),
    "secretary": frozenset({"secretary"}),
    "ambassador": frozenset({"ambassador", "representative"}),
    "envoy": frozenset({"envoy", "representative"}),
    "diplomat": frozenset({"ambassador", "envoy", "secretary", "foreign", "diplomat"}),
}
"""The words of an office of which one makes its holder one of those that a plural noun speaks of."""
DEPUTIES = frozenset({"vice", "deputy", "former", "ex"})
HIGHER = {"minister": frozenset({"prime", "general", "press", "under"}), "secretary": frozenset({"general", "press", "under"})}
"""Words that make an office another one than the plural names: "the two ministers" are no Prime Ministers, nor Secretaries-General."""
OPPOSED = frozenset({"side", "party"})
"""Those of whom a joint text speaks as of itself: "Both sides agreed", where it names others between."""

GOVERNMENTS = frozenset({"government", "ministry", "embassy", "republic", "kingdom", "side"})
WHERE = frozenset({"in", "inside", "across", "near", "throughout"})
Named = tuple[int, int]
"""A cluster and the head of the mention that names it."""
LOOK_BACK = 400
"""How many mentions back the members may stand."""
SENTENCES = 8
"""How many sentences with somebody who fits are looked through for one that names the members and no others."""


class Collectives:
    """Answers for one document whom a plural speaks of."""

    def __init__(self, clusters: Clusters, *, lexicon: Lexicon, known: Mapping[int, Incumbent] = NOBODY) -> None:
        """Take the clusters of names, and the offices of those who are named without one."""
        self.clusters = clusters
        self.doc: Doc = clusters.doc
        self.lexicon = lexicon
        self._stands_elsewhere: dict[int, bool] = {}
        self._sentences = [start for sentence in self.doc.sents for start in repeat(sentence.start, len(sentence))]
        self.known = known
        self.principals = clusters.principals

    def members(self, mention: TextMention) -> tuple[int, ...]:
        """Return the clusters of those that a plural description speaks of; none where it is no collective or they are not fixed."""
        head = self.doc[mention.head]
        word = "leader" if _is_head_of_state(head) else head.lemma_.lower()
        if (
            not mention.plural
            or (word not in self.lexicon.side_nouns and word not in OFFICES)
            or not self._is_bare(mention, head)
        ):
            return ()
        number = next((NUMBERS[child.lower_] for child in head.lefts if child.lower_ in NUMBERS), None)
        if word in OFFICES:
            titled = list(self._fitting(mention, kind="Person", word=word, titled=True))
            return self._together(titled, number=number) or self._together(
                list(self._fitting(mention, kind="Person", word=word)), number=number
            )
        if word in OPPOSED and _speaks(head) and number in {None, len(self.principals)}:
            return self.principals
        if word == "party" and number is None:
            return ()
        sentences = list(self._fitting(mention, kind="Country", word=word))
        members = self._together(sentences, number=number)
        if not members and (number or 2) == 2:
            members = self._prevailing(sentences)
        fallback = self.principals if word not in OPPOSED and len(self.principals) == (number or 2) else ()
        return members or fallback

    def group(self, members: Sequence[int], text: str) -> int:
        """Return the cluster of a group by its members, made if it is new."""
        index = self.clusters.described(group_key(members), text, named=False, type_="Group")
        self.clusters[index].members = list(members)
        return index

    def listed(self, head: int) -> int | None:
        """Return the cluster of a coordination ("Lund and Varo") by its first head; None unless all of it are actors of one kind."""
        tokens = list(conjuncts(self.doc[head]))
        members = [self.clusters.of_head.get(token.i) for token in tokens]
        known = [index for index in members if index is not None]
        kinds = {self.clusters[index].type for index in known}
        if len(known) != len(tokens) or len(set(known)) < 2 or kinds not in ({"Person"}, {"Country"}):
            return None
        names = [self.clusters[index].longest for index in dict.fromkeys(known)]
        return self.group(tuple(dict.fromkeys(known)), f"{', '.join(names[:-1])} and {names[-1]}")

    def _is_bare(self, mention: TextMention, head: Token) -> bool:
        """Tell whether a description says no more than how many and what: "the two leaders", not "the leaders of the strike"."""
        words = [self.doc[i].lower_ for i in range(mention.start, head.i)]
        described = any(child.dep_.startswith(("acl", "nmod", "relcl")) for child in head.rights) and not _is_head_of_state(head)
        if described and not set(words) & OWNERS:
            return False
        return bool(set(words) & PLAIN) and all(word in PLAIN or word in self.lexicon.role_modifiers for word in words)

    def _fitting(self, mention: TextMention, *, kind: EntityType, word: str, titled: bool = False) -> Iterator[list[Named]]:
        """Yield those who fit of each sentence before a mention, the nearest sentence first, each as often as it is named.

        With ``titled`` only persons whose office is known fit.
        """
        sentence: list[Named] = []
        start = -1
        for number, (earlier, index) in enumerate(self.clusters.before(mention.start)):
            if number > LOOK_BACK:
                break
            cluster = self.clusters[index]
            if earlier.kind == "pronoun" or not cluster.named or cluster.type != kind or self._is_byline(earlier):
                continue
            if earlier.inner and not self._governs(earlier):
                continue
            roles = self.known[index].titles if index in self.known else cluster.roles
            if (titled and not roles) or not (_holds(tuple(roles), word) if kind == "Person" else self._is_side(earlier)):
                continue
            begin = self._sentences[earlier.head]
            if begin != start and sentence:
                yield sentence[::-1]
                sentence = []
            start = begin
            sentence.append((index, earlier.head))
        if sentence:
            yield sentence[::-1]

    def _is_byline(self, mention: TextMention) -> bool:
        """Tell whether a name is that of a report's author, whom the report does not speak of: "By Lena Ortwin"."""
        before = self.doc[mention.start - 1] if mention.start else None
        return before is not None and before.lower_ == "by" and before.is_sent_start is True

    def _is_side(self, mention: TextMention) -> bool:
        """Tell whether a state may be a party: not where something happens "in Chad", nor what is "the Chadian crisis"."""
        head = self.doc[mention.head]
        if mention.form in {"adjective", "demonym"} and head.dep_ == "amod":
            return head.head.i in self.clusters.of_head or head.head.lemma_.lower() in self.lexicon.group_nouns
        if mention.head not in self._stands_elsewhere:
            self._stands_elsewhere[mention.head] = preposition_of(head) in WHERE
        return not self._stands_elsewhere[mention.head]

    def _governs(self, mention: TextMention) -> bool:
        """Tell whether a state stands in the name of its own government: "the NORWEGIAN Government", "the Embassy of NORWAY"."""
        head = self.doc[mention.head]
        return head.head.lemma_.lower() in GOVERNMENTS or head.head.lower_ in GOVERNMENTS

    def _together(self, sentences: Sequence[Sequence[Named]], *, number: int | None) -> tuple[int, ...]:
        """Return those that the nearest sentence with so many of them names in one list, or alone, if no nearer one names others.

        Two that are named without being joined ("Chad says that Mali …") may be no pair: nobody else may be told of half as often.
        Those of different sentences are meant only where the words say how many.
        """
        counted, number = number is not None, number or 2
        told = Counter(index for sentence in sentences for index, _ in sentence)
        nearer: set[int] = set()
        for sentence in sentences[:SENTENCES]:
            listed = self._coordinated(sentence, number=number)
            if listed:
                return listed
            named = tuple(dict.fromkeys(index for index, _ in sentence))
            nearer |= set(named)
            if len(named) == number and nearer == set(named):
                others = max((count for index, count in told.items() if index not in nearer), default=0)
                return named if others * 2 <= min(told[index] for index in named) or not self._is_open(sentence) else ()
        return tuple(sorted(nearer, key=self._first)) if counted and len(nearer) == number == len(told) else ()

    def _is_open(self, sentence: Sequence[Named]) -> bool:
        """Tell whether nothing in a sentence joins those it names: they stand with different verbs."""
        verbs = {next((up.i for up in self.doc[head].ancestors if up.pos_ in {"VERB", "AUX"}), -1) for _, head in sentence}
        return len(verbs) > 1

    def _coordinated(self, sentence: Sequence[Named], *, number: int) -> tuple[int, ...]:
        """Return the members of the one list of so many in a sentence that names more."""
        heads = {head: index for index, head in sentence}
        lists = []
        for head in heads:
            if self.doc[head].dep_ != "conj":
                listed = tuple(heads[token.i] for token in conjuncts(self.doc[head]) if token.i in heads)
                if len(listed) > 1:
                    lists.append(tuple(dict.fromkeys(listed)))
        return lists[0] if len(lists) == 1 and len(lists[0]) == number else ()

    def _prevailing(self, sentences: Sequence[Sequence[Named]]) -> tuple[int, ...]:
        """Return the two states that a text is about: those it has named most, where no third comes near."""
        told = Counter(index for sentence in sentences for index, _ in sentence).most_common(3)
        if len(told) < 2 or (len(told) == 3 and told[2][1] * 2 > told[1][1]):
            return ()
        return tuple(sorted((index for index, _ in told[:2]), key=self._first))

    def _first(self, index: int) -> int:
        return min((mention.start for mention in self.clusters[index].mentions), default=0)


def _is_head_of_state(head: Token) -> bool:
    """Tell whether a noun with what stands behind it names the first of a state: "the two HEADS of state"."""
    return head.lemma_.lower() == "head" and any(child.lower_ in {"state", "states", "government"} for child in head.rights)


def _speaks(head: Token) -> bool:
    """Tell whether a phrase is the subject of what its sentence says first of all: "BOTH SIDES noted …", "THEY noted … and agreed"."""
    verb = head.head
    while verb.dep_ == "conj":
        verb = verb.head
    return head.dep_ in SUBJECTS | PASSIVE_SUBJECTS and verb.dep_ == "ROOT"


def group_key(members: Sequence[int]) -> str:
    """Return the key of the group that has these members and no others."""
    return "group:" + ",".join(str(index) for index in sorted(members))


@lru_cache(maxsize=4096)
def _holds(roles: tuple[str, ...], word: str) -> bool:
    """Tell whether a person may be one of those that an office's plural speaks of; one without a known office may be."""
    if not roles:
        return True
    told = [set(role.casefold().replace("-", " ").split()) for role in roles]
    excluded = DEPUTIES | HIGHER.get(word, frozenset())
    return any(OFFICES[word] & role and not excluded & role for role in told)
