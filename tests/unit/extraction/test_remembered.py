"""What is worked out once for each token."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.remembered import remembered
from tests.docs import a_doc

ROWS = ("Varo Varo PROPN nsubj 2", "left leave VERB ROOT 0")


def test_remembered_asks_once_for_a_token_and_the_same_arguments() -> None:
    asked: list[tuple[str, list[str]]] = []

    @remembered
    def shout(token: Token, ends: list[str]) -> str:
        asked.append((token.text, ends))
        return token.text.upper() + "".join(ends)

    doc, plain, loud = a_doc(*ROWS), [""], ["!"]
    assert [shout(doc[0], plain), shout(doc[0], plain), shout(doc[0], loud), shout(doc[1], plain)] == [
        "VARO",
        "VARO",
        "VARO!",
        "LEFT",
    ]
    assert asked == [("Varo", [""]), ("Varo", ["!"]), ("left", [""])]


def test_remembered_keeps_documents_apart() -> None:
    @remembered
    def length(token: Token) -> int:
        return len(token.doc)

    assert [length(a_doc(*ROWS)[0]), length(a_doc(*ROWS, ". . PUNCT punct 2")[0])] == [2, 3]
