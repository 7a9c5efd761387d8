"""Whether the process is alive, whether it can answer, and what it has done."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.errands import Errands
from api.metrics import Metrics
from records.services import Services


def router(services: Services, metrics: Metrics, errands: Errands) -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz")
    async def ready() -> JSONResponse:
        """The corpus that is answered from, the database, and the model: `none`, `ready` or `failing`.

        A failing model doesn't make it unready, for the extractive answerer takes over; a database that is away does.
        """
        qa = services.qa
        try:
            reachable = await errands.run(services.records.database.is_reachable)
        except TimeoutError:
            reachable = False
        body: dict[str, Any] = {
            "status": "ready" if reachable else "not ready",
            "corpus_version": qa.corpus.digest[:12],
            "documents": len(qa.corpus.documents),
            "clauses": len(qa.corpus.clauses),
            "database": "reachable" if reachable else "unreachable",
            "model": {"name": qa.model_name, "state": qa.model_state},
        }
        return JSONResponse(body, 200 if reachable else 503)

    @routes.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    def text() -> Response:
        """Prometheus's text format."""
        return Response(metrics.text(services.live), media_type=CONTENT_TYPE_LATEST)

    return routes
