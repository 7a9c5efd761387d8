"""An optional second opinion on a run: a language model says of each answer whether its citations carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eval.types import GoldQuestion
from index.settings import ROOT
from rag.llm.types import LanguageModel, Limits, Message, ModelError

_PROMPT = ROOT / "eval" / "templates" / "judge.md"
_YES, _NO = "是", "否"


def judged(
    questions: Sequence[GoldQuestion],
    answers: Sequence[dict[str, Any]],
    model: LanguageModel,
    limits: Limits,
    progress: Callable[[int], object] = bool,
) -> list[bool | None]:
    """Yes or no for each answer with citations; None for the others, and where the model gives neither."""
    rows: list[bool | None] = []
    for done, (question, answer) in enumerate(zip(questions, answers, strict=True), start=1):
        rows.append(_verdict(question, answer, model, limits) if answer["citations"] else None)
        progress(done)
    return rows


def _verdict(question: GoldQuestion, answer: dict[str, Any], model: LanguageModel, limits: Limits) -> bool | None:
    cited = "\n".join(f"[{row['n']}] {row['text']}" for row in answer["citations"])
    asked = f"问题：{question.question}\n回答：{answer['answer']}\n条款：\n{cited}"
    stream = model.stream([Message("system", _PROMPT.read_text(encoding="utf-8")), Message("user", asked)], limits)
    try:
        said = "".join(stream).strip()
    except ModelError:
        return None
    finally:
        stream.close()
    return True if said.startswith(_YES) else False if said.startswith(_NO) else None
