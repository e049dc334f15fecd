"""Say of everything that a text attributes to somebody whose it is: direct, indirect and mixed, by verbs, nouns and "according to".

In: a Doc with its quotations, of which those in quotation marks count here. Out: Attributions in the order of their cues. What the parse
shows as reported and what is quoted are one thing where they share their cue. A turn of a transcript is none: nobody reports it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from spacy.tokens import Doc, Token

from kg.language.cues import tokens_between
from kg.language.mentions import phrase_bounds
from kg.language.quotations import Quotation
from kg.language.reported import Report

Kind = Literal["direct", "indirect", "mixed", "according", "nominal"]
LEADING = frozenset({"that", "to", "as", "of", "for", "on", "whether", "about"})

SMALL = frozenset({"ADP", "ADV", "CCONJ", "DET", "INTJ", "PART", "SCONJ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words or thoughts, and whose they are.

    ``cue``, ``content`` and ``source`` are the indices of the tokens that head each; ``spans`` are the characters of the content, several
    where the cue parts it; ``source_span`` are those of the source. ``source`` is None where the text leaves it open. ``level`` is 2 where
    the attribution stands in the content of another one, and so on. ``intended`` is true for what the source only means or wishes to do.
    """

    kind: Kind
    cue: int
    content: int
    spans: tuple[tuple[int, int], ...]
    source: int | None = None
    source_span: tuple[int, int] | None = None
    level: int = 1
    intended: bool = False


def find_attributions(doc: Doc, quotations: Sequence[Quotation], reports: Iterable[Report]) -> tuple[Attribution, ...]:
    """Return the attributions of a text: what is quoted, joined with what the parse reports of the same cue."""
    quoted = _by_cue(doc, quotations)
    found: list[Attribution] = []
    cues = {cue for cue, _ in quoted}
    for report in reports:
        spans = content_spans(doc, report)
        # A cue that governs another quotation's cue is what the parse makes of two sentences: then the marks alone decide.
        if spans and not (report.content in cues and (report.cue, True) in quoted):
            found.append(_joined(doc, report, spans, quoted.pop((report.cue, True), [])))
    groups = [(cue, part) for (cue, own), group in quoted.items() for part in ([group] if own else [[q] for q in group])]
    found.extend(direct for cue, group in groups if (direct := _direct(doc, cue, group)) is not None)
    depth = _depth(doc, found)
    return tuple(sorted((replace(one, level=depth[one.cue] + 1) for one in found), key=lambda one: (one.cue, one.spans)))


def content_spans(doc: Doc, report: Report) -> tuple[tuple[int, int], ...]:
    """Return the characters of what is reported: all that hangs on its head, without the cue's own words where they stand in it."""
    content = doc[report.content]
    outside = set(_branch(doc[report.cue], content))
    inside = sorted(token.i for token in content.subtree if token.i not in outside)
    runs: list[list[int]] = []
    for position in inside:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return tuple(span for run in runs if (span := _trimmed(doc, run[0], run[-1] + 1)) is not None)


def _branch(cue: Token, content: Token) -> Iterator[int]:
    """Yield the tokens of the branch under ``content`` that holds the cue."""
    branch = cue
    while branch.head.i not in {branch.i, content.i}:
        branch = branch.head
    if branch.head.i == content.i and branch.i != content.i:
        yield from (token.i for token in branch.subtree)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (
        doc[start].lower_ in LEADING or doc[start].is_punct or doc[start].is_space or _is_bare_copula(doc, start)
    ):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) if start < end else None


def _is_bare_copula(doc: Doc, position: int) -> bool:
    """Tell whether a form of "be" only leads to the clause: "the hope is that"."""
    return doc[position].lemma_ == "be" and doc[position + 1 : position + 2].text.lower() in LEADING


def _by_cue(doc: Doc, quotations: Iterable[Quotation]) -> dict[tuple[int, bool], list[Quotation]]:
    """Return the quotations of each cue: those of the cue's own sentence, and those that only borrow it."""
    groups: defaultdict[tuple[int, bool], list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        if quotation.kind != "quote" or quotation.speaker is None:
            continue
        cue = quotation.cue if quotation.cue is not None else quotation.speaker
        sentence = doc[cue].sent
        own = quotation.start < sentence.end_char and sentence.start_char < quotation.end
        groups[cue, own].append(quotation)
    return dict(groups)


def _joined(doc: Doc, report: Report, spans: tuple[tuple[int, int], ...], quotations: Sequence[Quotation]) -> Attribution:
    """Return a report as what it is with the quotations that share its cue: all in quotation marks, some of it, or nothing."""
    marked = tuple((quotation.start, quotation.end) for quotation in quotations)
    kind: Kind = report.manner
    content = report.content
    if marked:
        bare = sum(
            not token.is_punct and not _within(token, marked) for start, end in spans for token in tokens_between(doc, start, end)
        )
        kind = "mixed" if bare > 1 else "direct"
    if kind == "mixed":
        spans = _merged((*spans, *marked))
    elif kind == "direct":
        spans = marked
        if not _within(doc[content], marked):
            content = next((head for span in marked if (head := _head(doc, span)) is not None), content)
    return Attribution(
        kind=kind,
        cue=report.cue,
        content=content,
        spans=spans,
        source=report.source,
        source_span=_phrase(doc, report.source) if report.source is not None else None,
        intended=report.intended,
    )


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans without those that lie in another one or run into it."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _direct(doc: Doc, cue: int, quotations: Sequence[Quotation]) -> Attribution | None:
    """Return what stands in some quotation marks of one cue that the parse does not join to it."""
    speaker = quotations[0].speaker
    spans = tuple((quotation.start, quotation.end) for quotation in quotations)
    content = _head(doc, spans[0])
    if content is None or speaker is None:
        return None
    return Attribution(kind="direct", cue=cue, content=content, spans=spans, source=speaker, source_span=_phrase(doc, speaker))


def _head(doc: Doc, span: tuple[int, int]) -> int | None:
    """Return the head of the first sentence of a quotation: of what hangs on nothing in it, what has a subject, or is a verb."""
    tokens = [token for token in tokens_between(doc, *span) if not token.is_punct]
    if not tokens:
        return None
    first = [token for token in tokens if token.sent.start == tokens[0].sent.start]
    inside = {token.i for token in first}
    tops = [token for token in first if token.head.i not in inside or token.head.i == token.i]
    return min(
        tops, key=lambda token: (not _has_subject(token), token.pos_ not in {"VERB", "AUX"}, token.pos_ in SMALL, token.i)
    ).i


def _has_subject(token: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in token.children)


def _phrase(doc: Doc, source: int) -> tuple[int, int]:
    start, end = phrase_bounds(doc[source])
    start, end = min(start, source), max(end, source + 1)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _within(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= token.idx < end for start, end in spans)


def _depth(doc: Doc, attributions: Iterable[Attribution]) -> list[int]:
    """Return in how many contents each token stands."""
    change = [0] * (len(doc) + 1)
    for attribution in attributions:
        for start, end in attribution.spans:
            inside = tokens_between(doc, start, end)
            if inside:
                change[inside[0].i] += 1
                change[inside[-1].i + 1] -= 1
    return list(accumulate(change))
