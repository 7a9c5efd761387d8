"""`policyqa doctor`: what is set up, whether the configured model answers, and how fast."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace

from commands.environment import llm_settings, open_configured, open_corpus, settings_from
from commands.exits import CANT, OK, CommandError
from index.errors import IndexStoreError
from index.search import open_index
from index.version import VERSION
from rag.llm.settings import LlmSettings
from rag.llm.types import Limits, Message, ModelError

_PROBE = [Message("user", "请只回答两个字：你好")]
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
    """Prints the model's state; True when none is configured or it answers."""
    if not settings.llm:
        _row("模型", "未配置，按摘录回答。设 POLICYQA_LLM 可由模型撰写，见 README")
        return True
    where = f"，{settings.llm_base_url}" if settings.llm_base_url else ""
    _row("模型", f"{settings.llm}{where}，密钥{'已设' if settings.llm_api_key else '未设'}")
    try:
        model = open_configured(settings)
        assert model is not None
        started, first, size = time.perf_counter(), 0.0, 0
        for piece in model.stream(_PROBE, _PROBE_LIMITS):
            first = first or time.perf_counter() - started
            size += len(piece)
    except CommandError as error:
        _row("应答", str(error))
        return False
    except ModelError as error:
        _row("应答", f"没有应答：{error}。检查 POLICYQA_LLM_BASE_URL、POLICYQA_LLM_API_KEY 和服务是否在运行")
        return False
    took = time.perf_counter() - started
    if not size:
        _row("应答", "有连接，但没有返回文字")
        return False
    _row("应答", f"正常：首字 {first:.2f} 秒，{size} 字用 {took:.2f} 秒（每秒 {size / max(took, 0.001):.0f} 字）")
    return True


def _row(name: str, words: str) -> None:
    print(f"{name}：{words}")
