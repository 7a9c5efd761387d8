"""`/api/ask`, its stream, and `/api/search`."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse

from api.answer_schema import AnswerOut, SearchOut
from api.limits import QUESTION, RESULTS
from api.problems import gives
from api.schemas import AskIn
from api.tables import results_json
from api.waiting import Events, answer_for, events_for
from rag.events import AnswerStream, as_async
from rag.types import Filters
from rag.wire import as_json, event_json
from records.asker import asker_of
from records.services import Services


def router(services: Services) -> APIRouter:
    gate = services.gate
    routes = APIRouter(prefix="/api", tags=["answers"])

    @routes.post("/ask", responses=gives(AnswerOut))
    async def ask(asked: AskIn, request: Request) -> JSONResponse:
        """The answer object. A refusal is an answer, with status 200; leaving ends the work."""
        return JSONResponse(as_json(await answer_for(request, gate, lambda: _begun(asked, services))))

    @routes.post("/ask/stream", response_class=EventSourceResponse)
    async def ask_stream(asked: AskIn, request: Request) -> EventSourceResponse:
        """Events status, citations, delta, verify, done; or error, with a problem. Leaving ends the work."""
        return await events_for(request, gate, lambda: _begun(asked, services), _shown)

    @routes.get("/search", responses=gives(SearchOut))
    async def search(
        request: Request,
        q: Annotated[str, Query(min_length=1, max_length=QUESTION)],
        k: Annotated[int, Query(ge=1, le=RESULTS)] = 10,
        jurisdiction: str | None = None,
        document_id: str | None = None,
        department: str | None = None,
    ) -> JSONResponse:
        """Ranked clauses without an answer."""
        filters = Filters(jurisdiction, document_id, department)
        found = await gate.run(asker_of(request.scope), lambda: services.qa.search(q, k, filters))
        return JSONResponse(results_json(found))

    return routes


def _begun(asked: AskIn, services: Services) -> AnswerStream:
    return services.answers.stream(
        asked.question, asked.turns(), asked.filters.as_filters(), asked.as_of, "api", asked.conversation_id
    )


async def _shown(stream: AnswerStream) -> Events:
    number = 0
    async for event in as_async(stream):
        data = event_json(event)
        kind = data.pop("event")
        body = data["answer"] if kind == "done" else data
        yield {"id": str(number), "event": kind, "data": json.dumps(body, ensure_ascii=False)}
        number += 1
