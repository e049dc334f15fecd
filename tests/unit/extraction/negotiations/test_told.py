"""How a mention finds the text that it is of."""

from __future__ import annotations

from kg.extraction.negotiations.told import LOOK_BACK, Text, Texts


def told(*names: str) -> Texts:
    """Return texts that were told of one after the other, each with a noun and a word."""
    texts = Texts()
    for place, name in enumerate(names):
        text = next((one for one in texts.all if one.words == {name}), None)
        if text is None:
            text = Text(kind="plan", named=False, words={name}, nouns={f"{name}-plan"})
            texts.add(text)
        text.last = place
        texts.told(text)
    return texts


def names(texts: list[Text]) -> list[set[str]]:
    return [text.words for text in texts]


def test_texts_know_the_one_told_of_last() -> None:
    last = told("peace", "water", "peace").last()
    assert last is not None
    assert last.words == {"peace"}
    assert Texts().last() is None


def test_texts_are_found_by_their_noun() -> None:
    texts = told("peace", "water")
    found = texts.called({"water-plan", "peace-plan"})
    assert found is not None
    assert found.words == {"water"}
    assert texts.called({"treaty"}) is None


def test_texts_told_of_long_ago_are_near_by_their_words_alone() -> None:
    texts = told("peace", *(f"plan{number}" for number in range(LOOK_BACK)))
    assert {"peace"} not in names(texts.near(()))
    assert names(texts.near({"peace"}))[0] == {"peace"}
