"""Whether the process is alive, whether it can answer, and what it has done."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from api.services import Services


def router(services: Services, registry: CollectorRegistry) -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz")
    def ready() -> dict[str, Any]:
        """The corpus that is answered from, and the model, if one is configured."""
        return {
            "status": "ready",
            "corpus_version": services.corpus.digest[:12],
            "documents": len(services.corpus.documents),
            "clauses": len(services.corpus.clauses),
            "model": services.model,
        }

    @routes.get("/metrics", response_class=Response)
    def metrics() -> Response:
        """Prometheus's text format."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return routes
