"""Find who speaks when nobody is quoted: the turns of a transcript, and the first person plural of a joint statement.

In: a text, or a Doc with its mentions. Out: Quotations of kind "turn" (one a paragraph) and "clause" (one a verb).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.lexicon import Lexicon
from kg.language.mentions import TextMention
from kg.language.quotations import Quotation
from kg.language.syntax import OBJECTS, own_subject

LABEL = re.compile(r"[ \t]*(?P<label>[^\W\d_][^:\n]{0,80}?)[ \t]*(?:\([^)\n]{1,40}\))?:(?=\s|$)")
BARE_QUESTION = re.compile(r"[ \t]*(?P<label>Q)[ \t]+(?=\S)")
CLOSING = re.compile(r"[\W_]{0,8}(?:END\b[\W\dA-Z]{0,40}|(?i:end of (?:transcript|text|interview|remarks|briefing))\W{0,8})")
"""The line under a transcript: "END 4:10 P.M. EST", "-END-", "End of transcript"."""
SMALL = frozenset({"of", "the", "for", "and", "to", "on", "in", "de", "al", "von", "van"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A label ("SECRETARY ALBRIGHT") and the paragraphs spoken under it, as characters."""

    label_start: int
    label_end: int
    paragraphs: tuple[tuple[int, int], ...]


def find_turns(text: str, lexicon: Lexicon) -> tuple[Turn, ...]:
    """Return the turns of a transcript; none for a text that is no transcript.

    A transcript has two labelled paragraphs or more, and a label that comes twice, asks (Q) or holds a title: two headings in capitals
    make none.
    """
    turns: list[tuple[int, int, list[tuple[int, int]]]] = []
    offset = 0
    for line in text.split("\n"):
        match = _label(line, lexicon)
        if match:
            start = offset + match.start("label")
            turns.append((start, offset + match.end("label"), []))
            body = match.end()
        else:
            body = 0
        content = line[body:]
        if turns and any(character.isalnum() for character in content) and not CLOSING.fullmatch(content):
            begin = offset + body + len(content) - len(content.lstrip())
            turns[-1][2].append((begin, offset + body + len(content.rstrip())))
        offset += len(line) + 1
    labels = [text[start:end].casefold() for start, end, _ in turns]
    spoken = len(set(labels)) < len(labels) or any(label in lexicon.questioners or _is_titled(label, lexicon) for label in labels)
    if len(turns) < 2 or not spoken:
        return ()
    return tuple(Turn(start, end, tuple(paragraphs)) for start, end, paragraphs in turns)


def _label(line: str, lexicon: Lexicon) -> re.Match[str] | None:
    bare = BARE_QUESTION.match(line)
    if bare:
        return bare
    match = LABEL.match(line)
    if match is None:
        return None
    words = match["label"].split()
    if len(words) > 10 or not all(_is_name_word(word) for word in words):
        return None
    label = match["label"].casefold().strip(".")
    titled = _is_titled(match["label"], lexicon)
    capitals = match["label"].isupper() and not match["label"].isdigit() and len(words) <= 6
    return match if label in lexicon.questioners or titled or capitals else None


def _is_titled(label: str, lexicon: Lexicon) -> bool:
    words = {word.casefold().strip(".,") for word in label.split()}
    return bool(words & (lexicon.role_heads | lexicon.honorifics))


def _is_name_word(word: str) -> bool:
    return word[0].isupper() or word.casefold() in SMALL or not word[0].isalpha()


def turn_quotations(doc: Doc, turns: Sequence[Turn]) -> Iterator[Quotation]:
    """Yield one quotation for each paragraph of each turn, its speaker the last word of the label."""
    for turn in turns:
        label = doc.char_span(turn.label_start, turn.label_end, alignment_mode="expand")
        speaker = label.end - 1 if label is not None else None
        for start, end in turn.paragraphs:
            yield Quotation(start=start, end=end, speaker=speaker, kind="turn")


def first_person_clauses(doc: Doc, mentions: Sequence[TextMention], lexicon: Lexicon) -> tuple[Quotation, ...]:
    """Return the clauses in which the issuers of a joint statement speak: "We welcome …", "and call on …".

    A text is one if it quotes nobody and "we", or a list of states, is the subject of two or more verbs of stating or demanding.
    """
    states = {m.head for m in mentions if m.type == "Country"}
    verbs = [verb for verb in doc if _is_performative(verb, states, lexicon)]
    if sum(1 for verb in verbs if _subject(verb) is not None and _subject_text(verb) == "we") < 2:
        return ()
    return tuple(sorted([*map(_clause, verbs), *_stances(doc, verbs, lexicon)], key=lambda clause: clause.start))


def _stances(doc: Doc, verbs: Sequence[Token], lexicon: Lexicon) -> Iterator[Quotation]:
    """Yield the sentences that say what the issuers think of a thing without naming them: "Such attacks are unacceptable"."""
    spoken = {verb.sent.start for verb in verbs}
    for sentence in (sentence for sentence in doc.sents if sentence.start >= verbs[0].sent.start):
        root = sentence.root
        judged = root.pos_ == "ADJ" and root.lemma_.lower() in lexicon.stance_adjectives and own_subject(root) is not None
        if judged and sentence.start not in spoken and any(c.dep_ == "cop" and c.tag_ in {"VBP", "VBZ"} for c in root.lefts):
            words = [token for token in sentence if not token.is_space and not token.is_punct]
            yield Quotation(start=words[0].idx, end=words[-1].idx + len(words[-1]), kind="clause")


def _is_performative(verb: Token, states: set[int], lexicon: Lexicon) -> bool:
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.performative_verbs:
        return False
    if verb.dep_ not in {"ROOT", "conj", "parataxis", "xcomp"} or (verb.dep_ == "xcomp" and verb.head.lemma_ != "continue"):
        return False
    subject = _subject(verb)
    return subject is not None and (subject.lower_ == "we" or (subject.i in states and _is_list(subject, states)))


def _subject(verb: Token) -> Token | None:
    own = own_subject(verb)
    if own is not None:
        return own
    if verb.dep_ == "ROOT":
        # A list of states before its verb may hang from it loosely.
        return next((child for child in verb.lefts if child.dep_ == "parataxis" and child.pos_ == "PROPN"), None)
    return _subject(verb.head) if verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ == "VERB" else None


def _subject_text(verb: Token) -> str:
    subject = _subject(verb)
    return subject.lower_ if subject is not None else ""


def _is_list(subject: Token, states: set[int]) -> bool:
    return any(child.dep_ == "conj" and child.i in states for child in subject.children)


def _clause(verb: Token) -> Quotation:
    """Return the words from a verb (with the adverb before it) to the end of its clause, without the verbs coordinated with it."""
    doc = verb.doc
    start = verb.i
    while start > 0 and doc[start - 1].dep_ == "advmod" and doc[start - 1].head.i == verb.i:
        start -= 1
    end = verb.right_edge.i + 1
    for child in verb.rights:
        if child.dep_ == "conj" and child.tag_ == verb.tag_:
            has_object = any(c.dep_ in OBJECTS or c.dep_ in {"ccomp", "obl", "xcomp"} for c in child.children)
            if has_object:
                end = child.left_edge.i
                break
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    subject = _subject(verb)
    return Quotation(
        start=doc[start].idx,
        end=doc[end - 1].idx + len(doc[end - 1]),
        speaker=subject.i if subject is not None else None,
        cue=verb.i,
        kind="clause",
    )
