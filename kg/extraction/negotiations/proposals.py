"""Read which texts are on the table: who put them forward, how they stand, in which versions, and whose approval they need.

In: frames and a parsed document. Out: Proposals in the order of the text, and the entities that they are: those of the analysis that
already are such texts, with more mentions, and new ones. One text told of many times is one: by its name, its noun with "the", or a
pronoun. Limits: two texts of one kind that nothing in their words tells apart are taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import clause_bounds
from kg.extraction.frames import Frame
from kg.extraction.lexicon import ProposalSign, ProposalWords
from kg.extraction.negotiations.label_words import content_words
from kg.extraction.negotiations.points import Count
from kg.extraction.negotiations.texts import TextMention, find_texts, name_bounds, name_of, owners, phrase_bounds
from kg.extraction.negotiations.told import Text, Texts
from kg.language.entities import entity_id, unused
from kg.language.syntax import preposition_of
from kg.records import Approval, Entity, Mention, Proposal, ProposalKind, ProposalStatus, ProposalVersion, Span

NEAR = 60
"""How many tokens behind a text's last mention a pronoun can still stand for it."""
FAR = 400
"""The same for a pronoun in a clause of approval ("they have to agree to THIS"), of which little else can be meant."""
RANK: dict[ProposalStatus, int] = {
    "proposed": 0,
    "under-negotiation": 1,
    "agreed": 2,
    "rejected": 2,
    "signed": 3,
    "adopted": 4,
}
SETTLED: dict[ProposalKind, ProposalStatus] = {
    "resolution": "adopted",
    "treaty": "signed",
    "agreement": "agreed",
    "roadmap": "agreed",
}
"""How a text with a name of its own stands where nothing else is said of it."""
SURE, NAMED, MOST = 0.5, 0.2, 0.9


def read_proposals(
    frames: Iterable[Frame], arguments: Arguments, *, words: ProposalWords
) -> tuple[tuple[Proposal, ...], tuple[Entity, ...]]:
    """Return the proposals, and all entities of the document with those that the proposals are among them."""
    texts = Texts()
    plain = content_words(" ".join(words.revised | words.tentative | words.generic | words.versions | words.points))
    for mention in find_texts(frames, arguments, words):
        if mention.kind is not None:
            mention.special = content_words(name_of(mention.head)) - plain - content_words(mention.head.lemma_)
        text = _text_of(mention, texts, arguments, words)
        if text is not None:
            _tell(text, mention, arguments, words)
            texts.told(text)
    return _records(texts.all, arguments)


def _text_of(mention: TextMention, texts: Texts, arguments: Arguments, words: ProposalWords) -> Text | None:
    """Return the text that a mention is of, a new one where its words say that there is another; None for no text."""
    if mention.kind is None:
        meant = texts.called(_nouns_under(mention.head))
        if meant is not None:
            return meant
        reach = FAR if any(frame.type.proposal == "approval" for frame in mention.frames) else NEAR
        last = texts.last()
        return last if last is not None and mention.head.i - last.last <= reach else None
    known = arguments.entity(mention.head.i)
    own = known.id if known is not None and known.type == "Document" else None
    if own is not None and own in texts.by_entity:
        return texts.by_entity[own]
    same = [text for text in texts.near(mention.special) if _can_be(mention, text, arguments, words)]
    if same:
        return max(same, key=lambda text: (len(text.words & mention.special), text.last))
    if not mention.sure and own is None:
        return None
    new = Text(kind=mention.kind, named=mention.named or (own is not None and known is not None and known.named), entity=own)
    texts.add(new)
    return new


def _nouns_under(head: Token) -> set[str]:
    """Return the lemmas from the first to the last word under a token: a version is of a text, "an earlier version of the PLAN"."""
    inside = {token.i for token in head.subtree}
    return {token.lemma_.lower() for token in head.doc[min(inside) : max(inside) + 1]}


def _can_be(mention: TextMention, text: Text, arguments: Arguments, words: ProposalWords) -> bool:
    """Tell whether the words of a mention allow that it is of a text told before."""
    lemma = mention.head.lemma_.lower()
    generic = lemma in words.generic | words.versions
    alike = mention.kind == text.kind and mention.definite and not mention.named and not text.named
    if lemma not in text.nouns and not generic and not alike and not (text.nouns <= words.generic and mention.definite):
        return False
    special = mention.special
    if mention.named and text.named:
        return bool(special) and (special <= text.words or text.words <= special)
    if mention.kind == "list" and mention.counts and text.nouns <= words.generic and not text.points:
        return True  # "the working document … the list of items under negotiation"
    if special and not text.words and lemma not in text.nouns:
        return False
    if special and text.words and not special & text.words:
        return False
    if special and not text.words and not mention.definite:
        return False
    whose = _owners(mention, arguments, named=text.named)
    if whose and text.authors and not whose.keys() & text.authors.keys():
        return False
    numbers = {number for count in mention.counts for number in count.numbers}
    if numbers and text.points and not numbers & text.points and not mention.revised and not mention.definite:
        return False
    if mention.definite or mention.revised or whose:
        return not (generic and not special and mention.head.i - text.last > 4 * NEAR)
    return bool(special) and special == frozenset(text.words)


def _owners(mention: TextMention, arguments: Arguments, *, named: bool) -> dict[str, None]:
    """Return whose text it is; a name like "the Minsk Agreement" tells of no author."""
    heads = [] if mention.named or named else [mention.head]
    heads += [] if mention.outer is None else [mention.outer]
    return dict.fromkeys(owner for head in heads for owner in owners(head, arguments))


def _tell(text: Text, mention: TextMention, arguments: Arguments, words: ProposalWords) -> None:
    """Add to a text what a mention tells of it."""
    head = mention.head
    text.last = head.i
    if mention.kind is not None:
        _name(text, mention, arguments)
    for count in mention.counts:
        _count(text, count, head, arguments)
    for frame in mention.frames:
        _act(text, mention, frame, arguments)
    if mention.kind is not None:
        text.tentative = text.tentative or mention.tentative
        text.authors.update(_owners(mention, arguments, named=text.named))
        between = [c for c in head.children if preposition_of(c) in {"between", "among"}]
        text.parties.update(
            dict.fromkeys(arguments.actors(n.i for c in between for n in c.subtree if n.dep_ in {"conj", c.dep_}))
        )
        if mention.on_table and text.status in {None, "proposed"}:
            text.status = "under-negotiation"
        if mention.sure and not text.spans:
            text.spans.add(arguments.span(*phrase_bounds(head)))
    if head.lemma_.lower() in words.versions and mention.revised:
        _version(text, mention, arguments, words)


def _name(text: Text, mention: TextMention, arguments: Arguments) -> None:
    name = name_of(mention.head)
    if name not in text.names:
        text.names.append(name)
    if not mention.revised:
        text.titles.append(name)
    text.words |= mention.special
    text.nouns.add(mention.head.lemma_.lower())
    if mention.kind not in {None, "document", "list", "draft", text.kind} and text.kind in {
        "document",
        "list",
        "draft",
        "proposal",
    }:
        text.kind = mention.kind or text.kind
    text.named = text.named or mention.named
    span = arguments.span(*name_bounds(mention.head))
    text.mentions.append(Mention(start=span.start, end=span.end, text=span.text, kind="name" if mention.named else "nominal"))


def _count(text: Text, count: Count, head: Token, arguments: Arguments) -> None:
    text.points |= set(count.numbers)
    start, end = phrase_bounds(head)
    text.spans.add(arguments.span(min(start, count.start), max(end, count.end)))
    if count.versions:
        for number in count.numbers:
            place = next(t for t in arguments.doc[count.start : count.end] if str(number) in t.text or len(count.numbers) == 1)
            words = arguments.span(place.i, min(place.i + 2, count.end))
            text.versions[words] = ProposalVersion(points=number, evidence=words)


def _version(text: Text, mention: TextMention, arguments: Arguments, words: ProposalWords) -> None:
    """Add the state of a text that a mention singles out, with its points and the day on which it came."""
    if not {child.lower_ for child in mention.head.children} & words.revised:
        return
    span = arguments.span(*phrase_bounds(mention.head))
    numbers = [number for count in mention.counts for number in count.numbers]
    dates = [time.value for f in mention.frames for time in (arguments.only_time(f.start, f.end),) if time is not None]
    text.versions[span] = ProposalVersion(
        points=numbers[0] if len(numbers) == 1 else None, date=dates[0] if dates else None, evidence=span
    )


def _act(text: Text, mention: TextMention, frame: Frame, arguments: Arguments) -> None:
    """Add what a frame does to a text."""
    sign = frame.type.proposal
    actors = arguments.all_actors(frame.fill(frame.type.from_))
    span = _passage(frame, mention, arguments)
    if sign == "approval":
        if frame.modality != "negated":
            _approve(text, frame, arguments, span)
        return
    if frame.type.to_whom and frame.modality != "negated":
        given = [head for slot in frame.type.to_whom for head in frame.slots.get(slot, ())]
        text.recipients.update(dict.fromkeys(a for a in arguments.actors(given) if a not in actors))
    if sign == "proposed" and frame.modality in {"asserted", "planned"} and not mention.revised:
        text.authors.update(dict.fromkeys(actors))
    text.spans.add(span)
    if sign is not None and sign != "handed" and not _is_needed(mention, frame):
        _stand(text, sign, frame, mention)


def _passage(frame: Frame, mention: TextMention, arguments: Arguments) -> Span:
    """Return the words in which a frame tells of a text: the clause of the verb over it, and the text's own words."""
    token = arguments.doc[frame.predicate]
    top = token.head if frame.part == "noun" else token
    while top.dep_ == "xcomp" and top.head.i != top.i:
        top = top.head
    bounds = [(frame.start, frame.end)]
    if top.pos_ in {"VERB", "AUX", "ADJ"}:
        bounds.append(clause_bounds(top))
    if mention.kind is not None and top.head.i == mention.head.i:
        bounds.append(phrase_bounds(mention.head))
    return arguments.span(min(start for start, _ in bounds), max(end for _, end in bounds))


def _is_needed(mention: TextMention, frame: Frame) -> bool:
    """Tell whether what is done to a text is what still has to be done."""
    return any(other.predicate == frame.predicate and other.type.proposal == "approval" for other in mention.frames)


def _stand(text: Text, sign: ProposalSign, frame: Frame, mention: TextMention) -> None:
    """Let a text stand as a frame says: what is no fact yet leaves it under negotiation, and an earlier version says nothing."""
    status: ProposalStatus = "under-negotiation"
    if sign == "kept":
        status = "agreed"
    elif sign in RANK and frame.modality == "asserted":
        status = sign
    elif frame.modality == "negated" and sign == "rejected":
        return
    earlier = {child.lower_ for child in mention.head.children} & {"earlier", "previous", "first", "original", "initial"}
    if earlier and status in {"rejected", "agreed"}:
        return
    if text.status is None or RANK[status] >= RANK[text.status]:
        text.status = status


def _approve(text: Text, frame: Frame, arguments: Arguments, span: Span) -> None:
    for head in frame.fill(frame.type.from_):
        actors = arguments.actors([head])
        token = arguments.doc[head]
        for by in actors or ((arguments.label(head),) if token.pos_ in {"NOUN", "PROPN"} else ()):
            text.approvals.setdefault(by, Approval(by=by, evidence=span))
            text.spans.add(span)


def _records(texts: Sequence[Text], arguments: Arguments) -> tuple[tuple[Proposal, ...], tuple[Entity, ...]]:
    entities = dict(arguments.entities)
    given = dict.fromkeys(entities, 1)
    proposals: list[Proposal] = []
    for text in texts:
        if not text.spans:
            continue
        proposal = _proposal(text)
        entity = _entity(text, proposal.confidence, entities, given, arguments)
        entities[entity.id] = entity
        proposals.append(replace(proposal, entity=entity.id))
    ordered = sorted(entities.values(), key=lambda entity: min((m.start for m in entity.mentions), default=0))
    return tuple(proposals), tuple(ordered)


def _proposal(text: Text) -> Proposal:
    status = text.status or (SETTLED.get(text.kind) if text.named and not text.tentative else None)
    if status is None:
        status = "under-negotiation" if text.approvals or (text.tentative and text.kind in SETTLED) else "proposed"
    signs = len(text.spans) > 1, bool(text.authors), bool(text.approvals), bool(text.points)
    return Proposal(
        entity="",
        kind=text.kind,
        status=status,
        authors=tuple(text.authors),
        recipients=tuple(actor for actor in text.recipients if actor not in text.authors),
        parties=tuple(text.parties),
        points=tuple(sorted(text.points)),
        versions=tuple(text.versions[span] for span in sorted(text.versions)),
        approvals=tuple(sorted(text.approvals.values(), key=lambda approval: (approval.evidence, approval.by))),
        confidence=round(min(SURE + NAMED * text.named + 0.1 * sum(signs), MOST), 2),
        evidence=_widest(text.spans),
    )


def _widest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in text order, without those that lie within another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _entity(text: Text, confidence: float, entities: dict[str, Entity], given: dict[str, int], arguments: Arguments) -> Entity:
    """Return the entity that a text is, with all its mentions: the one that the analysis knows, or a new one."""
    if text.entity is not None:
        known = entities[text.entity]
        return replace(known, mentions=tuple(sorted({*known.mentions, *text.mentions})))
    names = text.titles or text.names
    name = max(names, key=lambda name: (min(len(name.split()), 5), -names.index(name)))
    document = arguments.analysis.document.id
    return Entity(
        id=unused(entity_id("Document", name, document_id=document, named=text.named), given),
        type="Document",
        name=name,
        named=text.named,
        aliases=tuple(text.names),
        confidence=confidence,
        mentions=tuple(sorted(set(text.mentions))),
    )
