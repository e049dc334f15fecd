"""The page is sound HTML that stands by itself, tells of every term, and can be read by anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5rdf
import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.graph.ontology_files import ONTOLOGY_IRI, ontology_graph, question_names
from kg.graph.vocabulary import DEM, PLOVER
from kg.ontology_pages.page import page, write_page

ROOT = Path(__file__).parents[3]
ONTOLOGY = ontology_graph()
ABSTRACT = {
    "Entity",
    "Actor",
    "Occurrence",
    "Standing",
    "Modality",
    "StatusConcept",
    "EventType",
    "IdentityBasis",
    "relatesTo",
    "matches",
}
"""What graphs never name by itself, and what thus has no example."""


@cache
def written() -> str:
    return page(ontology_graph())


@cache
def parsed() -> Element:
    """Return the page as an HTML parser reads it, one that takes no mistake."""
    root: Element = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(written())
    return root


def terms() -> list[URIRef]:
    return sorted({URIRef(str(node)) for node in ONTOLOGY.subjects(RDF.type) if str(node).startswith((DEM, PLOVER))})


def article(term: URIRef) -> Element:
    (found,) = (one for one in parsed().iter("article") if one.get("id") == term.partition("#")[2])
    return found


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_page_is_sound_html() -> None:
    assert parsed().find("body") is not None


def test_parser_of_the_tests_takes_no_mistake() -> None:
    with pytest.raises(html5rdf.html5parser.ParseError):
        html5rdf.HTMLParser(strict=True).parse(written().replace("</article>", "", 1))


def test_page_needs_neither_network_nor_script() -> None:
    tags = {element.tag for element in parsed().iter() if isinstance(element.tag, str)}
    assert tags & {"script", "link", "img", "iframe", "object", "embed"} == set()
    assert [element.tag for element in parsed().iter() if element.get("src") is not None] == []
    assert re.findall(r"@import|url\((?!#)", written()) == []


def test_page_names_each_place_once_and_each_reference_leads_somewhere() -> None:
    ids = [element.get("id") for element in parsed().iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    hrefs = [href for element in parsed().iter() if (href := element.get("href")) is not None]
    assert {href.removeprefix("#") for href in hrefs if href.startswith("#")} - set(ids) == set()
    assert {href for href in hrefs if not href.startswith(("#", "http://", "https://"))} == set()
    references = " ".join(
        element.get(name, "") for element in parsed().iter() for name in ("aria-labelledby", "aria-describedby")
    )
    assert set(references.split()) - set(ids) == set()


@pytest.mark.parametrize("term", terms(), ids=str)
def test_page_tells_of_a_term(term: URIRef) -> None:
    told = words(article(term))
    assert str(ONTOLOGY.value(term, RDFS.label)) in told
    assert " ".join(str(ONTOLOGY.value(term, SKOS.definition)).split()) in told
    above = {*ONTOLOGY.objects(term, RDFS.subClassOf), *ONTOLOGY.objects(term, RDFS.subPropertyOf)}
    assert [other for other in above if ONTOLOGY.namespace_manager.curie(URIRef(str(other))) not in told] == []


@pytest.mark.parametrize("term", [term for term in terms() if term.partition("#")[2] not in ABSTRACT], ids=str)
def test_page_shows_an_example_of_a_term_that_graphs_name(term: URIRef) -> None:
    if (term, RDF.type, SKOS.ConceptScheme) in ONTOLOGY:
        return
    marked = {words(mark) for mark in article(term).iter("mark")}
    assert marked == {ONTOLOGY.namespace_manager.curie(term)}


def test_page_gives_each_question_and_leads_to_it_from_its_terms() -> None:
    asked = {str(element.get("id")).removeprefix("question-") for element in parsed().iter("li") if element.get("id") is not None}
    assert asked == set(question_names())
    links = {str(link.get("href")) for link in article(DEM.Deadline).iter("a")}
    assert "#question-what-is-the-deadline" in links


def test_page_lists_what_changed() -> None:
    listed = {words(item) for item in parsed().iter("li")}
    assert {str(note).partition(": ")[2] for note in ONTOLOGY.objects(ONTOLOGY_IRI, SKOS.changeNote)} - listed == set()


def test_page_escapes_what_the_ontology_says() -> None:
    graph = ontology_graph()
    graph.set((DEM.Meeting, SKOS.definition, Literal('A <script>"meeting"</script> & more.', lang="en")))
    assert "<script>" not in page(graph)
    assert "A &lt;script&gt;" in page(graph)


def test_headings_skip_no_level() -> None:
    levels = [int(element.tag[1]) for element in parsed().iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_page_has_landmarks_and_a_picture_with_a_name() -> None:
    assert [len(list(parsed().iter(tag))) for tag in ("header", "main", "footer", "nav")] == [1, 1, 1, 1]
    (html,) = re.findall(r"<html[^>]*>", written())
    assert 'lang="en"' in html
    (svg,) = (element for element in parsed().iter() if str(element.tag).endswith("svg"))
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "diagram-title diagram-desc")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour #rrggbb, as WCAG reckons it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_of_words_and_lines_stand_out(scheme: int) -> None:
    schemes = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", written(), re.DOTALL)]
    colours = schemes[scheme]

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    grounds = ("ground", "raised")
    assert [(name, ground) for name in ("text", "quiet", "link") for ground in grounds if contrast(name, ground) < 4.5] == []
    assert contrast("text", "mark") >= 4.5
    assert [number for number in range(6) if contrast(f"line-{number}", "ground") < 3] == []


@pytest.mark.parametrize("seed", ["1", "2"])
def test_page_is_the_same_bytes_in_every_process(tmp_path: Path, seed: str) -> None:
    command = [sys.executable, "-m", "kg.ontology_pages", "--output", str(tmp_path / "pages")]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "pages" / "index.html").read_text(encoding="utf-8") == written()


def test_write_page_makes_the_folder_and_replaces_an_older_page(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "pages"
    assert write_page(folder) == folder / "index.html"
    (folder / "index.html").write_text("old", encoding="utf-8")
    assert write_page(folder).read_text(encoding="utf-8") == written()


def test_page_says_of_what_a_property_is_and_what_it_leads_to() -> None:
    (told,) = article(DEM.hasStatus).iter("dl")
    rows = dict(zip(map(words, told.iter("dt")), map(words, told.iter("dd")), strict=True))
    assert rows["Usually of"] == "dem:Issue, dem:Meeting, dem:Proposal"
    assert rows["Leads to"] == "dem:Standing"
    assert rows["Rules"] == "no two things share a value"
    assert (DEM.hasStatus, RDF.type, OWL.InverseFunctionalProperty) in ONTOLOGY
