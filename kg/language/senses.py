"""Decide what the name of a state or a capital means where it stands: the state, its government, the city, or something else.

In: a Doc with tags, dependencies and recognized names, and the gazetteer's reading of a name. Out: a yes or no.
Rules, in the order of their certainty: a name inside a longer one (the Jordan River), a member of a federation of the same name
(the governor of Georgia), the words around, and one sense to a document: where a text nowhere names a person so, "Jordan" is a state.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Span, Token

from kg.errors import LexiconError
from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import Lexicon
from kg.language.name_spans import is_role_word
from kg.language.syntax import SUBJECTS

LOCATING = frozenset({"in", "near", "at", "from", "outside", "to", "around", "inside", "into", "across", "throughout", "within"})
PLACE_LABELS = frozenset({"PLACE", "GPE", "LOC", "ORG"})
ATTRIBUTIVE = frozenset({"amod", "compound", "nmod:poss", "conj", "obj", "nsubj", "nmod"})
NEIGHBOURHOOD = 8
"""How many words around a name may show that a member of a federation is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Homonym:
    persons: frozenset[str]
    words: frozenset[str]
    cities: frozenset[str]
    rather: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    government: Mapping[str, frozenset[str]]
    behind: frozenset[str]
    before: frozenset[str]
    homonyms: Mapping[str, _Homonym]


def is_meant(
    span: Span,
    entry: GazetteerEntry,
    form: str,
    *,
    gazetteer: Gazetteer,
    seen: Mapping[int, Span],
    families: frozenset[str],
    lexicon: Lexicon,
) -> bool:
    """Tell whether a known name means what the gazetteer says here, and is no person's name or word of the language.

    ``seen`` maps tokens to the recognizer's names, ``families`` holds the last words of the persons named in the document.
    """
    around = [seen[i] for i in range(span.start, span.end) if i in seen]
    flagged = gazetteer.needs_context(span.text)
    for other in around:
        if other.label_ == "EVENT" and len(other) > len(span) and entry.type == "City":
            return False  # "Berlin Conference" is named after a city, and need not be held there
        if other.label_ == "PERSON" and len(other) > len(span) and (flagged or len(span) == 1):
            return span.start == other.start and span.start > 0 and span.doc[span.start - 1].lower_ == "of"
    if form in {"name", "capital-city"} and (_is_part_of_feature(span, gazetteer) or _is_member_state(span)):
        return False
    if not flagged:
        return not _is_given_name(span, gazetteer) if form == "name" and entry.type == "Country" else True
    if span[-1].text in families:
        return False
    if form in {"adjective", "demonym"}:
        return span.root.pos_ in {"ADJ", "PROPN", "NOUN"} and span.root.dep_ in ATTRIBUTIVE
    if form == "name" and _owns_something_public(span, lexicon):
        return True
    located = span.start > 0 and span.doc[span.start - 1].lower_ in LOCATING
    if located or any(other.label_ in PLACE_LABELS for other in around):
        return True
    return entry.type == "Country" and _is_state_of_text(span, seen, gazetteer, lexicon)


def _is_part_of_feature(span: Span, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is a part of another place's: "the Congo River", "New Mexico"."""
    doc, places = span.doc, _load()
    behind = doc[span.end] if span.end < len(doc) else None
    if behind is not None and behind.lower_ in places.behind and behind.text[0].isupper():
        return gazetteer.find(doc[span.start : span.end + 1].text) is None
    before = doc[span.start - 1] if span.start > 0 else None
    return before is not None and before.lower_ in places.before and before.text[0].isupper() and not before.is_sent_start


def _is_member_state(span: Span) -> bool:
    """Tell whether a member of a federation is meant: "the governor of Georgia", "Atlanta, Georgia"."""
    homonym = _load().homonyms.get(span.text)
    if homonym is None:
        return False
    doc, start = span.doc, span.start
    if start > 1 and doc[start - 1].text == "," and doc[start - 2].text in homonym.cities:
        return True
    near = doc[max(start - NEIGHBOURHOOD, 0) : span.end + NEIGHBOURHOOD]
    if homonym.rather & {token.text for token in doc}:
        return False
    joined = start > 0 and doc[start - 1].lower_ in {"of", "from", "in", "'s"}
    lemmas = {token.lemma_.lower() for token in near if token.sent.start == span.sent.start}
    nearby = {token.text for token in near}
    return (joined and bool(lemmas & homonym.persons)) or bool(lemmas & homonym.words) or bool(nearby & homonym.cities)


def _is_given_name(span: Span, gazetteer: Gazetteer) -> bool:
    """Tell whether a state's name opens a longer name of something unknown: "Israel Varo, a lawyer"."""
    doc = span.doc
    if len(span) > 1 or span.end >= len(doc) or (span.start > 0 and doc[span.start - 1].lower_ == "of"):
        return False
    following = doc[span.end]
    part = following.pos_ == "PROPN" and following.text[0].isupper() and not following.text.isupper() and following.dep_ == "flat"
    return part and not gazetteer.find(following.text)


def _owns_something_public(span: Span, lexicon: Lexicon) -> bool:
    """Tell whether an office or organ of a state stands behind the possessive: "Jordan's foreign minister"."""
    if span.end >= len(span.doc) or span.doc[span.end].tag_ != "POS":
        return False
    following = span.doc[span.end + 1 : span.end + 4]
    return any(is_role_word(token, lexicon) or token.lemma_ in {"government", "capital", "border"} for token in following)


def _is_state_of_text(span: Span, seen: Mapping[int, Span], gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Tell whether a name that persons bear too stands for the state, as nobody of that name is in the document."""
    doc, start = span.doc, span.start
    if start > 0 and is_role_word(doc[start - 1], lexicon):
        return False
    word = span[-1].text
    if any(name.label_ == "PERSON" and len(name) > 1 and word in {t.text for t in name} for name in seen.values()):
        return False
    if len(span) == 1 and span[0].pos_ != "PROPN":
        return False
    beside = span.root.conjuncts
    if any((entry := gazetteer.find(token.text)) is not None and entry.type == "Country" for token in beside):
        return True
    return span.root.dep_ in {*SUBJECTS, "obj", "obl", "nmod", "iobj"} and not _is_addressed(doc, span)


def _is_addressed(doc: Doc, span: Span) -> bool:
    """Tell whether somebody is spoken to: "Thank you, Jordan." """
    behind = doc[span.end].text if span.end < len(doc) else ""
    return span.start > 0 and doc[span.start - 1].text == "," and behind in {".", "?", "!", ","}


def is_government(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a capital stands for its government: as one that acts, or that others have dealings with."""
    head = _first_conjunct(token)
    words = _load().government
    case = next((child.lower_ for child in head.children if child.dep_ == "case"), "")
    governor = head.head.lemma_.lower()
    if head.dep_ in SUBJECTS and head.dep_ != "nsubj:pass":
        return _acts(head.head, lexicon, words["city_verbs"])
    if head.dep_ in {"obj", "iobj"}:
        return governor in words["treated"]
    if head.dep_ == "obl:agent" or (head.dep_ == "obl" and case == "by" and "Pass" in head.head.morph.get("Voice", [])):
        return True
    if head.dep_ in {"nmod", "obl"}:
        if case in {"between", "with"}:
            return governor in words["dealings"] or head.head.pos_ == "VERB" or case == "between"
        if case in {"on", "against", "upon"}:
            called = head.head.pos_ == "VERB" and governor in words["called_on"]
            return (
                called or governor in words["pressure"] or any(c.lemma_.lower() in words["pressure"] for c in head.head.children)
            )
        if case == "to":
            return governor in words["addressed"] or any(
                c.dep_ == "obj" and c.lemma_.lower() in words["addressed"] for c in head.head.children
            )
        if case in {"for", "from"}:
            return governor in words["voices"]
    return False


def _acts(verb: Token, lexicon: Lexicon, city_verbs: frozenset[str]) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in lexicon.reporting_verbs | lexicon.governing_verbs:
        return True
    return verb.pos_ == "VERB" and lemma not in city_verbs and any(c.dep_ in {"obj", "ccomp", "xcomp"} for c in verb.children)


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


@cache
def _load() -> _Places:
    data = tomllib.loads(files("ontology").joinpath("places.toml").read_text(encoding="utf-8"))
    try:
        return _Places(
            government={name: frozenset(text.split()) for name, text in data["government"].items()},
            behind=frozenset(data["features"]["behind"].split()),
            before=frozenset(data["features"]["before"].split()),
            homonyms={
                table["name"]: _Homonym(
                    persons=frozenset(table["persons"].split()),
                    words=frozenset(table["words"].split()),
                    cities=frozenset(table["cities"]),
                    rather=frozenset(table["rather"]),
                )
                for table in data["homonym"]
            },
        )
    except (KeyError, AttributeError) as error:
        raise LexiconError(f"places.toml: {error} is missing or no string of words. Mend the file.") from error
