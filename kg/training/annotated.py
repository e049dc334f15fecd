"""Score extractions by the programs beside the annotated statements: ``score.py`` for these, ``public.py`` for public corpora."""

from __future__ import annotations

import csv
import datetime
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extraction.extract import Extractor
from kg.records import Document
from kg.serialization import to_json

UNLISTED_DATES = {"seed.txt": "2025-11-23"}
"""The datelines of annotated statements that the index leaves out."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What one line of a scoring program says: shares between 0 and 1."""

    precision: float
    recall: float
    f1: float


def statements(gold: Path) -> Iterator[tuple[Path, Document]]:
    """Yield the annotation and the document of each annotated statement, with its date."""
    with (gold / "index.tsv").open(encoding="utf-8") as lines:
        dates = UNLISTED_DATES | {row["file"]: row["date"] for row in csv.DictReader(lines, delimiter="\t")}
    for annotation in sorted((gold / "dev").glob("*.gold.json")):
        source = annotation.with_name(annotation.name.replace(".gold.json", ".txt"))
        date = dates.get(source.name)
        yield (
            annotation,
            Document(
                id=source.stem,
                text=source.read_text(encoding="utf-8"),
                date=datetime.date.fromisoformat(date) if date else None,
            ),
        )


def score_statements(extractor: Extractor, gold: Path) -> str:
    """Return what ``score.py`` prints for the extractions of the annotated statements."""
    arguments: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for annotation, document in statements(gold):
            answer = Path(folder) / f"{document.id}.json"
            answer.write_text(to_json(extractor.extract(document)), encoding="utf-8")
            arguments += [str(annotation), str(answer)]
        return _run(gold / "score.py", *arguments)


def extract_public(extractor: Extractor, gold: Path, corpus: str, *, corpora: Path) -> list[str]:
    """Return the extractions of a corpus that ``public.py`` knows, as JSON lines."""
    lines = []
    for line in _run(gold / "public.py", "prepare", corpus, "--root", str(corpora)).splitlines():
        case = json.loads(line)
        date = datetime.date.fromisoformat(case["date"]) if case["date"] else None
        extraction = to_json(extractor.extract(Document(id=case["id"], text=case["text"], date=date)))
        lines.append(json.dumps(json.loads(extraction)))
    return lines


def score_public(lines: Iterable[str], gold: Path, corpus: str, *, corpora: Path) -> str:
    """Return what ``public.py`` prints for the extractions of a corpus."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "extractions.jsonl"
        answers.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return _run(gold / "public.py", "score", corpus, str(answers), "--root", str(corpora))


def facets(printed: str) -> dict[str, Facet]:
    """Return the lines of a scoring program by what they score: those that end in three shares and three counts."""
    result = {}
    for line in printed.splitlines():
        words = line.split()
        if len(words) > 6 and all(word.isdigit() for word in words[-3:]):
            result[" ".join(words[:-6])] = Facet(*map(float, words[-6:-3]))
    return result


def _run(program: Path, *arguments: str) -> str:
    command = [sys.executable, str(program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
