"""What two phrases look like beside each other: distance, shared words, agreement, syntax and speakers.

In: Attributes. Out: candidate pairs (a phrase and one that begins before it), and a row of features for each.
Limits: a phrase looks back over ``WINDOW`` phrases, and beyond them over ``SAME`` of the same head or name: the time grows as the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kg.language.chains.attributes import CATEGORIES, Attributes, Integers

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

WINDOW = 25
SAME = 5

PHRASE_STEPS = (1, 2, 3, 4, 6, 9, 13, 18, 25)
SENTENCE_STEPS = (0, 1, 2, 3, 5, 9, 16)
KINDS = 4
PEOPLE = tuple(CATEGORIES["gender"].index(gender) for gender in ("feminine", "masculine", "person"))
RANK_STEPS = (1, 2, 3, 5)
"""How many candidates of a sort lie between, the candidate itself counted."""


def candidate_pairs(attributes: Attributes) -> tuple[Integers, Integers]:
    """Return the indices of phrases and of their candidates, sorted by phrase, the furthest candidate first."""
    latest: dict[tuple[int, int, int], list[int]] = {}
    phrases: list[Integers] = []
    candidates: list[Integers] = []
    # "I" and "you" are taken up by the same word of the same speaker.
    spoken = np.where(attributes.is_value("pronoun", "i", "we", "you"), attributes.speaker + 1, 0)
    keys = np.stack([attributes.lemma, attributes.first, attributes.last, spoken], axis=1).tolist()
    named = attributes.is_value("kind", "name").tolist()
    for index, (lemma, first, last, speaker) in enumerate(keys):
        begin = max(index - WINDOW, 0)
        far: set[int] = set()
        own = {(0, lemma, speaker), *(((1, first, 0), (1, last, 0)) if named[index] else ())}
        for key in own:
            earlier = latest.setdefault(key, [])
            far.update(other for other in (*earlier[:1], *earlier[-SAME:]) if other < begin)
            earlier.append(index)
        before = np.array([*sorted(far), *range(begin, index)], dtype=np.int32)
        candidates.append(before)
        phrases.append(np.full(len(before), index, dtype=np.int32))
    empty = np.zeros(0, dtype=np.int32)
    return np.concatenate([empty, *phrases]), np.concatenate([empty, *candidates])


def pair_features(attributes: Attributes, phrase: Integers, candidate: Integers) -> Floats:
    """Return a row of ``FEATURE_COUNT`` features for each pair; all pairs of a phrase must be given together, as they are sorted."""
    view = _View(attributes, phrase, candidate)
    columns: list[npt.NDArray[np.generic]] = []
    steps = np.searchsorted(np.array(PHRASE_STEPS), phrase - candidate)
    columns += [steps == step for step in range(len(PHRASE_STEPS) + 1)]
    back = np.searchsorted(np.array(SENTENCE_STEPS), view.of(attributes.sentence, 0) - view.of(attributes.sentence, 1))
    columns += [back == step for step in range(len(SENTENCE_STEPS) + 1)]
    kinds = view.value("kind", 0) * KINDS + view.value("kind", 1)
    columns += [kinds == kind for kind in range(KINDS * KINDS)]
    columns += [np.asarray(feature(view)) for feature in RELATIONS]
    for alike in (view.same("lemma"), view.same("wording"), _may_be_one(view)):
        ranks = np.searchsorted(np.array(RANK_STEPS), _ranks(phrase, alike))
        columns += [alike & (ranks == step) for step in range(len(RANK_STEPS) + 1)]
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


class _View:
    """The attributes of both sides of all pairs: side 0 is the phrase, side 1 its candidate."""

    def __init__(self, attributes: Attributes, phrase: Integers, candidate: Integers) -> None:
        self.attributes = attributes
        self.sides = (phrase, candidate)
        self._shared: Flags | None = None

    def of(self, column: npt.NDArray[np.generic], side: int) -> npt.NDArray[np.int32]:
        return np.asarray(column[self.sides[side]])

    def value(self, field: str, side: int) -> Integers:
        return self.of(self.attributes.value(field), side)

    def flag(self, side: int, field: str, *values: str) -> Flags:
        return np.asarray(self.attributes.is_value(field, *values)[self.sides[side]])

    def same(self, name: str, other: str | None = None) -> Flags:
        """Tell whether two columns hold the same number, other than 0."""
        one = self.of(getattr(self.attributes, name), 0)
        return np.asarray((one == self.of(getattr(self.attributes, other or name), 1)) & (one != 0))

    def same_value(self, field: str) -> Flags:
        return np.asarray(self.value(field, 0) == self.value(field, 1))

    def known(self, field: str) -> Flags:
        """Tell whether a field has a value on both sides."""
        return np.asarray((self.value(field, 0) != 0) & (self.value(field, 1) != 0))

    def shared(self) -> npt.NDArray[np.bool_]:
        """Return, for each pair, which content words of the phrase are among those of the candidate."""
        if self._shared is None:
            one, other = self.attributes.words[self.sides[0]], self.attributes.words[self.sides[1]]
            found = np.zeros(one.shape, dtype=np.bool_)
            for column in range(other.shape[1]):
                found |= one == other[:, column : column + 1]
            self._shared = found & (one != 0)
        return self._shared

    def within(self, name: str, inside: int, outside: int) -> Flags:
        """Tell whether a token of one side lies in the span of the other."""
        token = self.of(getattr(self.attributes, name), inside)
        begin, end = self.of(self.attributes.start, outside), self.of(self.attributes.end, outside)
        return np.asarray((token >= begin) & (token < end))


def _may_be_one(view: _View) -> Flags:
    """Nothing that is known of number and gender sets the two apart, and the candidate is no part of the phrase or the other way round."""
    genders = [view.value("gender", side) for side in (0, 1)]
    person = CATEGORIES["gender"].index("person")
    both_people = np.isin(genders[0], PEOPLE) & np.isin(genders[1], PEOPLE) & ((genders[0] == person) | (genders[1] == person))
    genders_agree = ~view.known("gender") | (genders[0] == genders[1]) | both_people
    numbers_agree = ~view.known("number") | view.same_value("number")
    apart = ~view.within("head", 0, 1) & ~view.within("head", 1, 0)
    return np.asarray(genders_agree & numbers_agree & apart)


def _ranks(phrase: Integers, alike: Flags) -> Integers:
    """Return which of the candidates of its sort each pair has, the nearest being the first."""
    if not len(phrase):
        return np.zeros(0, dtype=np.int32)
    so_far = np.cumsum(alike)
    last = np.append(phrase[1:] != phrase[:-1], True)
    ends = np.flatnonzero(last)
    return np.asarray(so_far[ends][np.searchsorted(ends, np.arange(len(phrase)))] - so_far + 1, dtype=np.int32)


def _words_left_over(view: _View) -> Flags:
    """The phrase has words beside its head that the candidate lacks."""
    return np.asarray(
        (view.of(view.attributes.words, 0) != 0).any(axis=1)
        & ((view.of(view.attributes.words, 0) != 0) & ~view.shared()).any(axis=1)
    )


def _words_disjoint(view: _View) -> Flags:
    one, other = view.of(view.attributes.words, 0), view.of(view.attributes.words, 1)
    return np.asarray((one[:, 0] != 0) & (other[:, 0] != 0) & ~view.shared().any(axis=1))


def _head_among_words(view: _View, head: int, words: int) -> Flags:
    lemma = view.of(view.attributes.lemma, head)
    return np.asarray(((view.of(view.attributes.words, words) == lemma[:, None]) & (lemma[:, None] != 0)).any(axis=1))


def _speakers(view: _View, same: bool, one: str, other: str) -> Flags:
    """The pronouns ``one`` and ``other`` stand in speech of the same speaker, or of two."""
    speaker, earlier = view.of(view.attributes.speaker, 0), view.of(view.attributes.speaker, 1)
    either = (view.flag(0, "pronoun", one) & view.flag(1, "pronoun", other)) | (
        view.flag(0, "pronoun", other) & view.flag(1, "pronoun", one)
    )
    return np.asarray(either & (speaker >= 0) & (earlier >= 0) & ((speaker == earlier) == same))


def _governed_together(view: _View) -> Flags:
    governor, earlier = view.of(view.attributes.governor, 0), view.of(view.attributes.governor, 1)
    return np.asarray((governor == earlier) & (view.of(view.attributes.head, 0) != governor))


RELATIONS: Sequence[Callable[[_View], Flags | np.bool_]] = (
    lambda v: v.same("wording"),
    lambda v: v.same("lemma"),
    lambda v: v.same("wording") & v.flag(0, "kind", "name") & v.flag(1, "kind", "name"),
    lambda v: v.same("lemma") & v.flag(0, "kind", "nominal") & v.flag(1, "kind", "nominal"),
    lambda v: v.same("lemma") & v.flag(0, "determiner", "the", "this"),
    lambda v: v.same("lemma") & v.flag(0, "determiner", "a", "every", "no"),
    lambda v: v.same("lemma") & ~_words_left_over(v),
    lambda v: v.same("lemma") & _words_disjoint(v),
    lambda v: v.same("lemma") & v.known("number") & ~v.same_value("number"),
    lambda v: v.same("first"),
    lambda v: v.same("last"),
    lambda v: v.same("last") & v.flag(0, "label", "PERSON") & v.flag(1, "label", "PERSON"),
    lambda v: v.same("lemma", "initials") | v.same("initials", "lemma"),
    lambda v: _head_among_words(v, 0, 1),
    lambda v: _head_among_words(v, 1, 0),
    lambda v: v.shared().any(axis=1),
    _words_left_over,
    _words_disjoint,
    lambda v: v.known("number") & v.same_value("number"),
    lambda v: v.known("number") & ~v.same_value("number"),
    lambda v: v.known("gender") & v.same_value("gender"),
    lambda v: v.known("gender") & ~v.same_value("gender"),
    lambda v: v.flag(0, "gender", "masculine") & v.flag(1, "gender", "feminine"),
    lambda v: v.flag(0, "gender", "feminine") & v.flag(1, "gender", "masculine"),
    lambda v: v.flag(0, "gender", "masculine", "feminine") & v.flag(1, "gender", "person"),
    lambda v: v.flag(0, "gender", "masculine", "feminine") & v.flag(1, "gender", "thing", "body", ""),
    lambda v: v.flag(0, "gender", "thing") & v.flag(1, "gender", "masculine", "feminine", "person"),
    lambda v: v.flag(0, "pronoun", "they") & v.flag(1, "number", "plural"),
    lambda v: v.flag(0, "pronoun", "they") & v.flag(1, "gender", "body"),
    lambda v: v.known("label") & v.same_value("label"),
    lambda v: v.known("label") & ~v.same_value("label"),
    lambda v: v.flag(0, "pronoun", "he", "she") & v.flag(1, "label", "PERSON"),
    lambda v: v.flag(0, "pronoun", "he", "she", "they", "it") & v.flag(1, "role", "subject"),
    lambda v: v.known("pronoun") & v.same_value("pronoun"),
    lambda v: v.known("pronoun") & ~v.same_value("pronoun"),
    lambda v: v.same_value("role"),
    lambda v: v.within("head", 0, 1),
    lambda v: v.within("head", 1, 0),
    lambda v: v.within("head", 0, 1) & v.flag(0, "case", "possessive"),
    _governed_together,
    lambda v: _governed_together(v) & v.flag(0, "case", "reflexive"),
    lambda v: v.of(v.attributes.governor, 0) == v.of(v.attributes.head, 1),
    lambda v: v.of(v.attributes.governor, 1) == v.of(v.attributes.head, 0),
    lambda v: v.of(v.attributes.subject_of, 1) == v.of(v.attributes.head, 0),
    lambda v: v.of(v.attributes.subject_of, 0) == v.of(v.attributes.head, 1),
    lambda v: _speakers(v, True, "i", "i"),
    lambda v: _speakers(v, False, "i", "i"),
    lambda v: _speakers(v, True, "i", "you"),
    lambda v: _speakers(v, False, "i", "you"),
    lambda v: _speakers(v, True, "you", "you"),
    lambda v: _speakers(v, False, "you", "you"),
    lambda v: _speakers(v, True, "we", "we"),
    lambda v: _speakers(v, False, "we", "we"),
    lambda v: v.of(v.attributes.speaker, 0) == v.of(v.attributes.speaker, 1),
)
"""The features that relate the two sides, one flag each."""

FEATURE_COUNT = len(PHRASE_STEPS) + 1 + len(SENTENCE_STEPS) + 1 + KINDS * KINDS + len(RELATIONS) + 3 * (len(RANK_STEPS) + 1)
