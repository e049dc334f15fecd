"""Read coreference in the notation of GUM: bracketed entity ids in the MISC column.

In: ``*.conllu`` files whose ``Entity=`` field opens and closes spans, ``(4-person`` … ``4)``. Out: the sentences, and spans over the
words of the document by entity.
Limits: the parts of a discontinuous span (``(4[1/2]``) are read as spans of their own.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from kg.training.treebanks import read_sentences

BRACKET = re.compile(r"\((?P<begun>\d+)(?:\[\d+/\d+\])?(?P<fields>(?:-[^()]*)?)(?P<shut>\))?|(?P<ended>\d+)(?:\[\d+/\d+\])?\)")


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """Words ``start`` to ``end`` of a document, the number of the entity they speak of, and its further fields as written."""

    start: int
    end: int
    entity: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedText:
    """The words of a document and what they speak of.

    ``spaces`` tells whether a space follows, ``paragraphs`` holds the first words of paragraphs, ``speakers`` who says each word
    ("" where nobody is named).
    """

    name: str
    genre: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    paragraphs: frozenset[int]
    speakers: tuple[str, ...]
    spans: tuple[EntitySpan, ...]

    def clusters(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Return the spans that speak of one thing, for each thing spoken of twice or more."""
        by_entity: dict[int, dict[tuple[int, int], None]] = {}
        for span in self.spans:
            by_entity.setdefault(span.entity, {})[span.start, span.end] = None
        return tuple(tuple(sorted(spans)) for spans in by_entity.values() if len(spans) > 1)


def read_annotated(path: Path) -> AnnotatedText:
    """Read one document; raise ValueError where a bracket closes what was not opened."""
    sentences = list(read_sentences(path))
    begins = itertools.accumulate((len(sentence.words) for sentence in sentences), initial=0)
    paragraphs = {begin for begin, sentence in zip(begins, sentences, strict=False) if sentence.starts_paragraph}
    return AnnotatedText(
        name=path.stem,
        genre=path.stem.split("_")[1],
        words=tuple(word for sentence in sentences for word in sentence.words),
        spaces=tuple(space for sentence in sentences for space in sentence.spaces),
        paragraphs=frozenset(paragraphs),
        speakers=tuple(sentence.speaker for sentence in sentences for _ in sentence.words),
        spans=read_brackets([mark for sentence in sentences for mark in sentence.entity_marks], source=path.name),
    )


def read_brackets(marks: list[str], *, source: str = "marks") -> tuple[EntitySpan, ...]:
    """Return the spans that the ``Entity=`` values of successive words open and close, in the order in which they begin."""
    opened: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    spans: list[EntitySpan] = []
    for index, mark in enumerate(marks):
        for match in BRACKET.finditer(mark):
            if match["begun"] is not None:
                fields = tuple(match["fields"].removeprefix("-").split("-")) if match["fields"] else ()
                opened.setdefault(int(match["begun"]), []).append((index, fields))
            entity = int(match["begun"] or match["ended"])
            if match["ended"] is not None or match["shut"] is not None:
                if not opened.get(entity):
                    raise ValueError(f"{source}: word {index + 1} closes entity {entity}, which is not open. Mend the brackets.")
                start, fields = opened[entity].pop()
                spans.append(EntitySpan(start, index + 1, entity, fields))
    left_open = [entity for entity, starts in opened.items() if starts]
    if left_open:
        raise ValueError(f"{source}: entity {left_open[0]} is never closed. Mend the brackets.")
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.entity)))
