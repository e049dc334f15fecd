"""Find the names in a text: what the recognizer sees, what the gazetteer knows, and what a title or a head noun gives away.

In: a Doc with entities, tags and dependencies. Out: spans with the recognizer's labels, trimmed and mended, and the gazetteer's spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import Lexicon

PEOPLE = frozenset({"PERSON", "PER"})
PLACES = frozenset({"PLACE", "GPE", "LOC"})
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "ben", "de", "van", "von", "der", "den", "da", "dos", "del", "la", "abu", "ould"}
)
NUMERALS = frozenset({"I", "II", "III", "IV", "V", "VI"})
LOCALITIES = frozenset(
    (
        "neighborhood neighbourhood district suburb village quarter town city province governorate region valley peninsula "
        "island islands"
    ).split()
)
"""What makes a place of the name beside it."""

REALMS = frozenset("republic kingdom sultanate principality emirate commonwealth federation".split())
REALM_WORDS = frozenset(
    "arab cooperative democratic federal federative independent islamic people plurinational socialist united".split()
)
"""What a state calls itself in its formal name, and the words that stand before that."""

LINKS = frozenset({"for", "of", "in", "on", "against"})
MONTHS = frozenset(
    (
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)


def recognized_spans(doc: Doc, lexicon: Lexicon, *, known: Container[int] = ()) -> list[Span]:
    """Return the names that the recognizer and the wording give, none overlapping another, the longest first to stay.

    ``known`` holds the tokens of names that the gazetteer is sure of: they are no part of a person's name behind a title.
    """
    titled = list(_titled(doc, lexicon, known))
    people = {token.i for span in titled for token in span}
    seen = [span for span in _trimmed(doc, lexicon) if span.label_ == "PERSON" or people.isdisjoint(range(span.start, span.end))]
    # Of other names the recognizer knows the ends better than the wording does.
    people_seen = [span for span in seen if span.label_ == "PERSON"]
    others = [span for span in seen if span.label_ != "PERSON"]
    return list(filter_spans([*(_extended(span, lexicon) for span in (*titled, *_headed(doc, lexicon), *people_seen)), *others]))


def is_role_word(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a token names an office or is a form of address ("Minister", "Secretary", "Mr.")."""
    word = token.lower_.rstrip(".")
    return word in lexicon.role_heads or word in lexicon.honorifics


def _trimmed(doc: Doc, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the recognizer's names without articles, titles, possessive endings and common nouns behind them.

    What is read as a place as often as as a person, or is made one by the words around, is a place all through the text.
    """
    places = _places(doc)
    for entity in doc.ents:
        start, end = entity.start, entity.end
        while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_space or doc[start].is_punct):
            start += 1
        while start < end and entity.label_ != "EVENT" and (doc[start].lower_.rstrip(".") in MONTHS or doc[start].is_digit):
            start += 1
        while end > start and (_is_mark(doc[end - 1]) or (entity.label_ != "EVENT" and _is_ballast(doc[end - 1]))):
            end -= 1
        if entity.label_ in PEOPLE:
            start = _behind_title(doc, start, end, lexicon)
        if end - start == 1 and _is_common(doc[start], lexicon):
            continue
        if start < end and any(_looks_like_name(token) for token in doc[start:end]):
            label = "PLACE" if entity.text in places else _label(doc[start:end], entity.label_, lexicon)
            yield Span(doc, start, end, label=label)


def _label(span: Span, label: str, lexicon: Lexicon) -> str:
    """Return the recognizer's label, save where the head noun says plainly what the name names."""
    head = _head_word(span)
    if len(span) > 1 and head in lexicon.event_nouns and label in PLACES:
        return "EVENT"
    if (len(span) > 1 and span[-1].lower_ in lexicon.document_nouns) or span[0].lower_ in lexicon.document_nouns:
        return "DOCUMENT"
    if len(span) > 1 and head in lexicon.body_nouns and label in PLACES:
        return "ORG"
    return "PERSON" if label == "PER" else label


def _places(doc: Doc) -> frozenset[str]:
    """Return the names that are read as persons' somewhere but are places': one name seldom means both in one text."""
    people = Counter(entity.text for entity in doc.ents if entity.label_ in PEOPLE)
    located = Counter(entity.text for entity in doc.ents if entity.label_ in PLACES)
    told = {entity.text for entity in doc.ents if entity.label_ in PEOPLE and _is_locality(entity)}
    return frozenset(told | {name for name, count in people.items() if located[name] >= count})


def _is_locality(span: Span) -> bool:
    """Tell whether the words around say that a place is named: "the neighborhood of X", "the X neighborhood", "Minister Anna Lund of X"."""
    doc, start = span.doc, span.start
    of = start > 1 and doc[start - 1].lower_ == "of"
    before = of and (doc[start - 2].lower_ in LOCALITIES or (len(span) == 1 and doc[start - 2].ent_type_ in PEOPLE))
    return before or (span.end < len(doc) and doc[span.end].lower_ in LOCALITIES)


def _head_word(span: Span) -> str:
    """Return what a name is a name of: its last word, or that before the first preposition, without numbers behind it."""
    end = next((token.i for token in span[1:] if token.lower_ in LINKS), span.end)
    while end > span.start + 1 and (span.doc[end - 1].text in NUMERALS or span.doc[end - 1].is_digit):
        end -= 1
    return span.doc[end - 1].lower_


def _is_mark(token: Token) -> bool:
    return token.tag_ == "POS" or token.is_space or token.text in {",", ".", ";", ":", '"'}


def _is_ballast(token: Token) -> bool:
    """Tell whether a token is a common word, which ends no name of a person, body or place."""
    return (
        token.text[0].islower()
        and token.pos_ in {"NOUN", "VERB", "ADP", "ADV", "AUX", "SCONJ", "CCONJ"}
        and "-" not in token.text
    )


def _is_common(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether one word alone, though capitalized, is no name: "the Ministers", "this Agreement"."""
    lemma = token.lemma_.lower()
    return lemma in lexicon.role_heads | lexicon.document_nouns or (lemma in lexicon.group_nouns and lemma != token.lower_)


def _looks_like_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit()


def _behind_title(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    for position in range(end - 1, start - 1, -1):
        if is_role_word(doc[position], lexicon):
            following = position + 1
            while following < end and doc[following].lower_ in {"of", "state", "for"}:
                following += 1
            return following if following < end else end
    if start > 0 and doc[start - 1].lower_ in {"of", "for"}:
        while start < end - 1 and doc[start].lower_ in lexicon.portfolios:
            start += 1
    return start


def _titled(doc: Doc, lexicon: Lexicon, known: Container[int]) -> Iterator[Span]:
    """Yield the proper nouns behind a title ("Prime Minister Barak"), which name a person whatever the recognizer thought."""
    for token in doc[:-1]:
        if not is_role_word(token, lexicon):
            continue
        start = token.i + 1
        if doc[start].text == "." and start + 1 < len(doc) and not token.whitespace_:
            start += 1  # the tokenizer parts the full stop of ranks that it does not know: "Maj" "."
        if doc[start].lower_ == "of" and start + 1 < len(doc) and doc[start + 1].lower_ in lexicon.portfolios:
            start += 2
            while start + 1 < len(doc) and doc[start].lower_ in lexicon.portfolios:
                start += 1  # "Minister of Foreign Affairs | Lund"
        elif doc[start].lower_ == "of":
            state = start + 1 + (start + 1 < len(doc) and doc[start + 1].lower_ == "the")
            while state in known:
                state += 1
                start = state  # "President of Brazil | Anna Lund"
        end = start
        # A capitalized title makes a person of what follows, whatever the recognizer thought.
        doubted = frozenset() if token.text[0].isupper() else frozenset({"ORG", "EVENT", *PLACES})
        while end < len(doc) and end not in known and doc[end].ent_type_ not in doubted and _is_name_part(doc[end], lexicon):
            end += 1
        while end > start and doc[end - 1].lower_ in {*PARTICLES, "-"}:
            end -= 1
        if start < end and doc[start].lower_ != "of" and any(_looks_like_name(t) for t in doc[start:end]):
            yield Span(doc, start, end, label="PERSON")


def _is_name_part(token: Token, lexicon: Lexicon) -> bool:
    if token.is_space or is_role_word(token, lexicon) or token.lower_ in lexicon.event_nouns | lexicon.body_nouns:
        return False
    if token.text == "-" or token.lower_ in PARTICLES:
        return True
    return token.pos_ == "PROPN" and token.text[0].isupper()


def _headed(doc: Doc, lexicon: Lexicon) -> Iterator[Span]:
    """Yield capitalized phrases that end in the name of a kind of body or gathering: "High State Council", "Paris Conference"."""
    for token in doc:
        if not token.text[0].isupper():
            continue
        kind = "ORG" if token.lower_ in lexicon.body_nouns else "EVENT" if token.lower_ in lexicon.event_nouns else None
        if kind is None:
            continue
        start = token.i
        while start > 0 and (doc[start - 1].text == "-" or _is_modifier(doc[start - 1], lexicon)):
            start -= 1
        while start < token.i and not _looks_like_name(doc[start]):
            start += 1
        end = token.i + 1 + (token.i + 1 < len(doc) and kind == "EVENT" and doc[token.i + 1].text in NUMERALS)
        if start < token.i:
            yield Span(doc, start, end, label=kind)


def _is_modifier(token: Token, lexicon: Lexicon) -> bool:
    if token.is_sent_start and token.pos_ != "PROPN":
        return False
    return token.text[0].isupper() and token.pos_ in {"PROPN", "ADJ", "NOUN", "NUM"} and not is_role_word(token, lexicon)


def _extended(span: Span, lexicon: Lexicon) -> Span:
    """Return the name with what still belongs to it: "al-Assad" behind "Bashar", "in Libya" behind "Support Mission"."""
    doc, start, end = span.doc, span.start, span.end
    if span.label_ == "PERSON":
        of = next((token.i for token in doc[start + 1 : end] if token.lower_ == "of"), end)
        end = of  # "Ilena Varo of Denmark": the state is not a part of the name
        while end + 1 < len(doc) and (
            (doc[end].lower_ in PARTICLES and (doc[end + 1].text == "-" or doc[end + 1].text[0].isupper()))
            or (
                doc[end].text == "-"
                and not doc[end].whitespace_
                and not doc[end - 1].whitespace_
                and doc[end + 1].text[0].isupper()
            )
        ):
            end += 2 if doc[end + 1].text[0].isupper() else 1
    elif span.label_ in {"ORG", "EVENT"}:
        end = _with_scope(doc, end, lexicon)
        if (
            start >= 2
            and doc[start - 1].lower_ in LINKS
            and doc[start - 2].lower_ in lexicon.body_nouns
            and doc[start - 2].text[0].isupper()
        ):
            start -= 2
            while start > 0 and _is_modifier(doc[start - 1], lexicon) and not doc[start - 1].is_sent_start:
                start -= 1
    return Span(doc, start, min(end, len(doc)), label=span.label_)


def _with_scope(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the end of a body's name with its scope: "Observatory | for Human Rights", "Conference | on Libya"."""
    if doc[end - 1].lower_ not in lexicon.body_nouns | lexicon.event_nouns or end + 1 >= len(doc) or doc[end].lower_ not in LINKS:
        return end
    following = end + 1
    if doc[following].lower_ == "the":
        following += 1
    last = following
    while (
        last < len(doc) and doc[last].text[0].isupper() and doc[last].pos_ in {"PROPN", "NOUN", "ADJ"} and not doc[last].is_space
    ):
        last += 1
    on_a_day = doc[following].lower_ in MONTHS or (doc[end].lower_ == "on" and doc[end - 1].lower_ not in lexicon.event_nouns)
    elsewhere = doc[end].lower_ == "in" and doc[end - 1].lower_ not in {"mission", "operation", "force"}
    if last == following or on_a_day or elsewhere:
        return end
    # "Committee | of the House | of Representatives"
    return _with_scope(doc, last, lexicon) if doc[end].lower_ == "of" else last


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


def gazetteer_spans(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[Span, GazetteerEntry, str]]:
    """Yield the longest names of the gazetteer in a text, each with its entry and form."""
    matcher, meanings = _matcher(doc.vocab, gazetteer)
    found: dict[tuple[int, int], tuple[GazetteerEntry, str]] = {}
    for key, start, end in matcher(doc):
        found.setdefault((start, end), meanings[key])
    for token in doc:
        # A dateline or a heading has its place in capitals: "GENEVA, 23 November".
        entry = gazetteer.find(token.text.title()) if token.text.isupper() and len(token) > 3 else None
        if entry is not None and entry.type in {"City", "Country"} and not gazetteer.needs_context(token.text.title()):
            found.setdefault((token.i, token.i + 1), (entry, "name"))
    for (start, end), (entry, form) in list(found.items()):
        formal = _formal_start(doc, start) if entry.type == "Country" and form == "name" else start
        found.setdefault((formal, end), (entry, form))
    for span in filter_spans([doc[start:end] for start, end in found]):
        entry, form = found[span.start, span.end]
        yield span, entry, form


def _formal_start(doc: Doc, start: int) -> int:
    """Return where a state's formal name begins that the gazetteer need not hold: "the | United Republic of Tanzania"."""
    if start < 2 or doc[start - 1].lower_ != "of" or doc[start - 2].lower_ not in REALMS or not doc[start - 2].text[0].isupper():
        return start
    begin = start - 2
    while begin > 0 and doc[begin - 1].lower_ in REALM_WORDS and doc[begin - 1].text[0].isupper():
        begin -= 1
    return begin


def last_names(spans: Iterable[Span]) -> frozenset[str]:
    """Return the last words of the persons' names that have two words or more."""
    return frozenset(span[-1].text for span in spans if span.label_ in PEOPLE and len(span) > 1)
