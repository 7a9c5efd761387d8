"""Questions about a document itself: its number, issuer, date, addressees, basis, period and structure."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.parse import parse
from corpus.types import Corpus, Period
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa
from tests.rag.contract import breaches

NAMES = {
    "changning-145": "长宁规划",
    "hongkou-2020": "虹口实施意见",
    "jiading-2021": "嘉定行动方案",
    "shanghai-2016": "上海2016年的实施意见",
    "shanghai-2020": "上海2020年的行动方案",
}
ANSWERS: dict[str, dict[str, str]] = {
    "{}的文号是多少？": {
        "changning-145": "文本未载明文号",
        "hongkou-2020": "文本未载明文号",
        "jiading-2021": "嘉府办发〔2021〕12号",
        "shanghai-2016": "文本未载明文号",
        "shanghai-2020": "沪府办发〔2020〕1号",
    },
    "{}是什么时候印发的？": {
        "changning-145": "文本未载明",
        "hongkou-2020": "2020年4月30日",
        "jiading-2021": "2021年3月19日",
        "shanghai-2016": "2016年2月1日",
        "shanghai-2020": "2020年4月8日",
    },
    "{}是哪个机关发布的？": {
        "changning-145": "文本未载明",
        "hongkou-2020": "虹口区人民政府",
        "jiading-2021": "上海市嘉定区人民政府办公室",
        "shanghai-2016": "上海市人民政府",
        "shanghai-2020": "上海市人民政府办公厅",
    },
    "{}印发给哪些单位？": {
        "changning-145": "文本未载明印发对象",
        "hongkou-2020": "各街道办事处",
        "jiading-2021": "各镇人民政府",
        "shanghai-2016": "各区、县人民政府",
        "shanghai-2020": "各区人民政府",
    },
    "{}是根据什么文件制定的？": {
        "changning-145": "远景目标纲要",
        "hongkou-2020": "上海市促进在线新经济发展行动方案",
        "jiading-2021": "上海市促进在线新经济发展行动方案",
        "shanghai-2016": "关于积极推进“互联网+”行动的指导意见",
        "shanghai-2020": "文本未载明制定依据",
    },
    "{}的实施期到哪一年？": {
        "changning-145": "到2025年末",
        "hongkou-2020": "2020—2022年",
        "jiading-2021": "2021-2025年",
        "shanghai-2016": "到2018年",
        "shanghai-2020": "2020-2022年",
    },
    "{}现在还有效吗？": dict.fromkeys(NAMES, "未载明"),
}
BODIES_TOLD = {  # the offices that the front names, by what they do there
    "{}是什么时候印发的？": {"issuing"},
    "{}是哪个机关发布的？": {"issuing"},
    "{}印发给哪些单位？": {"addressed"},
}
FRONT = ("标题", "前言", "二/(二)", "一/(三)")


@pytest.mark.parametrize(
    ("question", "document_id", "words"),
    [(question, name, words) for question, answers in ANSWERS.items() for name, words in answers.items()],
)
def test_a_fact_is_answered_from_the_documents_front(
    question: str, document_id: str, words: str, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question.format(NAMES[document_id]))
    assert answer.status == "answered"
    assert words in answer.answer
    assert {citation.document_id for citation in answer.citations} == {document_id}
    assert answer.citations[0].clause_path.endswith(FRONT)
    assert {row.role for row in answer.departments} <= BODIES_TOLD.get(question, set())
    assert all(row.name in answer.answer for row in answer.departments)
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "names", "role"),
    [
        ("虹口实施意见是哪个机关发布的？", ["虹口区人民政府"], "issuing"),
        ("上海2020年的行动方案是哪个机关发布的？", ["上海市人民政府办公厅"], "issuing"),
        ("上海2016年的实施意见印发给哪些单位？", ["各区、县人民政府", "市政府各委、办、局"], "addressed"),
    ],
)
def test_an_office_asked_for_is_listed_with_its_part(question: str, names: list[str], role: str, ask: Ask) -> None:
    assert [(row.name, row.role) for row in ask(question).departments] == [(name, role) for name in names]


def test_a_title_in_book_marks_names_the_document(ask: Ask) -> None:
    answer = ask("《上海市促进在线新经济发展行动方案（2020-2022年）》的文号是多少？")
    assert "沪府办发〔2020〕1号" in answer.answer


def test_traditional_characters_are_read_too(ask: Ask) -> None:
    assert "嘉府办发〔2021〕12号" in ask("嘉定行動方案的文號是多少？").answer


def test_of_two_documents_of_one_place_it_asks_which(ask: Ask, policies: Corpus) -> None:
    answer = ask("上海的文件印发给哪些单位？")
    assert answer.status == "clarify"
    assert {row.document_id for row in answer.nearest} == {"shanghai-2016", "shanghai-2020"}
    assert breaches(answer, policies) == []


def test_a_kind_of_document_settles_which_one_is_meant(ask: Ask) -> None:
    assert "2016年2月1日" in ask("上海那个实施意见是什么时候印发的？").answer
    assert "2020年4月8日" in ask("上海那个行动方案是什么时候印发的？").answer


def test_number_and_date_asked_together_are_both_answered(ask: Ask) -> None:
    answer = ask("嘉定行动方案是哪天印发的，文号多少？")
    assert "2021年3月19日" in answer.answer
    assert "嘉府办发〔2021〕12号" in answer.answer


@pytest.mark.parametrize("spoken", ["附件2", "附件二", "附件 2"])
def test_an_annexes_basis_is_its_own_however_it_is_numbered(spoken: str, ask: Ask) -> None:
    answer = ask(f"嘉定{spoken}是根据什么文件制定的？")
    assert "上海在线新文旅发展行动方案" in answer.answer
    assert answer.citations[0].clause_path == "附件2/前言"


def test_annexes_are_counted(ask: Ask) -> None:
    answer = ask("嘉定行动方案有几个附件？")
    assert answer.facts == {"kind": "list", "total": 4, "complete": True}
    assert "4 项" in answer.direct
    assert {citation.clause_path for citation in answer.citations} == {"正文/附件清单"}


@pytest.mark.parametrize("document_id", sorted(set(NAMES) - {"shanghai-2016"}))
def test_parts_are_counted(document_id: str, ask: Ask) -> None:
    answer = ask(f"{NAMES[document_id]}分为几个部分？")
    assert "四部分" in answer.direct
    assert all(f"{number}、" in answer.direct for number in "一二三四")
    assert "五、" not in answer.direct


def test_an_ended_period_is_answered_with_a_warning(ask: Ask) -> None:
    answer = ask("虹口实施意见现在还有效吗？", as_of=date(2026, 11, 21))
    assert answer.citations[0].validity.status == "period_ended"
    assert len(answer.warnings) == 1


def test_a_question_about_a_topic_is_no_question_about_the_document(ask: Ask) -> None:
    answer = ask("虹口什么时候发布免罚清单？")
    assert "印发" not in answer.answer.split("“")[0]


def test_a_text_without_a_front_says_what_it_does_not_print() -> None:
    qa = a_qa(a_policy("一、目标。建成高地。\n二、任务。加强建设。\n"))
    answer = qa.ask("示例区方案的文号是多少？")
    assert answer.status == "answered"
    assert "文本未载明文号" in answer.answer
    assert breaches(answer, qa.corpus) == []


def test_two_documents_of_one_place_are_told_apart_by_year() -> None:
    text = "示例区行动方案（{}年）\n示府〔{}〕1号\n一、目标。建成高地。\n二、任务。加强建设。\n"
    qa = a_qa(parse("old", text.format("2016-2018", 2016)), parse("new", text.format("2021-2025", 2021)))
    assert "示府〔2021〕1号" in qa.ask("示例区2021年方案的文号是多少？").answer
    assert "示府〔2016〕1号" in qa.ask("示例区2016年方案的文号是多少？").answer


@pytest.mark.parametrize(
    ("facts", "said", "line"),
    [
        ("文件状态：失效", "文件状态是失效", "文件状态：失效"),
        ("有效性：已废止\n废止日期：2023-05-01", "废止日期是2023-05-01", "废止日期：2023-05-01"),
        ("废止日期：2023-05-01", "废止日期是2023-05-01", "废止日期：2023-05-01"),
    ],
)
def test_whether_a_repealed_document_holds_is_answered_with_the_line_that_says_so(
    facts: str, said: str, line: str
) -> None:
    text = f"示例区老旧电梯更新方案\n发文机关：示例区人民政府\n{facts}\n第一条　区住建局负责老旧电梯更新。\n"
    qa = a_qa(parse("demo-2020", text))
    answer = qa.ask("示例区方案还有效吗？", as_of=date(2024, 1, 1))
    assert said in answer.answer
    assert "未载明" not in answer.answer
    assert answer.citations[0].quote == line
    assert breaches(answer, qa.corpus) == []


def test_a_repealed_document_is_answered_with_a_warning() -> None:
    period = Period(date(2021, 1, 1), date(2025, 12, 31), "（2021-2025年）", "标题")
    repealed = a_policy(title="示例区行动方案（2021-2025年）", period=period, repealed_on=date(2023, 5, 1))
    answer = a_qa(repealed).ask("示例区方案还有效吗？", as_of=date(2024, 1, 1))
    assert answer.citations[0].validity.status == "repealed"
    assert any("废止" in warning for warning in answer.warnings)
