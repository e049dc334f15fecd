"""Find the reporting word that introduces or follows words in quotation marks, and the mention of who said them.

In: a Doc, its mentions, and the characters in quotation marks. Out: token indices of speakers and cues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.language.lexicon import Lexicon
from kg.language.marks import MARKS
from kg.language.mentions import TextMention
from kg.language.reported import Report
from kg.language.syntax import OBJECTS, subject_of


def tokens_between(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the tokens that lie wholly between two characters, without those of white space."""
    span = doc.char_span(start, end, alignment_mode="contract")
    return [token for token in span if not token.is_space] if span is not None else []


class CueFinder:
    """Finds the cue and speaker of one quotation after the other; holds what they share."""

    def __init__(
        self,
        doc: Doc,
        quoted: Sequence[tuple[int, int]],
        mentions: Sequence[TextMention],
        lexicon: Lexicon,
        *,
        reports: Iterable[Report],
    ) -> None:
        self.doc = doc
        self.text = doc.text
        self.lexicon = lexicon
        self.reported = {report.content: report for report in reports if report.source is not None}
        self.inside = bytearray(len(doc) + 1)
        for start, end in quoted:
            for token in tokens_between(doc, start, end):
                self.inside[token.i] = 1
        self.actors = {m.head: m for m in mentions if m.type in {"Person", "Organization", "Country", "Group", "City", "Place"}}

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the speaker and cue of a quotation: the cue behind it, before it, or above it in the parse; None where there is none."""
        tokens = tokens_between(self.doc, start, end)
        if not tokens:
            return None
        for cue in (*self._behind(tokens, end), *self._before(tokens), *self._above(tokens), *self._uttering(tokens)):
            speaker = self._speaker(cue, tokens)
            if speaker is not None:
                return speaker, cue.i
        return self._reported(tokens)

    def _reported(self, tokens: Sequence[Token]) -> tuple[int, int] | None:
        """Return the source and cue of what the parse shows as reported, where the quotation is that: "As X put it, …"."""
        for token in tokens:
            report = self.reported.get(token.i)
            if report is not None and report.source is not None and not (self.inside[report.source] or self.inside[report.cue]):
                return report.source, report.cue
        return None

    def _behind(self, tokens: Sequence[Token], end: int) -> Iterator[Token]:
        """Yield the reporting verbs of the clause that goes on behind the closing mark: ", said X"."""
        last = tokens[-1]
        following = last.i + 1
        while following < len(self.doc) and self.doc[following].text in {*MARKS, ","}:
            following += 1
        if following >= len(self.doc) or self.doc[following].is_space or self.doc[following].pos_ == "CCONJ":
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

    def _uttering(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the verb of "gave its “full support”": what somebody utters, marked as the speaker's own by the pronoun."""
        for token in tokens:
            owned = any(child.tag_ == "PRP$" and not self.inside[child.i] for child in token.lefts)
            if owned and token.dep_ in OBJECTS and token.head.lemma_.lower() in self.lexicon.uttering_verbs:
                yield token.head

    def of_headline(self, start: int, limit: int) -> int | None:
        """Return the speaker of a headline, the last actor it names before a quotation: "Envoy 'hopeful'"."""
        span = self.doc.char_span(limit, start, alignment_mode="contract")
        return next(
            (token.i for token in reversed(list(span or ())) if token.i in self.actors and not self.inside[token.i]), None
        )

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
