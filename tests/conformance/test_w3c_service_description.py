"""The W3C's three tests of the SPARQL 1.1 Service Description, which are told in words alone."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple

from tests.conformance.w3c.collecting import suite
from tests.conformance.w3c.manifests import RDF
from tests.conformance.w3c.servers import Server

SD = "http://www.w3.org/ns/sparql-service-description#"

PROPERTIES = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "languageExtension": ("Service", "Feature"),
    "propertyFeature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "supportedLanguage": ("Service", "Language"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
"""The properties of the vocabulary, each with the class of what has it and of what it leads to; None: any class."""

INDIVIDUALS = {
    "Feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}
"""What the vocabulary itself names, by class."""

IS_ALSO = {"Dataset": {"GraphCollection"}}
"""The classes above a class."""


@pytest.fixture(scope="module")
def description(w3c: Server) -> list[Triple]:
    """Ask the endpoint without a query, for RDF."""
    suite()
    response = w3c.request("GET", w3c.paths.query, headers={"Accept": "text/turtle, application/rdf+xml;q=0.5"}, content=None)
    assert response.status_code == 200, response.text
    form = RdfFormat.from_media_type(response.headers["Content-Type"].partition(";")[0])
    assert form is not None
    return [quad.triple for quad in pyoxigraph.parse(response.content, format=form, base_iri=w3c.address(w3c.paths.query))]


def test_get_on_the_endpoint_returns_rdf(description: list[Triple]) -> None:
    assert description


def test_description_names_the_endpoint_that_was_asked(description: list[Triple], w3c: Server) -> None:
    endpoint = NamedNode(w3c.address(w3c.paths.query))
    assert endpoint in [triple.object for triple in description if triple.predicate == NamedNode(SD + "endpoint")]


def test_description_keeps_to_the_vocabulary(description: list[Triple]) -> None:
    classes: dict[object, set[str]] = {}
    for triple in description:
        if triple.predicate == NamedNode(RDF + "type") and (name := _term(triple.object)) is not None:
            classes.setdefault(triple.subject, set()).update({name}, IS_ALSO.get(name, ()))
    for triple in description:
        name = _term(triple.predicate)
        if name is None:
            continue
        has, leads_to = PROPERTIES[name]
        assert has in classes.get(triple.subject, {has}), triple
        if leads_to is not None:
            assert leads_to in classes.get(triple.object, {leads_to}), triple
            assert _term(triple.object) in INDIVIDUALS.get(leads_to, {None}) | {None}, triple


def _term(value: object) -> str | None:
    """Return the name of a term of the vocabulary, None for what is none."""
    known = isinstance(value, NamedNode) and value.value.startswith(SD)
    return value.value.removeprefix(SD) if known and isinstance(value, NamedNode) else None
