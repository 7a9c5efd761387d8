"""The settings -> the model they name, or none."""

from __future__ import annotations

from rag.llm.settings import GGUF, LlmSettings
from rag.llm.types import LanguageModel


def open_model(settings: LlmSettings) -> LanguageModel | None:
    """None when no model is configured. Raises ModelSettingsError."""
    if not settings.llm:
        return None
    if settings.llm.startswith(GGUF):
        from rag.llm.gguf import open_gguf

        return open_gguf(settings)
    from rag.llm.chat import open_chat_model

    return open_chat_model(settings)
