"""Read the named-entity corpora with one set of labels.

In: UNER (IOB2), CrossNER (CoNLL), Re-DocRED and re3d (JSON), MEANTIME (XML) and GUM (the MISC column of CoNLL-U). Out: words with names,
which may stand inside one another. What mixes names with other things (Re-DocRED's MISC, nationalities) is left open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import spacy

from kg.training.ontogum import read_brackets
from kg.training.treebanks import Sentence

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
    "re3d": {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE"},
    "meantime": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"},
    "gum": {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT"},
}
"""Each corpus's own types against ours; a type that is not named here is no name, or is missing (``UNSURE``)."""

UNSURE = {
    "redocred": {"MISC"},
    "re3d": {"Nationality", "MilitaryPlatform", "Weapon", "DocumentReference"},
    "meantime": {"PRO", "FIN"},
}
"""Types that mix names of ours with others, so that the annotation says nothing about those words."""

TITLES = frozenset(
    "mr mrs ms miss dr prof professor president prime minister secretary general senator sen representative rep congressman "
    "congresswoman governor gov mayor judge justice chancellor ambassador king queen prince princess pope bishop sir lady lord "
    "captain capt colonel col lieutenant lt major sergeant sgt chairman chairwoman chair director vice deputy foreign speaker "
    "emperor saint st premier admiral sheikh imam ayatollah father sister brother uncle aunt".split()
)
"""Words that open a person's noun phrase and belong to the role, not to the name."""

JOINTS = frozenset({"of", "the", "and", "&", "-", "'s", "’s", "for", "in", "de", "al", "."})
"""Words that may stand inside a name between two proper nouns."""


Name = tuple[int, int, str | None]
"""Begin and end (exclusive) in words, and the label; None where the words are not annotated."""


@dataclass(frozen=True, slots=True)
class Named:
    """Some words with the names among them, and the corpus whose guidelines they follow."""

    words: list[str]
    names: list[Name]
    style: str


def read_iob(path: Path, *, column: int, word: int, style: str) -> Iterator[Named]:
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
                yield _from_iob(block, style)
                block, sentences = [], 0
    if block:
        yield _from_iob(block, style)


def _from_iob(block: list[tuple[str, str]], style: str) -> Named:
    names: list[Name] = []
    for index, (_, tag) in enumerate(block):
        label = LABELS[style].get(tag[2:]) if tag != "O" else None
        if label and tag[0] == "I" and names and names[-1][1] == index and names[-1][2] == label:
            names[-1] = (names[-1][0], index + 1, label)
        elif label:
            names.append((index, index + 1, label))
    return Named([form for form, _ in block], names, style)


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
            names: list[Name] = []
            for mentions in document["vertexSet"]:
                for mention in mentions:
                    label = LABELS["redocred"].get(mention["type"])
                    if mention["sent_id"] in offset and (label or mention["type"] in UNSURE["redocred"]):
                        begin, end = (offset[mention["sent_id"]] + position for position in mention["pos"])
                        names.append((begin, end, label))
            yield Named(words, names, "redocred")


def read_re3d(folder: Path) -> Iterator[Named]:
    """Yield the documents of one source of re3d.

    It annotates descriptions as well: a span is a name where all its words but small ones are capitalized, without the article and the
    titles before it. Spans that half of the annotators or fewer agreed on are left open.
    """
    tokenize = spacy.blank("en")
    spans: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "entities.json").read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            span = json.loads(line)
            spans.setdefault(span["documentId"], []).append(span)
    for line in (folder / "documents.json").read_text(encoding="utf-8-sig").splitlines():
        if not line.strip():
            continue
        document = json.loads(line)
        doc = tokenize(document["text"])
        tokens = [token for token in doc if not token.is_space]
        words = [token.text for token in tokens]
        place = {token.i: index for index, token in enumerate(tokens)}
        names: list[Name] = []
        for span in spans.get(document["_id"], []):
            label = LABELS["re3d"].get(span["type"])
            found = doc.char_span(span["begin"], span["end"], alignment_mode="expand")
            inside = [place[token.i] for token in found if token.i in place] if found is not None else []
            if not inside or (label is None and span["type"] not in UNSURE["re3d"]):
                continue
            core = _capitalized(words[inside[0] : inside[-1] + 1], is_person=label == "PERSON")
            if core is not None:
                sure = span["confidence"] > 0.5 and not _has_title(words[inside[0] : inside[-1] + 1])
                names.append((inside[0] + core[0], inside[0] + core[1], label if sure else None))
        yield from cut(Named(words, names, "re3d"), most=120)


def _has_title(words: list[str]) -> bool:
    """Tell whether a title stands inside a span, so that where the name begins is not annotated."""
    return any(word.lower().strip(".") in TITLES for word in words)


def _capitalized(words: list[str], *, is_person: bool) -> tuple[int, int] | None:
    """Return the bounds of a name in a span whose words are all capitalized but for an article and joints; else None."""
    begin = 0
    while begin < len(words) and (
        words[begin].lower() in {"the", "a", "an"} or (is_person and words[begin].lower().strip(".") in TITLES)
    ):
        begin += 1
    rest = words[begin:]
    is_name = bool(rest) and all(word[0].isupper() or word[0].isdigit() or word.lower() in JOINTS for word in rest)
    return (begin, len(words)) if is_name and rest[0][0].isupper() else None


def read_meantime(path: Path) -> Iterator[Named]:
    """Yield one report of MEANTIME: the first six sentences, which alone are annotated, with the mentions that are names."""
    root = ElementTree.parse(path).getroot()
    tokens = [token for token in root.iter("token") if int(token.get("sentence", 0)) < 6]
    words = [token.text or "" for token in tokens]
    place = {token.get("t_id"): index for index, token in enumerate(tokens)}
    types = {entity.get("m_id"): entity.get("ent_type") or "" for entity in root.iter("ENTITY")}
    meant = {
        source.get("m_id"): types.get(target.get("m_id"), "")
        for relation in root.iter("REFERS_TO")
        for source in relation.iter("source")
        for target in relation.iter("target")
    }
    names: list[Name] = []
    for mention in root.iter("ENTITY_MENTION"):
        inside = sorted(place[a.get("t_id")] for a in mention.iter("token_anchor") if a.get("t_id") in place)
        if inside and mention.get("syntactic_type") in {"NAM", "PRE.NAM"}:
            label = LABELS["meantime"].get(meant.get(mention.get("m_id"), ""))
            core = _capitalized(words[inside[0] : inside[-1] + 1], is_person=label == "PERSON")
            if core is None or _has_title(words[inside[0] : inside[-1] + 1]):
                names.append((inside[0], inside[-1] + 1, None))
            else:
                names.append((inside[0] + core[0], inside[0] + core[1], label))
    yield from cut(Named(words, names, "meantime"), most=120)


def cut(named: Named, *, most: int) -> Iterator[Named]:
    """Yield a text in parts of at most ``most`` words, cut behind a sentence's end where there is one, never within a name."""
    begin = 0
    inside = {i for first, end, _ in named.names for i in range(first + 1, end)}
    while begin < len(named.words):
        end = min(begin + most, len(named.words))
        if end < len(named.words):
            stops = [i + 1 for i in range(begin, end) if named.words[i] in {".", "?", "!"} and i + 1 not in inside]
            allowed = [i for i in range(begin + 1, end + 1) if i not in inside]
            end = (stops or allowed or [end])[-1]
        names = [(first - begin, last - begin, label) for first, last, label in named.names if begin <= first and last <= end]
        yield Named(named.words[begin:end], names, named.style)
        begin = end


def gum_names(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield the names in a sentence of GUM: the runs of proper nouns around the heads of its entities, without titles."""
    seen: set[tuple[int, int]] = set()
    # Of two phrases around one name the inner one says what it names.
    for span in sorted(read_brackets(sentence.entity_marks), key=lambda span: span.end - span.start):
        label = LABELS["gum"].get(span.fields[0]) if span.fields else None
        name = _proper_core(sentence, span.start, span.end, is_person=label == "PERSON") if label else None
        if label and name and name not in seen:
            seen.add(name)
            yield (*name, label)


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
    """Yield the training (``train``) or measuring (``dev``) texts of every entity corpus under ``corpora`` but GUM.

    Learnt from are UNER's dev, CrossNER's train, Re-DocRED's first file and four fifths of its second, every second text of re3d, and
    MEANTIME. Measured on are UNER's other file, CrossNER's dev, and the rest of Re-DocRED and re3d.
    """
    for_training = part == "train"
    uner, crossner = ("dev", "train") if for_training else ("test", "dev")
    yield from read_iob(corpora / "uner-ewt" / f"{uner}.iob2", word=1, column=2, style="uner")
    yield from read_iob(corpora / "crossner-politics" / f"{crossner}.txt", word=0, column=1, style="crossner")
    redocred = list(read_redocred(corpora / "re-docred" / "dev.json"))
    held = len(redocred) * 4 // 5
    re3d = [text for folder in sorted((corpora / "re3d").iterdir()) if folder.is_dir() for text in read_re3d(folder)]
    if for_training:
        yield from read_redocred(corpora / "re-docred" / "test.json")
        yield from redocred[:held]
        yield from re3d[::2]
        for path in sorted((corpora / "meantime").glob("*/*.xml")):
            yield from read_meantime(path)
    else:
        yield from redocred[held:]
        yield from re3d[1::2]
