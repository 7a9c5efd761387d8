"""Everything under a heading, whole, with its count."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa
from tests.rag.contract import breaches

LISTS: dict[str, tuple[str, list[str]]] = {
    "虹口的保障措施有哪些？": ("hongkou-2020", [f"四/{n}" for n in range(19, 24)]),
    "虹口实施意见最后列了哪几条保障措施？": ("hongkou-2020", [f"四/{n}" for n in range(19, 24)]),
    "虹口的专项行动有哪些？": ("hongkou-2020", [f"三/{n}" for n in range(13, 19)]),
    "虹口的重点领域有哪些？": ("hongkou-2020", [*(f"二/(一)/{n}" for n in (1, 2)), *(f"二/(二)/{n}" for n in range(3, 9)), *(f"二/(三)/{n}" for n in range(9, 13))]),
    "上海2020年行动方案的保障措施有几条？": ("shanghai-2020", [f"四/{n}" for n in range(19, 24)]),
    "上海2020年行动方案的专项行动有哪些？": ("shanghai-2020", [f"三/{n}" for n in range(13, 19)]),
    "2016年的意见有哪些推进原则？": ("shanghai-2016", [f"一/(二)/{n}" for n in range(1, 5)]),
    "2016年的意见专项行动有多少个？": ("shanghai-2016", [f"二/专项{n}" for n in range(1, 22)]),
    "2016年的意见的具体举措有哪些？": ("shanghai-2016", [f"三/({n})" for n in "一二三四五六七八"]),
    "长宁规划的保障措施有哪几条？": ("changning-145", [f"四/({n})" for n in "一二三四"]),
    "长宁规划的重点领域有哪些？": ("changning-145", [f"三/(一)/{n}" for n in range(1, 14)]),
    "长宁规划的发展现状有哪些？": ("changning-145", [f"一/(一)/{n}" for n in range(1, 6)]),
    "嘉定的“四个倍增”目标是哪四个？": ("jiading-2021", [f"正文/二/({n})" for n in "一二三四"]),
    "嘉定附件3的重点提升措施有哪些？": ("jiading-2021", [f"附件3/三/({n})" for n in "一二三四五六七八九十"]),
    "嘉定附件2的保障措施有哪些？": ("jiading-2021", [f"附件2/三/({n})" for n in "一二三四"]),
    "嘉定智慧交通发展行动计划的保障措施有几项，分别是什么？": ("jiading-2021", [f"附件4/三/({n})" for n in "一二三四"]),
    "嘉定正文的重点行业有哪些？": ("jiading-2021", [f"正文/三/({n})" for n in "一二三四"]),
}  # fmt: skip


@pytest.mark.parametrize("question", LISTS)
def test_a_list_comes_whole_in_order_with_its_count(question: str, ask: Ask, policies: Corpus) -> None:
    document_id, paths = LISTS[question]
    answer = ask(question)
    assert answer.status == "answered"
    assert [citation.clause_id for citation in answer.citations] == [f"{document_id}#{path}" for path in paths]
    assert answer.facts == {"kind": "list", "total": len(paths), "complete": True}
    assert f"{len(paths)} 项" in answer.answer
    assert breaches(answer, policies) == []


def test_each_row_is_named_by_its_heading(ask: Ask) -> None:
    answer = ask("虹口的保障措施有哪些？")
    for topic in ("加强组织保障", "实行包容审慎监管", "着力强化公共服务", "构建新型人才体系", "优化载体资源供给"):
        assert f"{topic}[" in answer.answer


def test_every_body_of_the_listed_brackets_is_named(ask: Ask) -> None:
    answer = ask("虹口的保障措施有哪些？")
    assert [row.name for row in answer.departments] == [
        "区发展改革委", "区科委", "区投促办", "各职能部门", "区市场监管局", "区政府办公室", "区城运中心", "区人力资源社会保障局",
    ]  # fmt: skip


def test_a_list_inside_one_clause_is_counted_too(ask: Ask, policies: Corpus) -> None:
    answer = ask("长宁规划列出了哪些短板和不足？")
    assert answer.citations[0].clause_id == "changning-145#一/(二)"
    for words in ("规模", "空间布局", "新兴领域", "产学研", "制度供给"):
        assert words in answer.answer
    assert breaches(answer, policies) == []


def test_bullets_of_one_clause_are_all_named(ask: Ask) -> None:
    answer = ask("上海2020年行动方案的四个“100+”分别指什么？")
    assert answer.citations[0].clause_id == "shanghai-2020#一/(二)"
    for words in ("创新型企业", "应用场景", "品牌产品", "关键技术"):
        assert words in answer.answer


MEASURES = {
    "虹口": [f"hongkou-2020#四/{n}" for n in range(19, 24)],
    "长宁": [f"changning-145#四/({n})" for n in "一二三四"],
    "嘉定": [f"jiading-2021#正文/四/({n})" for n in "一二三四"],
}


@pytest.mark.parametrize("question", ["虹口、嘉定、长宁的保障措施有哪些？", "虹口和长宁的保障措施分别有哪些？"])
def test_a_list_of_several_places_leaves_none_out(question: str, ask: Ask) -> None:
    cited = {citation.clause_id for citation in ask(question).citations}
    assert cited == {path for place, paths in MEASURES.items() if place in question for path in paths}


def test_a_list_of_no_place_is_not_answered_from_one_alone(ask: Ask) -> None:
    answer = ask("保障措施有哪些？")
    documents = {row.document_id for row in (*answer.citations, *answer.nearest)}
    assert len(documents) > 1


def test_a_heading_that_nobody_has_is_no_list(ask: Ask, policies: Corpus) -> None:
    answer = ask("虹口的登月措施有哪些？")
    assert answer.facts is None
    assert breaches(answer, policies) == []


def test_a_list_of_a_small_text_is_whole() -> None:
    qa = a_qa(
        a_policy(
            "一、目标\n(一)建成高地。达到百亿。\n(二)形成集群。集聚百家。\n二、保障措施\n(一)加强组织。\n(二)加强宣传。\n(三)加强考核。\n"
        )
    )
    answer = qa.ask("示例区的保障措施有哪些？")
    assert [citation.clause_path for citation in answer.citations] == ["二/(一)", "二/(二)", "二/(三)"]
    assert breaches(answer, qa.corpus) == []
