"""`/api/ask`, its stream, and `/api/search`."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse

from api.limits import QUESTION, RESULTS, Gate
from api.schemas import AskIn, Problem
from api.services import Services
from api.tables import results_json
from rag.events import as_async
from rag.types import Filters
from rag.wire import as_json, event_json

PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: {"model": Problem, "description": "The question or its filters can't be used."},
    503: {"model": Problem, "description": "Too many at once; Retry-After says when to come back."},
}
_PING = 15  # seconds


def router(services: Services, gate: Gate) -> APIRouter:
    routes = APIRouter(prefix="/api", tags=["answers"], responses=PROBLEMS)

    @routes.post("/ask")
    def ask(asked: AskIn) -> dict[str, Any]:
        """The answer object. A refusal is an answer, with status 200."""
        with gate.entered():
            return as_json(services.ask(asked.question, asked.turns(), asked.filters.as_filters(), asked.as_of))

    @routes.post("/ask/stream", response_class=EventSourceResponse)
    def ask_stream(asked: AskIn) -> EventSourceResponse:
        """Events status, citations, delta, verify, done; leaving ends the work."""
        stream = services.stream(asked.question, asked.turns(), asked.filters.as_filters(), asked.as_of)

        async def events() -> AsyncIterator[dict[str, str]]:
            number = 0
            async for event in as_async(stream):
                data = event_json(event)
                kind = data.pop("event")
                body = data["answer"] if kind == "done" else data
                yield {"id": str(number), "event": kind, "data": json.dumps(body, ensure_ascii=False)}
                number += 1

        return EventSourceResponse(events(), ping=_PING, headers={"x-accel-buffering": "no"})

    @routes.get("/search")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=QUESTION)],
        k: Annotated[int, Query(ge=1, le=RESULTS)] = 10,
        jurisdiction: str | None = None,
        document_id: str | None = None,
        department: str | None = None,
    ) -> dict[str, Any]:
        """Ranked clauses without an answer."""
        with gate.entered():
            found = services.search(q, k, Filters(jurisdiction, document_id, department))
        return results_json(found)

    return routes
