"""Find where a document speaks of texts that actors make, negotiate, sign or break: plans, drafts, treaties, resolutions.

In: a parsed document, its frames, and the words of ``ontology/frames.toml``. Out: TextMentions in the order of the text, each with what
its own sentence tells of it. Which of them are one text is decided in ``kg.extraction.negotiations.proposals``.
Limits: a text is known by its noun; one that is only alluded to ("what we put forward") is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import noun_bounds
from kg.extraction.frames import Frame
from kg.extraction.lexicon import ProposalSign, ProposalWords
from kg.extraction.negotiations.points import Count, counts_of
from kg.language.names import plain_name
from kg.language.syntax import conjuncts, passive_subject, preposition_of, subject_of
from kg.records import ProposalKind

MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "flat", "nmod:unmarked", "nmod:desc"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "our", "his", "her"})
OWNING = frozenset({"proposal", "plan", "draft", "roadmap", "resolution", "document", "framework", "treaty", "list"})
"""Kinds whose possessor put them forward; "Iran's agreement" may as well be its consent."""
NESTED = 3
"""How many nouns above a text are asked whether they are its draft: "drafts of the treaty and of the protocol"."""
PRONOUNS = frozenset({"it", "this", "that"})
FIRM: frozenset[ProposalSign] = frozenset({"signed", "adopted"})


@dataclass(slots=True, kw_only=True)
class TextMention:
    """One place that speaks of a text: its noun, and what the frames around say; ``kind`` is None for a pronoun or a version.

    ``outer`` is the noun whose text it is: "the DRAFT of the treaty" is the treaty in draft. ``sure`` tells that the words by themselves
    show that there is such a text; ``special`` are the words that tell it from others.
    """

    head: Token
    kind: ProposalKind | None
    frames: list[Frame] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    outer: Token | None = None
    definite: bool = False
    named: bool = False
    tentative: bool = False
    revised: bool = False
    drafted: bool = False
    special: frozenset[str] = frozenset()
    on_table: bool = False
    sure: bool = False


def find_texts(frames: Iterable[Frame], arguments: Arguments, words: ProposalWords) -> list[TextMention]:
    """Return the mentions of texts, and the pronouns of which a frame tells what one tells of texts, in text order."""
    told = _by_text(frames, arguments, words)
    counts: dict[int, list[Count]] = defaultdict(list)
    for head, count in counts_of(arguments.doc, words):
        counts[head].append(count)
    found = []
    for token in arguments.doc:
        kind = kind_of(token, words)
        if kind is not None:
            if list(_texts_of(token, words)):
                continue  # "the text of the treaty": the treaty
            mention = _mention(token, kind, told, counts, words)
            mention.sure = _is_sure(mention, arguments)
        elif token.lower_ in PRONOUNS and token.pos_ in {"PRON", "DET"}:
            mention = TextMention(head=token, kind=None, frames=_by_pronoun(told[token.i]), counts=counts[token.i], definite=True)
        elif token.lemma_.lower() in words.versions and token.pos_ == "NOUN":
            mention = TextMention(head=token, kind=None, frames=told[token.i], counts=counts[token.i], revised=True)
        else:
            mention = TextMention(head=token, kind=None, counts=counts[token.i], definite=True)
        if mention.kind is not None or mention.frames or mention.counts or mention.revised:
            found.append(mention)
    return found


def _by_pronoun(frames: list[Frame]) -> list[Frame]:
    """Return the frames that are said of texts and little else, so that a pronoun in them stands for a text."""
    return [frame for frame in frames if frame.type.proposal in {"approval", "signed", "adopted", "handed"}]


def _texts_of(token: Token, words: ProposalWords) -> Iterator[Token]:
    """Yield the texts whose wording a noun is: "the DRAFTS of the treaty and the protocol"."""
    if token.lemma_.lower() in words.generic:
        of = [child for child in token.children if child.dep_.startswith("nmod") and preposition_of(child) == "of"]
        yield from (noun for child in of for noun in conjuncts(child) if kind_of(noun, words) is not None)


def kind_of(token: Token, words: ProposalWords) -> ProposalKind | None:
    """Return the kind of text that a noun stands for, with the word before it where that makes a difference; None for no text."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "flat"}:
        return None
    lemma = token.lemma_.lower()
    before = next((child.lower_ for child in reversed(list(token.lefts)) if child.dep_ in {"compound", "amod"}), "")
    return words.kind_of(f"{before} {lemma}") or words.kind_of(lemma) or words.kind_of(lemma.removesuffix("s"))


def _by_text(frames: Iterable[Frame], arguments: Arguments, words: ProposalWords) -> Mapping[int, list[Frame]]:
    """Return the frames that tell of a text, by the token that stands for it."""
    told: dict[int, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.type.proposal is None:
            continue
        if frame.type.proposal == "approval" and frame.part == "noun":
            heads = list(_needing(arguments.doc[frame.predicate], words))
        else:
            heads = list(frame.fill(frame.type.to))
        inner = [text.i for head in heads for text in _texts_of(arguments.doc[head], words)]
        for head in (*heads, *inner):
            if frame not in told[head]:
                told[head].append(frame)
    return told


def _needing(approval: Token, words: ProposalWords) -> Iterator[int]:
    """Yield the subject of the word that needs an approval: "the PLAN requires the consent of …", "is subject to ratification"."""
    top = approval
    while top.dep_ == "conj" or (top.dep_ == "nmod" and preposition_of(top) == "of" and top.head.pos_ == "NOUN"):
        top = top.head
    governor = top.head
    if governor.i == top.i:
        return
    behind = preposition_of(top) in words.before and top.dep_ == "obl"
    if governor.lemma_.lower() not in words.needing and not behind:
        return
    subject = passive_subject(governor) or subject_of(governor)
    if subject is None and governor.dep_ in {"amod", "acl", "acl:relcl"}:
        subject = governor.head  # "a draft subject to ratification"
    if subject is not None:
        yield from (noun.i for noun in conjuncts(subject))


def _mention(
    token: Token,
    kind: ProposalKind,
    told: Mapping[int, list[Frame]],
    counts: Mapping[int, list[Count]],
    words: ProposalWords,
) -> TextMention:
    described = [child for child in token.children if child.dep_ in MODIFIERS]
    lower = {child.lower_ for child in described}
    above = islice(token.ancestors, NESTED) if token.dep_ in {"conj", "nmod"} else ()
    outer = next((noun for noun in above if token in list(_texts_of(noun, words))), None)
    return TextMention(
        head=token,
        kind=kind,
        frames=told[token.i],
        counts=counts[token.i],
        outer=outer,
        on_table=_on_table(token, words),
        definite=any(child.lower_ in DEFINITE for child in token.children if child.dep_ in {"det", "nmod:poss", "poss"}),
        named=_is_named(token),
        tentative=bool(lower & words.tentative)
        or kind == "draft"
        or (outer is not None and outer.lemma_.lower() in words.tentative),
        drafted=any(words.kind_of(word) == "draft" for word in lower),
        revised=bool(lower & words.revised),
    )


def _is_named(token: Token) -> bool:
    """Tell whether a text has a name of its own: "the Minsk Agreement", "Resolution 242", "Treaty of Lausanne"."""
    children = list(token.children)
    if any(child.dep_ in {"flat", "nummod"} and child.like_num and child.i == token.i + 1 for child in children):
        return True
    if not token.text[0].isupper() or token.is_upper or token.is_sent_start:
        return False
    return any(child.pos_ == "PROPN" and child.text[0].isupper() and child.dep_ in MODIFIERS for child in children)


def _is_sure(mention: TextMention, arguments: Arguments) -> bool:
    """Tell whether the words around a noun show that there is such a text, and not only talk of one."""
    token = mention.head
    if any(child.lower_ in {"no", "any"} and child.dep_ == "det" for child in token.children) and not mention.tentative:
        return False
    if mention.named or mention.outer is not None or mention.drafted:
        return True
    if mention.kind in {"list", "document"}:
        return bool(_telling(mention)) or mention.on_table
    if mention.counts or mention.on_table:
        return True
    if mention.kind == "plan" and token.tag_ == "NNS":
        return False  # "our plans" are intentions
    if mention.kind == "agreement":
        if any(child.dep_ == "acl" and child.tag_ == "VB" for child in token.children):
            return False  # "the agreement to meet" is an act
        return (mention.tentative and (mention.definite or bool(mention.frames))) or _is_concluded(mention)
    if mention.kind == "resolution":
        return mention.tentative or bool({"signed", "adopted", "rejected"} & _telling(mention))
    if mention.tentative and (mention.definite or mention.frames):
        return True
    return bool(_telling(mention)) or (mention.kind in OWNING and bool(owners(token, arguments)) and not _is_intention(token))


def _is_intention(token: Token) -> bool:
    """Tell whether a noun names what somebody means to do: "Chad's plan TO LEAVE", "his plan was TO LEAVE"."""
    infinitives = [child for child in token.children if child.dep_ == "acl"]
    infinitives += [token.head] if token.dep_ in {"nsubj", "nsubj:outer"} else []
    return any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for verb in infinitives for child in verb.children)


def _telling(mention: TextMention) -> set[ProposalSign]:
    """Return what facts, plans and needs tell of a text; a mere wish tells of none."""
    told: set[ProposalSign] = set()
    for frame in mention.frames:
        if frame.type.proposal is not None and (frame.modality not in {"desired", "possible", "conditional"} or mention.definite):
            told.add(frame.type.proposal)
    return told


def _is_concluded(mention: TextMention) -> bool:
    """Tell whether an agreement is told as made, or as one of which the parties still have to approve."""
    done = any(
        f.type.proposal == "kept"
        or (
            f.modality == "asserted"
            and f.type.proposal in FIRM | {"agreed", "rejected"}
            and mention.head.doc[f.predicate].tag_ in {"VBD", "VBN"}
        )
        for f in mention.frames
    )
    needed = any(f.type.proposal == "approval" for f in mention.frames)
    return done or (needed and mention.definite)


def _on_table(token: Token, words: ProposalWords) -> bool:
    """Tell whether a text is said to be on the table, under negotiation or under discussion."""
    around = [*token.subtree, *(token.head.children if token.dep_.startswith("nsubj") else ())]
    if token.dep_.startswith("nsubj"):
        around.append(token.head)
    return any(
        word.lemma_.lower() in words.on_the_table and preposition_of(word) in {"on", "under"} and word.i > token.i
        for word in around
    )


def owners(token: Token, arguments: Arguments) -> tuple[str, ...]:
    """Return the actors whose text it is by the words before and behind it: "Norway's plan", "the Danish draft", "a plan by Oman"."""
    heads = [
        child
        for child in token.children
        if (child.dep_ in {"nmod:poss", "poss"} and child.pos_ != "PRON")
        or (child.dep_ in {"amod", "compound"} and child.text[0].isupper())
        or (child.dep_.startswith("nmod") and preposition_of(child) in {"by", "from"})
    ]
    return arguments.actors(noun.i for head in heads for noun in conjuncts(head))


def name_bounds(token: Token) -> tuple[int, int]:
    """Return the tokens of what a text is called: its noun with the words that describe it, without article, possessor and clauses."""
    kept = [child for child in token.lefts if child.dep_ in MODIFIERS and not child.is_punct]
    left = min((child.left_edge.i for child in kept), default=token.i)
    right = token.i
    for child in token.rights:
        number = child.dep_ in {"flat", "nummod"} and child.i == right + 1
        proper = (
            child.dep_ == "nmod" and preposition_of(child) in {"of", "on"} and child.text[0].isupper() and token.text[0].isupper()
        )
        if number or proper:
            right = child.right_edge.i if number else child.i
    while token.doc[left].pos_ in {"DET", "PUNCT", "SPACE", "PRON"} and left < token.i:
        left += 1
    return left, right + 1


def name_of(token: Token) -> str:
    """Return what a text is called."""
    left, right = name_bounds(token)
    return plain_name(token.doc[left:right].text)


def phrase_bounds(token: Token) -> tuple[int, int]:
    """Return the tokens of a noun phrase without the preposition before it."""
    start, end = noun_bounds(token)
    described = (child.left_edge.i for child in token.lefts if child.dep_ in {*MODIFIERS, "det", "nmod:poss", "poss"})
    start = min([start, *described])
    while start < token.i and (token.doc[start].dep_ == "case" or token.doc[start].is_space):
        start += 1
    return start, end
