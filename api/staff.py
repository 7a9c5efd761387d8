"""What staff see and do: conversations, feedback to work off, pinned answers, the gap report."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from fastapi.responses import Response

from api.callers import actor, at_least
from api.problems import PROBLEMS
from api.schemas import PinIn
from records.gaps import gap_report
from records.keys import Holder
from records.services import Services
from records.sheets import csv_of

_GAP_COLUMNS = ("question", "count", "outcomes", "places", "departments", "first_at", "last_at", "questions")
_Staff = Annotated[Holder, Depends(at_least("staff"))]
_Limit = Annotated[int, Query(ge=1, le=500)]
_Id = Annotated[int, Path(ge=1, lt=2**31)]
_Conversation = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{8,64}$")]


def router(services: Services) -> APIRouter:
    records = services.records
    routes = APIRouter(prefix="/api", tags=["staff"])

    @routes.get("/conversations")
    def conversations(_caller: _Staff, limit: _Limit = 50, before: datetime | None = None) -> dict[str, Any]:
        """The latest first; a question outside any conversation stands as one of its own."""
        return {"conversations": records.exchanges.conversations(limit, before)}

    @routes.get("/conversations/{conversation_id}", responses=PROBLEMS[404])
    def conversation(conversation_id: _Conversation, _caller: _Staff) -> dict[str, Any]:
        """Its questions with their answers, read against the texts of today."""
        turns = records.exchanges.conversation(conversation_id, services.qa.corpus)
        if not turns:
            raise HTTPException(404, f"no conversation {conversation_id!r}.")
        return {"id": conversation_id, "turns": turns}

    @routes.delete("/conversations/{conversation_id}", responses=PROBLEMS[404])
    def forget(conversation_id: _Conversation, caller: _Staff) -> dict[str, int]:
        """Deletes it with its answers and feedback, as its asker may demand."""
        gone = records.exchanges.forget(conversation_id)
        if not gone:
            raise HTTPException(404, f"no conversation {conversation_id!r}.")
        records.audit.note(actor(caller), "forget conversation", conversation_id, questions=gone)
        return {"questions": gone}

    @routes.get("/feedback")
    def feedback(_caller: _Staff, limit: _Limit = 100, open_only: bool = True) -> dict[str, Any]:
        """👎 that nobody has worked off yet, or all votes."""
        return {"feedback": records.feedback.listed(limit, open_only)}

    @routes.post("/feedback/{feedback_id}/worked-off", responses=PROBLEMS[404])
    def work_off(feedback_id: _Id, caller: _Staff) -> dict[str, str]:
        records.feedback.work_off(feedback_id, actor(caller))
        records.audit.note(actor(caller), "work off feedback", str(feedback_id))
        return {"status": "worked off"}

    @routes.get("/pins")
    def pins(_caller: _Staff) -> dict[str, Any]:
        """All pinned answers, those to be reviewed first."""
        return {"pins": records.pins.listed(services.qa.corpus)}

    @routes.post("/pins", status_code=201)
    def pin(wanted: PinIn, caller: _Staff) -> dict[str, int]:
        """Given from now on to every question that asks the same as one of its wordings, marked as reviewed."""
        identity = records.pins.keep(wanted.as_wanted(), actor(caller), services.qa.corpus)
        records.audit.note(actor(caller), "pin answer", str(identity), wordings=len(wanted.wordings))
        return {"id": identity}

    @routes.put("/pins/{pin_id}", responses=PROBLEMS[404])
    def review(pin_id: _Id, wanted: PinIn, caller: _Staff) -> dict[str, int]:
        """Rewords or confirms it; this is the review that a changed clause asks for."""
        identity = records.pins.keep(wanted.as_wanted(), actor(caller), services.qa.corpus, pin_id)
        records.audit.note(actor(caller), "review pinned answer", str(identity))
        return {"id": identity}

    @routes.delete("/pins/{pin_id}", responses=PROBLEMS[404])
    def unpin(pin_id: _Id, caller: _Staff) -> dict[str, str]:
        records.pins.drop(pin_id)
        records.audit.note(actor(caller), "drop pinned answer", str(pin_id))
        return {"status": "dropped"}

    @routes.get("/gaps", responses={200: {"content": {"text/csv": {}}}})
    def gaps(
        _caller: _Staff,
        days: Annotated[int, Query(ge=1, le=3650)] = 30,
        format: Literal["json", "csv"] = "json",  # noqa: A002 - the query's name
    ) -> Any:
        """Refused and thumbed-down questions, those that ask alike put together, the most frequent first."""
        found = gap_report(records.database, services.qa, days)
        if format == "json":
            return {"days": days, "gaps": found}
        name = {"content-disposition": 'attachment; filename="gaps.csv"'}
        return Response(csv_of(found, _GAP_COLUMNS), media_type="text/csv; charset=utf-8", headers=name)

    return routes
