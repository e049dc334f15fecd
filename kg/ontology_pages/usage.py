"""Where a term is used: the shortest passage of the valid examples that shows it, and the questions that ask with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.ontology_files import ontology_folder, question_names, read_ontology_file, read_question


@dataclass(frozen=True, slots=True)
class Example:
    """Turtle that uses a term, cut where the term stands, so that the page can mark it; ``file`` lies under ``ontology/``."""

    file: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its name, and its words."""

    name: str
    words: str


class Usage:
    """The examples and the questions, read once."""

    def __init__(self) -> None:
        files = sorted(file.name for file in ontology_folder().joinpath("examples", "valid").iterdir())
        self._passages = [
            (f"examples/valid/{file}", passage)
            for file in files
            for passage in read_ontology_file(f"examples/valid/{file}").strip().split("\n\n")[1:]
        ]
        self._questions = [
            (Question(name=name, words=_words(read_question(name))), read_question(name)) for name in question_names()
        ]

    def example(self, name: str) -> Example | None:
        """Return the example for a term, by its short name; None where the examples do without it."""
        pattern = _pattern(name)
        found = [(file, passage) for file, passage in self._passages if pattern.search(passage)]
        if not found:
            return None
        file, passage = min(found, key=lambda one: (len(one[1]), one))
        return Example(file=file, parts=tuple(pattern.split(passage)))

    def questions(self, name: str) -> list[Question]:
        """Return the questions that name a term."""
        pattern = _pattern(name)
        return [question for question, query in self._questions if pattern.search(query)]

    def all_questions(self) -> Sequence[Question]:
        """Return every question, in the order of their names."""
        return [question for question, _ in self._questions]


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _words(query: str) -> str:
    """Return what a query asks, as its first line says."""
    return query.partition("\n")[0].removeprefix("#").strip()
