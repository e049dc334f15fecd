"""Read the office that goes with a person's name: "Russian Foreign Minister Sergei Lavrov", "Ned Price, the spokesperson".

In: a Doc and the place of a name. Out: the tokens of the office, without the article. Limits: an office is read within a sentence,
directly before the name or in the apposition directly behind it.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.lexicon import Lexicon

INSIDE = frozenset({"of", "the", "to", "for", "on", "in", "and", "'s", "’s", "-", "&", "at"})
LONGEST = 16
PROPER = frozenset({"NNP", "NNPS"})


def role_before(doc: Doc, start: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the tokens of the office that stands directly before ``start``; None where there is none."""
    addressed = start
    while addressed > 0 and _is_honorific(doc[addressed - 1], lexicon):
        addressed -= 1
    if addressed < start and addressed >= 2 and doc[addressed - 1].text == ",":
        start = addressed  # "the Minister for Foreign Affairs, | Mr. Tomas Brek"
    if start >= 2 and doc[start - 1].text == ",":
        # "the Secretary General, Mark Rutte": an office with its article may have a comma behind it.
        office = role_before(doc, start - 1, lexicon) if doc[start - 2].text != "," else None
        if office is None:
            return None
        owned = any(token.lower_ in {"'s", "’s"} for token in doc[office[0] : office[1]])
        return office if owned or doc[office[0] - 1].lower_ in {"the", "'s", "’s"} else None
    begin = start
    for position in range(start - 1, max(start - LONGEST, -1), -1):
        token = doc[position]
        if token.is_space or (token.is_punct and token.text != "-" and not _is_abbreviation(token)):
            break
        if token.ent_type_ == "PERSON" and token.lower_.rstrip(".") not in lexicon.role_heads:
            # "President A of X and Premier B": what stands before the "and" is another's.
            begin = max((at + 1 for at in range(position, start) if doc[at].lower_ == "and"), default=begin)
            break
        if not (_belongs(token, lexicon) or token.lower_ in INSIDE):
            break
        if token.lower_ == "and" and (not _joins_fields(doc, position) or _opens_title(doc, position + 1, start, lexicon)):
            break
        begin = position
        if token.is_sent_start:
            break
    return _trimmed(doc, begin, start, lexicon)


def role_behind(doc: Doc, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the tokens of the office in the apposition behind ``end`` ("…, Prime Minister of Australia,"); None where there is none."""
    if end + 1 >= len(doc) or doc[end].text not in {",", "("}:
        return None
    begin = finish = end + 1
    while finish < min(len(doc), end + LONGEST):
        token = doc[finish]
        if token.is_space or (token.is_punct and token.text != "-") or not (_belongs(token, lexicon) or token.lower_ in INSIDE):
            break
        finish += 1
    if finish >= len(doc) or not (doc[finish].is_punct or doc[finish].is_space):
        return None
    return _trimmed(doc, begin, finish, lexicon)


def _joins_fields(doc: Doc, position: int) -> bool:
    """Tell whether an "and" stands inside an office ("Minister of Foreign Affairs and Trade"), not between two persons."""
    return any(token.lower_ in {"of", "for"} for token in doc[max(position - 4, 0) : position])


def _opens_title(doc: Doc, position: int, start: int, lexicon: Lexicon) -> bool:
    """Tell whether another person's title begins here: "the Premier of Norway and KING Olav", not "and Minister of Trade, Mr. Lund"."""
    return doc[position].lower_ in lexicon.role_heads and doc[start].text != ","


def _trimmed(doc: Doc, begin: int, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    while begin < end and not _may_open(doc[begin], lexicon):
        begin += 1
    while end > begin and (doc[end - 1].lower_ in INSIDE or _is_honorific(doc[end - 1], lexicon)):
        end -= 1
    heads = [token for token in doc[begin:end] if token.lower_.rstrip(".") in lexicon.role_heads]
    if not heads:
        return None
    return begin, end


def _may_open(token: Token, lexicon: Lexicon) -> bool:
    word = token.lower_.rstrip(".")
    if word in INSIDE or _is_honorific(token, lexicon):
        return False
    if word in lexicon.role_heads or word in lexicon.role_modifiers:
        return True
    return (
        token.text[0].isupper()
        and token.pos_ in {"PROPN", "ADJ"}
        and token.ent_type_ not in {"PERSON", "DATE"}
        and not _is_day(token)
    )


def _belongs(token: Token, lexicon: Lexicon) -> bool:
    word = token.lower_.rstrip(".")
    if word in lexicon.role_heads or word in lexicon.role_modifiers or _is_honorific(token, lexicon):
        return True
    return token.text[0].isupper() and (token.pos_ in {"PROPN", "ADJ", "NOUN"} or token.tag_ in PROPER) and not _is_day(token)


def _is_honorific(token: Token, lexicon: Lexicon) -> bool:
    return token.lower_.rstrip(".") in lexicon.honorifics


def _is_abbreviation(token: Token) -> bool:
    return token.text.endswith(".") and token.text[0].isalpha()


def _is_day(token: Token) -> bool:
    return token.lower_ in {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"}
