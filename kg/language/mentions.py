"""Find what the text calls actors and places: names, the titles before and after them, nominal actors and pronouns.

In: a Doc with named entities and Universal Dependencies, and a gazetteer. Out: Mentions in text order. A name inside a longer name
("Syria" in "UN Mission for Syria") stands beside it; a title belongs to the role, never to the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import Lexicon
from kg.language.name_spans import gazetteer_spans, last_names, recognized_spans
from kg.language.roles import role_before, role_behind
from kg.language.senses import is_meant
from kg.language.syntax import OBJECTS, preposition_of
from kg.language.transformer.component import NAMES
from kg.records import EntityType, MentionKind

LABEL_TYPES: dict[str, EntityType] = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Organization",
    "NORP": "Organization",
    "PLACE": "Place",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Facility",
    "EVENT": "Event",
    "DOCUMENT": "Document",
}
"""The labels of our recognizer, and those of other pipelines, against the types of the schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMention:
    """A run of tokens that speaks of something; ``role`` is the token span of the title that goes with a person's name.

    ``inner`` tells that a name is a part of another: "Port Lys" in "University of Port Lys".
    """

    start: int
    end: int
    head: int
    type: EntityType
    kind: MentionKind
    entry: GazetteerEntry | None = None
    form: str = "name"
    role: tuple[int, int] | None = None
    plural: bool = False
    inner: bool = False


def find_mentions(doc: Doc, *, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[TextMention, ...]:
    """Return the names, nominals and pronouns of a document, sorted by place."""
    names = _with_inner(_repeated(doc, list(_names(doc, gazetteer, lexicon))))
    names = [_with_role(doc, name, lexicon) for name in names]
    offices = {i for name in names if name.role for i in range(*name.role)}
    recognized = {(entity.start, entity.end) for entity in doc.ents}
    names = [
        name
        for name in names
        if name.entry is not None
        or name.type == "Person"
        or (name.start, name.end) in recognized
        or not offices >= set(range(name.start, name.end))
    ]
    taken = {i for name in names if name.type in {"Person", "Organization", "Event"} for i in range(name.start, name.end)}
    taken |= {i for name in names if name.role for i in range(*name.role)}
    heads = {name.head for name in names}
    nominals = [m for m in _nominals(doc, lexicon) if m.head not in taken and m.head not in heads]
    pronouns = list(_pronouns(doc))
    return tuple(sorted([*names, *nominals, *pronouns], key=lambda m: (m.start, -m.end)))


def _names(doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[TextMention]:
    known = list(gazetteer_spans(doc, gazetteer))
    sure = {token.i for span, _, _ in known if not gazetteer.needs_context(span.text) for token in span}
    recognized = recognized_spans(doc, lexicon, known=sure)
    families = last_names(recognized)
    seen = {token.i: span for span in recognized for token in span}
    accepted = [
        (span, entry, form)
        for span, entry, form in known
        if is_meant(span, entry, form, gazetteer=gazetteer, seen=seen, families=families, lexicon=lexicon)
    ]
    exact = {(span.start, span.end) for span, _, _ in accepted}
    places = {span.start: span.end for span, entry, _ in accepted if entry.type == "Country"}
    covering = {i for span, _, _ in accepted for i in range(span.start, span.end)}
    for span, entry, form in accepted:
        yield _mention(span, type_=entry.type, entry=entry, form=form)
    for span in recognized:
        label = LABEL_TYPES.get(span.label_)
        start = _behind_place(span, places) if label == "Person" else span.start
        inside = start != span.end and all(i in covering or span.doc[i].is_punct for i in range(start, span.end))
        if label is not None and start < span.end and (start, span.end) not in exact and not inside:
            yield _mention(span.doc[start : span.end], type_=label)
    for span in _nested(doc, seen):
        if (span.start, span.end) not in exact and not all(i in covering for i in range(span.start, span.end)):
            yield _mention(span, type_=LABEL_TYPES[span.label_])


def _nested(doc: Doc, outer: Mapping[int, Span]) -> Iterator[Span]:
    """Yield the names that stand inside those of organizations: "Port Lys" in "University of Port Lys"; not whom they are named after."""
    whole = {(entity.start, entity.end) for entity in doc.ents}
    for span in doc.spans.get(NAMES, ()):
        around = outer.get(span.start)
        inner = around is not None and len(span) < len(around) and span.end <= around.end
        if (
            inner
            and around is not None
            and around.label_ == "ORG"
            and span.label_ != "PERSON"
            and (span.start, span.end) not in whole
        ):
            yield span


def _behind_place(span: Span, places: Mapping[int, int]) -> int:
    """Return where a person's name begins that was read together with the state before it: "President of X | Name"."""
    end = places.get(span.start, span.end)
    return end if end < span.end and span.doc[span.start - 1].lower_ == "of" else span.start


def _mention(span: Span, *, type_: EntityType, entry: GazetteerEntry | None = None, form: str = "name") -> TextMention:
    return TextMention(start=span.start, end=span.end, head=span.root.i, type=type_, kind="name", entry=entry, form=form)


def _repeated(doc: Doc, names: list[TextMention]) -> list[TextMention]:
    """Add the places where the last name of a person who is named elsewhere stands alone."""
    last_names = {doc[name.end - 1].text for name in names if name.type == "Person" and len(doc[name.end - 1].text) > 2}
    covered = {i for name in names for i in range(name.start, name.end)}
    extra = [
        TextMention(start=token.i, end=token.i + 1, head=token.i, type="Person", kind="name")
        for token in doc
        if token.i not in covered and token.text in last_names and token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ"}
    ]
    merged = []
    for name in names:
        doubtful = name.type in {"Organization", "Place", "Event"} and name.entry is None
        alone = name.end - name.start == 1 and doc[name.start].text in last_names
        heading = doc[name.start : name.end].text.isupper() and doc[name.end - 1].text.title() in last_names
        merged.append(replace(name, type="Person") if doubtful and (alone or heading) else name)
    return [*merged, *extra]


def _with_inner(names: Sequence[TextMention]) -> list[TextMention]:
    """Mark the names that stand inside a longer one."""
    longest: dict[int, int] = {}
    for name in names:
        for i in range(name.start, name.end):
            longest[i] = max(longest.get(i, 0), name.end - name.start)
    return [replace(name, inner=all(longest[i] > name.end - name.start for i in range(name.start, name.end))) for name in names]


def _with_role(doc: Doc, mention: TextMention, lexicon: Lexicon) -> TextMention:
    if mention.type != "Person":
        return mention
    return replace(mention, role=role_before(doc, mention.start, lexicon) or role_behind(doc, mention.end, lexicon))


def _nominals(doc: Doc, lexicon: Lexicon) -> Iterator[TextMention]:
    """Yield the noun phrases that name people by what they do: "the two presidents", "Ukrainian officials", "the Secretary"."""
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN"} or (token.dep_ in {"compound", "flat", "nmod:poss"} and token.pos_ == "PROPN"):
            continue
        lemma = token.lemma_.lower()
        plural = "Plur" in token.morph.get("Number", []) or token.tag_ in {"NNS", "NNPS"}
        is_role = lemma in lexicon.role_heads
        if not is_role and lemma not in lexicon.group_nouns:
            continue
        if token.dep_ in {"compound", "flat", "amod"}:
            continue
        start, end = phrase_bounds(token)
        definite = (
            doc[start].lower_ in {"the", "this", "these", "those", "both", "all", "his", "her", "their", "its", "our"}
            or doc[start].pos_ == "NUM"
        )
        if not plural and not definite and not any(child.dep_ in {"nmod:poss", "amod", "compound"} for child in token.children):
            continue
        person = is_role and not plural
        yield TextMention(start=start, end=end, head=token.i, type="Person" if person else "Group", kind="nominal", plural=plural)


def phrase_bounds(head: Token) -> tuple[int, int]:
    """Return the tokens of a noun phrase up to its first relative clause, apposition or comma."""
    doc = head.doc
    left = min(
        (
            child.left_edge.i
            for child in head.lefts
            if child.dep_ not in {"cc", "punct", "case", "mark", "nsubj", "advmod", "cop"}
        ),
        default=head.i,
    )
    right = head.i
    for child in head.rights:
        if (
            child.dep_ in {"amod", "acl:relcl", "acl", "appos", "punct", "conj", "cc", "parataxis", "nsubj", "advcl", "obl"}
            or child.i > right + 12
        ):
            break
        preposition = preposition_of(child) if child.dep_ == "nmod" else None
        if preposition in WHERE | {"as"} or (preposition == "to" and head.lemma_.lower() not in SENT):
            break  # "U.S. representatives | in Kyiv", "the visit of the Premier | to Oslo": that is no part of what they are called
        if preposition == "of" and head.dep_ in {"iobj", *OBJECTS} and head.head.lemma_.lower() in TELLING:
            break  # "informed his host | of the talks"
        if any(token.is_space or token.text in {",", ";", '"', "“", "”"} for token in doc[right + 1 : child.right_edge.i + 1]):
            break
        right = child.right_edge.i
    return left, right + 1


def _pronouns(doc: Doc) -> Iterator[TextMention]:
    for token in doc:
        if token.lower_ in PRONOUNS and token.pos_ in {"PRON", "DET"}:
            plural = token.lower_ in {"we", "us", "our", "they", "them", "their", "ourselves", "themselves"}
            yield TextMention(
                start=token.i, end=token.i + 1, head=token.i, type="Group" if plural else "Person", kind="pronoun", plural=plural
            )


TELLING = frozenset({"advise", "apprise", "assure", "convince", "inform", "notify", "persuade", "remind", "warn"})
"""Verbs that tell somebody OF something."""
SENT = frozenset(
    "adviser advisor aide ambassador assistant consul counsellor counselor delegate delegation deputy envoy heir liaison observer party "
    "representative secretary signatory".split()
)
"""Nouns for those who are what they are to somebody: an ambassador TO Chile, the parties TO a treaty."""
WHERE = frozenset({"in", "at", "near", "inside", "outside", "across", "throughout"})

PRONOUNS = frozenset(
    "i me my myself we us our ourselves he him his himself she her herself they them their themselves it its itself".split()
)
