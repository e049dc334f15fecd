"""The W3C's tests of SPARQL 1.0, 1.1 and 1.2, each asked over HTTP. Those that are missed are told in ``w3c/misses.toml``.

Left out: entailment regimes, which are not served, and the evaluation of SERVICE, which reaches the network.
"""

from __future__ import annotations

import pytest

from tests.conformance.w3c.collecting import misses, parameters, suite
from tests.conformance.w3c.manifests import Case
from tests.conformance.w3c.running import run
from tests.conformance.w3c.servers import Server

MANIFESTS = (
    "sparql10/manifest.ttl",
    "sparql11/manifest-sparql11-query.ttl",
    "sparql11/manifest-sparql11-results.ttl",
    "sparql11/manifest-sparql11-update.ttl",
    "sparql11/syntax-fed/manifest.ttl",
    "sparql12/manifest.ttl",
)


@pytest.mark.parametrize("case", parameters(lambda found: found.cases(*MANIFESTS), iri=lambda case: case.iri))
def test_w3c_sparql(case: Case, w3c: Server) -> None:
    found = suite()
    run(case, found, w3c)


def test_every_miss_is_a_test() -> None:
    missed = [iri for iri, _ in misses()]
    assert len(missed) == len(set(missed))
    assert set(missed) <= {case.iri for case in suite().cases(*MANIFESTS)}
