"""Find direct quotations and whose they are.

In: a Doc and its mentions. Out: Quotations in text order, each with its cue and the mention of its speaker where there are any.
Words in quotation marks that nobody said, terms and titles, are none. A quotation that runs over paragraphs is one a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from spacy.tokens import Doc

from kg.language.cues import CueFinder
from kg.language.lexicon import Lexicon
from kg.language.marks import MARKS, quoted_spans
from kg.language.mentions import TextMention
from kg.language.reported import Report

SHORT = 4
"""A quotation of fewer words than this is a term or a title unless its sentence says who used it."""

LONGEST_HEADLINE = 14
BLANK = " \t" + "".join(MARKS)
STRING_BEFORE = re.compile(r"""[{}=<>\\|_][^"“]*.$|\w\([^"“)]*.$|"\s*:\s*.$|"".$""", re.DOTALL)
STRING_BEHIND = re.compile(r"""^.[^"”]*[{}=<>\\|_]|^.[^"”]*\)\s*;|^."\"""", re.DOTALL)
"""What stands around strings in programs and data, and in no prose: a brace, a call, a key, further marks."""
NEAR = 24
"""How many characters before and behind the marks are looked at for it."""
AROUND_SPEECH = frozenset(".,…!?'’()-–—")
LAST_WORD = re.compile(r"([\w-]+)(?:\s+as)?[\s,:]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The words between two quotation marks, or those of a turn or clause: characters ``start`` to ``end``.

    ``speaker`` is the index of the token that names the speaker, ``cue`` that of the reporting word.
    """

    start: int
    end: int
    speaker: int | None = None
    cue: int | None = None
    kind: str = "quote"


def find_quotations(
    doc: Doc, mentions: Sequence[TextMention], lexicon: Lexicon, *, reports: Iterable[Report]
) -> tuple[Quotation, ...]:
    """Return the quotations of a text that somebody said, each with its own cue, or that of its neighbour.

    ``reports`` are what the parse shows as reported: a quotation in it is its source's.
    """
    text = doc.text
    quoted = quoted_spans(text)
    finder = CueFinder(doc, quoted, mentions, lexicon, reports=reports)
    said = [span for span in quoted if not _is_term(text, *span, lexicon) and not _is_string(text, *span)]
    found = _continued(text, [_attributed(start, end, finder) for start, end in said])
    return tuple(_with_neighbours(text, found, finder))


def _attributed(start: int, end: int, finder: CueFinder) -> Quotation:
    speaker, cue = finder.find(start, end) or (None, None)
    return Quotation(start=start, end=end, speaker=speaker, cue=cue)


def _is_term(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether marks set off a name and not speech: behind "so-called" or "known as", or all in capitals of a title."""
    before = LAST_WORD.search(text, max(start - 40, 0), start - 1)
    closed = text[end - 1] in ",.?!…" or text[end + 1 : end + 2] == ","
    return (before is not None and before[1].lower() in lexicon.naming_words) or (_is_titled(text[start:end]) and not closed)


def _is_titled(words: str) -> bool:
    found = re.findall(r"[^\W\d_]+", words)
    return len(found) > 1 and found[0][0].isupper() and all(word[0].isupper() for word in (found[-1], *found) if len(word) > 3)


def _continued(text: str, found: Sequence[Quotation]) -> list[Quotation]:
    """Give the paragraphs of one quotation one speaker: each opens it again, and none but the last closes it."""
    runs: list[list[Quotation]] = []
    for quotation in found:
        if runs and not text[runs[-1][-1].end : quotation.start - 1].strip() and "\n" in text[runs[-1][-1].end : quotation.start]:
            runs[-1].append(quotation)
        else:
            runs.append([quotation])
    return [part for run in runs for part in _of_one_speaker(run)]


def _of_one_speaker(run: Sequence[Quotation]) -> Iterator[Quotation]:
    known = next((quotation for quotation in run if quotation.speaker is not None), run[0])
    return (replace(quotation, speaker=known.speaker, cue=known.cue) for quotation in run)


def _with_neighbours(text: str, found: Sequence[Quotation], finder: CueFinder) -> Iterator[Quotation]:
    """Give quotations without a cue the speaker beside them; leave out terms and titles that nobody said."""
    for number, quotation in enumerate(found):
        if quotation.speaker is not None:
            yield quotation
            continue
        begin, end = _line(text, quotation)
        if _is_headline(text[begin:end]):
            speaker = finder.of_headline(quotation.start, begin)
            if speaker is not None:
                yield replace(quotation, speaker=speaker)
        elif len(text[quotation.start : quotation.end].split()) >= SHORT and not _is_titled(
            text[quotation.start : quotation.end]
        ):
            borrowed = _borrowed(text, quotation, found, number, finder)
            if borrowed.speaker is not None or not _is_cell(text[begin : quotation.start], text[quotation.end : end]):
                yield borrowed


def _is_string(text: str, start: int, end: int) -> bool:
    """Tell whether marks hold a string of a program or of data, by what stands beside them in their line."""
    before = text[max(start - NEAR, 0) : start].rpartition("\n")[2]
    behind = text[end : end + NEAR].partition("\n")[0]
    return bool(STRING_BEFORE.search(before) or STRING_BEHIND.search(behind))


def _is_cell(before: str, behind: str) -> bool:
    """Tell whether a line has signs around the marks, but no words: a row of a table."""
    outside = {sign for sign in f"{before[:-1]} {behind[1:]}" if not sign.isspace()}
    return not any(sign.isalpha() for sign in outside) and not outside <= AROUND_SPEECH


def _line(text: str, quotation: Quotation) -> tuple[int, int]:
    end = text.find("\n", quotation.end)
    return text.rfind("\n", 0, quotation.start) + 1, len(text) if end < 0 else end


def _is_headline(line: str) -> bool:
    """Tell whether a line is no sentence: a few words without a stop at the end."""
    bare = line.strip().rstrip(BLANK)
    return len(line.split()) <= LONGEST_HEADLINE and not re.search(r"[.?!:;,…]$", bare) and line.strip()[:1] not in MARKS


def _borrowed(text: str, quotation: Quotation, found: Sequence[Quotation], number: int, finder: CueFinder) -> Quotation:
    """Return the quotation with the cue of the reporting sentence before it, or of another quotation in its paragraph."""
    begin, end = _line(text, quotation)
    before = takewhile(lambda q: q.start >= begin, (found[i] for i in range(number - 1, -1, -1)))
    behind = takewhile(lambda q: q.end <= end, (found[i] for i in range(number + 1, len(found))))
    earlier = next((q for q in before if q.speaker is not None), None)
    later = next((q for q in behind if q.speaker is not None), None)
    told = finder.told_before(quotation.start, earlier.end if earlier else begin)
    if told is not None:
        return replace(quotation, speaker=told[0], cue=told[1])
    if earlier:
        return replace(quotation, speaker=earlier.speaker, cue=earlier.cue)
    subject = finder.subject_before(quotation.start, begin)
    if subject is not None:
        return replace(quotation, speaker=subject)
    if later and not text[begin : quotation.start].strip(BLANK):
        return replace(quotation, speaker=later.speaker, cue=later.cue)
    return quotation
