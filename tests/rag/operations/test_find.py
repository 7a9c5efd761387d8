"""What is said of the clause found: its bodies, its value, its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.types import Document, Node
from rag.amounts import Amount
from rag.operations.find import Piece, said, suits
from rag.request import Request
from rag.scope import Scope
from rag.types import Draft
from tests.builders import a_document
from tests.rag.builders import found

DUTIES = (
    "第四条 区城管局负责养鸟登记。区公安局负责查处违法行为；区卫健局负责防疫指导。\n"
    "第五条 居民应当向所在地的区城管局提出申请。区城管局应当在10个工作日内办结。\n"
    "第六条 津贴按照下列标准按月发放：\n（一）70—79周岁：每人每月60元；\n（二）80—89周岁：每人每月100元；\n"
    "（三）90周岁以上：每人每月200元。\n"
    "第七条 每户居民只准饲养一只鸟。禁止在公共区域饲养，违反规定的责令改正，情节严重的处以罚款。\n"
    "第八条 开展养鸟知识宣传，普及文明养鸟常识，倡导邻里互谅。\n"
)
DOCUMENT = a_document(DUTIES, title="示例区养鸟管理办法")


def _clause(number: str, document: Document = DOCUMENT) -> Node:
    return next(node for node in document.clauses if node.path.endswith(number))


def _request(topic: str, *wants: str, **slots: Any) -> Request:
    given: dict[str, Any] = {
        "op": "find",
        "probability": 1.0,
        "scope": Scope(),
        "bodies": (),
        "topics": (),
        "text": topic,
    }
    return Request(**(given | slots | {"topic": topic, "wants": wants}))


def _said(number: str, request: Request, *scores: float, **more: Any) -> Draft:
    return said(request, found(_clause(number), *scores), DOCUMENT, (), 0.9, **more)


def _names(draft: Draft) -> list[str]:
    return [body.name for row in draft.bodies or () for body in row]


def test_of_several_doers_the_one_whose_words_fit_is_named() -> None:
    draft = _said("第四条", _request("查处违法行为", "bodies"), 0.0, 3.0, 0.0)
    assert _names(draft) == ["区公安局"]
    assert draft.text.startswith("区公安局[1]。")


def test_two_duties_asked_at_once_have_both_doers() -> None:
    draft = _said("第四条", _request("养鸟登记防疫指导", "bodies"), 2.0, 0.0, 1.5)
    assert set(_names(draft)) == {"区城管局", "区卫健局"}


def test_where_to_apply_is_answered_by_whom_one_is_sent_to() -> None:
    draft = _said("第五条", _request("提出申请", "bodies", "procedure"), 2.0, 0.0)
    assert _names(draft) == ["区城管局"]


def test_nobody_is_named_where_no_sentence_names_a_body() -> None:
    draft = _said("第八条", _request("养鸟知识宣传", "bodies"), 1.0)
    assert (draft.status, draft.reason) == ("refused", "not_found")


def test_the_value_is_that_of_the_case_stated() -> None:
    request = _request("津贴", "value", value="money", stated=(Amount(83, "岁"),))
    draft = _said("第六条", request)
    assert draft.text.startswith("每人每月100元[1]。")


def test_a_case_that_no_range_holds_has_no_value() -> None:
    request = _request("津贴", "value", value="money", stated=(Amount(40, "岁"),))
    assert _said("第六条", request).text.startswith("示例区")


def test_no_article_number_is_a_value() -> None:
    draft = _said("第八条", _request("养鸟知识宣传", "value", value="count"), 1.0)
    assert not draft.text.split("“")[0].startswith("八条")


def test_an_articles_first_sentence_is_quoted_although_it_is_short() -> None:
    draft = _said("第七条", _request("居民饲养只鸟", "value", value="count"), 3.0, 1.0)
    assert "一只" in draft.text.split("“")[0]
    assert "每户居民只准饲养一只鸟" in draft.text


def test_bodies_of_running_text_are_not_listed_where_another_sentence_is_quoted() -> None:
    draft = _said("第四条", _request("查处违法行为", "consequence"), -9.0, 3.0, -9.0)
    assert _names(draft) == ["区公安局"]


def test_brackets_hold_for_the_whole_clause() -> None:
    document = a_document()
    clause = _clause("三", document)
    draft = said(_request("在线金融", "bodies"), found(clause), document, (), 0.9)
    assert _names(draft) == ["区金融工作局", "区科委"]
    assert "由区金融工作局、区科委负责" in draft.text


def test_a_scope_in_the_bracket_is_quoted_with_the_words() -> None:
    text = "一、离岸贸易。支持发展离岸贸易。（负责部门：区商务委，适用范围：示例港片区）\n二、其他。另行规定。\n"
    document = a_document(text)
    draft = said(_request("离岸贸易", "yes_no"), found(_clause("一", document)), document, (), 0.9)
    assert "示例港片区" in draft.text


def test_search_prefers_a_clause_whose_range_holds_the_case() -> None:
    request = _request("津贴", "value", stated=(Amount(83, "岁"),))
    assert suits(request)(_clause("第六条")) > suits(request)(_clause("第五条")) == 0.0
    assert suits(replace(request, wants=("yes_no",)))(_clause("第六条")) == 0.0


def test_an_exception_under_the_same_range_leaves_the_value_open() -> None:
    text = "第一条 津贴标准：80—89周岁每人每月100元，其中困难家庭成员每人每月150元。\n第二条 其他另行规定。\n"
    document = a_document(text)
    request = _request("困难家庭津贴", "value", value="money", stated=(Amount(83, "岁"),))
    draft = said(request, found(_clause("第一条", document)), document, (), 0.9)
    assert "元" not in draft.text.split("“")[0]


def test_each_piece_of_a_question_gets_its_own_doer_or_value() -> None:
    who, how_long = _request("提出申请", "bodies"), _request("办结", "value", value="duration")
    whole = _request("提出申请办结", "bodies", "value")
    parts = (Piece(who, ("申请",)), Piece(how_long, ("办结",)))
    draft = _said("第五条", whole, 1.0, 1.0, parts=parts)
    assert draft.text.startswith("区城管局；10个工作日内[1]。")
    assert _names(draft) == ["区城管局"]
