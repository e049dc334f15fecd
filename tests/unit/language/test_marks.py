"""Quotation marks and their partners."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.language.marks import MARKS, quoted_spans


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agreed," said Varo.', ["We agreed,"]),
        ("“We agreed,” said Varo. “At last.”", ["We agreed,", "At last."]),
        ("«We agreed», said Varo.", ["We agreed"]),
        ("``We agreed,'' said Varo.", ["We agreed,"]),
        ('“We agreed," said Varo.', ["We agreed,"]),
        ('He called it "final" and left.', ["final"]),
    ],
)
def test_quoted_spans_pairs_double_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We agreed,' said Varo.", ["We agreed,"]),
        ("Envoys 'hopeful' on truce", ["hopeful"]),
        ("‘It’s over,’ she said. ‘We’re done.’", ["It’s over,", "We’re done."]),
        ("'The states' borders are safe,' he added.", ["The states' borders are safe,"]),
        ("'the states' and 'the union' agreed", ["the states", "the union"]),
        ("The ministers' talks and the envoy's trip failed.", []),
        ("It's the '90s, and we told 'em so; that's final.", []),
    ],
)
def test_quoted_spans_tells_single_marks_from_apostrophes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘no’ to us,” she said.", ["He said ‘no’ to us,"]),
        ("'He said \"no\" to us,' she said.", ['He said "no" to us,']),
        ('“He said "no" to us,” she said.', ['He said "no" to us,']),
        ("“The ‘real reason is plain,” she said.", ["The ‘real reason is plain,"]),
    ],
)
def test_quoted_spans_gives_the_outermost_of_nested_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The pole is 6" long and nothing is quoted.', []),
        ('"This never closes, said Varo.\nAnother paragraph.', []),
        ('"This never closes, said Varo. "But this does," she said.', ["But this does,"]),
        ("“An odd mark, and “one that closes” here.", ["one that closes"]),
        ("This ” closes nothing. “But this does.”", ["But this does."]),
        ('An odd " mark here.\n"But this one stands," she said.', ["But this one stands,"]),
        ('She said: "This never closes.\nAnother paragraph.', ["This never closes."]),
        ('She said, "This never closes. He said, "But this does."', ["But this does."]),
    ],
)
def test_quoted_spans_loses_to_an_odd_mark_its_own_quotation_alone(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“First paragraph.\n“Second paragraph.” Varo left.", ["First paragraph.", "Second paragraph."]),
        ("“First paragraph.\n\n“Second paragraph,” she said.", ["First paragraph.", "Second paragraph,"]),
        ('Varo said "yes". "First paragraph.\n"Second paragraph."', ["yes", "First paragraph.", "Second paragraph."]),
    ],
)
def test_quoted_spans_runs_on_to_the_paragraph_that_opens_it_again(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


MARKED = st.text(alphabet="ab. ,:\n\"“”«»'‘’`", max_size=80)


@given(MARKED)
def test_quoted_spans_are_sorted_and_apart_for_any_text(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert not any("\n" in text[start:end] for start, end in spans)


@given(MARKED, st.data())
@example('a\n"b" "\n"a"', None)
def test_quoted_spans_keep_the_other_paragraphs_when_a_mark_goes(text: str, data: st.DataObject | None) -> None:
    """What an odd mark can change is its own paragraph and the one before it, which looks whether the next one opens again."""
    places = [place for place, character in enumerate(text) if character in MARKS]
    if not places:
        return
    place = data.draw(st.sampled_from(places)) if data is not None else places[0]
    less = text[:place] + text[place + 1 :]
    begin = text.rfind("\n", 0, place) + 1
    before = text[:begin].rstrip()
    untouched = before.rfind("\n") + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end

    def far(spans: list[tuple[int, int]], *, shift: int) -> list[tuple[int, int]]:
        ahead = [span for span in spans if span[1] <= untouched]
        return ahead + [(start + shift, stop + shift) for start, stop in spans if start + shift > end]

    assert far(quoted_spans(less), shift=1) == far(quoted_spans(text), shift=0)
