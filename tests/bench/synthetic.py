"""A large graph in the project's own model: the samples over and over, each time of other documents, people and meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.build import add_extractions
from kg.config import Settings
from kg.graph.vocabulary import DEFAULT_BASE
from kg.reading.sources import read
from kg.store.embedded import EmbeddedStore
from tests.readers import extractor

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples" / "statements.jsonl"
_KNOWN_BEFOREHAND = f"<{DEFAULT_BASE}graph/reference> ."
_OWN = re.compile(re.escape(DEFAULT_BASE) + r"(?:graph/document|document|person|organization|group)/[^/>#]+")
_NAME = re.compile(r'(?:label|prefLabel|altLabel)> "([^"]+)"')


def write_copies(file: Path, *, triples: int) -> int:
    """Write N-Quads with at least so many triples, and return how many copies of the samples they are."""
    lines = list(_lines())
    copies = -(-triples // len(lines))
    with file.open("w", encoding="utf-8") as written:
        for copy in range(copies):
            written.writelines(_renamed(line, copy) for line in lines)
    return copies


def name_in(copy: int, local: str) -> str:
    """Return the IRI that a thing of the samples has in a copy."""
    return _renamed(f"{DEFAULT_BASE}{local}", copy)


def _lines() -> Iterator[str]:
    store = EmbeddedStore(None)
    found = [extractor().extract(document) for document in read(str(SAMPLES), settings=Settings())]
    add_extractions(found, extractor=extractor(), store=store)
    for line in store.dump("application/n-quads").decode().splitlines(keepends=True):
        if not line.rstrip().endswith(_KNOWN_BEFOREHAND):
            yield line


def _renamed(line: str, copy: int) -> str:
    return _NAME.sub(lambda found: found[0][:-1] + f' {copy}"', _OWN.sub(lambda found: f"{found[0]}-{copy}", line))
