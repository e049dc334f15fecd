"""Find what the text calls actors and places: names, the titles before and after them, nominal actors and pronouns.

In: a Doc with named entities and Universal Dependencies, and a gazetteer. Out: Mentions in text order. A name inside a longer name
("Syria" in "UN Mission for Syria") stands beside it; a title belongs to the role, never to the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import Lexicon
from kg.language.roles import role_before, role_behind
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
}
"""The labels of our recognizer, and those of other pipelines, against the types of the schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMention:
    """A run of tokens that speaks of something; ``role`` is the token span of the title that goes with a person's name."""

    start: int
    end: int
    head: int
    type: EntityType
    kind: MentionKind
    entry: GazetteerEntry | None = None
    form: str = "name"
    role: tuple[int, int] | None = None
    plural: bool = False


def find_mentions(doc: Doc, *, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[TextMention, ...]:
    """Return the names, nominals and pronouns of a document, sorted by place."""
    names = [_with_role(doc, name, lexicon) for name in _repeated(doc, list(_names(doc, gazetteer, lexicon)))]
    taken = {i for name in names if name.type in {"Person", "Organization", "Event"} for i in range(name.start, name.end)}
    taken |= {i for name in names if name.role for i in range(*name.role)}
    heads = {name.head for name in names}
    nominals = [m for m in _nominals(doc, lexicon) if m.head not in taken and m.head not in heads]
    pronouns = list(_pronouns(doc))
    return tuple(sorted([*names, *nominals, *pronouns], key=lambda m: (m.start, -m.end)))


def _names(doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[TextMention]:
    known = list(_gazetteer_spans(doc, gazetteer))
    recognized = filter_spans([*_recognized(doc, lexicon), *_titled(doc, lexicon)])
    kept: list[Span] = []
    for span in recognized:
        same = [(s, e, f) for s, e, f in known if s.start <= span.start and s.end >= span.end]
        if not same:
            kept.append(span)
        elif span.label_ == "PERSON" and any(_is_doubtful(gazetteer, s, f, span) for s, _, f in same):
            known = [item for item in known if item not in same]
            kept.append(span)
    people = {i for span in kept if span.label_ == "PERSON" for i in range(span.start, span.end)}
    for span, entry, form in known:
        if any(i in people for i in range(span.start, span.end)) or not _is_supported(gazetteer, span, entry, form, recognized):
            continue
        yield _mention(span, type_=entry.type, entry=entry, form=form)
    for span in kept:
        label = LABEL_TYPES.get(span.label_)
        if label is not None:
            yield _mention(span, type_=label)


def _mention(span: Span, *, type_: EntityType, entry: GazetteerEntry | None = None, form: str = "name") -> TextMention:
    return TextMention(start=span.start, end=span.end, head=span.root.i, type=type_, kind="name", entry=entry, form=form)


def _is_doubtful(gazetteer: Gazetteer, known: Span, form: str, span: Span) -> bool:
    return gazetteer.needs_context(known.text) or form != "name" or (span.start > 0 and span.doc[span.start - 1].pos_ == "PROPN")


def _is_supported(gazetteer: Gazetteer, span: Span, entry: GazetteerEntry, form: str, recognized: Iterable[Span]) -> bool:
    """Tell whether a known name means what the gazetteer says, and is not a word of the language or part of a longer name."""
    for other in recognized:
        if other.start <= span.start and span.end <= other.end and len(other) > len(span) and other.label_ == "PLACE":
            return form != "name" or entry.type == "Country"
    if not gazetteer.needs_context(span.text):
        return True
    if form in {"adjective", "demonym"}:
        return span.root.pos_ in {"ADJ", "PROPN"} and not span.root.is_sent_start
    overlapping = [other for other in recognized if other.start < span.end and span.start < other.end]
    return any(other.label_ in {"PLACE", "GPE", "LOC", "ORG"} for other in overlapping)


@lru_cache(maxsize=2)
def _matcher(vocab: Vocab, gazetteer: Gazetteer) -> tuple[PhraseMatcher, dict[int, tuple[GazetteerEntry, str]]]:
    tokenizer = English(vocab=vocab).tokenizer
    matcher = PhraseMatcher(vocab, attr="ORTH")
    meanings: dict[int, tuple[GazetteerEntry, str]] = {}
    for number, (name, entry, form) in enumerate(gazetteer.names()):
        key = f"gazetteer-{number}"
        matcher.add(key, [tokenizer(name)])
        meanings[vocab.strings.add(key)] = (entry, form)
    return matcher, meanings


def _gazetteer_spans(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[Span, GazetteerEntry, str]]:
    matcher, meanings = _matcher(doc.vocab, gazetteer)
    found: dict[tuple[int, int], tuple[GazetteerEntry, str]] = {}
    for key, start, end in matcher(doc):
        found.setdefault((start, end), meanings[key])
    for span in filter_spans([doc[start:end] for start, end in found]):
        entry, form = found[span.start, span.end]
        yield span, entry, form


def _recognized(doc: Doc, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the recognizer's names without articles, titles and possessive endings."""
    for entity in doc.ents:
        start, end = entity.start, entity.end
        while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_space or doc[start].is_punct):
            start += 1
        while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in {",", ".", ";", ":"}):
            end -= 1
        if entity.label_ in {"PERSON", "PER"}:
            start = _behind_title(doc, start, end, lexicon)
        if start < end and any(
            token.text[:1].isupper() or token.text[:1].isdigit() or "-" in token.text for token in doc[start:end]
        ):
            label = "PERSON" if entity.label_ == "PER" else entity.label_
            yield Span(doc, start, end, label=label)


def is_role_word(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a token names an office ("Minister", "Secretary", "Mr.")."""
    word = token.lower_.rstrip(".")
    return word in lexicon.role_heads or word in lexicon.honorifics


def _behind_title(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    for position in range(end - 1, start - 1, -1):
        if is_role_word(doc[position], lexicon):
            following = position + 1
            while following < end and doc[following].lower_ in {"of", "state", "for"}:
                following += 1
            return following if following < end else end
    return start


def _titled(doc: Doc, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the proper nouns behind a title ("Prime Minister Barak"), which name a person whatever the recognizer thought."""
    for token in doc[:-1]:
        if not is_role_word(token, lexicon) or not (token.text[0].isupper() or token.lower_ in lexicon.role_heads):
            continue
        start = token.i + 1
        if doc[start].text == "of":
            start = _behind_of_state(doc, start)
        end = start
        while end < len(doc) and _is_name_part(doc[end], lexicon):
            end += 1
            if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].text[0].isalpha() and not doc[end].whitespace_:
                end += 2
        if end > start and doc[start].ent_iob_ != "I":
            while doc[end - 1].text in {"-", "."}:
                end -= 1
            yield Span(doc, start, end, label="PERSON")


def _behind_of_state(doc: Doc, start: int) -> int:
    return start + 2 if start + 1 < len(doc) and doc[start + 1].text == "State" else len(doc)


def _is_name_part(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ != "PROPN" or token.is_space or is_role_word(token, lexicon):
        return token.lower_ in {"al", "bin", "de", "van", "von", "ben"} and token.pos_ not in {"VERB", "AUX"}
    return token.text[0].isupper() and token.ent_type_ not in {"ORG", "PLACE", "GPE", "EVENT"}


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
        alone = name.end - name.start == 1 and name.type in {"Organization", "Place", "Event"} and name.entry is None
        merged.append(replace(name, type="Person") if alone and doc[name.start].text in last_names else name)
    return [*merged, *extra]


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
            child.dep_ in {"acl:relcl", "acl", "appos", "punct", "conj", "cc", "parataxis", "nsubj", "advcl", "obl"}
            or child.i > right + 12
        ):
            break
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


PRONOUNS = frozenset(
    "i me my myself we us our ourselves he him his himself she her herself they them their themselves it its itself".split()
)
