"""Measure the attributions against annotated sentences: whose words, and what words.

``python -m kg.training.measure_attribution --gold DIR [--annotation FILE] [--model PATH] [--details]``

The annotation holds numbers alone, one line an attribution, or one for a sentence without any (kind ``none``): the file of the text, the
characters of the sentence, the kind, the level (2 within another attribution), and the characters of the source, the cue and the head of
the content; alternatives are parted by ``|``, an empty source is one that the text leaves open. The head of a source is the head of the
phrase that names it; of a name all words count, and beside a name in apposition so does the noun. The head of a content is that of the
reported clause or phrase, by Universal Dependencies (of a copular clause the predicate), in a quotation of several sentences that of the
first one. A quotation of its own sentence that has no cue takes that of its neighbour. Counted are speech, writing, thought and
intention, as in PARC 3.0; the labels of turns are not. Found is an attribution whose source and content have the annotated heads.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spacy.tokens import Doc

from kg.extraction.extract import Extractor, load_extractor
from kg.language.analysis import analyse
from kg.language.attribution import Attribution
from kg.records import Document

ANNOTATION = Path("tests/gold/attribution.tsv")
KINDS = ("direct", "indirect", "mixed", "according", "nominal")
Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution; ``source`` is empty where the text leaves it open."""

    kind: str
    source: Ranges
    content: Ranges


@dataclass(frozen=True, slots=True)
class Sentence:
    """An annotated sentence: its characters in a text, and the attributions whose content stands in it."""

    file: str
    start: int
    end: int
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Score:
    """Counts by kind, annotated kinds for ``gold`` and ``recalled``, found ones for ``found`` and ``right``."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    recalled: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    contents: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 over all kinds, between 0 and 1."""
        return _scores(self.gold.total(), self.found.total(), self.recalled.total(), self.right.total())[2]


def read_annotation(path: Path) -> tuple[Sentence, ...]:
    """Return the annotated sentences; raise FileNotFoundError where the file is missing."""
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: no annotation there. Run from the project's folder, or name the file with --annotation."
        )
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    sentences = groupby(rows, key=lambda row: (row["file"], int(row["start"]), int(row["end"])))
    return tuple(
        Sentence(
            *place, tuple(Gold(row["kind"], _ranges(row["source"]), _ranges(row["content"])) for row in own if row["content"])
        )
        for place, own in sentences
    )


def _ranges(cell: str) -> Ranges:
    pairs = (part.split(":") for part in cell.split("|") if part)
    return tuple((int(start), int(end)) for start, end in pairs)


def measure(
    sentences: Iterable[Sentence],
    *,
    read_text: Callable[[str], str],
    attribute: Callable[[str], tuple[Doc, Iterable[Attribution]]],
) -> Score:
    """Score what ``attribute`` finds in each text, over the annotated sentences alone."""
    score = Score()
    for file, own in groupby(sentences, key=lambda sentence: sentence.file):
        text = read_text(file)
        doc, found = attribute(text)
        attributions = list(found)
        for sentence in own:
            inside = [one for one in attributions if sentence.start <= doc[one.content].idx < sentence.end]
            _compare(sentence, inside, doc, text, score)
    return score


def _compare(sentence: Sentence, found: list[Attribution], doc: Doc, text: str, score: Score) -> None:
    """Pair each annotated attribution with one found whose heads are its own."""
    score.gold.update(gold.kind for gold in sentence.gold)
    score.found.update(one.kind for one in found)
    free = list(found)
    missed = []
    for gold in sentence.gold:
        hit = next((one for one in free if _is_source(one, gold, doc) and _lies_in(doc[one.content].idx, gold.content)), None)
        if hit is None:
            missed.append(gold)
            continue
        free.remove(hit)
        score.recalled[gold.kind] += 1
        score.right[hit.kind] += 1
    contents = [one.content for one in found]
    score.contents += sum(any(_lies_in(doc[i].idx, gold.content) for i in contents) for gold in sentence.gold)
    name = f"{sentence.file} {sentence.start}"
    score.notes += [f"{name}: missed {gold.kind} {_words(text, gold.source)}: {_words(text, gold.content)}" for gold in missed]
    score.notes += [
        f"{name}: invented {one.kind} {doc[one.source] if one.source is not None else '-'} [{doc[one.cue]}]: {doc[one.content]}"
        for one in free
    ]


def _is_source(found: Attribution, gold: Gold, doc: Doc) -> bool:
    if found.source is None or not gold.source:
        return found.source is None and not gold.source
    return _lies_in(doc[found.source].idx, gold.source)


def _lies_in(character: int, ranges: Ranges) -> bool:
    return any(start <= character < end for start, end in ranges)


def _words(text: str, ranges: Ranges) -> str:
    return "/".join(text[start:end] for start, end in ranges) or "-"


def table(score: Score) -> Iterator[str]:
    """Yield the lines of the table: precision, recall and F1 by kind and of all, and how many contents were found whosever they are."""
    yield "kind        gold found      P      R     F1"
    for kind in KINDS:
        yield _line(kind, score.gold[kind], score.found[kind], score.recalled[kind], score.right[kind])
    gold, found = score.gold.total(), score.found.total()
    yield _line("all", gold, found, score.recalled.total(), score.right.total())
    yield f"content heads found, whatever the source: {score.contents} of {gold}"


def _line(name: str, gold: int, found: int, recalled: int, right: int) -> str:
    precision, recall, f1 = _scores(gold, found, recalled, right)
    return f"{name:<11} {gold:4d} {found:5d} {precision:6.3f} {recall:6.3f} {f1:6.3f}"


def _scores(gold: int, found: int, recalled: int, right: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision, recall = right / max(found, 1), recalled / max(gold, 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure_statements(gold: Path, extractor: Extractor, *, annotation: Path = ANNOTATION) -> Score:
    """Score the annotated sentences of the statements in a folder."""
    return measure(
        read_annotation(annotation),
        read_text=lambda file: (gold / "unlabelled" / file).read_text(encoding="utf-8"),
        attribute=_attributor(extractor),
    )


def _attributor(extractor: Extractor) -> Callable[[str], tuple[Doc, Iterable[Attribution]]]:
    def attribute(text: str) -> tuple[Doc, Iterable[Attribution]]:
        analysis = analyse(Document(id="gold", text=text), extractor.nlp, gazetteer=extractor.gazetteer)
        return analysis.doc, analysis.attributions

    return attribute


def main(arguments: list[str] | None = None) -> int:
    """Print precision, recall and F1 of the attributions by kind."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the folder of the annotated statements, with unlabelled/")
    parser.add_argument("--annotation", type=Path, default=ANNOTATION, help=f"the annotated places ({ANNOTATION})")
    parser.add_argument("--model", help="a spaCy package or the folder of a pipeline; without it the shipped one")
    parser.add_argument("--details", action="store_true", help="also list what is missed or invented")
    options = parser.parse_args(arguments)
    score = measure_statements(options.gold, load_extractor(model=options.model), annotation=options.annotation)
    sys.stdout.write("\n".join([*table(score), *(score.notes if options.details else [])]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
