"""The W3C's tests of the SPARQL 1.1 Protocol and of the Graph Store Protocol, as their manifests tell them request by request."""

from __future__ import annotations

import pytest

from tests.conformance.w3c.collecting import parameters, suite
from tests.conformance.w3c.connections import Connection, Exchange, read_connections, run_connection
from tests.conformance.w3c.running import load
from tests.conformance.w3c.servers import Server

PROTOCOL = parameters(
    lambda found: read_connections(found, "sparql11/protocol/manifest.ttl"), iri=lambda connection: connection.iri
)
GRAPH_STORE = parameters(
    lambda found: read_connections(found, "sparql11/graph-store-protocol/manifest.ttl"), iri=lambda connection: connection.iri
)


@pytest.mark.parametrize("connection", PROTOCOL)
def test_w3c_protocol(connection: Connection, w3c: Server) -> None:
    found = suite()
    load(w3c, connection.before, found)

    def path(exchange: Exchange) -> str:
        return w3c.paths.update if exchange.is_update else w3c.paths.query

    run_connection(connection, w3c, begins="/sparql/", path=path)


@pytest.mark.parametrize("connection", GRAPH_STORE)
def test_w3c_graph_store_protocol(connection: Connection, w3c: Server) -> None:
    found = suite()
    load(w3c, connection.before, found)
    run_connection(connection, w3c, begins="/gsp", path=lambda _: w3c.paths.graphs)
