"""The settings -> the model they name, or none."""

from __future__ import annotations

from rag.llm.settings import GGUF, NO_MODEL, LlmSettings
from rag.llm.types import LanguageModel, Models


def open_models(settings: LlmSettings) -> Models | None:
    """The models that plan and write; None when neither is configured. Raises ModelSettingsError."""
    writes = open_model(settings)
    plans = writes if settings.planning is settings else open_model(settings.planning)
    if plans is None and (writes is None or not settings.llm_writes):
        return None
    return Models(plans, writes if settings.llm_writes else None)


def open_model(settings: LlmSettings) -> LanguageModel | None:
    """None when no model is configured. Raises ModelSettingsError."""
    if settings.llm in ("", NO_MODEL):
        return None
    if settings.llm.startswith(GGUF):
        from rag.llm.gguf import open_gguf

        return open_gguf(settings)
    from rag.llm.chat import open_chat_model

    return open_chat_model(settings)
