"""A clause by its address, on every committed policy: opened whole, denied, or asked back about."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.types import Answer
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa
from tests.rag.contract import breaches


def first(answer: Answer) -> str:
    assert answer.status == "answered", answer.answer
    return answer.citations[0].clause_id


ADDRESSES = {
    "虹口实施意见第17条是什么": "hongkou-2020#三/17",
    "虹口第十七条讲什么": "hongkou-2020#三/17",
    "虹口第1条": "hongkou-2020#二/(一)/1",
    "虹口 第二十三条": "hongkou-2020#四/23",
    "虹口第23项": "hongkou-2020#四/23",
    "上海2020年行动方案第17条": "shanghai-2020#三/17",
    "上海2020年行动方案第1条": "shanghai-2020#二/1",
    "《上海市促进在线新经济发展行动方案（2020-2022年）》第20条怎么规定": "shanghai-2020#四/20",
    "2016年的意见专项3讲什么": "shanghai-2016#二/专项3",
    "2016年的意见专项21讲什么": "shanghai-2016#二/专项21",
    "2016年的意见專項十四": "shanghai-2016#二/专项14",
    "2016年的意见三（五）写了什么": "shanghai-2016#三/(五)",
    "2016年的意见第三部分第（五）项": "shanghai-2016#三/(五)",
    "2016年的意见第一部分第（二）项第3点": "shanghai-2016#一/(二)/3",
    "长宁规划三（五）": "changning-145#三/(五)",
    "长宁规划第三部分第一项第10点": "changning-145#三/(一)/10",
    "长宁规划第二部分第二项": "changning-145#二/(二)",
    "长宁规划第四部分第（四）项": "changning-145#四/(四)",
    "嘉定附件二第二部分第（四）项第2点": "jiading-2021#附件2/二/(四)/2",
    "嘉定附件2第二部分第(四)项第2点": "jiading-2021#附件2/二/(四)/2",
    "嘉定附件三第三部分第（八）项": "jiading-2021#附件3/三/(八)",
    "嘉定附件1第三部分第一项第2点": "jiading-2021#附件1/三/(一)/2",
    "嘉定附件4第8条": "jiading-2021#附件4/二/(三)/8",
    "嘉定正文第四部分第一项": "jiading-2021#正文/四/(一)",
    "附件三第三部分第二项": "jiading-2021#附件3/三/(二)",
}


@pytest.mark.parametrize("question", ADDRESSES)
def test_an_address_opens_its_clause(question: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert first(answer) == ADDRESSES[question]
    assert len(answer.citations) == 1
    assert breaches(answer, policies) == []


@pytest.mark.parametrize("question", ["虹口第17条是什么", "2016年的意见专项3讲什么", "嘉定附件4第8条"])
def test_a_clause_opens_as_printed(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.citations[0].quote in answer.answer
    assert answer.citations[0].quote == answer.citations[0].text


def test_a_very_long_clause_opens_with_whole_sentences(ask: Ask) -> None:
    (citation,) = ask("长宁规划三（五）").citations
    assert len(citation.quote) < len(citation.text)
    assert citation.text.startswith(citation.quote)
    assert citation.quote[-1] in "。；;”"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("虹口第17条由谁负责？", ["区科委", "区建设管理委", "区发展改革委", "区规划资源局"]),
        ("2016年的意见专项14的责任单位有哪些？", ["市交通委", "市公安局", "市住房城乡建设管理委"]),
        ("嘉定附件三第三部分第（八）项由谁牵头？", ["区经委", "出口加工区"]),
    ],
)
def test_who_is_responsible_for_an_address_is_answered_directly(question: str, names: list[str], ask: Ask) -> None:
    answer = ask(question)
    lead = answer.answer.split("“")[0]
    assert all(name in answer.answer for name in names)
    assert [row.name for row in answer.departments] == names
    assert names[0] in lead or names[0] in answer.answer.split("[1]")[0]


@pytest.mark.parametrize(
    ("question", "document_id", "near"),
    [
        ("虹口第30条是什么", "hongkou-2020", "四/23"),
        ("虹口第99条", "hongkou-2020", "四/23"),
        ("上海2020年行动方案第24条", "shanghai-2020", "四/23"),
        ("2016年的意见专项22是什么", "shanghai-2016", "二/专项21"),
    ],
)
def test_a_clause_that_does_not_exist_is_denied_with_its_nearest_neighbour(
    question: str, document_id: str, near: str, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert "没有" in answer.answer
    assert first(answer) == f"{document_id}#{near}"
    assert answer.departments == ()
    assert breaches(answer, policies) == []


@pytest.mark.parametrize("question", ["虹口第五部分写了什么", "上海2020年行动方案第六部分"])
def test_a_part_that_does_not_exist_is_denied_with_the_parts_there_are(
    question: str, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert "没有" in answer.answer
    assert "四" in answer.answer  # both have four parts
    assert breaches(answer, policies) == []


@pytest.mark.parametrize("question", ["嘉定附件5有什么", "嘉定附件五讲了什么"])
def test_an_annex_that_does_not_exist_is_denied(question: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert "没有" in answer.answer or answer.status == "refused"
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "candidates"),
    [
        ("第17条由谁负责？", {"hongkou-2020#三/17", "shanghai-2020#三/17"}),
        ("上海的文件第17条由哪些部门负责？", {"shanghai-2016#二/专项17", "shanghai-2020#三/17"}),
        ("上海第1条", {"shanghai-2020#二/1"}),
        ("嘉定第三条", {"jiading-2021#附件1/三/(一)/3"}),
    ],
)
def test_an_ambiguous_address_is_asked_back_about(
    question: str, candidates: set[str], ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert answer.status == "clarify"
    assert candidates <= {row.clause_id for row in answer.nearest}
    assert breaches(answer, policies) == []


def test_a_part_of_the_document_lists_what_is_under_it(ask: Ask, policies: Corpus) -> None:
    answer = ask("虹口第三部分有什么")
    assert [citation.clause_path for citation in answer.citations] == [f"三/{n}" for n in range(13, 19)]
    assert answer.facts == {"kind": "list", "total": 6, "complete": True}
    assert breaches(answer, policies) == []


def test_two_addresses_are_both_opened(ask: Ask) -> None:
    answer = ask("虹口第1条和第2条分别是什么？")
    assert [citation.clause_path for citation in answer.citations] == ["二/(一)/1", "二/(一)/2"]


def test_a_range_of_addresses_is_opened_whole(ask: Ask) -> None:
    answer = ask("虹口第3条到第5条分别是什么？")
    assert [citation.clause_path for citation in answer.citations] == ["二/(二)/3", "二/(二)/4", "二/(二)/5"]


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("hongkou-2020#二/(二)/8", "hongkou-2020#二/(二)/8"),
        ("请打开 jiading-2021#附件3/三/(八)", "jiading-2021#附件3/三/(八)"),
        ("2016年的意见 二/专项8", "shanghai-2016#二/专项8"),
    ],
)
def test_an_address_as_the_product_prints_it_is_read(question: str, clause_id: str, ask: Ask) -> None:
    assert first(ask(question)) == clause_id


def test_an_item_of_a_named_heading_is_counted_under_it(ask: Ask) -> None:
    assert first(ask("虹口总体要求的第二点是什么")) == "hongkou-2020#一/(二)"


@pytest.mark.parametrize("question", ["嘉定附件1三（一）2", "嘉定附件1的三、（一）2", "长宁三、（一）第3点"])
def test_a_path_as_labels_print_it_opens_that_clause_or_asks_back(question: str, ask: Ask) -> None:
    wanted = "changning-145#三/(一)/3" if "长宁" in question else "jiading-2021#附件1/三/(一)/2"
    answer = ask(question)
    assert answer.status == "clarify" or first(answer) == wanted


@pytest.mark.parametrize("question", ["虹口第零条", "第999999999999条", "虹口第条", "虹口第〇条"])
def test_a_number_that_is_none_raises_nothing(question: str, ask: Ask, policies: Corpus) -> None:
    assert breaches(ask(question), policies) == []


def test_a_number_inside_a_name_is_no_address(ask: Ask) -> None:
    # “第一条商业示范无人驾驶线路”: nobody asks for article one.
    answer = ask("嘉定的第一条商业示范无人驾驶线路在哪里")
    assert answer.status != "clarify"


LAW = """示例市数据条例
第一章 总则
第一条 为了规范数据,制定本条例。
第二条 本条例适用于本市。
数据处理活动应当遵守法律。
第二章 职责
第三条 市政府应当加强领导。
有下列情形之一的,予以公布:
(一)涉及公众利益的;
(二)涉及公共安全的。
其他情形从其规定。
第四条 本条例自2022年1月1日起施行。
"""


@pytest.fixture(scope="module")
def law() -> Ask:
    qa = a_qa(a_policy(LAW, "law", title="示例市数据条例", jurisdiction="示例市"))

    def ask_law(question: str) -> Answer:
        answer = qa.ask(question)
        assert breaches(answer, qa.corpus) == []
        return answer

    return ask_law


@pytest.mark.parametrize(
    ("question", "path"),
    [("第三条怎么规定", "第三条"), ("条例第二条", "第二条"), ("《示例市数据条例》第四条", "第四条")],
)
def test_an_article_opens_whole(question: str, path: str, law: Ask) -> None:
    (citation,) = law(question).citations
    assert citation.clause_path == path
    assert citation.quote == citation.text


def test_a_chapter_lists_its_articles(law: Ask) -> None:
    answer = law("第二章有哪些条")
    assert [citation.clause_path for citation in answer.citations] == ["第三条", "第四条"]


@pytest.mark.parametrize(
    ("question", "sub_path", "quote"),
    [
        ("条例第二条第二款", "第二款", "数据处理活动应当遵守法律。"),
        ("第三条第三款", "第三款", "其他情形从其规定。"),
        (
            "第三条第二款",
            "第二款",
            "有下列情形之一的,予以公布:\n(一)涉及公众利益的;\n(二)涉及公共安全的。",
        ),
    ],
)
def test_a_paragraph_of_an_article_is_quoted_alone(question: str, sub_path: str, quote: str, law: Ask) -> None:
    (citation,) = law(question).citations
    assert (citation.sub_path, citation.quote) == (sub_path, quote)


@pytest.mark.parametrize("question", ["第三条第二款第（一）项", "第三条第二款第一项", "条例第三条第二款第一项是什么"])
def test_an_item_of_a_paragraph_is_quoted_alone(question: str, law: Ask) -> None:
    (citation,) = law(question).citations
    assert citation.clause_path == "第三条"
    assert citation.sub_path == "第二款/(一)"
    assert citation.quote == "(一)涉及公众利益的;"


@pytest.mark.parametrize("question", ["第九条", "条例第九条怎么规定"])
def test_an_article_that_does_not_exist_is_denied(question: str, law: Ask) -> None:
    answer = law(question)
    assert "没有“第九条”" in answer.answer
    assert answer.citations[0].clause_path == "第四条"


def test_a_paragraph_that_does_not_exist_is_denied_with_its_own_article(law: Ask) -> None:
    answer = law("第三条第九款")
    assert "没有" in answer.answer
    assert answer.citations[0].clause_path == "第三条"


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("嘉定附件一，重点任务的第一大点下面头一条讲什么？", "jiading-2021#附件1/三/(一)/1"),
        ("嘉定新文娱那个附件，重点任务第二节的第二条讲什么？", "jiading-2021#附件2/二/(二)/2"),
        ("正文四（三）我看过了，现在要嘉定附件1的四（三）", "jiading-2021#附件1/四/(三)"),
        ("嘉定附件3第三部分（一）讲什么，不是正文四（三）那个", "jiading-2021#附件3/三/(一)"),
        ("附件二 二、（二）、1 的内容，嘉定的", "jiading-2021#附件2/二/(二)/1"),
        ("嘉定第一个附件保障措施第二点讲什么", "jiading-2021#附件1/四/(二)"),
        ("嘉定工业互联网行动计划保障措施的最后一条讲什么", "jiading-2021#附件1/四/(五)"),
        ("嘉府办发〔2021〕12号正文部分的四（三）写的什么", "jiading-2021#正文/四/(三)"),
    ],
)
def test_addresses_as_they_are_spoken(question: str, clause_id: str, ask: Ask) -> None:
    assert [citation.clause_id for citation in ask(question).citations] == [clause_id]
