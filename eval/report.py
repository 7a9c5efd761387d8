"""A run as one HTML page: tables, plots, and every miss with the answer beside its gold. Nothing is loaded from elsewhere."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.evaluate import recognition_table, table, totals
from eval.recognition import slots
from eval.runs import Run
from eval.types import GoldQuestion, Score

_LABEL = 24  # characters of a kind under its bars
TEMPLATES = Path(__file__).parent / "templates"
mpl.rcParams["svg.fonttype"] = "path"
mpl.rcParams["svg.hashsalt"] = "policyqa"


def write_report(run: Run) -> Path:
    """Writes `report.html` into the run's folder."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("report.html").render(
        manifest=run.manifest,
        n=len(run.questions),
        by_kind=table(run.scores),
        by_document=_by_document(run),
        recognition=[recognition_table(run.scores), slots(run.questions, run.answers)],
        totals=totals(run.scores),
        plots=[kinds_plot(run.scores), refusal_plot(run), latency_plot(run.scores)],
        misses=misses_of(run),
    )
    path = run.folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def _by_document(run: Run) -> list[list[str]]:
    """The table of kinds, by the document of the first gold clause instead."""
    rows = []
    for question, score in zip(run.questions, run.scores, strict=True):
        document = question.gold[0].clause_id.split("#")[0] if question.gold else "(none)"
        fields = {name: getattr(score, name) for name in score.__dataclass_fields__}
        rows.append(Score(**{**fields, "kind": document}))
    (_, *measures), *lines = table(rows)
    return [["document", *measures], *lines]


def misses_of(run: Run) -> list[dict[str, Any]]:
    rows = []
    for question, answer, score in zip(run.questions, run.answers, run.scores, strict=True):
        if reasons := _reasons(score):
            rows.append({"question": question, "answer": answer, "reasons": reasons, "gold": _gold(question)})
    return rows


def _reasons(score: Score) -> list[str]:
    """What went wrong, in the table's words."""
    below = [name for name in ("clause_first", "recall", "precision", "departments", "facts") if _is_below(score, name)]
    if score.refused_rightly == 0:
        below.append("answered what the texts don't say")
    if score.refused_wrongly:
        below = ["refused what the texts answer"]
    if score.ungrounded_numbers:
        below.append("ungrounded number")
    return below


def _is_below(score: Score, name: str) -> bool:
    value = getattr(score, name)
    return value is not None and value < 1


def _gold(question: GoldQuestion) -> str:
    return "\n".join(f"{g.clause_id}: {g.quote}" for g in question.gold) or f"refused ({question.reason})"


def _figure(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _svg(figure: Figure) -> Markup:
    file = io.StringIO()
    with warnings.catch_warnings():  # a question file's kinds may be in any script, and more than there is room for
        warnings.simplefilter("ignore", UserWarning)
        figure.savefig(file, format="svg", metadata={"Date": None})
    return Markup(re.sub(r"^.*?(?=<svg)", "", file.getvalue(), flags=re.S))


def kinds_plot(scores: Sequence[Score]) -> Markup:
    """Right clause first and facts present, by kind."""
    figure, axes = _figure("right clause first, and facts present, by kind")
    kinds = [
        kind
        for kind in dict.fromkeys(s.kind for s in scores)
        if any(s.clause_first is not None for s in scores if s.kind == kind)
    ]
    for offset, name, colour in ((-0.2, "clause_first", "#1f5f8b"), (0.2, "facts", "#d98c3f")):
        values = [_mean([getattr(s, name) for s in scores if s.kind == kind]) for kind in kinds]
        axes.bar([i + offset for i in range(len(kinds))], values, 0.38, label=name.replace("_", " "), color=colour)
    axes.set_xticks(range(len(kinds)), [kind[:_LABEL] for kind in kinds], rotation=35, ha="right", parse_math=False)
    axes.set_ylim(0, 1.02)
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return _svg(figure)


def refusal_plot(run: Run) -> Markup:
    """What a stricter or laxer confidence would cost: answers kept against answers that are right."""
    figure, axes = _figure(
        "answers given as the confidence asked for rises: share of answerable ones kept, and share right"
    )
    rows = [
        (float(answer["confidence"]), question.answerable, score.clause_first)
        for question, answer, score in zip(run.questions, run.answers, run.scores, strict=True)
        if answer["status"] in ("answered", "partial")
    ]
    steps = [step / 20 for step in range(8, 20)]
    answerable = max(sum(1 for question in run.questions if question.answerable), 1)
    kept = [sum(bool(a) for c, a, _ in rows if c >= step) / answerable for step in steps]
    right = [_mean([float(first or 0) if a else 0.0 for c, a, first in rows if c >= step]) for step in steps]
    axes.plot(steps, kept, marker="o", markersize=3, label="answerable questions answered", color="#1f5f8b")
    axes.plot(steps, right, marker="s", markersize=3, label="answers with the right clause first", color="#d98c3f")
    axes.set_xlabel("confidence", fontsize=8)
    axes.set_ylim(0, 1.02)
    axes.legend(fontsize=8, loc="lower left")
    return _svg(figure)


def latency_plot(scores: Sequence[Score]) -> Markup:
    figure, axes = _figure("latency of an answer, ms")
    axes.hist([s.latency_ms for s in scores], bins=30, color="#1f5f8b")
    axes.set_ylabel("questions", fontsize=8)
    return _svg(figure)


def _mean(values: Sequence[float | None]) -> float:
    present = [value for value in values if value is not None]
    return sum(present) / len(present) if present else float("nan")
