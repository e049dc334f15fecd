"""Which words of a web page are its text. Pure.

Left out are navigation and what is hidden, by the markup that says so, and asides by their class or id unless most of the page
stands in them. Of the rest that part of the page is taken that holds most of the running text. Paragraphs are parted by a blank
line, ``<br>`` is a line break, other white space becomes one space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

MOST = 0.8
"""The share of the running text that a part of the page must hold to be taken for the whole of it."""

DEPTH = 64
"""So many enclosing elements of a paragraph are looked at; deeper ones make no difference."""

_SKIPPED_TAGS = frozenset(
    "script style noscript template iframe object svg math canvas nav footer aside form button select dialog menu".split()
)
_SKIPPED_ROLES = frozenset("navigation banner contentinfo complementary search menu dialog".split())
_BESIDE = re.compile(
    r"(^|[-_ ])(share|sharing|social|breadcrumbs?|related|newsletter|cookies?|comments?|sidebar"
    r"|subscribe|promo|advert\w*|skip)([-_ ]|$)"
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main ol p pre section summary table tbody tfoot thead tr ul".split()
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph; ``within`` are its enclosing elements, outermost first, ``beside`` those of them that look like asides."""

    text: str
    linked: int
    within: tuple[int, ...]
    beside: tuple[int, ...]

    @property
    def weight(self) -> int:
        """How much running text it is: its length, or nothing for a list of links."""
        return 0 if 2 * self.linked > len(self.text) else len(self.text)


@dataclass(slots=True)
class _Walk:
    """Where a walk through the page stands."""

    within: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    articles: int = 0
    links: int = 0
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    def take(self, node: LexborNode) -> None:
        raw = node.text_content or ""
        in_pre = node.parent is not None and node.parent.tag == "pre"
        self.pieces.append(raw if in_pre else re.sub(r"\s+", " ", raw))
        if self.links:
            self.linked += len(raw.strip())

    def flush(self) -> Iterator[_Block]:
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            yield _Block(text, self.linked, tuple(self.within[:DEPTH]), tuple(self.beside[:DEPTH]))
        self.pieces.clear()
        self.linked = 0


def running_text(body: LexborNode) -> str:
    """Return the main text of a page, or "" where it has none."""
    blocks = list(_blocks(body))
    weights = _weights(blocks)
    whole = sum(block.weight for block in blocks)
    blocks = [block for block in blocks if all(2 * weights[aside] > whole for aside in block.beside)]
    part = _main_part(blocks)
    return "\n\n".join(block.text for block in blocks if part is None or part in block.within)


def _weights(blocks: Iterable[_Block]) -> Counter[int]:
    weights: Counter[int] = Counter()
    for block in blocks:
        for element in block.within:
            weights[element] += block.weight
    return weights


def _main_part(blocks: list[_Block]) -> int | None:
    """Return the innermost element that holds most of the running text and more than one paragraph of it."""
    weights, whole = _weights(blocks), sum(block.weight for block in blocks)
    counts = Counter(element for block in blocks if block.weight for element in block.within)
    inner = [
        (depth, element)
        for block in blocks
        for depth, element in enumerate(block.within)
        if weights[element] >= MOST * whole > 0 and counts[element] > 1
    ]
    return max(inner)[1] if inner else None


def _blocks(body: LexborNode) -> Iterator[_Block]:
    """Yield the paragraphs in their order. Without recursion, since pages nest as deep as they like."""
    walk = _Walk()
    stack: list[tuple[LexborNode, bool]] = [(body, False)]
    while stack:
        node, leaving = stack.pop()
        if node.is_text_node:
            walk.take(node)
        elif leaving:
            yield from _leave(node, walk)
        elif node.is_element_node and not _skipped(node, within_article=walk.articles > 0):
            yield from _enter(node, walk)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    yield from walk.flush()


def _enter(node: LexborNode, walk: _Walk) -> Iterator[_Block]:
    if node.tag in _BLOCKS:
        yield from walk.flush()
    walk.within.append(node.mem_id)
    if _is_beside(node):
        walk.beside.append(node.mem_id)
    walk.articles += node.tag in ("article", "main")
    walk.links += node.tag == "a"
    if node.tag == "br":
        walk.pieces.append("\n")
    if node.tag in ("td", "th"):
        walk.pieces.append(" ")


def _leave(node: LexborNode, walk: _Walk) -> Iterator[_Block]:
    if node.tag in _BLOCKS:
        yield from walk.flush()
    walk.within.pop()
    if walk.beside and walk.beside[-1] == node.mem_id:
        walk.beside.pop()
    walk.articles -= node.tag in ("article", "main")
    walk.links -= node.tag == "a"


def _skipped(node: LexborNode, *, within_article: bool) -> bool:
    attributes = node.attributes
    return (
        node.tag in _SKIPPED_TAGS
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _SKIPPED_ROLES
        or (node.tag == "header" and not within_article)
    )


def _is_beside(node: LexborNode) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return _BESIDE.search(names.lower()) is not None
