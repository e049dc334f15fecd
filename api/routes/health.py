"""Whether the server can serve, and how much."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import StoreOfApp
from api.models import Health
from api.problems import responses
from kg import __version__

router = APIRouter(tags=["health"])


@router.get("/health", summary="Tell the state of the server", responses=responses(503))
def health(store: StoreOfApp) -> Health:
    """Count what the store holds; a store that cannot be read is answered with 503."""
    (row,) = store.query("SELECT (COUNT(DISTINCT ?document) AS ?n) { ?document a dem:Document }").rows()
    return Health(
        status="ok",
        version=__version__,
        graphs=len(store.graph_names()),
        documents=int(row["n"]),
        triples=store.triple_count(),
    )
