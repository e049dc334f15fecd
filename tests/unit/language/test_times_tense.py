"""Where the verb looks, read off a parse: Docs built by hand, UD labels and Penn tags."""

from __future__ import annotations

import datetime
import functools

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.times import find_times

SUNDAY = datetime.date(2025, 11, 23)


@functools.cache
def vocabulary() -> Vocab:
    return spacy.blank("en").vocab


def parsed(rows: str) -> Doc:
    """Build a Doc from "word/tag/dep>head[/lemma]" rows, heads counted from 0."""
    words, tags, deps, heads, lemmas = [], [], [], [], []
    for row in rows.split():
        left, right = row.split(">")
        word, tag, dep = left.split("/")
        head, _, lemma = right.partition("/")
        words.append(word)
        tags.append(tag)
        deps.append(dep)
        heads.append(int(head))
        lemmas.append(lemma or word.lower())
    return Doc(vocabulary(), words=words, tags=tags, deps=deps, heads=heads, lemmas=lemmas)


@pytest.mark.parametrize(
    ("rows", "value", "role"),
    [
        # They met in Oslo Friday.
        ("They/PRP/nsubj>1 met/VBD/ROOT>1/meet in/IN/case>3 Oslo/NNP/obl>1 Friday/NNP/obl:unmarked>1", "2025-11-21", "when"),
        # They will meet Friday, he said: the verb above decides, not the nearest past tense.
        (
            "They/PRP/nsubj>2 will/MD/aux>2 meet/VB/ROOT>2 Friday/NNP/obl:unmarked>2 he/PRP/nsubj>5 said/VBD/parataxis>2/say",
            "2025-11-28",
            "when",
        ),
        # The envoys agreed to meet Friday.
        (
            "Envoys/NNS/nsubj>1 agreed/VBD/ROOT>1/agree to/TO/mark>3 meet/VB/xcomp>1 Friday/NNP/obl:unmarked>3",
            "2025-11-28",
            "when",
        ),
        # Troops began to withdraw Friday: an infinitive with the tense of the verb above it.
        (
            "Troops/NNS/nsubj>1 began/VBD/ROOT>1/begin to/TO/mark>3 withdraw/VB/xcomp>1 Friday/NNP/obl:unmarked>3",
            "2025-11-21",
            "when",
        ),
        # Talks were scheduled for Friday.
        (
            "Talks/NNS/nsubj:pass>2 were/VBD/aux:pass>2/be scheduled/VBN/ROOT>2/schedule for/IN/case>4 Friday/NNP/obl>2",
            "2025-11-28",
            "when",
        ),
        # Envoys rejected the plan signed Friday: a participle without auxiliary tells the past.
        (
            "Envoys/NNS/nsubj>1 rejected/VBD/ROOT>1/reject plans/NNS/obj>1/plan signed/VBN/acl>2/sign Friday/NNP/obl:unmarked>3",
            "2025-11-21",
            "when",
        ),
        # He sought a truce by Friday: what is wanted in the past lies ahead of it.
        ("He/PRP/nsubj>1 sought/VBD/ROOT>1/seek truce/NN/obj>1 by/IN/case>4 Friday/NNP/nmod>2", "2025-11-28", "deadline"),
        # They had left by Friday: no deadline in what is told of the past.
        ("They/PRP/nsubj>2 had/VBD/aux>2/have left/VBN/ROOT>2/leave by/IN/case>4 Friday/NNP/obl>2", "2025-11-21", "when"),
        # They would have met Friday.
        ("They/PRP/nsubj>3 would/MD/aux>3 have/VB/aux>3 met/VBN/ROOT>3/meet Friday/NNP/obl:unmarked>3", "2025-11-21", "when"),
        # The council meets Friday.
        ("Council/NN/nsubj>1 meets/VBZ/ROOT>1/meet Friday/NNP/obl:unmarked>1", "2025-11-28", "when"),
        # The deadline for replies, she wrote, is Friday: the subject decides, however far away it stands.
        (
            "Deadline/NN/nsubj>9 for/IN/case>2 replies/NNS/nmod>0/reply ,/,/punct>5 she/PRP/nsubj>5 wrote/VBD/parataxis>9/write "
            ",/,/punct>5 of/IN/advmod>9 course/NN/fixed>7 Friday/NNP/ROOT>9 is/VBZ/cop>9/be",
            "2025-11-28",
            "deadline",
        ),
        # ClearNLP labels: Talks were set for Friday.
        ("Talks/NNS/nsubjpass>2 were/VBD/auxpass>2/be set/VBN/ROOT>2/set for/IN/prep>2 Friday/NNP/pobj>3", "2025-11-28", "when"),
    ],
)
def test_find_times_follows_the_governing_verb(rows: str, value: str, role: str) -> None:
    """The weekday lies on the side that its own verb looks to."""
    (time,) = find_times(parsed(rows), date=SUNDAY)
    assert (time.value, time.role) == (value, role)


def test_find_times_looks_back_shortly_behind_a_plan_told_in_the_past() -> None:
    """What was set for a day can be over; what is set for it can not."""
    was = parsed(
        "Talks/NNS/nsubj:pass>2 were/VBD/aux:pass>2/be set/VBN/ROOT>2 for/IN/case>5 November/NNP/nmod:unmarked>5 20/CD/obl>2"
    )
    will = parsed("Talks/NNS/nsubj>2 will/MD/aux>2 start/VB/ROOT>2 on/IN/case>5 November/NNP/nmod:unmarked>5 20/CD/obl>2")
    assert [time.value for doc in (was, will) for time in find_times(doc, date=SUNDAY)] == ["2025-11-20", "2026-11-20"]


def test_find_times_takes_a_participle_that_opens_a_time_for_a_plan() -> None:
    """ "Starting Friday" lies ahead although the clause is without a tense."""
    doc = parsed("A/DT/det>1 strike/NN/ROOT>1 starting/VBG/acl>1/start Friday/NNP/obl:unmarked>2")
    assert [time.value for time in find_times(doc, date=SUNDAY)] == ["2025-11-28"]


@pytest.mark.parametrize(("subject", "role"), [("term", "deadline"), ("visit", "when")])
def test_find_times_takes_the_end_of_a_term_for_a_deadline(subject: str, role: str) -> None:
    doc = parsed(f"Their/PRP$/nmod:poss>1 {subject}/NN/nsubj>2 ends/VBZ/ROOT>2 on/IN/case>4 December/NNP/obl>2 20/CD/nummod>4")
    assert [(time.value, time.role) for time in find_times(doc, date=SUNDAY)] == [("2025-12-20", role)]
