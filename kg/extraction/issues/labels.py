"""Name a matter in a short noun phrase, and tell how much the phrase says.

In: the noun that a matter is named by. Out: its label, the tokens of the label's content words, and its worth, 0 to 1.
Limits: at most ``LONGEST`` content words; what stands behind a relative pronoun is left out.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.issues.words import IssueWords
from kg.extraction.labels import UNQUOTED
from kg.language.lexicon import load_lexicon
from kg.language.names import plain_name
from kg.language.syntax import preposition_of

LONGEST = 6
"""The most content words of a label."""
EMPTY = 0.3
"""The worth of a label that says nothing, at most."""
IN_LABELS = frozenset(
    (
        "of",
        "for",
        "in",
        "to",
        "on",
        "between",
        "from",
        "with",
        "over",
        "against",
        "about",
        "near",
        "into",
        "by",
        "towards",
        "toward",
    )
)
"""The prepositions of phrases that belong to a label."""


class Wording:
    """Words the matters of one document."""

    def __init__(self, arguments: Arguments, words: IssueWords) -> None:
        self._arguments = arguments
        self._words = words
        self._doc = arguments.doc
        lexicon = load_lexicon()
        self._somebody = lexicon.side_nouns | lexicon.role_heads

    def is_somebody(self, noun: Token) -> bool:
        """Tell whether a noun is an actor or a place, which is no matter; "a unified government" is one that is wished for."""
        entity = self._arguments.entity(noun.i)
        if entity is not None and noun.pos_ == "NOUN" and entity.type in {"Organization", "Country"} and self._is_wished(noun):
            return False
        if lemma_of(noun) in self._somebody or self._is_named_place(noun):
            return True
        return entity is not None and entity.type in ACTORS | PLACES and (entity.named or entity.type == "Person")

    def _is_named_place(self, noun: Token) -> bool:
        """Tell whether a noun is a place with its name behind "of": "the TOWN of Aleppo", "the airfield of Canouan"."""
        if lemma_of(noun) not in self._words.grounds:
            return False
        behind = (self._arguments.entity(c.i) for c in noun.rights if c.dep_ == "nmod" and preposition_of(c) == "of")
        return any(entity is not None and entity.type in PLACES for entity in behind)

    def is_negotiable(self, noun: Token) -> bool:
        """Tell whether a noun says by itself what may be negotiated: "the WITHDRAWAL stopped", not "the tanks stopped"."""
        lemma = lemma_of(noun)
        words = self._words
        return (
            noun.pos_ not in {"NOUN", "PROPN"}
            or lemma in words.matters | words.stakes | words.forums | words.named | words.transparent
            or lemma.endswith(words.event_endings)
        )

    def _is_wished(self, noun: Token) -> bool:
        """Tell whether an adjective says of a body what it should be: "a UNIFIED government"."""
        return any(child.dep_ == "amod" and child.lower_ == child.text not in self._words.idle for child in noun.lefts)

    def worth(self, noun: Token, words: tuple[int, ...]) -> float:
        """Return how much a label says: a noun of negotiation most, an empty noun alone nothing."""
        lemma = lemma_of(noun)
        clause = any(child.dep_ in {"acl:relcl", "relcl"} for child in noun.children)
        special = sum(1 for i in words if i != noun.i and self._doc[i].pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"})
        if noun.pos_ == "PROPN":
            return 0.6
        if any(f"{child.lower_} {lemma}" in self._words.vague for child in noun.lefts if child.dep_ == "amod"):
            return 0.1
        if lemma in self._words.matters | self._words.stakes:
            return 1.0
        if lemma in self._words.forums:
            return 0.75 if special else 0.5
        if lemma in self._words.named and special:
            return 0.8
        if lemma in self._words.vague | self._words.transparent | self._words.grounds and special == 0:
            return 0.6 if clause and lemma in self._words.anaphoric else 0.1
        if lemma in self._words.vague:
            return 0.5
        entity = self._arguments.entity(noun.i)
        if entity is not None and entity.type in ACTORS | PLACES:
            return 0.75 if any(child.dep_ == "amod" and child.text[0].islower() for child in noun.lefts) else 0.3
        if lemma.endswith(self._words.event_endings):
            return 0.85 if special else 0.7
        return 0.75 if special else 0.6

    def label(self, noun: Token) -> tuple[str, tuple[int, ...]]:
        """Return a short noun phrase and the tokens of its content words; none of these where it says nothing."""
        chosen = {noun.i}
        content = [noun.i]
        self._before(noun, chosen, content)
        self._behind(noun, chosen, content, depth=2)
        words = sorted(chosen)
        while len(words) > 1 and self._doc[words[0]].pos_ in {"PUNCT", "CCONJ", "ADP", "DET"}:
            words.pop(0)
        text = ""
        for i in words:
            gap = " " if text and not text.endswith((" ", "-", "–")) and i - 1 not in chosen else ""
            text += gap + self._doc[i].text_with_ws
        label = plain_name(text.translate(UNQUOTED))
        return label, tuple(content) if any(letter.isalpha() for letter in label) else ()

    def _before(self, noun: Token, chosen: set[int], content: list[int]) -> None:
        for child in noun.lefts:
            if child.dep_ in {"compound", "flat", "nummod", "nmod:desc"} or (
                child.dep_ == "amod" and (child.lower_ not in self._words.idle)
            ):
                inside = [t for t in child.subtree if t.dep_ not in {"det", "advmod", "case"} or t.i == child.i]
                chosen.update(t.i for t in inside)
                content.extend(t.i for t in inside if not t.is_punct and t.dep_ != "cc")
                if child.i + 1 < noun.i and self._doc[child.i + 1].text in {"-", "–"}:
                    chosen.add(child.i + 1)
            elif child.dep_ in {"nmod:poss", "poss"} and child.pos_ in {"NOUN", "PROPN"}:
                inside = [t for t in child.subtree if t.dep_ not in {"det"}][-5:]
                chosen.update(t.i for t in inside)
                content.extend(t.i for t in inside if t.dep_ != "case")
            elif child.is_punct and child.text in {"-", "–"}:
                chosen.add(child.i)

    def _behind(self, noun: Token, chosen: set[int], content: list[int], *, depth: int) -> None:
        for child in noun.rights:
            if len(content) >= LONGEST or depth == 0:
                return
            if child.dep_ == "nmod" and preposition_of(child) in IN_LABELS and not self._arguments.is_time(child.i):
                if child.pos_ not in {"NOUN", "PROPN"}:
                    continue
                chosen.update(t.i for t in child.lefts if t.dep_ in {"case", "det"})
                chosen.add(child.i)
                content.append(child.i)
                self._before(child, chosen, content)
                chosen.update(t.i for t in child.rights if t.dep_ == "flat")
                self._behind(child, chosen, content, depth=depth - 1)
                for other in child.rights:
                    if other.dep_ == "conj" and other.pos_ in {"NOUN", "PROPN"} and len(content) < LONGEST:
                        chosen.add(other.i)
                        chosen.update(t.i for t in other.lefts if t.dep_ in {"cc", "case"} or t.text == ",")
                        content.append(other.i)
                        self._before(other, chosen, content)


def lemma_of(noun: Token) -> str:
    """Return a noun's lemma in lower case, with what a hyphen joins to it: "cease-fire" where the parse has two words."""
    lemma = noun.lemma_.lower()
    if noun.i >= 2 and noun.nbor(-1).text in {"-", "–"} and noun.nbor(-2).head.i == noun.i and noun.nbor(-2).dep_ == "compound":
        return f"{noun.nbor(-2).lower_}-{lemma}"
    return str(lemma)
