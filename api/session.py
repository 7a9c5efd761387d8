"""Signing in with a key from a browser: a signed cookie that no script can read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from api.callers import COOKIE, SESSION, Sessions, actor, caller_of
from api.schemas import SessionIn
from records.keys import Holder
from records.services import Services


def router(services: Services, sessions: Sessions) -> APIRouter:
    routes = APIRouter(prefix="/api/session", tags=["session"])

    @routes.get("")
    def who(caller: Annotated[Holder, Depends(caller_of)]) -> dict[str, str]:
        """The role that this request has."""
        return {"role": caller.role, "name": caller.name}

    @routes.post("", status_code=201)
    def sign_in(given: SessionIn, request: Request) -> Response:
        """Eight hours with the key's role, in a cookie; ends earlier when the key is revoked."""
        holder = services.records.keys.holder_of(given.key.strip())
        if holder is None:
            raise HTTPException(401, "the key is not valid or has been revoked.", {"www-authenticate": "Bearer"})
        services.records.audit.note(actor(holder), "sign in", holder.key_id or "")
        response = JSONResponse({"role": holder.role, "name": holder.name}, 201)
        response.set_cookie(
            COOKIE, sessions.value_for(holder), max_age=SESSION, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return response

    @routes.delete("")
    def sign_out() -> Response:
        response = JSONResponse({"role": "anonymous", "name": ""})
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    return routes
