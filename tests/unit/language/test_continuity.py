"""What the syntax alone says of a pronoun, on the shipped pipeline's parses of plain sentences."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from kg.language.continuity import fellow_argument, last_speaker, parallel_object
from tests.readers import extract, parsed

SPEAKING = frozenset({"say", "warn", "add", "tell"})


def pronoun(text: str, word: str) -> Token:
    return next(token for token in parsed(text) if token.lower_ == word)


def text_of(token: Token | None) -> str | None:
    return None if token is None else token.text


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Varo urged him to leave.", "him", "Varo"),
        ("Varo met the envoy and urged him to leave.", "him", "Varo"),
        ("Varo blamed himself.", "himself", None),
        ("Varo sent his envoy.", "his", None),
    ],
)
def test_fellow_argument_is_the_subject_that_an_object_never_takes_up(text: str, word: str, expected: str | None) -> None:
    assert text_of(fellow_argument(pronoun(text, word))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Varo met Brek for an hour and urged him to leave.", "Brek"),
        ("Varo spoke with Brek on Monday and thanked him.", "Brek"),
        ("Varo left and Brek urged him to stay.", None),
        ("Varo urged him to leave.", None),
    ],
)
def test_parallel_object_is_the_object_of_the_verb_before(text: str, expected: str | None) -> None:
    assert text_of(parallel_object(pronoun(text, "him"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Varo warned Brek of a war. He said the army was ready.", "Varo"),
        ('Varo warned Brek of a war. "The army is ready," he added.', "Varo"),
        ("Varo warned Brek of a war. He left in haste.", None),
        ("Brek resigned. He said the army was ready.", None),
    ],
)
def test_last_speaker_is_who_spoke_in_the_sentence_before(text: str, expected: str | None) -> None:
    assert text_of(last_speaker(pronoun(text, "he"), verbs=SPEAKING, quoted=())) == expected


def test_last_speaker_passes_over_quotations() -> None:
    text = 'Varo warned Brek. "It is late. Brek knows it," he added.'
    quoted = range(text.count(" ", 0, text.index('"')) + 1, len(parsed(text)) - 4)
    assert text_of(last_speaker(pronoun(text, "he"), verbs=SPEAKING, quoted=quoted)) == "Varo"


def test_extraction_asks_whom_the_pronoun_means() -> None:
    found = extract("President Tomas Brek spoke with Prime Minister Jonas Lund on Saturday and urged him to free the hostages.")
    assert [(s.speaker, s.addressee) for s in found.statements] == [("id:person/tomas-brek", "id:person/jonas-lund")]
