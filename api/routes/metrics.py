"""What Prometheus reads."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from api.observing import Metrics
from api.problems import responses

router = APIRouter(tags=["health"])

_EXAMPLE = 'demarche_http_requests_total{method="GET",route="/sparql",status="200"} 12.0'


@router.get(
    "/metrics",
    summary="Give metrics to Prometheus",
    response_class=Response,
    responses={
        200: {"description": "Metrics in Prometheus' text format.", "content": {"text/plain": {"example": _EXAMPLE}}},
        **responses(),
    },
)
def metrics(request: Request) -> Response:
    """Tell how many requests were answered on which route with which status, how long they took, and how many are open."""
    kept: Metrics = request.app.state.metrics
    return Response(generate_latest(kept.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
