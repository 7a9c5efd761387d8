"""A GGUF file on disk, served by llama.cpp in this process on a loopback port (the extra `local-llm`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rag.llm.chat import ChatModel, ModelSettingsError, open_chat_model
from rag.llm.settings import GGUF, LlmSettings

_CONTEXT = 8192  # tokens
_STOPS = ("<|im_end|>", "<end_of_turn>", "<|endoftext|>")  # models without a template of their own go on past these


class GgufModel(ChatModel):
    """A ChatModel that keeps its server alive."""

    def __init__(self, chat: ChatModel, server: Any, name: str) -> None:
        super().__init__(chat._chat, name, chat.breaker, chat.takes_schema)
        self._server = server


def open_gguf(settings: LlmSettings) -> GgufModel:
    """Raises ModelSettingsError for a file that isn't there or isn't one, or when the extra is missing."""
    path = Path(settings.llm.removeprefix(GGUF)).expanduser()
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise ModelSettingsError(f"POLICYQA_LLM: {path}: {error.strerror}. Give the path of a GGUF file.") from None
    if magic != b"GGUF":
        raise ModelSettingsError(f"POLICYQA_LLM: {path} is no GGUF file. Give the path of one.")
    try:
        import xllamacpp
    except ImportError:
        raise ModelSettingsError(
            "POLICYQA_LLM=gguf:… needs llama.cpp. Install it: pip install 'policyqa[local-llm]'"
        ) from None
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = _CONTEXT
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.cpuparams.n_threads = settings.llm_threads or os.cpu_count() or 1
    parameters.cpuparams_batch.n_threads = parameters.cpuparams.n_threads
    parameters.verbosity = 0
    if settings.llm_template:
        parameters.use_jinja = False  # with it the name would be taken for the template itself
        parameters.chat_template = settings.llm_template
    try:
        server = xllamacpp.Server(parameters)
    except Exception as error:
        raise ModelSettingsError(f"POLICYQA_LLM: {path}: llama.cpp can't load it ({error}).") from None
    chat = open_chat_model(settings, f"{server.listening_address}/v1", f"openai:{path.stem}", _STOPS)
    return GgufModel(chat, server, f"{GGUF}{path.name}")
