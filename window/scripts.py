"""The window's own scripts, served as files: the page's policy lets no other script in than files of ours and those
that Gradio's template writes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response
from jinja2 import BaseLoader, Environment

_FILES = Path(__file__).parent / "static"
_NAMES = ("window", "review")
_KEPT = "public, max-age=31536000, immutable"  # the name changes with what is in it


def _named(name: str) -> tuple[str, bytes]:
    content = (_FILES / f"{name}.js").read_bytes()
    return f"{name}.{hashlib.sha256(content).hexdigest()[:16]}.js", content


SCRIPTS = dict(_named(name) for name in _NAMES)
_TAGS = "".join(f'<script src="scripts/{name}"></script>' for name in SCRIPTS)


def router() -> APIRouter:
    routes = APIRouter()

    @routes.get("/scripts/{name}")
    def script(name: str) -> Response:
        if name not in SCRIPTS:
            raise HTTPException(404)
        return Response(SCRIPTS[name], media_type="text/javascript", headers={"cache-control": _KEPT})

    return routes


class NoncedTemplates(BaseLoader):
    """Gradio's page with our scripts, each script marked with the response's nonce.

    The marks go into the template before anything is filled in: a text that gets into the page can't obtain one.
    """

    def __init__(self, inner: BaseLoader) -> None:
        self._inner = inner

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, object]:  # type: ignore[override]
        source, name, fresh = self._inner.get_source(environment, template)
        ours = source.replace("<script", f"{_TAGS}<script", 1)
        return ours.replace("<script", '<script nonce="{{ request.scope.state.nonce }}"'), name, fresh
