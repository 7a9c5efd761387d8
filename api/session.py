"""Signing in with a key from a browser: a random cookie that no script can read, worth nothing once it is ended here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from api.callers import TOO_MANY_WRONG, UNCHECKED, actor, at_least, caller_of, cookie_name, session_cookie
from api.errands import Errands
from api.rates import WrongKeys
from api.schemas import SessionIn
from records.keys import Holder
from records.services import Services

SESSION = 8 * 3600  # seconds


def router(services: Services, errands: Errands, wrong: WrongKeys) -> APIRouter:
    records = services.records
    routes = APIRouter(prefix="/api", tags=["session"])

    def begun(key: str, before: str) -> tuple[Holder, str] | None:
        """The key's holder with a new session's token; the one that the browser had before is over."""
        holder = records.keys.holder_of(key)
        if holder is None or holder.key_id is None:
            return None
        if before:
            records.sessions.end(before)
        token = records.sessions.open(holder.key_id, SESSION)
        records.audit.note(actor(holder), "sign in", holder.key_id)
        return holder, token

    @routes.get("/session")
    def who(caller: Annotated[Holder, Depends(caller_of)]) -> dict[str, str]:
        """The role that this request has."""
        return {"role": caller.role, "name": caller.name}

    @routes.post("/session", status_code=201)
    async def sign_in(given: SessionIn, request: Request) -> Response:
        """Eight hours with the key's role, in a cookie; ends earlier by signing out and when the key is revoked."""
        if wait := await wrong.blocked(request.scope):
            raise HTTPException(429, TOO_MANY_WRONG, {"retry-after": str(wait)})
        try:
            signed_in = await errands.run(lambda: begun(given.key.strip(), session_cookie(request.scope)))
        except TimeoutError:
            raise HTTPException(503, UNCHECKED, {"retry-after": "5"}) from None
        if signed_in is None:
            await wrong.count(request.scope)
            raise HTTPException(401, "the key is not valid or has been revoked.", {"www-authenticate": "Bearer"})
        holder, token = signed_in
        response = JSONResponse({"role": holder.role, "name": holder.name}, 201)
        response.set_cookie(
            cookie_name(request.scope), token, max_age=SESSION, path="/", httponly=True, samesite="strict",
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
