"""Measure the pipeline on the dev parts of the corpora, and the extraction on annotated statements."""

from __future__ import annotations

import csv
import datetime
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.extraction.extract import load_extractor
from kg.extraction.serialization import to_json
from kg.records import Document
from kg.training import entity_corpora, treebanks
from kg.training.prepare import sentences_of

UNLISTED_DATES = {"seed.txt": "2025-11-23"}
"""The datelines of annotated statements that the index leaves out."""

SYNTAX = {
    "token_acc": "tokens",
    "sents_f": "sentences (F1)",
    "tag_acc": "XPOS",
    "pos_acc": "UPOS",
    "morph_acc": "morphology",
    "lemma_acc": "lemmas",
    "dep_uas": "UAS",
    "dep_las": "LAS",
}


def measure_pipeline(nlp: Language, corpora: Path) -> dict[str, float]:
    """Return percentages by what they measure.

    The text is tokenized by the pipeline. UAS and LAS are spaCy's, which leave punctuation out and count subtypes of relations.
    """
    runs = treebanks.group_sentences(sentences_of(corpora, "dev"), most=8)
    scores = nlp.evaluate(list(_examples(nlp, (treebanks.to_doc(nlp.vocab, run) for run in runs))))
    result = {label: 100 * scores[name] for name, label in SYNTAX.items()}
    named = (entity_corpora.to_doc(nlp.vocab, text) for text in entity_corpora.read_all(corpora, "dev"))
    scores = nlp.evaluate(list(_examples(nlp, named)))
    result["names (F1)"] = 100 * scores["ents_f"]
    for label, of_label in sorted(scores["ents_per_type"].items()):
        result[f"names: {label} (F1)"] = 100 * of_label["f"]
    return result


def _examples(nlp: Language, docs: Iterator[Doc]) -> Iterator[Example]:
    for doc in docs:
        yield Example(nlp.make_doc(doc.text), doc)


def gold_documents(gold: Path) -> Iterator[tuple[Path, Document]]:
    """Yield each annotation of the dev part with the document that it is of."""
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


def measure_extraction(gold: Path, *, model: str | None = None) -> str:
    """Return what ``score.py`` of the gold's folder prints for the extractions of its dev documents."""
    extractor = load_extractor(model=model)
    arguments: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for annotation, document in gold_documents(gold):
            answer = Path(folder) / f"{document.id}.json"
            answer.write_text(to_json(extractor.extract(document)), encoding="utf-8")
            arguments += [str(annotation), str(answer)]
        command = [sys.executable, str(gold / "score.py"), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
