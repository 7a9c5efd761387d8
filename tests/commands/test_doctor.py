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


PLAN = '{"requests": [{"op": "find", "places": ["青石县"], "topic": ["社区食堂"], "wants": ["bodies", "value"]}]}'
WRITTEN = "【答】社区食堂由县商务局牵头，每个最高补助5万元[1]。"


def test_a_model_that_answers_is_timed_and_tried(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says("你", "好"), says(PLAN), says(WRITTEN)) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("doctor")
    assert ended.status == 0
    assert "正常：首字" in ended.out
    assert "规划：得到可用的 JSON，地区、文件、部门都认得" in ended.out
    assert "撰写：通过核对，答对了：社区食堂由县商务局牵头" in ended.out
    assert "用量：2 次请求" in ended.out
    assert "建议：规划和撰写都可以用它" in ended.out


@pytest.mark.parametrize(
    ("plan", "written", "advice"),
    [
        (PLAN, "由县教育局牵头，补助10万元[1]。", "只用它规划：设 POLICYQA_LLM_WRITES=false"),
        ("好的", WRITTEN, "只用它撰写：设 POLICYQA_LLM_PLAN=none"),
        ("好的", "由县教育局牵头，补助10万元[1]。", "换一个模型，或不用模型"),
    ],
)
def test_what_a_model_is_good_for_is_said(
    plan: str, written: str, advice: str, policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says("你好"), says(plan), says(written)) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("doctor")
    assert f"建议：{advice}" in ended.out


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
    with serving(says("没有计划"), says("【答】虹口区在线医疗由区卫生健康委、", "区医保局、区科委负责[1]。")) as script:
        configure(monkeypatch, script.url)
        ended = policyqa("ask", "--stream", "虹口区在线医疗由哪些部门负责？")
    assert ended.status == 0
    assert ended.out.startswith("虹口区在线医疗由区卫生健康委、区医保局、区科委负责[1]。")
    assert "由模型 openai:scripted 撰写" in ended.out
