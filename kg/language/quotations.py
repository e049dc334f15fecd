"""Find direct quotations and the words that attribute them.

In: a Doc and its mentions. Out: Quotations in text order, each with its cue and the mention of its speaker where there are any.
Words in quotation marks that nobody said, terms and titles, are none. A quotation that runs over paragraphs is one a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.language.lexicon import Lexicon
from kg.language.marks import MARKS, quoted_spans
from kg.language.mentions import TextMention
from kg.language.syntax import subject_of

SHORT = 4
"""A quotation of fewer words than this is a term or a title unless its sentence says who used it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The words between two quotation marks, or those of a turn or clause: characters ``start`` to ``end``.

    ``speaker`` is the index of the token that names the speaker, ``cue`` that of the reporting word.
    """

    start: int
    end: int
    speaker: int | None = None
    cue: int | None = None
    kind: str = "quote"


def find_quotations(doc: Doc, mentions: Sequence[TextMention], lexicon: Lexicon) -> tuple[Quotation, ...]:
    """Return the quotations of a text that somebody said, each with its own cue, or that of its neighbour."""
    text = doc.text
    quoted = quoted_spans(text)
    finder = _Finder(doc, text, quoted, mentions, lexicon)
    found = [finder.attribute(start, end) for start, end in quoted]
    return tuple(_with_neighbours(text, found, finder))


class _Finder:
    """Finds the speaker of one quotation after the other; holds what they share."""

    def __init__(
        self, doc: Doc, text: str, quoted: Sequence[tuple[int, int]], mentions: Sequence[TextMention], lexicon: Lexicon
    ) -> None:
        self.doc = doc
        self.text = text
        self.lexicon = lexicon
        self.inside = bytearray(len(doc) + 1)
        for start, end in quoted:
            for token in tokens_between(doc, start, end):
                self.inside[token.i] = 1
        self.actors = {m.head: m for m in mentions if m.type in {"Person", "Organization", "Country", "Group", "City", "Place"}}

    def attribute(self, start: int, end: int) -> Quotation:
        """Return the quotation with the cue behind it, before it, or above it in the parse."""
        quotation = Quotation(start=start, end=end)
        tokens = tokens_between(self.doc, start, end)
        if not tokens:
            return quotation
        for cue in (*self._behind(tokens, end), *self._before(tokens), *self._above(tokens)):
            speaker = self._speaker(cue, tokens)
            if speaker is not None:
                return replace(quotation, cue=cue.i, speaker=speaker)
        return quotation

    def _behind(self, tokens: Sequence[Token], end: int) -> Iterator[Token]:
        """Yield the reporting verbs of the clause that goes on behind the closing mark: ", said X"."""
        last = tokens[-1]
        following = last.i + 1
        while following < len(self.doc) and self.doc[following].text in {*MARKS, ","}:
            following += 1
        if following >= len(self.doc) or self.doc[following].is_space:
            return
        goes_on = last.text in {",", "?", "!", "-", "–", "—", "...", "…"} or self.doc[following].text[0].islower()
        if last.text == "." or (not goes_on and self.text[end + 1 : end + 2] != ","):
            return
        for token in self.doc[following : following + 12]:
            if token.is_space or self.inside[token.i] or token.text in {".", ";", ":"}:
                return
            if token.pos_ in {"VERB", "AUX", "NOUN"} and token.lemma_.lower() in self.lexicon.reporting_verbs:
                yield token

    def _before(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the reporting words of the clause that leads to the opening mark, the nearest first."""
        for position in range(tokens[0].i - 1, max(tokens[0].i - 60, -1), -1):
            token = self.doc[position]
            if token.is_space or (self.inside[position] and token.sent.start != tokens[0].sent.start):
                return
            if token.text in {".", "?", "!"} and not self.inside[position]:
                return
            if self.inside[position]:
                continue
            lemma = token.lemma_.lower()
            is_verb = token.pos_ in {"VERB", "AUX"} and lemma in self.lexicon.reporting_verbs
            is_noun = token.pos_ == "NOUN" and lemma in self.lexicon.reporting_nouns
            if is_verb or is_noun or token.lower_ == "according":
                yield token

    def told_before(self, start: int, limit: int) -> tuple[int, int] | None:
        """Return the speaker and cue of the last sentence of reported speech between two characters."""
        span = self.doc.char_span(limit, start, alignment_mode="contract")
        for token in reversed(list(span)) if span is not None else ():
            if token.pos_ == "VERB" and not self.inside[token.i] and token.lemma_.lower() in self.lexicon.reporting_verbs:
                subject = subject_of(token)
                if subject is not None and not self.inside[subject.i] and (subject.i in self.actors or subject.pos_ == "PRON"):
                    return subject.i, token.i
        return None

    def subject_before(self, start: int, limit: int) -> int | None:
        """Return the first subject that is a person in the last sentence between two characters."""
        span = self.doc.char_span(limit, start, alignment_mode="contract")
        starts = dict.fromkeys(token.sent.start for token in span) if span is not None else {}
        sentences = [sentence for sentence in (self.doc[i].sent for i in starts) if not self.inside[sentence.root.i]]
        for token in sentences[-1] if sentences else ():
            actor = self.actors.get(token.i)
            person = token.lower_ in {"he", "she"} or (actor is not None and actor.type == "Person")
            if person and token.dep_.startswith("nsubj") and not self.inside[token.i]:
                return int(token.i)
        return None

    def _above(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the reporting words that govern the quotation in the parse, the nearest first."""
        reporting = self.lexicon.reporting_verbs | self.lexicon.reporting_nouns
        for ancestor in tokens[0].ancestors:
            if not self.inside[ancestor.i] and ancestor.lemma_.lower() in reporting:
                yield ancestor

    def _speaker(self, cue: Token, tokens: Sequence[Token]) -> int | None:
        if cue.lower_ == "according":
            return cue.head.i if cue.head.i in self.actors else None
        mistaken = cue.lemma_.lower() in self.lexicon.reporting_verbs and cue.dep_ in {"ROOT", "parataxis"}
        if cue.pos_ == "NOUN" and not mistaken:
            return self._owner(cue)
        subject = subject_of(cue)
        if subject is None or self.inside[subject.i]:
            return self._nearest(cue, tokens)
        if subject.i in self.actors or subject.pos_ == "PRON":
            return subject.i
        # The head of "Maj. Gen. Anna Lund" is a rank, that of "his mother, Anna Lund," a relation; the name hangs on it.
        subjects = (child for child in cue.children if child.dep_ == "nsubj")
        named = (t.i for t in (*subject.subtree, *subjects) if t.dep_ != "nmod:poss" and self._is_person(t))
        return next(named, subject.i)

    def _is_person(self, token: Token) -> bool:
        return token.i in self.actors and self.actors[token.i].type == "Person" and not self.inside[token.i]

    def _owner(self, noun: Token) -> int | None:
        """Return the speaker of a reporting noun: "the mention by X of …", "X's statement"."""
        for child in noun.children:
            by = any(case.lower_ in {"by", "of", "from"} for case in child.children if case.dep_ == "case")
            if child.i in self.actors and (child.dep_ == "nmod:poss" or (child.dep_.startswith(("nmod", "obl")) and by)):
                return child.i
        return None

    def _nearest(self, cue: Token, tokens: Sequence[Token]) -> int | None:
        """Return the actor beside a reporting verb whose subject the parse does not give."""
        around = sorted(range(max(cue.i - 8, 0), min(cue.i + 8, len(self.doc))), key=lambda i: (abs(i - cue.i), -i))
        for position in around:
            between = self.doc[min(position, cue.i) : max(position, cue.i) + 1]
            if position in self.actors and not self.inside[position] and not any(t.is_space or t.text in MARKS for t in between):
                if self.actors[position].kind != "nominal" or position < cue.i or cue.i > tokens[-1].i:
                    return position
        return None


def tokens_between(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the tokens that lie wholly between two characters, without those of white space."""
    span = doc.char_span(start, end, alignment_mode="contract")
    return [token for token in span if not token.is_space] if span is not None else []


def _with_neighbours(text: str, found: Sequence[Quotation], finder: _Finder) -> Iterator[Quotation]:
    """Give quotations without a cue the speaker beside them; leave out terms and titles that nobody said."""
    for number, quotation in enumerate(found):
        if quotation.speaker is not None:
            yield quotation
            continue
        words = len(text[quotation.start : quotation.end].split())
        if words < SHORT:
            continue
        yield _borrowed(text, quotation, found, number, finder)


def _borrowed(text: str, quotation: Quotation, found: Sequence[Quotation], number: int, finder: _Finder) -> Quotation:
    """Return the quotation with the cue of the reporting sentence before it, or of another quotation in its paragraph."""
    begin = text.rfind("\n", 0, quotation.start) + 1
    end = text.find("\n", quotation.end)
    end = len(text) if end < 0 else end
    before = takewhile(lambda q: q.start >= begin, (found[i] for i in range(number - 1, -1, -1)))
    behind = takewhile(lambda q: q.end <= end, (found[i] for i in range(number + 1, len(found))))
    earlier = next((q for q in before if q.speaker is not None), None)
    later = next((q for q in behind if q.speaker is not None), None)
    told = finder.told_before(quotation.start, earlier.end if earlier else begin)
    if told is not None:
        return replace(quotation, speaker=told[0], cue=told[1])
    if earlier:
        return replace(quotation, speaker=earlier.speaker, cue=earlier.cue)
    subject = finder.subject_before(quotation.start, begin)
    if subject is not None:
        return replace(quotation, speaker=subject)
    if later and not text[begin : quotation.start].strip(" \t" + "".join(MARKS)):
        return replace(quotation, speaker=later.speaker, cue=later.cue)
    return quotation
