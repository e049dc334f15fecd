"""Namespaces and the names of the terms that the graph uses; ``ontology/demarche.ttl`` defines each of them."""

from __future__ import annotations

from rdflib import Namespace

from kg.graph.prefixes import PREFIXES

__all__ = ["DEFAULT_BASE", "DEM", "PLOVER", "PREFIXES", "WIKIDATA"]

DEM = Namespace(PREFIXES["dem"])
PLOVER = Namespace(PREFIXES["plover"])
WIKIDATA = Namespace(PREFIXES["wd"])
DEFAULT_BASE = "https://w3id.org/demarche/id/"
