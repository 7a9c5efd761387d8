"""Errors as `application/problem+json` (RFC 9457): what is wrong and what to do, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from index.errors import IndexStoreError
from rag.errors import QuestionError, UnfinishedError
from records.errors import DatabaseError, NotFoundError, ShelfError, UnusableError
from records.gate import BusyError


class Problem(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None


Responses = dict[int | str, dict[str, Any]]


class _Problems:
    """`PROBLEMS[404, 422]`: these statuses as a route documents them."""

    _WHY: ClassVar = {
        400: "The request can't be read.",
        401: "A key is needed, or the one given is not valid.",
        403: "The key's role is too low, or a session was used from another site.",
        404: "There is no such thing.",
        405: "The route has no such method.",
        413: "The request is too large.",
        422: "Something in the request can't be used; the detail says what.",
        429: "Too many requests from one key or address; Retry-After says when to come back.",
        503: "Too many at once, or something that is needed is away; Retry-After says when to come back.",
    }

    def __getitem__(self, statuses: int | tuple[int, ...]) -> Responses:
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        wanted = statuses if isinstance(statuses, tuple) else (statuses,)
        return {status: {"description": self._WHY[status], "content": content} for status in wanted}


PROBLEMS = _Problems()


def gives(model: type[BaseModel], *problems: int) -> Responses:
    """What a route documents: the schema of its answer, and what may go wrong beside what always may."""
    return {200: {"model": model}, **PROBLEMS[problems]}


LOG = logging.getLogger("policyqa.api")
_RETRY = "2"  # seconds


def problem_body(path: str, status: int, detail: str) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": path}


def problem_response(path: str, status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    body = problem_body(path, status, detail)
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def problem(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return problem_response(request.url.path, status, detail, headers)


def register(app: FastAPI) -> None:
    """Every exception that can reach a client becomes a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(request, 422, "; ".join(_one(row) for row in error.errors()[:5]))

    @app.exception_handler(QuestionError)
    async def unusable(request: Request, error: QuestionError) -> JSONResponse:
        return problem(request, 422, str(error))

    @app.exception_handler(UnfinishedError)
    async def given_up(request: Request, error: UnfinishedError) -> JSONResponse:
        return problem(request, 503, str(error), {"retry-after": _RETRY})

    @app.exception_handler(NotFoundError)
    async def missing(request: Request, error: NotFoundError) -> JSONResponse:
        return problem(request, 404, str(error))

    @app.exception_handler(UnusableError)
    async def not_kept(request: Request, error: UnusableError) -> JSONResponse:
        return problem(request, 422, str(error))

    @app.exception_handler(IndexStoreError)
    async def not_indexed(request: Request, error: IndexStoreError) -> JSONResponse:
        return problem(request, 503, str(error), {"retry-after": "60"})

    @app.exception_handler(ShelfError)
    async def not_shelved(request: Request, error: ShelfError) -> JSONResponse:
        return problem(request, 503, str(error), {"retry-after": "60"})

    @app.exception_handler(DatabaseError)
    async def away(request: Request, error: DatabaseError) -> JSONResponse:
        LOG.error("%s: the database can't be used (%s)", request.method, type(error).__name__)
        return problem(
            request, 503, "the records can't be reached just now. Try again in a moment.", {"retry-after": "5"}
        )

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        return problem(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(BusyError)
    async def busy(request: Request, _error: BusyError) -> JSONResponse:
        return problem(request, 503, "too many questions at once. Ask again in a moment.", {"retry-after": _RETRY})


def _one(row: Any) -> str:
    where = ".".join(str(part) for part in row["loc"] if part != "body")
    return f"{where or 'body'}: {row['msg']}"
