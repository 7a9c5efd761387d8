"""`/api/ask`, its stream, and `/api/search`."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse

from api.answer_schema import AnswerOut, SearchOut
from api.gated_stream import GatedStream
from api.limits import QUESTION, RESULTS, Gate
from api.problems import gives
from api.schemas import AskIn
from api.tables import results_json
from rag.events import as_async
from rag.types import Filters
from rag.wire import as_json, event_json
from records.services import Services


def router(services: Services, gate: Gate) -> APIRouter:
    routes = APIRouter(prefix="/api", tags=["answers"])

    @routes.post("/ask", responses=gives(AnswerOut))
    async def ask(asked: AskIn) -> JSONResponse:
        """The answer object. A refusal is an answer, with status 200."""
        answer = await gate.run(
            lambda: services.answers.ask(
                asked.question, asked.turns(), asked.filters.as_filters(), asked.as_of, "api", asked.conversation_id
            )
        )
        return JSONResponse(as_json(answer))

    @routes.post("/ask/stream", response_class=EventSourceResponse)
    async def ask_stream(asked: AskIn) -> EventSourceResponse:
        """Events status, citations, delta, verify, done; leaving ends the work."""
        stream = services.answers.stream(
            asked.question, asked.turns(), asked.filters.as_filters(), asked.as_of, "api", asked.conversation_id
        )

        async def events() -> AsyncIterator[dict[str, str]]:
            number = 0
            async for event in as_async(stream):
                data = event_json(event)
                kind = data.pop("event")
                body = data["answer"] if kind == "done" else data
                yield {"id": str(number), "event": kind, "data": json.dumps(body, ensure_ascii=False)}
                number += 1

        await gate.enter()
        return GatedStream(gate, events())

    @routes.get("/search", responses=gives(SearchOut))
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=QUESTION)],
        k: Annotated[int, Query(ge=1, le=RESULTS)] = 10,
        jurisdiction: str | None = None,
        document_id: str | None = None,
        department: str | None = None,
    ) -> JSONResponse:
        """Ranked clauses without an answer."""
        filters = Filters(jurisdiction, document_id, department)
        found = await gate.run(lambda: services.qa.search(q, k, filters))
        return JSONResponse(results_json(found))

    return routes
