"""Errors as `application/problem+json` (RFC 9457): what is wrong and what to do, never a traceback."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.limits import BusyError
from rag.errors import QuestionError

LOG = logging.getLogger("policyqa.api")
_RETRY = "2"  # seconds


def problem(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def register(app: FastAPI) -> None:
    """Every exception that can reach a client becomes a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(request, 422, "; ".join(_one(row) for row in error.errors()[:5]))

    @app.exception_handler(QuestionError)
    async def unusable(request: Request, error: QuestionError) -> JSONResponse:
        return problem(request, 422, str(error))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        return problem(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(BusyError)
    async def busy(request: Request, _error: BusyError) -> JSONResponse:
        return problem(request, 503, "too many questions at once. Ask again in a moment.", {"retry-after": _RETRY})

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        LOG.error("%s %s: %s", request.method, request.url.path, type(error).__name__, exc_info=error)
        return problem(request, 500, "something broke on our side; it has been logged under the request's id.")


def _one(row: Any) -> str:
    where = ".".join(str(part) for part in row["loc"] if part != "body")
    return f"{where or 'body'}: {row['msg']}"
