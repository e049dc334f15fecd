"""From tokens in a frame's slots to the actors, places, times and labels that records name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kg.extraction.issues.words import load_issue_words
from kg.extraction.labels import label_of, names_something
from kg.language.analysis import Analysis
from kg.language.syntax import conjuncts
from kg.records import Entity, Span, Statement, TimeExpression

PARTITIVES = frozenset(
    {"all", "both", "each", "either", "many", "most", "neither", "none", "one", "several", "some", "two", "three"}
)
ACTORS = frozenset({"Person", "Organization", "Country", "Group"})
DOCUMENTS = frozenset(
    (
        "accord agreement convention deal decision document draft framework memorandum package pact plan proposal protocol resolution "
        "text treaty"
    ).split()
)
"""Nouns for what is agreed, signed or approved."""
FUNCTION = frozenset("a all an and any at by for in its of on or our some that the their these this those to with".split())
REACH = 120
"""How many tokens back a pronoun may point."""
PLACES = frozenset({"Country", "City", "Region", "Facility", "Place"})


class StatementIndex:
    """Finds the innermost of some statements around a place, in logarithmic time where they nest little."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = sorted(statements, key=lambda s: (s.start, -s.end))
        self._starts = [statement.start for statement in self._statements]
        # The statement around each, so that the search goes outward along a chain instead of through all.
        self._around: list[int | None] = []
        open_: list[int] = []
        for number, statement in enumerate(self._statements):
            while open_ and self._statements[open_[-1]].end < statement.end:
                open_.pop()
            self._around.append(open_[-1] if open_ else None)
            open_.append(number)

    def speaker(self, start: int, end: int) -> str | None:
        """Return the speaker of the innermost statement that covers some characters; None where there is none, or it has none."""
        number: int | None = bisect_right(self._starts, start) - 1
        if number == -1:
            return None
        while number is not None:
            statement = self._statements[number]
            if end <= statement.end:
                return statement.speaker
            number = self._around[number]
        return None


class Arguments:
    """Answers for one analysis what the tokens of its frames stand for."""

    def __init__(self, analysis: Analysis, *, statements: Sequence[Statement] = (), texts: Sequence[Entity] = ()) -> None:
        """Index an analysis, the statements in it, and the texts on the table (entities that only the extraction finds)."""
        self.analysis = analysis
        self.doc: Doc = analysis.doc
        self.entities: dict[str, Entity] = {entity.id: entity for entity in analysis.entities}
        self._bounds = {mention.head: (mention.start, mention.end) for mention in reversed(analysis.mentions)}
        self._texts = _heads(self.doc, texts)
        self.entities.update({text.id: text for text in texts})
        self._time_starts = [time.start for time in analysis.times]
        self.speakers = frozenset(statement.speaker for statement in statements if statement.speaker is not None)
        self._statements = StatementIndex(statements)
        self._documents = [token.i for token in self.doc if token.pos_ == "NOUN" and token.lemma_.lower() in DOCUMENTS]
        self._by_name = {
            name.casefold(): entity.id
            for entity in reversed(analysis.entities)
            if entity.type in ACTORS
            for name in (entity.name, *entity.aliases)
        }

    def entity(self, head: int) -> Entity | None:
        """Return the entity that a token is the head of a mention of."""
        identifier = self.analysis.entity_of.get(head) or self._texts.get(head)
        return self.entities[identifier] if identifier is not None else None

    def actors(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of the actors among some tokens, each once; a known pair ("both leaders") gives its members."""
        found: dict[str, None] = {}
        for head in heads:
            for place in self._named_beside(self._partitioned(head)):
                entity = self.entity(place)
                if entity is not None and entity.type in ACTORS:
                    found.update(dict.fromkeys(self.analysis.members.get(entity.id) or (entity.id,)))
        return tuple(found)

    def _partitioned(self, head: int) -> int:
        """Return the noun that a word of quantity takes from: "both of the SIDES", "one of the PARTIES"."""
        token = self.doc[head]
        if head in self.analysis.entity_of or token.lower_ not in PARTITIVES:
            return head
        return next((child.i for child in token.children if child.dep_ == "nmod"), head)

    def _named_beside(self, head: int) -> list[int]:
        """Return those that an apposition names in place of a plural: "my COLLEAGUES, the President of A and the Premier of B"."""
        if self.doc[head].tag_ != "NNS":
            return [head]
        beside = (child for child in self.doc[head].children if child.dep_ == "appos")
        named = [token.i for child in beside for token in conjuncts(child) if self.entity(token.i) is not None]
        return named if len(named) > 1 else [head]

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

    def times(self, start: int, end: int) -> Iterator[TimeExpression]:
        """Yield the time expressions between two tokens, of whatever value."""
        begin, finish = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        for number in range(bisect_left(self._time_starts, begin), bisect_right(self._time_starts, finish)):
            if self.analysis.times[number].end <= finish:
                yield self.analysis.times[number]

    def named(self, name: str) -> tuple[str, ...]:
        """Return the id of the actor with this name or alias, whatever the case; none where nobody is called so."""
        found = self._by_name.get(name.casefold())
        return () if found is None else (found,)

    def _dated(self, start: int, end: int) -> Iterator[TimeExpression]:
        for time in self.times(start, end):
            if time.value and time.value[0].isdigit():
                yield time

    def speaker_at(self, head: int) -> str | None:
        """Return who says the statement that a token stands in, of nested ones the innermost."""
        token = self.doc[head]
        return self._statements.speaker(token.idx, token.idx + len(token))

    def speaker_of(self, span: Span) -> str | None:
        """Return who says the innermost statement that some words stand in."""
        return self._statements.speaker(span.start, span.end)

    def last_document(self, head: int) -> int | None:
        """Return the noun for a text that is agreed on ("deal", "plan") that stands last before a token, within reach of a pronoun."""
        number = bisect_left(self._documents, head) - 1
        return self._documents[number] if number >= 0 and head - self._documents[number] <= REACH else None

    def label(self, head: int) -> str:
        """Return a short label of what a token is the head of."""
        return label_of(self.doc[head])

    def around(self, heads: Iterable[int]) -> Span:
        """Return the characters from the first to the last of some words as evidence; what they are the heads of is whole."""
        runs = [self._bounds.get(head, (head, head + 1)) for head in heads]
        return self.span(min(start for start, _ in runs), max(end for _, end in runs))

    def names_matter(self, head: int) -> bool:
        """Tell whether the label of a token says what is meant: "further issues" and "to say so" do not."""
        token, words = self.doc[head], load_issue_words()
        if not names_something(token) or token.lemma_.lower() in words.speaking:
            return False
        said = {word for word in self.label(head).casefold().split() if word not in words.idle}
        return bool(said - FUNCTION - words.vague - {f"{word}s" for word in words.vague})

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


def _heads(doc: Doc, texts: Iterable[Entity]) -> dict[int, str]:
    """Return the entity of each token that heads a mention of a text."""
    found: dict[int, str] = {}
    for text in texts:
        for mention in text.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="contract")
            if span is not None and len(span):
                found[span.root.i] = text.id
    return found
