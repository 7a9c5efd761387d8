"""Signing in with a key from a browser: a random cookie that no script can read, worth nothing once it is ended here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from api.callers import actor, at_least, caller_of, cookie_name, session_cookie
from api.key_checks import KeyChecks
from api.schemas import SessionIn
from records.keys import Holder
from records.services import Services
from records.sessions import Opened

SESSION = 8 * 3600  # seconds


def router(services: Services, checks: KeyChecks) -> APIRouter:
    records = services.records
    routes = APIRouter(prefix="/api", tags=["session"])

    def begun(key: str, before: str) -> tuple[Holder, Opened] | None:
        """The key's holder with a new session; the one that the browser had before is over."""
        holder = records.keys.holder_of(key)
        if holder is None or holder.key_id is None:
            return None
        if before:
            records.sessions.end(before)
        opened = records.sessions.open(holder.key_id, SESSION)
        records.audit.note(actor(holder), "sign in", holder.key_id)
        return holder, opened

    @routes.get("/session")
    def who(caller: Annotated[Holder, Depends(caller_of)]) -> dict[str, str]:
        """The role that this request has."""
        return {"role": caller.role, "name": caller.name}

    @routes.post("/session", status_code=201)
    async def sign_in(given: SessionIn, request: Request) -> Response:
        """Eight hours with the key's role, in a cookie and a proof, which goes into the header `x-policyqa-proof` of every
        call; ends earlier by signing out and when the key is revoked.
        """
        key, before = given.key.strip(), session_cookie(request.scope)
        holder, opened = await checks.look(request.scope, key, lambda: begun(key, before))
        response = JSONResponse({"role": holder.role, "name": holder.name, "proof": opened.proof}, 201)
        response.set_cookie(
            cookie_name(request.scope), opened.token, max_age=SESSION, path="/", httponly=True, samesite="strict",
            secure=request.scope["scheme"] == "https",
        )  # fmt: skip
        return response

    @routes.delete("/session")
    def sign_out(request: Request, caller: Annotated[Holder, Depends(caller_of)]) -> Response:
        """The session is over here, whoever has a copy of its cookie."""
        token = session_cookie(request.scope)
        if token and records.sessions.end(token) and caller.key_id:
            records.audit.note(actor(caller), "sign out", caller.key_id)
        return _signed_out(request)

    @routes.delete("/sessions")
    def sign_out_everywhere(request: Request, caller: Annotated[Holder, Depends(at_least("staff"))]) -> Response:
        """Ends every session of the caller's key, this one too."""
        ended = records.sessions.end_all(caller.key_id or "")
        records.audit.note(actor(caller), "sign out everywhere", caller.key_id or "", sessions=ended)
        return _signed_out(request)

    return routes


def _signed_out(request: Request) -> Response:
    response = JSONResponse({"role": "anonymous", "name": ""})
    response.delete_cookie(
        cookie_name(request.scope), path="/", httponly=True, samesite="strict",
        secure=request.scope["scheme"] == "https",
    )  # fmt: skip
    return response
