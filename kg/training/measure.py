"""Measure all that the language pipeline does, each on its corpus, in one table beside the best published figure."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extraction.extract import Extractor
from kg.language.analysis import analyse
from kg.language.chains.ranker import load_ranker
from kg.training.annotated import extract_public, facets, score_public, score_statements, statements
from kg.training.calibrate import left_out, reliability_text
from kg.training.judge import judged_records
from kg.training.measure_attribution import measure_statements
from kg.training.measure_coreference import MEASURED_GENRES, measure_coreference
from kg.training.measure_events import confusion_text, confusions, event_score
from kg.training.measure_factuality import FactualityScore, measure_events, measure_uds
from kg.training.measure_links import measure_links
from kg.training.measure_syntax import SyntaxScore, measure_syntax
from kg.training.measure_times import annotated_part
from kg.training.windows import treebank_files


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: what, on which corpus, by which measure, and what others reach there."""

    what: str
    corpus: str
    metric: str
    value: str
    beside: str = ""


def figures(extractor: Extractor, *, corpora: Path, gold: Path) -> Iterator[Figure]:
    """Yield all figures, each as soon as it is measured."""
    yield from syntax_figures(extractor, corpora)
    yield from public_figures(extractor, gold, corpora)
    yield from relation_figures(extractor, gold, corpora)
    yield from coreference_figures(extractor, corpora)
    yield from factuality_figures(extractor, corpora)
    yield from statement_figures(extractor, gold, corpora)
    yield speed_figure(extractor, gold)


UDPIPE = "UDPipe 2, Stanza (EWT): LAS about 88–90"


def syntax_figures(extractor: Extractor, corpora: Path) -> Iterator[Figure]:
    """Yield the figures of tags, lemmas, sentences and trees on the dev parts of the treebanks."""
    ewt, *gum = treebank_files(corpora, "dev")
    for corpus, files in (("EWT dev", [ewt]), ("GUM dev", gum)):
        own = measure_syntax(extractor.nlp, files)
        given = measure_syntax(extractor.nlp, files, gold_sentences=True)
        yield Figure("trees", corpus, "LAS / UAS, own sentences", _both(own, "LAS", "UAS"), UDPIPE)
        yield Figure("trees", corpus, "LAS / UAS, gold sentences", _both(given, "LAS", "UAS"), UDPIPE)
        yield Figure("tags", corpus, "UPOS / XPOS", _both(own, "UPOS", "XPOS"))
        yield Figure("words", corpus, "lemmas / morphology", _both(own, "lemmas", "morphology"))
        yield Figure("sentences", corpus, "F1", f"{own.percent('sentences'):.1f}")


def _both(score: SyntaxScore, one: str, other: str) -> str:
    return f"{score.percent(one):.1f} / {score.percent(other):.1f}"


def public_figures(extractor: Extractor, gold: Path, corpora: Path) -> Iterator[Figure]:
    """Yield the figures of names and times on public corpora."""
    crossner = extract_public(extractor, gold, "crossner", corpora=corpora)
    names = facets(score_public(crossner, gold, "crossner", corpora=corpora))
    beside = {"all": "GLiNER large, zero-shot, fine labels: 0.787"}
    for kind in ("person", "organization", "place", "event", "all"):
        yield Figure(
            f"names: {kind}", "CrossNER politics dev", "F1, exact", _three(names[f"names: {kind}"].f1), beside.get(kind, "")
        )
    meantime = extract_public(extractor, gold, "meantime", corpora=corpora)
    # It annotates the first six sentences of each report: a right time behind them would count as wrong.
    for part, lines in (("MEANTIME, annotated part", annotated_part(meantime)), ("MEANTIME, whole reports", meantime)):
        times = facets(score_public(lines, gold, "meantime", corpora=corpora))
        strict, value = times["TIMEX3 span, strict"].f1, times["TIMEX3 value, relaxed span"].f1
        yield Figure("times", part, "TIMEX3 strict F1", _three(strict), "HeidelTime, TempEval-3: 0.813")
        yield Figure("times", part, "TIMEX3 value F1", _three(value), "HeidelTime, TempEval-3: 0.776")


def relation_figures(extractor: Extractor, gold: Path, corpora: Path) -> Iterator[Figure]:
    """Yield the figures of names and of relations on re3d, by type and all together."""
    lines = extract_public(extractor, gold, "re3d", corpora=corpora)
    for what, facet in facets(score_public(lines, gold, "re3d", corpora=corpora)).items():
        shares = " / ".join(map(_three, (facet.precision, facet.recall, facet.f1)))
        yield Figure(what, "re3d", "precision / recall / F1", shares)


def _three(value: float) -> str:
    return f"{value:.3f}"


def event_figures(extractor: Extractor, gold: Path, corpora: Path) -> tuple[list[Figure], str]:
    """Return the figures of events on the PLOVER records, and the table of which type is read as which."""
    lines = extract_public(extractor, gold, "plover", corpora=corpora)
    score = event_score(score_public(lines, gold, "plover", corpora=corpora))
    found = [
        Figure("events: type", "PLOVER gold records", "share right", _three(score.type_right)),
        Figure("events: source and target", "PLOVER gold records", "share right, of those", _three(score.actors_right)),
    ]
    return found, confusion_text(confusions(lines, corpora))


def reliability(extractor: Extractor, gold: Path, corpora: Path) -> str:
    """Return how many records are right of those with each confidence, scales being fitted without the text they are used on."""
    records = judged_records(extractor, gold=gold, corpora=corpora)
    return f"Confidences, each text left out in turn; what annotators left out counts as wrong\n{reliability_text(left_out(records))}"


def coreference_figures(extractor: Extractor, corpora: Path) -> Iterator[Figure]:
    """Yield the CoNLL scores of coreference on OntoGUM."""
    counts = measure_coreference(extractor.nlp, corpora, ranker=load_ranker())
    beside = {"measured": "SpanBERT, all genres: about 0.64; rules: about 0.40"}
    for genre in (*sorted(MEASURED_GENRES), "measured", "all"):
        corpus = f"OntoGUM dev, {', '.join(sorted(MEASURED_GENRES)) if genre == 'measured' else genre}"
        yield Figure("coreference", corpus, "CoNLL F1", _three(counts[genre].conll), beside.get(genre, ""))


def factuality_figures(extractor: Extractor, corpora: Path) -> Iterator[Figure]:
    """Yield how well facts are told from what is not asserted, and what is denied from the rest."""
    uds = measure_uds(extractor.nlp, extractor.lexicon, corpora)
    events = measure_events(extractor.nlp, extractor.lexicon, corpora)
    yield from _factuality(uds, "UDS over EWT dev, own parse")
    yield from _factuality(events, "MEANTIME events, own parse")
    yield Figure("denied", "MEANTIME events, own parse", "F1", _three(events.negated), "all asserted: 0.000")


def _factuality(score: FactualityScore, corpus: str) -> Iterator[Figure]:
    yield Figure("fact or not", corpus, "agreement", _three(score.agreement), f"all asserted: {_three(score.facts)}")
    yield Figure("no fact", corpus, "F1", _three(score.not_facts), "all asserted: 0.000")


def statement_figures(extractor: Extractor, gold: Path, corpora: Path) -> Iterator[Figure]:
    """Yield the figures of quotations, attributions and links over the annotated statements."""
    found = facets(score_statements(extractor, gold))
    yield Figure("direct quotations", "annotated statements", "F1", _three(found["quotations"].f1))
    yield Figure("their speakers", "annotated statements", "F1", _three(found["speakers"].f1))
    said = measure_statements(gold, extractor)
    yield Figure("attribution of any kind", "60 sentences annotated for it", "F1, both heads", _three(said.f1))
    states, _ = measure_links(gold, corpora, extractor)
    yield Figure("states linked", "annotated statements", "precision / recall", f"{states.precision:.3f} / {states.recall:.3f}")


def speed_figure(extractor: Extractor, gold: Path) -> Figure:
    """Return the words per second of the language pipeline over the annotated statements, after a first run to load it."""
    documents = [document for _, document in statements(gold)]

    def run() -> None:
        for document in documents:
            analyse(document, extractor.nlp, gazetteer=extractor.gazetteer)

    run()
    seconds = min(_seconds(run) for _ in range(3))
    words = sum(len(document.text.split()) for document in documents)
    return Figure("speed", "annotated statements", "words per second", f"{words / seconds:,.0f}", "en_core_web_trf, CPU: 684")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
