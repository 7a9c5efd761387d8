"""The window as a Gradio application: `build_ui(services, benchmark)`; `policyqa serve` mounts it at /."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded

# isort: split
import gradio as gr
from fastapi import FastAPI
from gradio import routes

from eval.benchmark import Benchmark
from records.services import Services
from window import benchmark as benchmark_tab
from window import consult, desk, scripts
from window.doors import Doors
from window.evaluators import Evaluators
from window.functions import functions_of
from window.html import Html
from window.pages import page
from window.policy import Policy
from window.uploads import FILE, KEPT, Uploads, the_folder
from window.visitors import SESSIONS, Visitors

TITLE = "政策问答"
_STATIC = Path(__file__).parent / "window" / "static"
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "sans-serif")
_SWEEP = 600.0  # seconds


def build_ui(services: Services, benchmark: Benchmark, evaluators: Evaluators) -> Any:
    """Three tabs over these services. Nothing in it is loaded from elsewhere."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as demo:
        Html(page("title", title=TITLE), elem_id="title")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("政策咨询", id="consult"):
                consult.build(demo, services)
            with gr.Tab("热线工作台", id="desk"):
                desk.build(demo, services)
            with gr.Tab("评测", id="benchmark"):
                benchmark_tab.build(demo, benchmark, evaluators)
    demo.queue(max_size=200, api_open=False)
    demo.state_session_capacity = SESSIONS
    return demo


def window_app(services: Services, benchmark: Benchmark, evaluate_here: bool = False) -> FastAPI:
    """The window as an application of its own, whose lifespan must be entered.

    `evaluate_here`: whoever sits at the machine may run the benchmark without a key.
    """
    evaluators, uploads = Evaluators(evaluate_here), Uploads(the_folder())
    os.environ["GRADIO_TEMP_DIR"] = str(uploads.folder)  # read when a component is made and when a file is used
    demo = build_ui(services, benchmark, evaluators)
    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=partial(_swept, uploads))
    shell.include_router(scripts.router())
    shell.add_middleware(
        Doors, functions=functions_of(demo), uploads=uploads, visitors=Visitors(demo), evaluators=evaluators
    )
    shell.add_middleware(Policy)
    _mark_scripts()
    mounted: FastAPI = gr.mount_gradio_app(
        shell, demo, "/", theme=gr.themes.Base(font=_FONTS, font_mono=("monospace",)),
        css=(_STATIC / "window.css").read_text(encoding="utf-8"), footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, max_file_size=FILE, enable_monitoring=False, mcp_server=False, pwa=False,
    )  # fmt: skip
    return mounted


@asynccontextmanager
async def _swept(uploads: Uploads, _shell: FastAPI) -> AsyncIterator[None]:
    """Nothing that was brought or handed out stays longer than `KEPT`, or than the service."""

    async def sweep() -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            await asyncio.to_thread(uploads.sweep, KEPT)

    uploads.open()
    sweeping = asyncio.create_task(sweep())
    try:
        yield
    finally:
        sweeping.cancel()
        uploads.close()


def _mark_scripts() -> None:
    environment = routes.templates.env
    if environment.loader is not None and not isinstance(environment.loader, scripts.NoncedTemplates):
        environment.loader = scripts.NoncedTemplates(environment.loader)
