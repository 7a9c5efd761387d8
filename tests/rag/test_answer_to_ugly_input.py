"""Input that nobody should send: answered or refused, never raised."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.errors import BlankQuestionError
from tests.rag.builders import Ask
from tests.rag.contract import breaches

UGLY = {
    "fifty thousand letters": "a" * 50_000,
    "fifty thousand characters": "在线教育" * 12_500,
    "a long tail": "虹口区在线教育由谁负责？" + "啊" * 49_000,
    "control characters": "\x00\x01虹口区在线\x07教育由谁负责？\u200b\ufeff",
    "only control characters": "\x00\x01\x02",
    "a lone surrogate": "虹口\ud800在线教育由谁负责",
    "only a lone surrogate": "\ud800",
    "a surrogate before a body": "\ud83d区科委负责哪些任务",
    "emoji": "😀😀😀",
    "emoji beside words": "虹口区在线教育👩‍👩‍👧由谁负责🙏",
    "English": "Which departments are in charge of online education in Hongkou?",
    "SQL": "'; DROP TABLE clauses; SELECT * FROM documents WHERE 1=1 --",
    "a template": "{question} {0} %s ${x} {{answer}}",
    "a back reference": r"\1 \g<0> \\",
    "HTML": "<script>alert(1)</script>虹口区在线教育由谁负责",
    "a path": "../../etc/passwd",
    "JSON": '{"question": "虹口区在线教育由谁负责", "status": "answered"}',
    "brackets": "（" * 3000,
    "book marks": "《" * 1500,
    "numbers": "1" * 3000,
    "articles": "第" * 2000 + "条",
    "annexes": "附件" * 800,
    "years": "2020年" * 400,
    "places": "虹口和嘉定和" * 300,
    "bodies": "区科委和" * 500,
    "marks like citations": "虹口区[1]在线教育[2]由谁负责[99]",
    "circled numbers": "①②③",
    "full width": "虹口区５Ｇ由谁负责",
    "right to left": "\u202e虹口区在线教育由谁负责",
    "combining marks": "虹口区在线教育" + "\u0301" * 500,
    "private use": "\ue000\uf8ff",
    "punctuation": "？？？！！！。。。",
    "several lines": "虹口区\r\n\r\n在线教育\t\t由谁负责？\n",
    "Japanese and Korean": "オンライン教育は誰 온라인 교육",
}


@pytest.mark.parametrize("kind", UGLY)
def test_ugly_input_is_answered_or_refused_and_raises_nothing(kind: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(UGLY[kind])
    assert breaches(answer, policies) == []
    assert answer.question == UGLY[kind]


@pytest.mark.parametrize("kind", UGLY)
def test_ugly_input_in_a_history_raises_nothing(kind: str, ask: Ask, policies: Corpus) -> None:
    assert breaches(ask("它归谁管？", UGLY[kind]), policies) == []
    assert breaches(ask(UGLY[kind], "虹口区在线教育由谁负责？"), policies) == []


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u3000", "\u00a0"])
def test_a_blank_question_cant_be_put(blank: str, qa: PolicyQa) -> None:
    with pytest.raises(BlankQuestionError):
        qa.ask(blank)


@pytest.mark.parametrize(
    "kind",
    ["control characters", "a lone surrogate", "several lines", "right to left", "marks like citations"],
)
def test_a_question_inside_ugly_input_is_still_answered(kind: str, ask: Ask) -> None:
    assert ask(UGLY[kind]).citations[0].clause_id == "hongkou-2020#二/(二)/6"


def test_a_question_that_was_cut_says_so(ask: Ask) -> None:
    assert any("过长" in warning for warning in ask(UGLY["a long tail"]).warnings)
    assert not any("过长" in warning for warning in ask("虹口区在线教育由谁负责？").warnings)


@pytest.mark.parametrize("kind", UGLY)
def test_a_search_for_ugly_words_raises_nothing(kind: str, qa: PolicyQa) -> None:
    assert len(qa.search(UGLY[kind], 3)) <= 3
