"""Which words of a page are its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kg.reading.running_text import running_text

FIRST = "The foreign ministers of Astoria and Borduria met in Lundhaven on Sunday and spoke about trade."
SECOND = "They agreed to meet again before the end of the month, and to bring their finance ministers."


def text_of(html: str) -> str:
    tree = LexborHTMLParser(html)
    assert tree.body is not None
    return running_text(tree.body)


def test_running_text_takes_the_main_part_of_a_page() -> None:
    page = f"""
    <body class="single comments-open">
      <header><a href="/">Ministry of Astoria</a><p>Working for you since 1901, in every corner of the world.</p></header>
      <nav><ul><li><a href="/n">News</a></li><li>Press</li></ul></nav>
      <div id="page"><div class="menu-links"><a href="/1">One</a> <a href="/2">Two</a></div>
        <div class="content"><p>{FIRST}</p><p>{SECOND}</p><div class="social-share"><p>Tell your friends.</p></div></div>
        <div class="related"><h3>Read more</h3><p>Borduria opens a consulate.</p></div>
      </div>
      <script>var x = "{FIRST}";</script><footer><p>Contact us at any time, by letter or by telephone.</p></footer>
    </body>"""
    assert text_of(page) == f"{FIRST}\n\n{SECOND}"


def test_running_text_keeps_the_heading_within_an_article() -> None:
    page = f"<nav>News</nav><article><header><h1>Readout</h1></header><p>{FIRST}</p><p>{SECOND}</p></article><aside>More</aside>"
    assert text_of(page) == f"Readout\n\n{FIRST}\n\n{SECOND}"


def test_running_text_keeps_all_of_a_page_without_a_main_part() -> None:
    assert text_of(f"<div><p>{FIRST}</p></div><div><p>{SECOND}</p></div>") == f"{FIRST}\n\n{SECOND}"


def test_running_text_keeps_an_aside_that_is_the_page() -> None:
    assert text_of(f'<div class="related"><p>{FIRST}</p><p>{SECOND}</p></div><p>Yes.</p>') == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>He said:<br>“Yes.”</p>", "He said:\n“Yes.”"),
        ("<p>in&nbsp;the \n <b>old</b>  town</p>", "in the old town"),
        ("<div>One<p>Two</p>Three</div>", "One\n\nTwo\n\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        (
            "<table><tr><td>Astoria</td><td>yes</td></tr><tr><td>Borduria</td><td>no</td></tr></table>",
            "Astoria yes\n\nBorduria no",
        ),
        ("<pre>One\n  Two</pre>", "One\nTwo"),
        ("<p>Mc<b>Lund</b></p>", "McLund"),
        ("<p hidden>One</p><p aria-hidden=true>Two</p><p>Three</p><!-- Four -->", "Three"),
        ("<p>One</p><div role=navigation>Two</div><form>Three</form><template>Four</template>", "One"),
        ("Talks", "Talks"),
        ("", ""),
    ],
)
def test_running_text_parts_blocks_and_lines(html: str, text: str) -> None:
    assert text_of(html) == text


def test_running_text_reads_pages_that_nest_deeply() -> None:
    assert text_of("<div>" * 5_000 + f"<p>{FIRST}</p><p>{SECOND}</p>") == f"{FIRST}\n\n{SECOND}"


@given(paragraphs=st.lists(st.text("abc &<>", min_size=1).filter(lambda text: text.strip()), min_size=1, max_size=6))
def test_running_text_of_plain_paragraphs_is_all_of_them(paragraphs: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in paragraphs]
    html = "".join(f"<p>{text}</p>" for text in escaped)
    assert text_of(html) == "\n\n".join(" ".join(text.split()) for text in paragraphs)
