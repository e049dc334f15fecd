"""Make the weights of the coreference ranker from OntoGUM: ``python -m kg.training coreference --corpora DIR --output FILE``.

Every eighth document is held out: it chooses how much a link must be better than none. Then the ranker is trained again on all.
Needs no library beside those of the run time. With another pipeline (``--model``) the weights are made for its parse and its vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from spacy.language import Language

from kg.language.chains.attributes import Attributes, attributes_of
from kg.language.chains.columns import columns_of
from kg.language.chains.encoding import encode, nothing_known
from kg.language.chains.pairs import candidate_pairs, pair_features
from kg.language.chains.people import load_people
from kg.language.chains.phrases import find_phrases
from kg.language.chains.ranker import Ranker
from kg.training.coreference_examples import TYPES, ParsedText, parse_texts
from kg.training.coreference_metrics import CorefCounts, compare
from kg.training.coreference_network import FIXED, Arrays, Example, Optimizer, loss_and_gradients, new_network

PASSES = 10
RATE = 2e-3
WARM_UP = 0.1
"""The share of the steps over which the rate rises; then it falls to nothing along a cosine."""
WITHOUT_ENCODER = 0.2
"""How often a text is shown without what the encoder knows of it, so that the ranker serves other pipelines as well."""

HELD_OUT = 8
MARGINS = (-0.5, 0.0, 0.5, 1.0, 1.5)
SCALE = 100
"""The gradients of a document, which are sums, are divided by this."""


@dataclass(frozen=True, slots=True)
class TrainingText:
    """A document as the network takes it, with what is needed to measure the chains it makes of it."""

    example: Example
    attributes: Attributes
    spans: tuple[tuple[int, int], ...]
    key: tuple[tuple[tuple[int, int], ...], ...]

    def measure(self, ranker: Ranker) -> CorefCounts:
        """Return the counts of the chains that a ranker makes."""
        chains = ranker.links(self.attributes, self.example.encoding).clusters()
        return compare(self.key, [[self.spans[index] for index in chain] for chain in chains])


def make_ranker(nlp: Language, corpora: Path, output: Path, *, seed: int = 0, passes: int = PASSES) -> float:
    """Write the weights to ``output`` and return the CoNLL score on the held-out documents, of 1."""
    texts = [prepare(parsed) for parsed in parse_texts(nlp, corpora, "train")]
    held_out = texts[3::HELD_OUT]
    kept = [text for number, text in enumerate(texts) if number % HELD_OUT != 3]
    arrays = fit(kept, seed=seed, passes=passes)
    score, margin = max((_score(held_out, with_margin(arrays, margin)), margin) for margin in MARGINS)
    final = with_margin(fit(texts, seed=seed, passes=passes), margin)
    output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(output, **{name: array.astype(np.float16) for name, array in sorted(final.items())})  # type: ignore[arg-type]
    return score


def prepare(parsed: ParsedText) -> TrainingText:
    """Find the phrases and pairs of a text, and what the annotators say of them."""
    columns = columns_of(parsed.doc)
    phrases = find_phrases(columns)
    attributes = attributes_of(columns, phrases, people=load_people(), speakers=parsed.speakers())
    phrase, candidate = candidate_pairs(attributes)
    key = parsed.text.clusters()
    spans = tuple(parsed.spans(phrases))
    chain_of = {span: number for number, chain in enumerate(key) for span in chain}
    chains = np.array([chain_of.get(span, -1) for span in spans], dtype=np.int32)
    types = [parsed.types.get(span, "") for span in spans]
    example = Example(
        codes=attributes.one_hot(),
        encoding=encode(parsed.doc, [item.head for item in phrases]),
        phrase=phrase,
        candidate=candidate,
        features=pair_features(attributes, phrase, candidate).astype(np.bool_),
        right=(chains[phrase] == chains[candidate]) & (chains[phrase] >= 0),
        types=np.array([TYPES.index(kind) if kind in TYPES else -1 for kind in types], dtype=np.int32),
    )
    return TrainingText(example, attributes, spans, key)


def fit(texts: Sequence[TrainingText], *, seed: int = 0, passes: int = PASSES) -> Arrays:
    """Return trained arrays."""
    arrays = new_network(vectors=np.concatenate([text.example.encoding.vectors for text in texts]), seed=seed)
    chance = np.random.default_rng(seed)
    optimizer = Optimizer()
    steps = passes * len(texts)
    done = 0
    for _ in range(passes):
        for number in chance.permutation(len(texts)).tolist():
            example = texts[number].example
            if chance.random() < WITHOUT_ENCODER:
                example = replace(example, encoding=nothing_known(len(example.encoding.vectors)))
            _, gradients = loss_and_gradients(arrays, example, chance=chance)
            scaled = {name: gradient / np.float32(SCALE) for name, gradient in gradients.items() if name not in FIXED}
            optimizer.step(arrays, scaled, rate=_rate(done / steps))
            done += 1
    return arrays


def _rate(share: float) -> float:
    """Return the rate after a share of the steps."""
    if share < WARM_UP:
        return RATE * (0.05 + 0.95 * share / WARM_UP)
    return RATE * 0.5 * (1 + float(np.cos(np.pi * (share - WARM_UP) / (1 - WARM_UP))))


def with_margin(arrays: Arrays, margin: float) -> Arrays:
    """Return the arrays of a ranker that scores every link higher by ``margin``."""
    return {**arrays, "score.bias": arrays["score.bias"] + np.float32(margin)}


def _score(texts: Iterable[TrainingText], arrays: Arrays) -> float:
    counts = CorefCounts()
    for text in texts:
        counts += text.measure(Ranker(arrays))
    return counts.conll
