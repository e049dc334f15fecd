"""The SPARQL that look-ups ask, and the one way to put values into it.

A template names its values ``$so``. ``fill`` writes each as a SPARQL term, escaped, so that no text of a user can end up as
anything but a term.

Two things of the engine shape these texts. It joins triple patterns well only within one group, so all patterns stand together,
and OPTIONAL after them. And a union that a server computes may give a triple once for each graph that has it: what many documents
say alike (types, labels) is asked for in a sub-query with DISTINCT, so that two of them never multiply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Template

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode
from rdflib import Literal, URIRef

from kg.errors import QueryError

Row = Mapping[str, str]
Value = URIRef | Literal | int | Iterable[URIRef | Literal]


class Listed(tuple[URIRef, ...]):
    """Terms for ``IN ($so)``: they stand with commas between them."""


_ENTITIES = """{ SELECT DISTINCT ?entity WHERE {
    VALUES ?class { $classes } ?entity a ?class .
    FILTER(EXISTS { ?entity dem:mentionedIn ?document } || EXISTS { ?entity dem:hasStatus ?status }) } }"""
_NAMES = "VALUES ?naming { rdfs:label skos:altLabel skos:prefLabel } ?entity ?naming ?name ."

DESCRIBED_ENTITIES = _ENTITIES.replace("?entity", "?thing")
"""Those that documents speak of, as ``?thing``: what a gazetteer alone knows is left out."""

NAMED_ENTITIES = f"""
SELECT ?entity (COUNT(DISTINCT ?span) AS ?mentions)
WHERE {{
  {{ SELECT DISTINCT ?entity WHERE {{
    VALUES ?name {{ $names }} {_NAMES} ?entity a ?class . FILTER(?class IN ($classes))
    FILTER(EXISTS {{ ?entity dem:mentionedIn ?document }} || EXISTS {{ ?entity dem:hasStatus ?status }}) }} }}
  OPTIONAL {{ ?span dem:mentions ?entity }}
}}
GROUP BY ?entity
ORDER BY DESC(?mentions) ?entity
LIMIT 1
"""

NAMES_IN_LOWER_CASE = f"""
SELECT DISTINCT ?name WHERE {{ {_NAMES} FILTER(LCASE(STR(?name)) = LCASE($text)) }}
"""

NAMES_WITH_PARTS = f"""
SELECT DISTINCT ?name
WHERE {{
  {_ENTITIES}
  {_NAMES}
  VALUES ?part {{ $parts }}
  FILTER(CONTAINS(LCASE(STR(?name)), ?part))
}}
LIMIT $limit
"""

IS_ENTITY = "ASK { VALUES ?class { $classes } $entity a ?class ; dem:mentionedIn|dem:hasStatus ?told }"

LINKED_ENTITIES = f"""
SELECT ?entity (COUNT(DISTINCT ?span) AS ?mentions)
WHERE {{
  {{ SELECT DISTINCT ?entity WHERE {{ ?entity skos:exactMatch $link }} }}
  {_ENTITIES}
  OPTIONAL {{ ?span dem:mentions ?entity }}
}}
GROUP BY ?entity
ORDER BY DESC(?mentions) ?entity
LIMIT 1
"""

DESCRIPTIONS = """
SELECT DISTINCT ?node ?property ?value
WHERE {
  VALUES ?node { $nodes }
  ?node ?property ?value .
  FILTER(?property IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:exactMatch, dem:roleTitle, dem:named))
}
"""

NAMING = """{ ?node rdf:type ?class . FILTER(STRSTARTS(STR(?class), STR(dem:))) BIND(rdf:type AS ?property) BIND(STR(?class) AS ?told) }
  UNION { ?node rdfs:label ?name . BIND(rdfs:label AS ?property) BIND(CONCAT(STR(2000000 - STRLEN(?name)), STR(?name)) AS ?told) }
  UNION { ?node skos:prefLabel ?name . BIND(skos:prefLabel AS ?property) BIND(STR(?name) AS ?told) }
  UNION { ?node dcterms:title ?name . BIND(dcterms:title AS ?property) BIND(CONCAT(STR(2000000 - STRLEN(?name)), STR(?name)) AS ?told) }"""
LABELS = f"""
SELECT ?node ?property (MIN(?told) AS ?value) WHERE {{ VALUES ?node {{ $nodes }} {NAMING} }} GROUP BY ?node ?property
"""
"""What things are called: of classes and preferred labels the first in the alphabet, of labels and titles the longest.

Before the latter stand seven digits, which are the less the longer they are.
"""

LENGTH_DIGITS = 7

IDENTIFIED = "SELECT DISTINCT ?thing WHERE { VALUES ?referent { $referents } ?referent dem:identifiedAs ?thing }"

IDENTIFIED_BY_END = """
SELECT DISTINCT ?thing WHERE { ?referent dem:identifiedAs ?thing . FILTER(STRENDS(STR(?referent), $end)) }
"""

_PASSAGE = "?span dem:inDocument ?document ; dem:begin ?begin ; dem:end ?end ; dem:exact ?exact ."
_DAY = "OPTIONAL { ?document dcterms:date ?day }"

STATEMENTS_OF = f"""
SELECT DISTINCT ?statement ?addressee ?direct ?text ?cue ?document ?begin ?end ?exact ?day
WHERE {{
  ?statement a dem:Statement ; dem:speaker $entity ; dem:direct ?direct ; dem:text ?text ; prov:wasDerivedFrom ?span .
  {_PASSAGE}
  OPTIONAL {{ ?statement dem:addressee ?addressee }}
  OPTIONAL {{ ?statement dem:cue ?cue }}
  {_DAY}
}}
ORDER BY ?day ?document ?begin ?end ?statement
"""

HISTORY_OF = f"""
SELECT DISTINCT ?status ?value ?confidence ?document ?source ?begin ?end ?exact ?day
WHERE {{
  $thing dem:hasStatus ?status .
  ?status dem:status|dem:modality ?value ; dem:confidence ?confidence ; prov:wasDerivedFrom ?span .
  {_PASSAGE}
  OPTIONAL {{ ?document dcterms:source ?source }}
  {_DAY}
}}
ORDER BY ?day ?document ?begin ?end ?status
"""

PARTIES_OF = "SELECT DISTINCT ?party WHERE { $thing dem:party|dem:participant ?party } ORDER BY ?party"

NEGOTIATIONS_OF = f"""
SELECT DISTINCT ?negotiation ?label ?role ?other ?since ?until ?modality ?document ?begin ?end ?exact ?day
WHERE {{
  ?negotiation dem:party|dem:mediator|dem:negotiates $entity ; a dem:Negotiation ; rdfs:label ?label ; dem:modality ?modality ;
    prov:wasDerivedFrom ?span .
  {_PASSAGE}
  VALUES ?role {{ dem:party dem:mediator dem:negotiates }}
  ?negotiation ?role ?other .
  OPTIONAL {{ ?negotiation dem:beginDate ?since }}
  OPTIONAL {{ ?negotiation dem:endDate ?until }}
  {_DAY}
}}
ORDER BY ?day ?document ?negotiation ?begin ?end ?role ?other
"""


ISSUE_NAMES = "SELECT DISTINCT ?name WHERE { ?issue a dem:Issue ; rdfs:label ?name } ORDER BY ?name LIMIT 5000"


def fill(template: str, **values: Value) -> str:
    """Put values into a template: a term, a whole number, or terms one after another. Raises QueryError for a malformed IRI."""
    return Template(template).substitute({name: _written(value) for name, value in values.items()})


def _written(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, URIRef | Literal):
        return write_term(value)
    return (", " if isinstance(value, Listed) else " ").join(map(write_term, value))


def write_term(term: URIRef | Literal) -> str:
    """Write a term as it stands in a query. Raises QueryError for a malformed IRI.

    The engine's own terms do it: they check IRIs and escape strings as N-Triples does.
    """
    try:
        if not isinstance(term, Literal):
            return str(NamedNode(str(term)))
        return str(OxLiteral(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype is not None else None))
    except (ValueError, UnicodeEncodeError) as error:
        raise QueryError(f"{str(term)!r}: cannot stand in a query ({error}). Give a well-formed IRI or text.") from error
