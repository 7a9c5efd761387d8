"""The window as a Gradio application: `build_ui(services, benchmark)`; `policyqa serve` mounts it at /."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded

# isort: split
import gradio as gr
from fastapi import FastAPI

from eval.benchmark import Benchmark
from records.services import Services
from window import benchmark as benchmark_tab
from window import consult, desk

TITLE = "政策问答"
_STATIC = Path(__file__).parent / "window" / "static"
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "sans-serif")
_UPLOAD = "16mb"


def build_ui(services: Services, benchmark: Benchmark) -> Any:
    """Three tabs over these services. Nothing in it is loaded from elsewhere."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as demo:
        gr.HTML(f"<h1>{TITLE}</h1>", elem_id="title")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("政策咨询", id="consult"):
                consult.build(demo, services)
            with gr.Tab("热线工作台", id="desk"):
                desk.build(demo, services)
            with gr.Tab("评测", id="benchmark"):
                benchmark_tab.build(demo, benchmark)
    demo.queue(max_size=200, api_open=False)
    return demo


def window_app(services: Services, benchmark: Benchmark) -> FastAPI:
    """The window as an application of its own, whose lifespan must be entered."""
    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    scripts = "".join(
        f"<script>{(_STATIC / name).read_text(encoding='utf-8')}</script>" for name in ("window.js", "review.js")
    )
    mounted: FastAPI = gr.mount_gradio_app(
        shell, build_ui(services, benchmark), "/", theme=gr.themes.Base(font=_FONTS, font_mono=("monospace",)),
        css=(_STATIC / "window.css").read_text(encoding="utf-8"), head=scripts, footer_links=[], run_history=False,
        ssr_mode=False, show_error=False, max_file_size=_UPLOAD, enable_monitoring=False, mcp_server=False, pwa=False,
    )  # fmt: skip
    return mounted
