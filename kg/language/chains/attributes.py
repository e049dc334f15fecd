"""What a phrase looks like by itself: its kind, number, gender, determiner, grammatical role, and the words that a match goes by.

In: Columns and Phrases. Out: Attributes, rows of numbers ready for the ranker, one for each phrase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.language.chains.columns import Columns
from kg.language.chains.people import People
from kg.language.chains.phrases import Phrase

Integers = npt.NDArray[np.int32]

MOST_WORDS = 6
"""How many content words beside its head a phrase is matched by."""

PRONOUN_CLASSES: Mapping[str, str] = {
    word: name
    for name, words in {
        "i": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
        "this": "this",
        "that": "that",
        "these": "these",
        "those": "those",
        "one": "one oneself",
    }.items()
    for word in words.split()
}
DETERMINERS: Mapping[str, str] = {
    word: name
    for name, words in {
        "the": "the",
        "a": "a an another",
        "this": "this that these those such same",
        "every": "every each all both most many much some any several few either other more",
        "no": "no neither none",
    }.items()
    for word in words.split()
}
ROLES: Mapping[str, str] = {
    "nsubj": "subject",
    "nsubj:outer": "subject",
    "csubj": "subject",
    "nsubj:pass": "passive",
    "obj": "object",
    "iobj": "object",
    "obl": "oblique",
    "obl:agent": "oblique",
    "obl:unmarked": "unmarked",
    "nmod": "nmod",
    "nmod:poss": "possessor",
    "nmod:unmarked": "unmarked",
    "compound": "compound",
    "conj": "conj",
    "ROOT": "root",
}
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "kind": ("name", "nominal", "pronoun", "list"),
    "pronoun": ("", *dict.fromkeys(PRONOUN_CLASSES.values())),
    "case": ("", "reflexive", "possessive", "other"),
    "number": ("", "singular", "plural"),
    "gender": ("", "feminine", "masculine", "person", "body", "thing"),
    "label": ("", "PERSON", "ORG", "PLACE", "EVENT"),
    "determiner": ("", "the", "a", "this", "every", "no", "possessor", "number"),
    "role": ("other", *dict.fromkeys(ROLES.values()), "predicate"),
    "size": ("1", "2", "3", "4-6", "7-12", "13+"),
    "behind": ("", "clause", "nmod", "other"),
    "place": ("0", "1-3", "4-10", "11+"),
    "nested": ("", "inside"),
    "head before": ("0", "1", "2", "3+"),
    "head after": ("0", "1", "2", "3+"),
    "wording before": ("0", "1", "2", "3+"),
    "wording after": ("0", "1", "2", "3+"),
    "speaker": ("", "known"),
    "sentence": ("0", "1-2", "3-9", "10+"),
    "capital": ("", "capital"),
    "tag": ("other", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "CD", "JJ", "VBG"),
    "governor": ("other", "VERB", "NOUN", "ADJ", "AUX", "PROPN"),
}
OFFSETS: Mapping[str, int] = dict(
    zip(CATEGORIES, np.cumsum([0, *(len(values) for values in CATEGORIES.values())]).tolist(), strict=False)
)
CATEGORY_COUNT = sum(len(values) for values in CATEGORIES.values())
_CODES = {(field, value): OFFSETS[field] + i for field, values in CATEGORIES.items() for i, value in enumerate(values)}
_FIELD_NUMBERS = {field: number for number, field in enumerate(CATEGORIES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Arrays with one row for each phrase, in the order of the phrases.

    ``codes`` holds one number of ``CATEGORIES`` for each field. Words are numbered within the document; 0 stands for none.
    ``wording`` numbers the phrase without its determiner, ``lemma`` the head's lemma, ``first`` and ``last`` the outer words of a name,
    ``initials`` the acronym that a name makes, ``words`` the content words beside the head, ``sentence`` and ``speaker`` number what
    the phrase stands in, ``governor`` is the token that governs the head and ``subject_of`` the predicate noun it is the subject of
    (-1 for none).
    """

    codes: Integers
    start: Integers
    end: Integers
    head: Integers
    wording: Integers
    lemma: Integers
    first: Integers
    last: Integers
    initials: Integers
    words: Integers
    sentence: Integers
    speaker: Integers
    governor: Integers
    subject_of: Integers

    def value(self, field: str) -> Integers:
        """Return the codes of one field, counted from 0."""
        return np.asarray(self.codes[:, _FIELD_NUMBERS[field]] - OFFSETS[field], dtype=np.int32)

    def one_hot(self) -> npt.NDArray[np.float32]:
        """Return a row for each phrase with a 1 for each category that it has."""
        table = np.zeros((len(self.codes), CATEGORY_COUNT), dtype=np.float32)
        np.put_along_axis(table, self.codes, 1, axis=1)
        return table

    def is_value(self, field: str, *values: str) -> npt.NDArray[np.bool_]:
        """Tell, for each phrase, whether a field has one of some values."""
        return np.isin(self.codes[:, _FIELD_NUMBERS[field]], [_CODES[field, value] for value in values])


def attributes_of(
    columns: Columns, phrases: Sequence[Phrase], *, people: People, speakers: Mapping[int, int] | None = None
) -> Attributes:
    """Return the attributes of phrases; ``speakers`` numbers who says each token, as far as that is known."""
    numbers: dict[str, int] = {"": 0}
    speakers = speakers if speakers is not None else {}
    starts: dict[int, int] = {}
    for index, sentence in enumerate(columns.sentence):
        starts.setdefault(sentence, index)
    rows = [_Row(columns, phrase, people, numbers) for phrase in phrases]
    before, after = _counts([row.lemma for row in rows]), _counts([row.lemma for row in rows][::-1])[::-1]
    same, later = _counts([row.wording for row in rows]), _counts([row.wording for row in rows][::-1])[::-1]
    codes = np.zeros((len(rows), len(CATEGORIES)), dtype=np.int32)
    furthest = 0
    for number, (row, phrase) in enumerate(zip(rows, phrases, strict=True)):
        sentence = columns.sentence[phrase.head]
        values = row.values()
        values["place"] = _bucket(phrase.start - starts[sentence], (0, 3, 10), CATEGORIES["place"])
        values["nested"] = "inside" if phrase.end <= furthest else ""
        values["head before"] = CATEGORIES["head before"][min(before[number], 3)]
        values["head after"] = CATEGORIES["head after"][min(after[number], 3)]
        values["wording before"] = CATEGORIES["wording before"][min(same[number], 3)]
        values["wording after"] = CATEGORIES["wording after"][min(later[number], 3)]
        values["speaker"] = "known" if phrase.head in speakers else ""
        values["sentence"] = _bucket(sentence, (0, 2, 9), CATEGORIES["sentence"])
        codes[number] = [_CODES[field, values[field]] for field in CATEGORIES]
        furthest = max(furthest, phrase.end)
    words = np.zeros((len(rows), MOST_WORDS), dtype=np.int32)
    for number, row in enumerate(rows):
        words[number, : len(row.words)] = row.words
    return Attributes(
        codes=codes,
        start=_column([phrase.start for phrase in phrases]),
        end=_column([phrase.end for phrase in phrases]),
        head=_column([phrase.head for phrase in phrases]),
        wording=_column([row.wording for row in rows]),
        lemma=_column([row.lemma for row in rows]),
        first=_column([row.first for row in rows]),
        last=_column([row.last for row in rows]),
        initials=_column([row.initials for row in rows]),
        words=words,
        sentence=_column([columns.sentence[phrase.head] for phrase in phrases]),
        speaker=_column([speakers.get(phrase.head, -1) for phrase in phrases]),
        governor=_column([columns.head[phrase.head] for phrase in phrases]),
        subject_of=_column([row.subject_of for row in rows]),
    )


def _column(values: list[int]) -> Integers:
    return np.array(values, dtype=np.int32)


def _counts(keys: Sequence[int]) -> list[int]:
    seen: Counter[int] = Counter()
    counts = []
    for key in keys:
        counts.append(seen[key])
        seen[key] += 1
    return counts


def _bucket(value: int, limits: Sequence[int], names: Sequence[str]) -> str:
    return next((name for limit, name in zip(limits, names, strict=False) if value <= limit), names[-1])


class _Row:
    """One phrase while its attributes are put together."""

    __slots__ = ("columns", "first", "initials", "last", "lemma", "people", "phrase", "subject_of", "wording", "words")

    def __init__(self, columns: Columns, phrase: Phrase, people: People, numbers: dict[str, int]) -> None:
        self.columns = columns
        self.phrase = phrase
        self.people = people
        head = phrase.head
        inner = range(self._behind_determiner(), phrase.end)
        lower = [columns.lower[i] for i in inner if columns.pos[i] not in {"PUNCT", "SPACE"} and columns.tag[i] != "POS"]
        pronoun = columns.lower[head] if phrase.kind == "pronoun" else ""
        wording = f"={PRONOUN_CLASSES[pronoun]}" if pronoun else " ".join(lower)
        self.wording = numbers.setdefault(wording, len(numbers))
        lemma = columns.lemma[head] if phrase.kind == "nominal" else columns.lower[head]
        self.lemma = numbers.setdefault(wording if phrase.kind in {"list", "pronoun"} else lemma, len(numbers))
        named = phrase.kind == "name"
        names = [columns.word[i] for i in inner if columns.pos[i] == "PROPN"] if named else []
        self.first = numbers.setdefault(names[0].lower() if names else "", len(numbers))
        self.last = numbers.setdefault(names[-1].lower() if names else "", len(numbers))
        short = "".join(word[0] for word in names if word[0].isupper()) if len(names) > 1 else ""
        self.initials = numbers.setdefault(short.lower() if len(short) > 1 else "", len(numbers))
        content = [columns.lower[i] for i in inner if i != head and columns.pos[i] in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}]
        self.words = [numbers.setdefault(word, len(numbers)) for word in content[:MOST_WORDS]] if not pronoun else []
        predicates = (head, columns.head[head])
        self.subject_of = -1
        if columns.dep[head].startswith("nsubj") and any(columns.dep[c] == "cop" for c in columns.children[predicates[1]]):
            self.subject_of = predicates[1]

    def _behind_determiner(self) -> int:
        start = self.phrase.start
        while start < self.phrase.head and (self.columns.pos[start] in {"DET", "PUNCT"} or self.columns.tag[start] == "PRP$"):
            start += 1
        return start

    def values(self) -> dict[str, str]:
        """Return the values of the fields that hang on the phrase alone."""
        columns, phrase, head = self.columns, self.phrase, self.phrase.head
        pronoun = PRONOUN_CLASSES[columns.lower[head]] if phrase.kind == "pronoun" else ""
        label, tag, governor = columns.entity[head], columns.tag[head], columns.pos[columns.head[head]]
        return {
            "kind": phrase.kind,
            "pronoun": pronoun,
            "case": self._case() if pronoun else "",
            "number": self._number(pronoun),
            "gender": self._gender(pronoun),
            "label": label if label in CATEGORIES["label"] else "",
            "determiner": self._determiner(),
            "role": self._role(),
            "size": _bucket(phrase.end - phrase.start, (1, 2, 3, 6, 12), CATEGORIES["size"]),
            "behind": self._behind(),
            "capital": "capital" if columns.word[head][0].isupper() and columns.pos[head] != "PRON" else "",
            "tag": tag if tag in CATEGORIES["tag"] else "other",
            "governor": governor if governor in CATEGORIES["governor"] else "other",
        }

    def _case(self) -> str:
        word = self.columns.lower[self.phrase.head]
        if word.endswith(("self", "selves")):
            return "reflexive"
        return "possessive" if self.columns.dep[self.phrase.head] == "nmod:poss" else "other"

    def _number(self, pronoun: str) -> str:
        if self.phrase.kind == "list" or pronoun in {"we", "they", "these", "those"}:
            return "plural"
        if pronoun:
            return "" if pronoun == "you" else "singular"
        tag = self.columns.tag[self.phrase.head]
        return "plural" if tag in {"NNS", "NNPS"} else "singular" if tag in {"NN", "NNP"} else ""

    def _gender(self, pronoun: str) -> str:
        if pronoun:
            return {"he": "masculine", "she": "feminine", "it": "thing", "i": "person", "you": "person", "we": "person"}.get(
                pronoun, ""
            )
        if self.phrase.kind == "list":
            return ""
        columns, people, head = self.columns, self.people, self.phrase.head
        words = {
            columns.lower[i].rstrip(".")
            for i in range(self.phrase.start, self.phrase.end)
            if columns.head[i] == head or i == head
        }
        lemma = columns.lemma[head]
        if columns.entity[head] == "PERSON" or self.phrase.kind == "nominal":
            if (
                self.phrase.kind == "name" and words & {"mrs", "ms", "miss", "lady", "queen", "madam"}
            ) or lemma in people.feminine_nouns:
                return "feminine"
            if (self.phrase.kind == "name" and words & {"mr", "sir", "lord", "king"}) or lemma in people.masculine_nouns:
                return "masculine"
        if columns.entity[head] == "PERSON":
            given = next(
                (columns.lower[i] for i in range(self.phrase.start, self.phrase.end) if columns.entity[i] == "PERSON"), ""
            )
            if given in people.feminine_names:
                return "feminine"
            return "masculine" if given in people.masculine_names else "person"
        if lemma in people.person_nouns:
            return "person"
        if columns.entity[head] == "ORG" or lemma in people.body_nouns:
            return "body"
        return "thing" if columns.entity[head] in {"PLACE", "EVENT"} else ""

    def _determiner(self) -> str:
        columns, head = self.columns, self.phrase.head
        if self.phrase.kind == "pronoun":
            return ""
        for child in columns.children[head]:
            if child < head and columns.dep[child].startswith("det"):
                return DETERMINERS.get(columns.lower[child], "every")
            if columns.dep[child] == "nmod:poss":
                return "possessor"
        return "number" if any(columns.dep[child] == "nummod" for child in columns.children[head]) else ""

    def _role(self) -> str:
        columns, head = self.columns, self.phrase.head
        if any(columns.dep[child] == "cop" for child in columns.children[head]):
            return "predicate"
        return ROLES.get(columns.dep[head], "other")

    def _behind(self) -> str:
        relations = {self.columns.dep[child] for child in self.columns.children[self.phrase.head] if child > self.phrase.head}
        if relations & {"acl:relcl", "acl", "appos"}:
            return "clause"
        return "nmod" if "nmod" in relations else "other" if self.phrase.end > self.phrase.head + 1 else ""
