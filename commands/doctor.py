"""`policyqa doctor`: what is set up, whether the configured model answers, and how fast."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace

from commands.environment import llm_settings, open_corpus, open_pair, settings_from
from commands.exits import CANT, OK, CommandError
from commands.try_model import Trial, try_models
from index.errors import IndexStoreError
from index.search import open_index
from index.version import VERSION
from rag.llm.settings import LlmSettings
from rag.llm.types import LanguageModel, Limits, Message, ModelError, Models

_PROBE = [Message("user", "请只回答两个字：你好")]
_ADVICE = {  # by whether it plans, and whether it writes
    (True, True): "规划和撰写都可以用它",
    (True, False): "只用它规划：设 POLICYQA_LLM_WRITES=false",
    (False, True): "只用它撰写：设 POLICYQA_LLM_PLAN=none",
    (False, False): "换一个模型，或不用模型",
}
_PROBE_LIMITS = Limits(first=20.0, idle=10.0, total=30.0, characters=200)


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(_options: Namespace) -> int:
    """3 when the index can't be opened or the configured model doesn't answer."""
    settings, chosen = settings_from(), llm_settings()
    corpus = open_corpus(settings)
    _row("版本", VERSION)
    _row("文件", f"{len(corpus.documents)} 份，{len(corpus.clauses)} 条（{settings.corpus}）")
    try:
        open_index(corpus, settings)
        index = f"可用（{settings.store}，{settings.embedder}）"
        status = OK
    except IndexStoreError as error:
        index, status = str(error), CANT
    _row("索引", index)
    answered = _model(chosen)
    return status if answered else CANT


def _model(settings: LlmSettings) -> bool:
    """Prints the models' state; True when none is configured or those that are answer."""
    if not (settings.llm or settings.llm_plan):
        _row("模型", "未配置，按摘录回答。设 POLICYQA_LLM 可由模型规划和撰写，见 README")
        return True
    where = f"，{settings.llm_base_url}" if settings.llm_base_url else ""
    _row("模型", f"{settings.llm or '无'}{where}，密钥{'已设' if settings.llm_api_key else '未设'}")
    if settings.llm_plan:
        _row("规划用", settings.llm_plan)
    try:
        models = open_pair(settings)
    except CommandError as error:
        _row("应答", str(error))
        return False
    if models is None:
        _row("应答", "规划和撰写都不用模型")
        return True
    for model in dict.fromkeys(filter(None, (models.writes, models.plans))):
        if not _answers(model):
            return False
    _tried(try_models(models, settings.limits), models)
    return True


def _answers(model: LanguageModel) -> bool:
    """Whether the model answers at all, and how fast."""
    started, first, size = time.perf_counter(), 0.0, 0
    try:
        for piece in model.stream(_PROBE, _PROBE_LIMITS):
            first = first or time.perf_counter() - started
            size += len(piece)
    except ModelError as error:
        _row("应答", f"没有应答：{error}。检查 POLICYQA_LLM_BASE_URL、POLICYQA_LLM_API_KEY 和服务是否在运行")
        return False
    took = time.perf_counter() - started
    if not size:
        _row("应答", "有连接，但没有返回文字")
        return False
    _row("应答", f"正常：首字 {first:.2f} 秒，{size} 字用 {took:.2f} 秒（每秒 {size / max(took, 0.001):.0f} 字）")
    return True


def _tried(trial: Trial, models: Models) -> None:
    """What the models made of the example, and what they are good for by that."""
    if models.plans:
        json_held = "得到可用的 JSON" if trial.plans else "没有得到可用的 JSON"
        names = "地区、文件、部门都认得" if trial.resolves else "有名称认不出" if trial.plans else "已改为不用模型查找"
        _row("规划", f"{json_held}，{names}")
    if models.writes:
        checked = "通过核对" if trial.writes else "没有通过核对，已改用摘录"
        _row("撰写", f"{checked}，{'答对了' if trial.is_right else '没有答到'}：{trial.answer.direct[:60]}")
    spent = trial.answer.tokens or {}
    counted = "约 " if spent.get("estimated") else ""
    _row(
        "用量",
        f"{spent.get('requests', 0)} 次请求，{trial.answer.latency_ms / 1000:.1f} 秒，"
        f"{counted}{spent.get('prompt', 0)} + {spent.get('completion', 0)} 个 token",
    )
    if models.plans is models.writes:
        _row("建议", _ADVICE[trial.plans and trial.resolves, trial.writes])


def _row(name: str, words: str) -> None:
    print(f"{name}：{words}")
