"""Names as they are compared across documents: whatever writers leave to taste is taken out of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.graph.identity.words import load_identity_words

Tokens = tuple[str, ...]
"""The words of a name, plain and in lower case."""

_POSSESSIVE = re.compile(r"['’]s(?!\w)|(?<=s)['’](?!\w)")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼʻ`")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "&": " and "}
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{2,}")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def tokens(text: str) -> Tokens:
    """Return the words of a text without case, accents, punctuation and possessive endings; "U.S." is one word, "us"."""
    bare = _POINTED.sub(lambda found: found[0].replace(".", ""), _POSSESSIVE.sub("", text)).translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFKD", bare.casefold().translate(_LETTERS))
    return tuple(_WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter))))


@lru_cache(maxsize=65536)
def name_tokens(text: str) -> Tokens:
    """Return the words of a name: without its article and its legal form, and with what is written short in full."""
    words = load_identity_words().names
    found = tokens(text)
    found = found[1:] if len(found) > 1 and found[0] == "the" else found
    found = found[:-1] if len(found) > 1 and found[-1] in words.firms else found
    return tuple(part for word in found for part in words.short.get(word, word).split())


def joined(found: Tokens) -> str:
    """Return words as one string, as a key."""
    return " ".join(found)


def content(found: Sequence[str]) -> Tokens:
    """Return words without articles, prepositions and conjunctions."""
    small = load_identity_words().names.small
    return tuple(word for word in found if word not in small)


def acronym(text: str) -> str | None:
    """Return an acronym of three letters or more in lower case, without its points; None for what is none."""
    bare = text.replace(".", "").removeprefix("the ").strip()
    return bare.lower() if _ACRONYM.fullmatch(bare) else None


def initials(text: str) -> frozenset[str]:
    """Return what a name may be written short as: the first letters of its words, with and without the small ones.

    Four letters at least: too many bodies have any three.
    """
    found = tuple(tokens(word)[0] for word in text.split() if tokens(word))
    of_all, of_content = ("".join(word[0] for word in words) for words in (found, content(found)))
    return frozenset(letters for letters in (of_all, of_content) if len(letters) >= 4)


def singular(word: str) -> str:
    """Return an English noun without the ending of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def replaced(found: Sequence[str], variants: Mapping[Tokens, Tokens]) -> Tokens:
    """Return words with each variant of one or two words replaced by what stands for it."""
    result: list[str] = []
    place = 0
    while place < len(found):
        for length in (2, 1):
            variant = tuple(found[place : place + length])
            if len(variant) == length and variant in variants:
                result += variants[variant]
                place += length
                break
        else:
            result.append(found[place])
            place += 1
    return tuple(result)


# People.


@lru_cache(maxsize=65536)
def person_tokens(text: str) -> Tokens:
    """Return the words of a person's name without titles before it and honorifics; empty for a description of somebody.

    "Foreign Minister Ilena Varo" is a name, "the Prime Minister of Norland" and "Norland's ambassador" are none.
    """
    words = load_identity_words()
    found = list(tokens(text))
    while found and (found[0] == "the" or found[0] in words.names.honorifics):
        found = found[1:]
    last = max((place for place, word in enumerate(found) if _of_office(word)), default=-1)
    opening = all(_of_office(word) or word in words.offices.ranks or _before_title(word) for word in found[: last + 1])
    rest = found[last + 1 :]
    while last >= 0 and rest and rest[0] in words.offices.ranks:
        rest = rest[1:]  # "Secretary General"
    if last >= 0 and (not opening or not rest or rest[0] in words.names.small):
        return ()
    kept = [word for word in rest if word not in words.names.honorifics]
    if not kept or kept[0] in _ARTICLES or any(word in _NO_NAME for word in kept):
        return ()
    return tuple(kept)


def full_name(found: Tokens) -> str | None:
    """Return the key of a full name: given and family name, without what is left out at will; None where a name has one word."""
    core = _core(found)
    if len(core) < 2:
        return None
    between = [word for word in core[1:-1] if len(word) > 1]
    generation = found[-1:] if found[-1] in load_identity_words().names.generations else ()
    return joined((core[0], *between, core[-1], *generation))


def middle_letters(found: Tokens) -> str:
    """Return the first letters of the names between the first and the last: "hw" of "George H. W. Bush"."""
    return "".join(word[0] for word in _core(found)[1:-1])


def is_fuller(one: str, other: str) -> bool:
    """Tell whether one key of a full name has all words of another, the first and the last in their places, and more between."""
    long, short = one.split(), other.split()
    return long[0] == short[0] and long[-1] == short[-1] and len(long) > len(short) and set(short) <= set(long)


@lru_cache(maxsize=65536)
def sound_name(found: Tokens) -> str | None:
    """Return a full name as different transliterations of it have it in common."""
    whole = full_name(found)
    if whole is None:
        return None
    return joined(tuple(_sound(word) for word in replaced(whole.split(), load_identity_words().names.spellings)))


def family_name(found: Tokens) -> str | None:
    """Return the last word of a name, in its sound; None where there is none."""
    core = _core(found)
    return _sound(core[-1]) if core else None


def _core(found: Tokens) -> Tokens:
    """Return a name without the particles and the generation, of which a name cannot consist."""
    names = load_identity_words().names
    bare = found[:-1] if len(found) > 1 and found[-1] in names.generations else found
    kept = tuple(word for word in bare if word not in names.particles)
    return kept if len(kept) > 1 or len(bare) < 2 else bare


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)


def _of_office(word: str) -> bool:
    return singular(word) in load_identity_words().offices.nouns


def _before_title(word: str) -> bool:
    words = load_identity_words()
    return word in words.generic.words or word in words.offices.idle


_ARTICLES = frozenset({"a", "an"})
_NO_NAME = frozenset("this that these those my our his her their its other another here there who whose which".split())
_SOUNDS = (("shch", "sch"), ("kh", "h"), ("ck", "k"), ("ph", "f"), ("iy", "i"), ("ij", "i"), ("y", "i"), ("w", "v"), ("q", "k"))
