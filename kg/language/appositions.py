"""Part two persons that a parse runs together: "At the invitation of the Premier of A, Mr. X, | the President of B, Mr. Y, paid a visit".

In: a Doc and its mentions. What each title belongs to is known from the mentions; where a title was taken for an apposition to the name
before it, it becomes the subject of the clause, with its own name in apposition. Changes the Doc's heads in place, nothing else.
Limits: mends titles with a comma on both sides of each name, before a verb that has no other subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.language.mentions import TextMention
from kg.language.syntax import PASSIVE_SUBJECTS, SUBJECTS


def part_titled_names(doc: Doc, mentions: Sequence[TextMention]) -> None:
    """Make the second of two titled names the subject of its clause where the parse hangs it on the first."""
    titled = {
        doc[mention.start : mention.end].root.i: mention
        for mention in mentions
        if mention.kind == "name" and mention.role is not None and mention.role[1] < mention.start
    }
    for mention in titled.values():
        title = _title(doc, mention)
        first = titled.get(title.head.i) if title.dep_ == "appos" else None
        if first is not None and first.end <= title.i:
            _part(doc, title, doc[mention.start : mention.end].root, doc[first.start : first.end].root, first)


def _title(doc: Doc, mention: TextMention) -> Token:
    """Return the head of a person's title."""
    start, end = mention.role or (mention.start, mention.end)
    return doc[start:end].root


def _part(doc: Doc, title: Token, name: Token, first: Token, mention: TextMention) -> None:
    own = _title(doc, mention)
    if first.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
        verb, relation = first.head, first.dep_
    else:
        above = next((up for up in title.ancestors if up.pos_ in {"VERB", "AUX"}), None)
        if above is None or above.i < name.i or any(child.dep_ in SUBJECTS | PASSIVE_SUBJECTS for child in above.children):
            return
        passive = any(child.dep_ == "aux:pass" for child in above.children)
        verb, relation = above, "nsubj:pass" if passive else "nsubj"
    if verb.i < name.i or own.i in {token.i for token in first.subtree}:
        return
    title.head, title.dep_ = verb, relation
    name.head, name.dep_ = title, "appos"
    first.head, first.dep_ = own, "appos"
