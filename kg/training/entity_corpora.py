"""Read the named-entity corpora into spaCy documents with one set of labels.

In: UNER (IOB2), CrossNER (CoNLL), Re-DocRED (JSON) and GUM (the MISC column of CoNLL-U). Out: Docs with entities.
Limits: one layer of names, the outermost; what a corpus does not annotate is left missing where it says so (Re-DocRED's MISC).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.training.treebanks import Sentence, group_sentences, read_sentences

LABELS = {
    "uner": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"},
    "crossner": {
        "politician": "PERSON",
        "person": "PERSON",
        "organisation": "ORG",
        "politicalparty": "ORG",
        "country": "PLACE",
        "location": "PLACE",
        "event": "EVENT",
        "election": "EVENT",
    },
    "redocred": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"},
    "gum": {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT"},
}
"""Each corpus's own types against ours; a type that is not named here is no name, or is missing (``UNSURE``)."""

UNSURE = {"redocred": {"MISC"}}
"""Types that mix names of ours with others, so that the annotation says nothing about those words."""

TITLES = frozenset(
    "mr mrs ms miss dr prof professor president prime minister secretary general senator sen representative rep congressman "
    "congresswoman governor gov mayor judge justice chancellor ambassador king queen prince princess pope bishop sir lady lord "
    "captain capt colonel col lieutenant lt major sergeant sgt chairman chairwoman chair director vice deputy foreign speaker "
    "emperor saint st premier admiral sheikh imam ayatollah father sister brother uncle aunt".split()
)
"""Words that open a person's noun phrase and belong to the role, not to the name."""

BRACKET = re.compile(r"(\()?(\d+(?:\[\d+/\d+\])?)(?:-([a-z]+)[^()]*)?(\))?")
"""One opening, closing or whole entity in GUM's ``Entity=`` field: bracket, id, type, bracket."""

JOINTS = frozenset({"of", "the", "and", "&", "-", "'s", "’s", "for", "in", "de", "al", "."})
"""Words that may stand inside a name between two proper nouns."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words with names as (begin, end, label), end exclusive; label None means not annotated."""

    words: list[str]
    spaces: list[bool]
    names: list[tuple[int, int, str | None]]
    breaks: tuple[int, ...] = ()


def to_doc(vocab: Vocab, named: Named) -> Doc:
    """Make the Doc that an entity recognizer learns from; overlapping names lose to the longer one."""
    doc = Doc(vocab, words=named.words, spaces=named.spaces)
    taken: set[int] = set()
    entities, missing = [], []
    for begin, end, label in sorted(named.names, key=lambda name: (name[0] - name[1], name[0])):
        if taken.isdisjoint(range(begin, end)):
            taken.update(range(begin, end))
            if label is None:
                missing.append(Span(doc, begin, end))
            else:
                entities.append(Span(doc, begin, end, label=label))
    doc.set_ents(entities, missing=missing, default="outside")
    return doc


def read_iob(path: Path, *, column: int, word: int, labels: dict[str, str]) -> Iterator[Named]:
    """Yield the sentences of a column file, joined by fours so that names are seen in a context."""
    block: list[tuple[str, str]] = []
    sentences = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#") and "\t" not in line:
            continue
        fields = line.split("\t")
        if len(fields) > max(column, word):
            block.append((fields[word], fields[column]))
        elif block:
            sentences += 1
            if sentences == 4:
                yield _from_iob(block, labels)
                block, sentences = [], 0
    if block:
        yield _from_iob(block, labels)


def _from_iob(block: list[tuple[str, str]], labels: dict[str, str]) -> Named:
    names: list[tuple[int, int, str | None]] = []
    for index, (_, tag) in enumerate(block):
        label = labels.get(tag[2:]) if tag != "O" else None
        if label and tag[0] == "I" and names and names[-1][1] == index and names[-1][2] == label:
            names[-1] = (names[-1][0], index + 1, label)
        elif label:
            names.append((index, index + 1, label))
    return Named([form for form, _ in block], [True] * len(block), names)


def read_redocred(path: Path) -> Iterator[Named]:
    """Yield the documents of Re-DocRED, cut at every fourth sentence."""
    for document in json.loads(path.read_text(encoding="utf-8")):
        sentences: list[list[str]] = document["sents"]
        for first in range(0, len(sentences), 4):
            offset: dict[int, int] = {}
            words: list[str] = []
            for number in range(first, min(first + 4, len(sentences))):
                offset[number] = len(words)
                words += sentences[number]
            names: list[tuple[int, int, str | None]] = []
            for mentions in document["vertexSet"]:
                for mention in mentions:
                    label = LABELS["redocred"].get(mention["type"])
                    if mention["sent_id"] in offset and (label or mention["type"] in UNSURE["redocred"]):
                        begin, end = (offset[mention["sent_id"]] + position for position in mention["pos"])
                        names.append((begin, end, label))
            yield Named(words, [True] * len(words), names)


def read_gum(path: Path) -> Iterator[Named]:
    """Yield runs of four sentences of one GUM document with the entities whose head is a proper noun."""
    for run in group_sentences(read_sentences(path), most=4):
        words: list[str] = []
        spaces: list[bool] = []
        names: list[tuple[int, int, str | None]] = []
        for sentence in run:
            names += [(len(words) + begin, len(words) + end, label) for begin, end, label in _gum_names(sentence)]
            words += sentence.words
            spaces += sentence.spaces
        yield Named(words, spaces, names)


def _gum_names(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for begin, end, kind in gum_spans(sentence):
        label = LABELS["gum"].get(kind)
        if label and (name := _proper_core(sentence, begin, end, is_person=label == "PERSON")):
            yield (*name, label)


def gum_spans(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield (begin, end, type) of every entity that opens and closes within the sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, misc in enumerate(sentence.misc):
        for opening, identifier, kind, closing in BRACKET.findall(misc.get("Entity") or ""):
            if opening:
                opened.setdefault(identifier, []).append((index, kind))
            if closing and opened.get(identifier):
                begin, opened_kind = opened[identifier].pop()
                yield begin, index + 1, opened_kind


def _proper_core(sentence: Sentence, begin: int, end: int, *, is_person: bool) -> tuple[int, int] | None:
    """Return the run of proper nouns around the head of a span, without titles; None where the head is none."""
    heads = [i for i in range(begin, end) if not begin <= sentence.heads[i] < end or sentence.heads[i] == i]
    if not heads or sentence.upos[heads[0]] != "PROPN" or (is_person and sentence.xpos[heads[0]] == "NNPS"):
        return None  # "the Athenians" are people, yet no person's name
    left = right = heads[0]
    joints = JOINTS - {"of", "the", "and", "&", "for", "in"} if is_person else JOINTS

    def belongs(index: int) -> bool:
        return sentence.upos[index] in {"PROPN", "NUM"} or (
            sentence.upos[index] in {"ADJ", "NOUN"} and sentence.words[index][0].isupper()
        )

    while left > begin:
        step = next((s for s in (1, 2, 3) if left - s >= begin and belongs(left - s)), None)
        if step is None or any(sentence.words[left - k].lower() not in joints for k in range(1, step)):
            break
        left -= step
    while right < end - 1:
        step = next((s for s in (1, 2, 3) if right + s < end and belongs(right + s)), None)
        if step is None or any(sentence.words[right + k].lower() not in joints for k in range(1, step)):
            break
        right += step
    if is_person:
        while left <= right and sentence.words[left].lower().strip(".") in TITLES:
            left += 1
        if left > right or sentence.upos[left] != "PROPN":
            return None
    return left, right + 1


def read_all(corpora: Path, part: str) -> Iterator[Named]:
    """Yield the training (``train``) or measuring (``dev``) texts of every entity corpus under ``corpora``.

    UNER's larger file and Re-DocRED's first file are learnt from; UNER's dev, CrossNER's second half of dev and the last fifth of
    Re-DocRED's second file are measured on.
    """
    gum = sorted((corpora / "gum" / part).glob("*.conllu"))
    crossner = list(read_iob(corpora / "crossner-politics" / "dev.txt", word=0, column=1, labels=LABELS["crossner"]))
    redocred = list(read_redocred(corpora / "re-docred" / "dev.json"))
    held = len(crossner) // 2, len(redocred) * 4 // 5
    if part == "dev":
        yield from read_iob(corpora / "uner-ewt" / "dev.iob2", word=1, column=2, labels=LABELS["uner"])
        yield from crossner[held[0] :]
        yield from redocred[held[1] :]
    else:
        yield from read_iob(corpora / "uner-ewt" / "test.iob2", word=1, column=2, labels=LABELS["uner"])
        yield from read_iob(corpora / "crossner-politics" / "train.txt", word=0, column=1, labels=LABELS["crossner"])
        yield from crossner[: held[0]]
        yield from read_redocred(corpora / "re-docred" / "test.json")
        yield from redocred[: held[1]]
    yield from _flatten(gum)


def _flatten(paths: Iterable[Path]) -> Iterator[Named]:
    for path in paths:
        yield from read_gum(path)
