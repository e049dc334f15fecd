"""Measure the time expressions against MEANTIME (TIMEX3) and GUM (dates of TEI).

``python -m kg.training.measure_times --corpora DIR [--model PATH] [--corpus corpus_airbus] [--part dev] [--details]``

MEANTIME annotates the first six sentences of each report, so only those count. An extent is found where it overlaps (relaxed) or
equals (strict) the annotated one; the preposition that a deadline takes along is left out of the comparison, since TimeML never
annotates it. Values are compared on the extents that overlap. GUM marks only what can be resolved to days, so it gives recall and
the share of right days alone, on its own gold syntax where no model is named.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.times import find_times
from kg.records import TimeExpression
from kg.training import treebanks

ANNOTATED_SENTENCES = 6
OPENING = re.compile(
    r"(?:(?:by|before|until|till|on|at|in|for|of|to|within|due|(?:no|not) later than|prior to|ahead of|in time for)\s+)+",
    re.IGNORECASE,
)
NO_SPACE_BEFORE = frozenset(", . ; : ! ? ) ] % 's ’s n't '".split())
NO_SPACE_BEHIND = frozenset("( [ $ # US$".split())
ELEMENT = re.compile(r"<(?P<close>/)?date(?P<attributes>[^>]*)>")
ATTRIBUTE = re.compile(r'(\w+):::"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated time: characters, and its TIMEX3 value or its first and last day."""

    start: int
    end: int
    value: str | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated document; nothing behind ``length`` characters is annotated."""

    name: str
    text: str
    date: datetime.date | None
    gold: tuple[Gold, ...]
    length: int
    doc: Doc | None = None


@dataclass(slots=True)
class Score:
    """Counts of annotated, found and matching expressions, and what went wrong."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    right: int = 0
    notes: list[str] = field(default_factory=list)


def read_meantime(folder: Path) -> Iterator[Text]:
    """Yield the reports of one MEANTIME topic; raise FileNotFoundError where there are none."""
    files = sorted(folder.glob("*.xml"))
    if not files:
        raise FileNotFoundError(f"{folder}: no MEANTIME reports (*.xml) there. Name the folder of the corpora with --corpora.")
    return map(_meantime, files)


def _meantime(path: Path) -> Text:
    root = ElementTree.parse(path).getroot()
    tokens = [(token.get("t_id", ""), token.text or "", int(token.get("sentence", 0))) for token in root.iter("token")]
    text, places, length = "", {}, 0
    for index, (identity, word, sentence) in enumerate(tokens):
        if index and sentence != tokens[index - 1][2]:
            text += "\n\n"
        elif index and word not in NO_SPACE_BEFORE and tokens[index - 1][1] not in NO_SPACE_BEHIND:
            text += " "
        places[identity] = (len(text), len(text) + len(word))
        text += word
        if sentence < ANNOTATED_SENTENCES:
            length = len(text)
    gold, date = [], None
    for element in root.iter("TIMEX3"):
        anchors = [places[anchor.get("t_id", "")] for anchor in element.findall("token_anchor")]
        if anchors:
            gold.append(Gold(min(a[0] for a in anchors), max(a[1] for a in anchors), element.get("value")))
        if element.get("functionInDocument") == "CREATION_TIME":
            date = _date(element.get("value"))
    # Two reports do not say which date is theirs: it is the first line under the title.
    date = date or next((day for day in map(_date, (one.value for one in sorted(gold, key=lambda one: one.start))) if day), None)
    return Text(path.stem, text, date, tuple(gold), length)


def _date(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def read_gum(folder: Path, *, vocab: Vocab) -> Iterator[Text]:
    """Yield the documents of one part of GUM that mark dates and say when they were written."""
    for path in sorted(folder.glob("*.conllu")):
        created = re.search(r"^# meta::dateCreated = (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        sentences = list(treebanks.read_sentences(path))
        doc = treebanks.to_doc(vocab, sentences)
        gold = tuple(_gum_dates(doc, [misc for sentence in sentences for misc in sentence.misc]))
        date = _date(created.group(1)) if created is not None else None
        if gold and date is not None:
            yield Text(path.stem, doc.text, date, gold, len(doc.text), doc)


def _gum_dates(doc: Doc, miscs: list[dict[str, str | None]]) -> Iterator[Gold]:
    """Yield the date elements; one that closes without an opening, or the other way round, is left out."""
    opened: tuple[int, str] | None = None
    for token, misc in zip(doc, miscs, strict=True):
        for element in ELEMENT.finditer(misc.get("XML") or ""):
            if element["close"] is None:
                opened = token.idx, element["attributes"]
            elif opened is not None:
                days = _days(dict(ATTRIBUTE.findall(opened[1])))
                if days is not None:
                    yield Gold(opened[0], token.idx + len(token), days=days)
                opened = None


def _days(attributes: dict[str, str]) -> tuple[str, str] | None:
    first, last = attributes.get("when", attributes.get("from")), attributes.get("when", attributes.get("to"))
    if (
        first is None
        or last is None
        or not re.fullmatch(r"\d{4}(-\d\d){0,2}", first)
        or not re.fullmatch(r"\d{4}(-\d\d){0,2}", last)
    ):
        return None
    month, day = (f"{last}-12-31")[5:7], 31
    while len(last) < 10 and _date(f"{last[:4]}-{month}-{day}") is None:
        day -= 1
    return f"{first}-01-01"[:10], last if len(last) == 10 else f"{last[:4]}-{month}-{day}"


def measure(texts: Iterable[Text], *, nlp: Language | None, every: bool) -> Score:
    """Score what is found in ``texts``; with ``every`` false, only what is annotated counts (recall and values)."""
    score = Score()
    for text in texts:
        doc = nlp(text.text) if nlp is not None else text.doc or spacy.blank("en")(text.text)
        found = [time for time in find_times(doc, date=text.date) if time.start < text.length]
        _compare(text, found, score, every=every)
    return score


def _compare(text: Text, found: list[TimeExpression], score: Score, *, every: bool) -> None:
    """Pair each annotated time with the one found that overlaps it most, the shortest annotated ones first."""
    taken: set[int] = set()
    notes: list[tuple[int, str]] = []
    for gold in sorted(text.gold, key=lambda one: (one.end - one.start, one.start)):
        words = f"{text.text[gold.start : gold.end]!r} = {gold.value or gold.days}"
        free = [index for index in range(len(found)) if index not in taken]
        index = max(free, key=lambda one: _overlap(gold, found[one]), default=None)
        if index is None or _overlap(gold, found[index]) <= 0:
            notes.append((gold.start, f"missed {words}"))
            continue
        taken.add(index)
        time = found[index]
        strict = (_start(time), time.end) == (gold.start, gold.end)
        right = time.value == gold.value if gold.days is None else _covers(time, gold.days)
        score.relaxed += 1
        score.strict += strict
        score.right += right
        if not (strict and right):
            notes.append((gold.start, f"{time.text!r} = {time.value} {time.role}, not {words}"))
    if every:
        notes += [(time.start, f"invented {time.text!r} = {time.value}") for i, time in enumerate(found) if i not in taken]
    score.gold += len(text.gold)
    score.found += len(found) if every else len(taken)
    score.notes += [f"{text.name[:24]}: {note}" for _, note in sorted(notes)]


def _covers(time: TimeExpression, days: tuple[str, str]) -> bool:
    """Return whether the days that the expression gives are the annotated ones; "since" and "until" give one of them."""
    given = (time.begin or days[0], time.end_date or days[1])
    return given == days and (time.begin is not None or time.end_date is not None)


def _start(time: TimeExpression) -> int:
    opening = OPENING.match(time.text) if time.role == "deadline" else None
    return time.start + opening.end() if opening is not None else time.start


def _overlap(gold: Gold, time: TimeExpression) -> int:
    return min(gold.end, time.end) - max(gold.start, time.start)


def _line(name: str, score: Score) -> str:
    def rates(hits: int) -> str:
        precision, recall = hits / max(score.found, 1), hits / max(score.gold, 1)
        return f"{precision:6.3f} {recall:6.3f} {2 * precision * recall / max(precision + recall, 1e-9):6.3f}"

    values = score.right / max(score.relaxed, 1)
    return f"{name:<24} {score.gold:5d} {score.found:5d}  {rates(score.relaxed)}  {rates(score.strict)}  {values:6.3f}"


def main(arguments: list[str] | None = None) -> int:
    """Print a line of scores per corpus: relaxed and strict precision, recall and F1, then the share of right values."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds meantime/ and gum/")
    parser.add_argument("--model", type=Path, help="a spaCy pipeline with a parser; without it the words decide alone")
    parser.add_argument("--corpus", action="append", choices=["corpus_airbus", "corpus_apple"], help="MEANTIME's topics (all)")
    parser.add_argument("--part", action="append", choices=["train", "dev"], help="GUM's parts (dev)")
    parser.add_argument("--details", action="store_true", help="also list what is missed, invented or has another value")
    options = parser.parse_args(arguments)
    nlp = spacy.load(options.model) if options.model is not None else None
    lines = ["corpus                    gold found  relaxed P R F1        strict P R F1         values"]
    scores: dict[str, Score] = {}
    for topic in options.corpus or ["corpus_airbus", "corpus_apple"]:
        scores[f"MEANTIME {topic}"] = measure(read_meantime(options.corpora / "meantime" / topic), nlp=nlp, every=True)
    for part in options.part or ["dev"]:
        texts = read_gum(options.corpora / "gum" / part, vocab=spacy.blank("en").vocab)
        scores[f"GUM {part} (recall only)"] = measure(texts, nlp=nlp, every=False)
    for name, score in scores.items():
        lines.append(_line(name, score))
        lines += [f"    {note}" for note in score.notes if options.details]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
