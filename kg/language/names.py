"""Compare names as they are written."""

from __future__ import annotations

import re

SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de"})

PARTICLES = frozenset("al ben bin da das de dei del della den der di dos du el ibn la le ten ter van von zu".split())
"""Words that open a family name of several: "Neil VAN Heerden"."""


def plain_name(text: str) -> str:
    """Return a name on one line, with single spaces and no possessive ending."""
    return re.sub(r"['’]s$", "", " ".join(text.split()))


def initials(name: str) -> str:
    """Return the first letters of the words of a name, without the small ones, in lower case."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word.casefold() not in SMALL).casefold()


def same_person(one: str, other: str) -> bool:
    """Tell whether one name may be a part of the other: the family name alone, or the given name cut to another or to its initial."""
    a, b = name_parts(one), name_parts(other)
    if not a or not b:
        return False
    if min(len(a), len(b)) == 1 < max(len(a), len(b)) and a[0] == b[0]:
        return True  # many are known by their given name: "Prime Minister Abiy"
    if a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    shorter, longer = sorted((a, b), key=len)
    if shorter[0] in PARTICLES and longer[-len(shorter) :] == shorter:
        return True  # "Mr. van Heerden"
    return a[0] == b[0] or (a[0][0] == b[0][0] and (len(a[0]) == 1 or len(b[0]) == 1 or a[0][:2] == b[0][:2]))


def name_parts(name: str) -> list[str]:
    """Return the words of a name in lower case, those joined by hyphens as one."""
    return [part.casefold() for part in re.findall(r"[^\W_]+(?:-[^\W_]+)*", name)]
