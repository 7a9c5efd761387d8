"""The HTTP service as an ASGI application: `build_app(services)`; `policyqa serve` runs it."""

from __future__ import annotations

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from api import ask, documents, health, openai, problems
from api.limits import Gate, gate
from api.services import Services
from api.wire import Envelope
from index.version import VERSION


def build_app(services: Services, limit: Gate | None = None) -> FastAPI:
    """The application over these services. Building it loads no model."""
    registry = CollectorRegistry()
    limit = limit or gate()
    app = FastAPI(
        title="policyqa",
        version=VERSION,
        description="Questions about government policy, answered with the exact clause and the responsible department.",
        docs_url=None,
        redoc_url=None,
    )
    problems.register(app)
    for routes in (
        ask.router(services, limit),
        documents.router(services),
        openai.router(services, limit),
        health.router(services, registry),
    ):
        app.include_router(routes)
    app.add_middleware(Envelope, registry=registry)
    return app
