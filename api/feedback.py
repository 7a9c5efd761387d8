"""What everyone may leave behind: a vote on an answer; and an answer read again by its id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path

from api.answer_schema import RecordedAnswerOut
from api.problems import PROBLEMS, gives
from api.schemas import FeedbackIn
from records.feedback import Given
from records.services import Services

_AnswerId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


def router(services: Services) -> APIRouter:
    routes = APIRouter(prefix="/api", tags=["answers"])

    @routes.post("/feedback", status_code=201, responses=PROBLEMS[404])
    def give(given: FeedbackIn) -> dict[str, str]:
        """👍 or 👎 with a reason, on the answer with this trace_id. Kept when the response is there."""
        services.records.feedback.give(Given(given.answer_id, given.vote, given.reason, given.comment))
        return {"status": "kept"}

    @routes.get("/answers/{answer_id}", responses=gives(RecordedAnswerOut, 404))
    def answer(answer_id: _AnswerId) -> Any:
        """An answer as it was given. Each citation has `state`: null, 已修改 or 已移除 since."""
        found = services.records.exchanges.answer(answer_id, services.qa.corpus)
        if found is None:
            raise HTTPException(404, f"no answer {answer_id!r}. It may be older than the records are kept.")
        return found

    return routes
