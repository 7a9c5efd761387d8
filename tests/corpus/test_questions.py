from __future__ import annotations

from corpus.parse import parse

PAGE = (
    "青川市公积金问答\n问：怎么提取公积金？\n答：到中心窗口办理。\n需要带身份证。\n问：多久到账？\n答：三个工作日。\n"
)


def test_a_question_is_a_heading_and_its_answer_a_clause() -> None:
    document = parse("any", PAGE)

    assert [(node.path, node.heading_only) for node in document.nodes] == [
        ("标题", False), ("问1", True), ("问1/答", False), ("问2", True), ("问2/答", False),
    ]  # fmt: skip
    answer = document.node("问1/答")
    assert answer is not None
    assert answer.label == "问：怎么提取公积金？ > 答：到中心窗口办理"
    assert answer.text == "答：到中心窗口办理。\n需要带身份证。"


def test_a_question_without_an_answer_opens_nothing() -> None:
    assert [node.path for node in parse("any", "青川市办法\n一、甲\n问：谁来做？\n二、乙。\n").nodes] == [
        "标题",
        "一",
        "二",
    ]
    assert [node.path for node in parse("any", "青川市办法\n一、甲\n答：没有问题的答案。\n二、乙。\n").nodes] == [
        "标题",
        "一",
        "二",
    ]
