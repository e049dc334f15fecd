"""Read how surely events are said to have happened, from UDS-Factuality over EWT and from MEANTIME.

In: ``uds-factuality/factuality.json`` with ``ud-ewt/*.conllu``, and ``meantime/**/*.xml``. Out: sentences with judged words.

UDS (White et al. 2016, Rudinger et al. 2018) names a predicate by the numbers of its word and of its sentence in the treebank as it then
was, both from 1. The treebank has been mended since: from one sentence on, all numbers stand one off. ``shift_of`` finds that sentence by
where predicates fall on words that can be predicates.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from kg.errors import ReadingError
from kg.training.treebanks import Sentence, read_sentences

PREDICATE = re.compile(r"ewt-(?P<part>train|dev)-(?P<sentence>\d+)-semantics-pred-(?P<word>\d+)")
CLAUSES = frozenset({"ROOT", "conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"})
LEAST_FIT = 0.98
"""Share of predicates that must fall on words that can be predicates, for an alignment to be trusted."""

Class = Literal["fact", "negated", "open"]
"""What an annotation says of an event: it happened or happens; it did not; or it is to come, possible or conditional."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence's words and, by position, what is said of some of them."""

    words: Sequence[str]
    spaces: Sequence[bool]
    classes: Mapping[int, Class]


@dataclass(frozen=True, slots=True)
class Shift:
    """Sentence numbers up to ``last`` are those of the file; later ones stand ``by`` off."""

    last: int
    by: int
    fit: float

    def place(self, number: int) -> int:
        """Return the position in the file, from 0, of a sentence that the annotation numbers from 1."""
        return number - 1 + (self.by if number > self.last else 0)


def read_uds(corpora: Path, part: str) -> list[Judged]:
    """Return the judged sentences of EWT's ``part``. Raises ReadingError where annotation and treebank do not fit."""
    judgements = _judgements(corpora / "uds-factuality" / "factuality.json", part)
    sentences = list(read_sentences(corpora / "ud-ewt" / f"{part}.conllu"))
    shift = shift_of(sentences, judgements)
    if shift.fit < LEAST_FIT:
        raise ReadingError(
            f"uds-factuality: {shift.fit:.1%} of its predicates fall on predicates of ud-ewt/{part}.conllu, not {LEAST_FIT:.0%}. "
            "Use the release of EWT that it was made for, or a later one."
        )
    result = []
    for number, words in sorted(judgements.items()):
        sentence = sentences[shift.place(number)]
        classes: dict[int, Class] = {
            word - 1: "fact" if value > 0 else "open" for word, value in words.items() if _can_be(sentence, word - 1)
        }
        result.append(Judged(sentence.words, sentence.spaces, classes))
    return result


def _judgements(path: Path, part: str) -> dict[int, dict[int, float]]:
    """Return the values by sentence and word as the annotation numbers them; judgements of mere parts of predicates are left out."""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for predicates in json.loads(path.read_text(encoding="utf-8")).values():
        for name, judged in predicates.items():
            match = PREDICATE.fullmatch(name)
            if match is not None and match["part"] == part:
                found[int(match["sentence"])][int(match["word"])] = judged["factuality"]["factual"]["value"]
    return found


def shift_of(sentences: Sequence[Sentence], judgements: Mapping[int, Mapping[int, float]]) -> Shift:
    """Return the shift by at most one sentence, from some sentence on, under which most predicates fall on predicates."""
    numbers = sorted(judgements)
    total = sum(len(words) for words in judgements.values())

    def fits(number: int, place: int) -> int:
        return sum(0 <= place < len(sentences) and _can_be(sentences[place], word - 1) for word in judgements[number])

    best = Shift(len(sentences), 0, 0.0)
    for by in (0, -1, 1):
        plain = [fits(number, number - 1) for number in numbers]
        moved = [fits(number, number - 1 + by) for number in numbers]
        right = sum(moved)
        for index, number in enumerate([0, *numbers]):
            right += plain[index - 1] - moved[index - 1] if index else 0
            if right / max(1, total) > best.fit:
                best = Shift(number, by, right / max(1, total))
    return best


def _can_be(sentence: Sentence, position: int) -> bool:
    """Tell whether a word of the treebank can be a predicate: a verb, or the head of a clause."""
    return position < len(sentence.words) and (sentence.upos[position] == "VERB" or sentence.deps[position] in CLAUSES)


def read_events(corpora: Path) -> Iterator[Judged]:
    """Yield the sentences of MEANTIME with the events whose certainty, polarity and time are annotated."""
    for path in sorted((corpora / "meantime").glob("corpus_*/*.xml")):
        root = ElementTree.parse(path).getroot()
        classes = dict(_event_classes(root))
        sentences: dict[int, list[ElementTree.Element]] = defaultdict(list)
        for token in root.iter("token"):
            sentences[int(token.get("sentence", 0))].append(token)
        for tokens in sentences.values():
            words = [token.text or "" for token in tokens]
            judged = {i: classes[t] for i, token in enumerate(tokens) if (t := token.get("t_id", "")) in classes}
            if judged:
                yield Judged(words, [True] * len(words), judged)


def _event_classes(root: ElementTree.Element) -> Iterator[tuple[str, Class]]:
    """Yield the last word of each event and its class; events that the annotators left open are left out."""
    for event in root.iter("EVENT_MENTION"):
        anchors = [anchor.get("t_id", "") for anchor in event.iter("token_anchor")]
        certainty, polarity, time = event.get("certainty"), event.get("polarity"), event.get("time")
        if not anchors or not certainty or not polarity or "UNDERSPECIFIED" in {certainty, polarity, time}:
            continue
        if polarity == "NEG":
            yield anchors[-1], "negated"
        elif certainty != "CERTAIN" or time == "FUTURE" or (event.get("special_cases") or "").startswith("COND"):
            yield anchors[-1], "open"
        else:
            yield anchors[-1], "fact"
