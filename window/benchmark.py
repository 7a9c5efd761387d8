"""评测: a question file run, scored, looked through and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from eval.benchmark import BUILT_IN, Benchmark, BenchmarkError, Outcome
from window.choice import Changing, Options
from window.consult import QUIET
from window.evaluators import SIGN_IN, Evaluators
from window.html import Html
from window.pages import page

_EXTRACTIVE, _MODEL = "摘录", "模型"


class Bench:
    """What the tab's events do."""

    def __init__(self, benchmark: Benchmark, evaluators: Evaluators) -> None:
        self._benchmark, self._evaluators = benchmark, evaluators

    def run(self, uploaded: str | None, built_in: str, mode: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """(progress, outcome, runs to compare with, report) as the run goes on."""
        if not self._may_evaluate(request):
            yield page("progress", wrong=SIGN_IN), "", gr.skip(), gr.skip()
            return
        questions, name = (Path(uploaded), Path(uploaded).name) if uploaded else (BUILT_IN[built_in], built_in)
        yield page("progress", done=0, total=0), "", gr.skip(), gr.skip()
        try:
            for step in self._benchmark.run(questions, name, mode == _MODEL):
                if isinstance(step, Outcome):
                    yield (
                        page("progress", finished=step.name),
                        self._outcome(step),
                        self._runs(step.name),
                        self._report(step.name),
                    )
                else:
                    yield page("progress", done=step.done, total=step.total), gr.skip(), gr.skip(), gr.skip()
        except BenchmarkError as error:
            yield page("progress", wrong=str(error)), "", gr.skip(), gr.skip()

    def look(self, name: str | None, request: gr.Request) -> tuple[str, Any]:
        """An earlier run, and its report to download."""
        if not name or not self._may_evaluate(request):
            return page("progress", wrong=SIGN_IN) if name else "", gr.skip()
        try:
            return self._outcome(self._benchmark.outcome(name)), self._report(name)
        except BenchmarkError as error:
            return page("progress", wrong=str(error)), gr.skip()

    def compare(self, before: str | None, after: str | None, request: gr.Request) -> str:
        if not self._may_evaluate(request):
            return page("progress", wrong=SIGN_IN)
        if not before or not after:
            return page("progress", wrong="选两次运行再比较。")
        try:
            return page("grid", rows=self._benchmark.compared(before, after), caption=f"{before} → {after}")
        except BenchmarkError as error:
            return page("progress", wrong=str(error))

    def runs(self, request: gr.Request) -> tuple[Any, Any]:
        """Both choosers, filled with the runs that there are now."""
        names = self._benchmark.described() if self._may_evaluate(request) else []
        return gr.Dropdown(names), gr.Dropdown(names)

    def _may_evaluate(self, request: gr.Request) -> bool:
        return request.request is not None and self._evaluators.include(request.request.scope)

    def _outcome(self, outcome: Outcome) -> str:
        return page("outcome", outcome=outcome)

    def _runs(self, name: str) -> Any:
        return gr.Dropdown(self._benchmark.described(), value=name)

    def _report(self, name: str) -> Any:
        return gr.DownloadButton("下载报告", value=str(self._benchmark.report(name)), interactive=True)


def build(demo: gr.Blocks, benchmark: Benchmark, evaluators: Evaluators) -> None:
    """The tab's components and what they do."""
    bench = Bench(benchmark, evaluators)
    modes = [_EXTRACTIVE, *([_MODEL] if benchmark.has_model else [])]
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            uploaded = gr.File(
                label="题库文件（JSONL、CSV、XLSX）",
                file_types=[".jsonl", ".csv", ".xlsx"],
                elem_id="questions-file",
                height=130,
            )
            built_in = Options(list(BUILT_IN), value=next(iter(BUILT_IN)), label="或用内置题库")
            mode = Options(modes, value=_EXTRACTIVE, label="方式")
            with gr.Row():
                start = gr.Button("开始评测", variant="primary", elem_id="bench-start", min_width=90)
                stop = gr.Button("取消", elem_id="bench-stop", min_width=70)
            progress = Html("", elem_id="bench-progress")
            report = gr.DownloadButton("下载报告", interactive=False, elem_id="bench-report")
        with gr.Column(scale=3, min_width=300):
            with gr.Row():
                after = Changing([], value=None, label="查看的运行", elem_id="bench-run")
                before = Changing([], value=None, label="与更早的比较", elem_id="bench-before")
                against = gr.Button("比较", elem_id="bench-compare", min_width=70, scale=0)
            compared = Html("", elem_id="bench-compared")
            outcome = Html("", elem_id="bench-outcome")
    running = start.click(
        bench.run, [uploaded, built_in, mode], [progress, outcome, after, report], concurrency_limit=1,
        concurrency_id="bench", **QUIET,
    )  # fmt: skip
    stopped = stop.click(None, cancels=[running], queue=False, **QUIET)
    stopped.then(lambda: page("progress", wrong="已取消。"), None, progress, queue=False, **QUIET)
    after.input(bench.look, after, [outcome, report], **QUIET)
    against.click(bench.compare, [before, after], compared, queue=False, **QUIET)
    demo.load(bench.runs, None, [after, before], queue=False, **QUIET)
