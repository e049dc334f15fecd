"""Whether the server can serve, and how much."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import StoreOfApp
from api.models.health import Alive, Health
from api.problems import responses
from kg import __version__
from kg.errors import StoreError

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Tell that the server runs", responses=responses())
def live() -> Alive:
    """Answer whatever the store does: who gets no answer here may start the server anew."""
    return Alive(status="ok")


@router.get("/health/ready", summary="Tell that the server can answer questions", responses=responses(503))
def ready(store: StoreOfApp) -> Alive:
    """Ask the store something small; a store that cannot be read is answered with 503, and no requests should be sent here."""
    if not store.query("ASK {}"):
        raise StoreError("The store answers nothing.")
    return Alive(status="ok")


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
