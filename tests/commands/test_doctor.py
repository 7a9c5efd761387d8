"""What is set up, and whether the model answers."""

from __future__ import annotations

import pytest

from tests.rag.llm.scripted import fails, says, serving
from tests.terminal import PolicyQaCommand

KEY = "sk-of-the-office"


def test_without_a_model_it_says_so_and_is_content(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("doctor")
    assert ended.status == 0
    assert "未配置" in ended.out


def test_a_model_that_answers_is_timed(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says("你", "好")) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("doctor")
    assert ended.status == 0
    assert "正常：首字" in ended.out


def test_a_model_that_fails_is_named_without_its_key(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(fails(401, f'{{"error": {{"message": "bad key {KEY}"}}}}')) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("doctor")
    assert ended.status == 3
    assert "unauthorised" in ended.out
    assert KEY not in ended.out + ended.err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("POLICYQA_LLM", "qwen-plus", "provider:model"),
        ("POLICYQA_LLM_BASE_URL", "localhost:8000", "http://"),
        ("POLICYQA_LLM_SECONDS", "0", "POLICYQA_LLM_SECONDS"),
        ("POLICYQA_LLMS", "openai:x", "POLICYQA_LLM"),
    ],
)
def test_an_impossible_setting_is_named(
    name: str, value: str, words: str, policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    ended = policyqa("doctor")
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.err


def test_a_provider_whose_package_is_missing_is_named(
    policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_LLM", "mistralai:some-model")
    ended = policyqa("ask", "虹口区在线医疗由哪些部门负责？")
    assert ended.status == 3
    assert "mistral" in ended.err


def configure(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("POLICYQA_LLM", "openai:scripted")
    monkeypatch.setenv("POLICYQA_LLM_BASE_URL", url)
    monkeypatch.setenv("POLICYQA_LLM_API_KEY", KEY)


def test_a_streamed_answer_is_printed_as_it_comes(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says("虹口区在线医疗由区卫生健康委、", "区医保局、区科委负责[1]。")) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("ask", "--stream", "虹口区在线医疗由哪些部门负责？")
    assert ended.status == 0
    assert ended.out.startswith("虹口区在线医疗由区卫生健康委、区医保局、区科委负责[1]。")
    assert "由模型 openai:scripted 撰写" in ended.out
