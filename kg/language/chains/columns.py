"""The columns of a parse as plain lists, since asking spaCy for one token at a time takes most of the time of long documents.

In: a Doc with tags and Universal Dependencies. Out: Columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Parallel lists, one item for each token.

    ``head`` is the index of the governor (a root's is its own), ``left`` and ``right`` the first and last token of the subtree,
    ``sentence`` the number of the sentence, ``entity`` the label of the name a token is in ("" outside names), ``name`` the number of
    that name (-1 outside names).
    """

    word: list[str]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]
    entity: list[str]
    name: list[int]


def columns_of(doc: Doc) -> Columns:
    """Return the columns of a parsed document."""
    texts_of = doc.to_array(["DEP", "POS", "TAG", "LEMMA", "LOWER", "ENT_TYPE"])
    texts = {key: doc.vocab.strings[int(key)] for key in set(texts_of.ravel().tolist())}
    dep, pos, tag, lemma, lower, entity = ([texts[key] for key in texts_of[:, column].tolist()] for column in range(6))
    # spaCy gives signed numbers (an offset, and -1 for "starts no sentence") as unsigned ones.
    numbers = doc.to_array(["HEAD", "ENT_IOB", "SENT_START"]).view("int64")
    head = [index + offset for index, offset in enumerate(numbers[:, 0].tolist())]
    children: list[list[int]] = [[] for _ in head]
    for index, governor in enumerate(head):
        if governor != index:
            children[governor].append(index)
    left, right = _edges(head)
    sentence: list[int] = []
    name: list[int] = []
    names = 0
    for index, (starts, iob) in enumerate(numbers[:, (2, 1)].tolist()):
        sentence.append(0 if index == 0 else sentence[-1] + (starts == 1))
        names += iob == 3
        name.append(names if entity[index] else -1)
    return Columns(
        word=[token.text for token in doc],
        lower=lower,
        lemma=[text.lower() for text in lemma],
        tag=tag,
        pos=pos,
        dep=dep,
        head=head,
        children=children,
        left=left,
        right=right,
        sentence=sentence,
        entity=entity,
        name=name,
    )


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """Return the first and the last token of each subtree: each token reaches up to all that govern it."""
    left, right = list(range(len(head))), list(range(len(head)))
    for index in range(len(head)):
        governor = head[index]
        while head[governor] != governor and left[governor] > index:
            left[governor] = index
            governor = head[governor]
        left[governor] = min(left[governor], index)
        governor = head[index]
        while right[governor] < index:
            right[governor] = index
            if head[governor] == governor:
                break
            governor = head[governor]
    return left, right
