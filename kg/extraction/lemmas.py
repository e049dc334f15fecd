"""Find the lemma under which a lexicon knows a word, also where the tagger's lemma of a rare word is none.

In: a token. Out: candidates, the tagger's lemma first, then what regular inflection may have been added to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

VOWELS = frozenset("aeiou")


def known_lemma(token: Token, known: Container[str]) -> str:
    """Return the first candidate that is known; the tagger's lemma where none is."""
    lemma, word = token.lemma_.lower(), token.lower_
    if lemma in known and (lemma != word or token.tag_ not in {"VBD", "VBN"}):
        return lemma
    irregular = irregular_verbs().get(word) if token.pos_ == "VERB" else None
    candidates = regular_stems(word) if irregular is None else (irregular,)
    return next((stem for stem in candidates if stem in known), lemma)


@cache
def irregular_verbs() -> Mapping[str, str]:
    """Return the lemmas of the forms that no rule leads back to one."""
    table: dict[str, str] = tomllib.loads(files("ontology").joinpath("irregular.toml").read_text(encoding="utf-8"))["verbs"]
    return table


def regular_stems(word: str) -> Iterator[str]:
    """Yield the words of which one may be a regular inflection: "freed" of "free", "banned" of "ban", "copies" of "copy"."""
    for ending in ("ed", "ing", "es", "s"):
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word.removesuffix(ending)
        yield stem
        yield f"{stem}e"
        if stem.endswith("i"):
            yield f"{stem[:-1]}y"
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
            yield stem[:-1]
