"""The HTTP service as an ASGI application: `build_app(services)`; `policyqa serve` runs it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded

# isort: split
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import admin, ask, documents, feedback, health, openai, problems, session, staff
from api.callers import Callers
from api.drain import Drain
from api.errands import Errands
from api.hosts import Hosts
from api.key_checks import KeyChecks
from api.metrics import Metrics
from api.openapi import described
from api.origins import Origins
from api.problems import PROBLEMS
from api.proxies import Proxies
from api.rates import Rates
from api.settings import ServiceSettings, parts_of
from api.traces import Tracer
from api.wire import App, Beside, Envelope
from index.version import VERSION
from records.services import Services

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Instruments:
    """What watches the service and ends it; made before the services, which report to it."""

    metrics: Metrics = field(default_factory=Metrics)
    tracer: Tracer = field(default_factory=lambda: Tracer(None))
    drain: Drain = field(default_factory=Drain)


def build_app(
    services: Services,
    settings: ServiceSettings | None = None,
    instruments: Instruments | None = None,
    lifespan: Lifespan | None = None,
    window: App | None = None,
) -> FastAPI:
    """The application over these services. Building it loads no model.

    `lifespan` is what begins and ends with it; `window` answers every path that isn't the API's.
    """
    settings, instruments = settings or ServiceSettings(), instruments or Instruments()
    errands = Errands()
    keys, sessions = services.records.keys, services.records.sessions
    checks = KeyChecks(settings, keys, errands)
    app = FastAPI(
        title="policyqa",
        version=VERSION,
        description="Questions about government policy, answered with the exact clause and the responsible department.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    problems.register(app)
    for routes in (
        ask.router(services),
        feedback.router(services),
        documents.router(services),
        openai.router(services),
        session.router(services, checks),
        staff.router(services),
        admin.router(services, settings),
        health.router(services, instruments.metrics, errands),
    ):
        app.include_router(routes, responses=PROBLEMS[400, 401, 403, 413, 422, 429, 503])
    app.openapi = described(app, services)  # type: ignore[method-assign]
    app.get("/openapi.json", include_in_schema=False)(app.openapi)
    # the last one added is the outermost
    if window is not None:
        app.add_middleware(Beside, window=window)
    app.add_middleware(Rates, settings=settings)
    app.add_middleware(Callers, checks=checks, keys=keys, sessions=sessions, errands=errands)
    origins = parts_of(settings.cors_origins)
    app.add_middleware(Origins, allowed=origins)
    if origins:
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["*"])
    app.add_middleware(Hosts, allowed=parts_of(settings.allowed_hosts))
    proxies = parts_of(settings.trusted_proxies)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)
    app.add_middleware(
        Envelope, metrics=instruments.metrics, drain=instruments.drain, tracer=instruments.tracer,
        proxies=Proxies(proxies),
    )  # fmt: skip
    return app
