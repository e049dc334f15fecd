"""Measure the time expressions against MEANTIME (TIMEX3) and GUM (dates of TEI).

``public.py``, which comes with the annotated statements, scores MEANTIME over whole reports, but its annotators marked times in
the first six sentences of each alone: whatever is rightly found behind them counts as invented. So

    python -m kg.training.measure_times meantime OUT.jsonl > ANNOTATED.jsonl

prints the extractions of its reports without the times behind those sentences, for the same program to score.

    python -m kg.training.measure_times gum --corpora DIR [--model PATH] [--part dev] [--details]

GUM marks only what can be resolved to days, so it gives recall and the share of right days alone, on its own gold syntax where no
model is named.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.times import find_times
from kg.records import TimeExpression
from kg.training import treebanks

ANNOTATED_SENTENCES = 6
ELEMENT = re.compile(r"<(?P<close>/)?date(?P<attributes>[^>]*)>")
ATTRIBUTE = re.compile(r'(\w+):::"([^"]*)"')


def annotated_part(lines: Iterable[str]) -> Iterator[str]:
    """Yield extractions of MEANTIME (JSON, one a line) with the times of the annotated sentences only.

    Each sentence is a line of the report's text there.
    """
    for line in lines:
        extraction = json.loads(line)
        length = len("\n".join(extraction["document"]["text"].split("\n")[:ANNOTATED_SENTENCES]))
        extraction["times"] = [time for time in extraction["times"] if time["start"] < length]
        yield json.dumps(extraction, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated date: its characters, and its first and last day."""

    start: int
    end: int
    days: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated document and the day it was written."""

    name: str
    doc: Doc
    date: datetime.date
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Score:
    """Counts of annotated dates, of those found in part and in their whole extent, of right days, and what went wrong."""

    gold: int = 0
    relaxed: int = 0
    strict: int = 0
    right: int = 0
    notes: list[str] = field(default_factory=list)


def read_gum(folder: Path, *, vocab: Vocab) -> Iterator[Text]:
    """Yield the documents of one part of GUM that mark dates and say when they were written.

    Raise FileNotFoundError where there are none.
    """
    files = sorted(folder.glob("*.conllu"))
    if not files:
        raise FileNotFoundError(f"{folder}: no documents of GUM (*.conllu) there. Name the folder of the corpora with --corpora.")
    for path in files:
        created = re.search(r"^# meta::dateCreated = (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        sentences = list(treebanks.read_sentences(path))
        doc = treebanks.to_doc(vocab, sentences)
        gold = tuple(_gum_dates(doc, [misc for sentence in sentences for misc in sentence.misc]))
        date = _date(created.group(1)) if created is not None else None
        if gold and date is not None:
            yield Text(path.stem, doc, date, gold)


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
                    yield Gold(opened[0], token.idx + len(token), days)
                opened = None


def _date(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None


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


def measure(texts: Iterable[Text], *, nlp: Language | None) -> Score:
    """Score what is found in ``texts``, on their own syntax or that of ``nlp``."""
    score = Score()
    for text in texts:
        doc = nlp(text.doc.text) if nlp is not None else text.doc
        _compare(text, list(find_times(doc, date=text.date)), score)
    return score


def _compare(text: Text, found: list[TimeExpression], score: Score) -> None:
    """Pair each annotated date with the time found that overlaps it most, the shortest annotated ones first."""
    notes: list[tuple[int, str]] = []
    for gold in sorted(text.gold, key=lambda one: (one.end - one.start, one.start)):
        words = f"{text.doc.text[gold.start : gold.end]!r} = {gold.days}"
        time = max(found, key=lambda one: _overlap(gold, one), default=None)
        if time is None or _overlap(gold, time) <= 0:
            notes.append((gold.start, f"missed {words}"))
            continue
        found.remove(time)
        strict, right = (time.start, time.end) == (gold.start, gold.end), _covers(time, gold.days)
        score.relaxed += 1
        score.strict += strict
        score.right += right
        if not (strict and right):
            notes.append((gold.start, f"{time.text!r} = {time.value} {time.role}, not {words}"))
    score.gold += len(text.gold)
    score.notes += [f"{text.name[:24]}: {note}" for _, note in sorted(notes)]


def _covers(time: TimeExpression, days: tuple[str, str]) -> bool:
    """Return whether the days that the expression gives are the annotated ones; "since" and "until" give one of them."""
    given = (time.begin or days[0], time.end_date or days[1])
    return given == days and (time.begin is not None or time.end_date is not None)


def _overlap(gold: Gold, time: TimeExpression) -> int:
    return min(gold.end, time.end) - max(gold.start, time.start)


def main(arguments: list[str] | None = None) -> int:
    """Print the annotated part of MEANTIME's extractions, or a line of scores for each part of GUM."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    meantime = commands.add_parser("meantime", help="leave out times that MEANTIME does not annotate")
    meantime.add_argument("extractions", type=Path, help="what kg extract --format jsonl printed")
    gum = commands.add_parser("gum", help="recall and right days of GUM's dates")
    gum.add_argument("--corpora", type=Path, required=True, help="the folder that holds gum/")
    gum.add_argument("--model", type=Path, help="a spaCy pipeline with a parser; without it GUM's own syntax counts")
    gum.add_argument("--part", action="append", choices=["train", "dev"], help="GUM's parts (dev)")
    gum.add_argument("--details", action="store_true", help="also list what is missed or has other days")
    options = parser.parse_args(arguments)
    if options.command == "meantime":
        lines = annotated_part(options.extractions.read_text(encoding="utf-8").splitlines())
    else:
        lines = _gum_lines(options)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _gum_lines(options: argparse.Namespace) -> Iterator[str]:
    nlp = spacy.load(options.model) if options.model is not None else None
    yield "corpus       gold  relaxed R  strict R  days right"
    for part in options.part or ["dev"]:
        score = measure(read_gum(options.corpora / "gum" / part, vocab=spacy.blank("en").vocab), nlp=nlp)
        relaxed, strict = score.relaxed / max(score.gold, 1), score.strict / max(score.gold, 1)
        yield f"{f'GUM {part}':<12} {score.gold:4d} {relaxed:10.3f} {strict:9.3f} {score.right / max(score.relaxed, 1):11.3f}"
        yield from (f"    {note}" for note in score.notes if options.details)


if __name__ == "__main__":
    sys.exit(main())
