"""Bring annotated coreference and our own parse of the same words together.

In: OntoGUM documents and a pipeline. Out: parsed Docs with their speakers, and for each phrase that we find the entity it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.chains.phrases import Phrase
from kg.training.ontogum import AnnotatedText, read_annotated

PARAGRAPH = "\n\n"
TYPES = ("person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract")
"""GUM's types of entities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedText:
    """An annotated text, our parse of it (with a token for each paragraph break), and the place of each word among its tokens.

    ``types`` gives the spans of GUM's fuller annotation, which has all phrases, the type of what they speak of.
    """

    text: AnnotatedText
    doc: Doc
    token_of: tuple[int, ...]
    types: dict[tuple[int, int], str]

    def speakers(self) -> dict[int, int]:
        """Number the speakers of the tokens that have one."""
        numbers: dict[str, int] = {}
        named = ((self.token_of[word], name) for word, name in enumerate(self.text.speakers) if name)
        return {token: numbers.setdefault(name, len(numbers)) for token, name in named}

    def spans(self, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
        """Return the words of phrases."""
        word_of = {token: word for word, token in enumerate(self.token_of)}
        spans = []
        for phrase in phrases:
            words = [word_of[token] for token in range(phrase.start, phrase.end) if token in word_of]
            spans.append((words[0], words[-1] + 1))
        return spans


def parse_texts(nlp: Language, corpora: Path, part: str, *, genres: frozenset[str] | None = None) -> Iterator[ParsedText]:
    """Yield the texts of a part of OntoGUM ("train" or "dev") with our parse of them; raise FileNotFoundError where there are none."""
    paths = sorted((corpora / "gum" / f"{part}-ontonotes-coref").glob("*.conllu"))
    if not paths:
        raise FileNotFoundError(
            f"{corpora}: no gum/{part}-ontonotes-coref/*.conllu there. Name the folder of the public corpora."
        )
    texts = [text for text in map(read_annotated, paths) if genres is None or text.genre in genres]
    prepared = [_document(nlp, text) for text in texts]
    for text, doc, (_, places) in zip(texts, nlp.pipe([doc for doc, _ in prepared]), prepared, strict=True):
        fuller = read_annotated(corpora / "gum" / part / f"{text.name}.conllu")
        types = {(span.start, span.end): span.fields[0] for span in fuller.spans if span.fields}
        yield ParsedText(text=text, doc=doc, token_of=places, types=types)


def _document(nlp: Language, text: AnnotatedText) -> tuple[Doc, tuple[int, ...]]:
    """Return the words as a Doc in which paragraphs are set apart as in running text, and where each word stands in it."""
    words: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []
    starts: list[int] = []
    for number, (word, space) in enumerate(zip(text.words, text.spaces, strict=True)):
        if number and number in text.paragraphs:
            spaces[-1] = False
            words.append(PARAGRAPH)
            spaces.append(False)
            starts.append(len(words))
        places.append(len(words))
        words.append(word)
        spaces.append(space)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for start in starts:
        doc[start].is_sent_start = True
    return doc, tuple(places)
