"""Lemmas as rules over the written form, so that a classifier can choose among a few hundred of them.

A rule is a string: the casing to start from (``k`` as written, ``l`` lower, ``c`` capitalized), how many characters to cut off
the end, ``+``, and what to put there: ``l1+``  takes "Talks" to "talk", ``k2+y`` "parties" to "party". A lemma that shares
nothing with its form stands whole behind ``=``: ``=be``.
Method: the suffix rules of UDPipe 2 (Straka 2018), without its rules for prefixes, which English does not need. The encoder reads
"replied" as one piece and cannot see how it ends, so that a form may only take the rules that forms of its ending were seen to take, and
had best become a word that is known.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CASINGS: dict[str, Callable[[str], str]] = {"k": str, "l": str.lower, "c": str.capitalize}
AS_WRITTEN = "k0+"


def rule_of(form: str, lemma: str) -> str:
    """Return the rule that takes a form to its lemma."""
    shared = {casing: _shared(change(form), lemma) for casing, change in CASINGS.items()}
    casing = max(CASINGS, key=lambda name: shared[name])
    if shared[casing] == 0:
        return f"={lemma}"
    return f"{casing}{len(form) - shared[casing]}+{lemma[shared[casing] :]}"


def _shared(one: str, other: str) -> int:
    """Return the length of the beginning that two strings have in common."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def apply_rule(rule: str, form: str) -> str:
    """Return the lemma of a form by a rule; a form that is too short for the rule is its own lemma."""
    if rule.startswith("="):
        return rule[1:]
    cut, _, ending = rule[1:].partition("+")
    cased = CASINGS[rule[0]](form)
    kept = len(cased) - int(cut)
    return cased[:kept] + ending if kept > 0 else cased


LONGEST_ENDING = 4
LEAST_SEEN = 4
"""How often an ending must have been seen to tell which rules there are; of a rarer one, a shorter ending tells."""


NEAR = 8.0
"""How far below the best rule another may score and still be taken for making a known word."""


def endings_of(pairs: Iterable[tuple[str, str]], rules: Sequence[str]) -> dict[str, list[int]]:
    """Return, for each ending that is often enough in pairs of form and lemma, the numbers of the rules that its forms take."""
    number = {rule: index for index, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    taken: dict[str, set[int]] = defaultdict(set)
    for form, lemma in pairs:
        rule = number.get(rule_of(form, lemma))
        for ending in _endings(form):
            seen[ending] += 1
            if rule is not None:
                taken[ending].add(rule)
    return {ending: sorted(found) for ending, found in sorted(taken.items()) if seen[ending] >= LEAST_SEEN}


def _endings(form: str) -> list[str]:
    """Return the endings of a form, the longest first."""
    lower = form.lower()
    return [lower[-length:] for length in range(min(LONGEST_ENDING, len(lower)), 0, -1)]


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """Chooses the lemma of a form: rules by their number, what each ending allows, and the lemmas that are known words.

    Among the rules that the ending allows, that score about as high as the best and leave the same letters large, one that makes a lemma
    seen in training goes before one that makes another word of the encoder's vocabulary, and that before the rest.
    """

    rules: Sequence[str]
    endings: Mapping[str, Sequence[int]]
    seen: frozenset[str]
    words: Container[str]

    def lemmas(self, forms: Sequence[str], scores: npt.NDArray[np.float32]) -> list[str]:
        """Return the lemma of each form, from forms × rules of scores."""
        return [self._lemma(form, row) for form, row in zip(forms, scores, strict=True)]

    def _lemma(self, form: str, scores: npt.NDArray[np.float32]) -> str:
        best = int(scores.argmax())
        allowed = next((self.endings[ending] for ending in _endings(form) if ending in self.endings), ())
        if best in allowed or not allowed:
            lemma = apply_rule(self.rules[best], form)
            if lemma in self.seen:
                return lemma
        near = sorted((rule for rule in allowed or (best,) if scores[rule] > scores[best] - NEAR), key=lambda rule: -scores[rule])
        if not near:
            near = [max(allowed, key=lambda rule: float(scores[rule]))]
        casing = self.rules[best][0]
        made = [apply_rule(self.rules[rule], form) for rule in near if rule == best or self.rules[rule][0] == casing != "="]
        known = next((lemma for lemma in made if lemma in self.seen), None)
        word = next((lemma for lemma in made if lemma.lower() in self.words), None)
        return known or word or next(iter(made), "") or form
