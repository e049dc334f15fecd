"""Brackets of entities, and the documents they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.training.ontogum import AnnotatedText, EntitySpan, read_annotated, read_brackets

TEXT = """\
# newdoc id = GUM_court_made
# newpar
# speaker = AnnaLund
# text = Lund's aide can't stay.
1-2	Lund's	_	_	_	_	_	_	_	_
1	Lund	Lund	PROPN	NNP	_	3	nmod:poss	_	Entity=(2(1
2	's	's	PART	POS	_	1	case	_	Entity=1)
3	aide	aide	NOUN	NN	_	6	nsubj	_	Entity=2)
4-5	can't	_	_	_	_	_	_	_	_
4	ca	can	AUX	MD	_	6	aux	_	_
5	n't	not	PART	RB	_	6	advmod	_	_
6	stay	stay	VERB	VB	_	0	root	_	SpaceAfter=No
7	.	.	PUNCT	.	_	6	punct	_	_

# newpar
# text = She knows.
1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1)
2	knows	know	VERB	VBZ	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def test_read_brackets_reads_nested_spans_and_their_fields() -> None:
    marks = ["(1-person-new-Anna_Lund(2-place-acc)", "", "(1-person-giv)1)", "(2)(3", "3)"]
    assert read_brackets(marks) == (
        EntitySpan(0, 3, 1, ("person", "new", "Anna_Lund")),
        EntitySpan(0, 1, 2, ("place", "acc")),
        EntitySpan(2, 3, 1, ("person", "giv")),
        EntitySpan(3, 5, 3),
        EntitySpan(3, 4, 2),
    )


def test_read_brackets_reads_the_parts_of_a_discontinuous_span() -> None:
    assert read_brackets(["(4[1/2]-person)", "", "(4[2/2]-person", "4[2/2])"]) == (
        EntitySpan(0, 1, 4, ("person",)),
        EntitySpan(2, 4, 4, ("person",)),
    )


@pytest.mark.parametrize(("marks", "fault"), [(["1)"], "word 1 closes entity 1"), (["(7", ""], "entity 7 is never closed")])
def test_read_brackets_names_what_does_not_match(marks: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_brackets(marks, source="made.conllu")


def test_read_annotated_reads_words_spaces_paragraphs_and_speakers(tmp_path: Path) -> None:
    path = tmp_path / "GUM_court_made.conllu"
    path.write_text(TEXT, encoding="utf-8")
    assert read_annotated(path) == AnnotatedText(
        name="GUM_court_made",
        genre="court",
        words=("Lund", "'s", "aide", "ca", "n't", "stay", ".", "She", "knows", "."),
        spaces=(False, True, True, False, True, False, True, True, False, True),
        paragraphs=frozenset({0, 7}),
        speakers=("AnnaLund",) * 7 + ("",) * 3,
        spans=(EntitySpan(0, 3, 2), EntitySpan(0, 2, 1), EntitySpan(7, 8, 1)),
    )


def test_clusters_hold_what_is_spoken_of_twice() -> None:
    text = AnnotatedText(
        name="x",
        genre="court",
        words=("a",) * 4,
        spaces=(True,) * 4,
        paragraphs=frozenset(),
        speakers=("",) * 4,
        spans=(EntitySpan(0, 2, 2), EntitySpan(0, 1, 1), EntitySpan(3, 4, 1)),
    )
    assert text.clusters() == (((0, 1), (3, 4)),)
