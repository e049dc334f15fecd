"""From tokens in a frame's slots to the actors, places, times and labels that records name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.language.analysis import Analysis
from kg.language.names import plain_name
from kg.records import Entity, Span, TimeExpression

ACTORS = frozenset({"Person", "Organization", "Country", "Group"})
PLACES = frozenset({"Country", "City", "Region", "Facility", "Place"})
CLAUSES = frozenset(
    {"acl", "acl:relcl", "relcl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "nsubj", "cop", "mark", "aux", "ccomp"}
)
GENERIC = frozenset({"aspect", "issue", "item", "matter", "one", "part", "point", "question", "subject", "thing", "topic"})
"""Nouns that say nothing without the clause behind them: "topics THAT CONCERN …"."""
LONGEST_LABEL = 9
"""The most words of a label: an issue is named in a short noun phrase."""


class Arguments:
    """Answers for one analysis what the tokens of its frames stand for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.doc: Doc = analysis.doc
        self.entities: dict[str, Entity] = {entity.id: entity for entity in analysis.entities}
        self._time_starts = [time.start for time in analysis.times]

    def entity(self, head: int) -> Entity | None:
        """Return the entity that a token is the head of a mention of."""
        identifier = self.analysis.entity_of.get(head)
        return self.entities[identifier] if identifier is not None else None

    def actors(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of the actors among some tokens, each once; a known pair ("both leaders") gives its members."""
        found: dict[str, None] = {}
        for head in heads:
            entity = self.entity(head)
            if entity is not None and entity.type in ACTORS:
                found.update(dict.fromkeys(self.analysis.members.get(entity.id) or (entity.id,)))
        return tuple(found)

    def all_actors(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the actors of tokens, or, for a noun that is none itself, those that own it ("the Russian position")."""
        found: dict[str, None] = {}
        for head in heads:
            own = self.actors([head])
            if not own:
                children = [c.i for c in self.doc[head].children if c.dep_ in {"nmod:poss", "amod", "compound", "poss"}]
                own = self.actors(children)
            found.update(dict.fromkeys(own))
        return tuple(found)

    def place(self, heads: Iterable[int]) -> str | None:
        """Return the first place among some tokens and what hangs on them ("a town in Syria")."""
        for head in heads:
            for token in [self.doc[head], *self.doc[head].subtree]:
                entity = self.entity(token.i)
                if entity is not None and entity.type in PLACES and token.dep_ not in {"amod", "compound"}:
                    return entity.id
        return None

    def is_time(self, head: int) -> bool:
        """Tell whether a token stands in a time expression: "on Sunday" names no matter."""
        place = self.doc[head].idx
        number = bisect_right(self._time_starts, place) - 1
        return number >= 0 and place < self.analysis.times[number].end

    def time(self, start: int, end: int) -> TimeExpression | None:
        """Return the first time with a calendar value between two tokens."""
        return next(self._dated(start, end), None)

    def only_time(self, start: int, end: int) -> TimeExpression | None:
        """Return the time with a calendar value between two tokens where there is just one, so that it is nobody else's."""
        dated = list(self._dated(start, end))
        return dated[0] if len(dated) == 1 else None

    def _dated(self, start: int, end: int) -> Iterator[TimeExpression]:
        begin, finish = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        for number in range(bisect_left(self._time_starts, begin), bisect_right(self._time_starts, finish)):
            time = self.analysis.times[number]
            if begin <= time.start and time.end <= finish and time.value and time.value[0].isdigit():
                yield time

    def label(self, head: int) -> str:
        """Return a short noun phrase around a token, without its article, possessor pronoun and clauses."""
        token = self.doc[head]
        if token.pos_ in {"VERB", "AUX"}:
            return self.clause_label(token)
        clauses = CLAUSES - {"acl", "acl:relcl", "relcl", "nsubj"} if token.lemma_.lower() in GENERIC else CLAUSES
        words = sorted({token.i, *self._label_words(token, clauses)})
        while words and self.doc[words[0]].pos_ in {"DET", "PUNCT", "SPACE", "CCONJ", "PRON"}:
            words.pop(0)
        if not words:
            return plain_name(token.text)
        last = max(word for word in words if word - words[0] < LONGEST_LABEL + 3)
        while self.doc[last].pos_ in {"ADP", "DET", "PUNCT", "SPACE", "CCONJ", "PART"} and last > words[0]:
            last -= 1
        return plain_name(self.doc[words[0] : last + 1].text)

    def _label_words(self, token: Token, clauses: frozenset[str], *, top: bool = True) -> Iterator[int]:
        for child in token.children:
            if (
                (top and child.dep_ in {"case", "advmod", "det:predet"})
                or child.dep_ in clauses
                or child.is_space
                or child.text in {'"', "“", "”"}
            ):
                if child.dep_ not in {"punct"} or child.i > token.i:
                    continue
            yield child.i
            yield from self._label_words(child, clauses, top=False)

    def clause_label(self, verb: Token) -> str:
        """Return what a clause is about: its verb from there on, without "to", its subject and what is coordinated with it."""
        right = verb.i
        for child in verb.rights:
            if child.dep_ in {"conj", "parataxis", "advcl", "punct", "cc"}:
                break
            right = max(right, child.right_edge.i)
        return plain_name(self.doc[verb.i : min(right + 1, verb.i + LONGEST_LABEL + 3)].text)

    def span(self, start: int, end: int) -> Span:
        """Return the characters of a run of tokens as evidence."""
        span = self.doc[start:end]
        words = self.analysis.document.text[span.start_char : span.end_char]
        return Span(start=span.start_char, end=span.end_char, text=words)


def named_in(arguments: Arguments, start: int, end: int, *, types: frozenset[str]) -> tuple[str, ...]:
    """Return the entities of some types whose mentions' heads lie between two tokens, in text order."""
    found: dict[str, None] = {}
    for head in range(start, end):
        entity = arguments.entity(head)
        if entity is not None and entity.type in types:
            found[entity.id] = None
    return tuple(found)
