"""What is said of a clause where a model tells which of several bodies or figures is meant."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.operations.find import Piece, said
from rag.request import Request
from rag.say.pointed import Points
from rag.types import Draft
from tests.builders import a_document
from tests.rag.builders import found
from tests.rag.operations.test_find import _names, _request

TEXT = (
    "第四条 区城管局负责养鸟登记，区公安局负责查处违法行为，区卫健局负责防疫。\n"
    "第五条 养鸟登记每只收费60元，逾期每只加收100元，三年有效。\n"
    "第六条 养鸟人应当在30日内向区城管局登记。\n"
    "第七条 推广鸟类保险。区财政局负责拨付补贴，养鸟人向街道办事处报名。（责任单位：区商务委、区农业农村委）\n"
)
DOCUMENT = a_document(TEXT, title="示例区养鸟管理办法")


def pointing(number: str, *words: str, surely: float = 4.0) -> Points:
    """Surely means the words that it is told, and surely no others."""
    text = next(node for node in DOCUMENT.clauses if node.path.endswith(number)).text

    def points(_around: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        rows = [text[start:end] for start, end in stretches]
        return tuple(surely if any(word in row for word in words) else -6.0 for row in rows)

    return points


def _said(number: str, request: Request, points: Points, *parts: Piece) -> Draft:
    clause = next(node for node in DOCUMENT.clauses if node.path.endswith(number))
    return said(request, found(clause), DOCUMENT, (), 0.9, parts, points)


def test_the_body_that_is_meant_is_named_and_no_other() -> None:
    draft = _said("第四条", _request("谁来管", "bodies"), pointing("第四条", "区卫健局"))
    assert _names(draft) == ["区卫健局"]
    assert draft.text.startswith("区卫健局[1]。")


def test_two_that_are_meant_are_both_named_in_reading_order() -> None:
    draft = _said("第四条", _request("谁来管", "bodies"), pointing("第四条", "区卫健局", "区城管局"))
    assert _names(draft) == ["区城管局", "区卫健局"]


def test_where_none_is_surely_meant_the_words_decide() -> None:
    draft = _said("第四条", _request("查处违法行为", "bodies"), pointing("第四条", "区卫健局", surely=-5.0))
    assert _names(draft) == ["区城管局", "区公安局", "区卫健局"]


def test_as_many_bodies_are_named_as_the_question_speaks_of() -> None:
    points = pointing("第四条", "区卫健局")

    def second(around: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> list[float]:
        odds = points(around, stretches)
        assert odds is not None
        return [max(odd, 1.0) if index == 0 else odd for index, odd in enumerate(odds)]

    assert _names(_said("第四条", _request("哪家管", "bodies"), second)) == ["区卫健局"]
    assert _names(_said("第四条", _request("哪两家管", "bodies", count=2), second)) == ["区城管局", "区卫健局"]


@pytest.mark.parametrize(
    ("question", "meant", "names"),
    [
        ({}, "区财政局", ["区财政局"]),
        ({"is_sent": True}, "街道办事处", ["街道办事处"]),
        ({}, "街道办事处", ["区商务委", "区农业农村委"]),
    ],
)
def test_beside_a_bracket_others_are_named_if_they_have_a_task_or_the_way_is_asked_for(
    question: dict[str, bool], meant: str, names: list[str]
) -> None:
    assert _names(_said("第七条", _request("谁管", "bodies", **question), pointing("第七条", meant))) == names


def test_a_bracket_holds_where_no_other_is_surely_meant() -> None:
    draft = _said("第七条", _request("谁管", "bodies"), pointing("第七条", "区财政局", surely=0.5))
    assert _names(draft) == ["区商务委", "区农业农村委"]


def test_beside_a_bracket_another_is_named_only_if_it_is_likelier_than_the_brackets_own() -> None:
    in_words, in_bracket = pointing("第七条", "区财政局"), pointing("第七条", "区商务委", surely=5.0)

    def both(around: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> list[float]:
        odds, others = in_words(around, stretches), in_bracket(around, stretches)
        assert odds is not None
        assert others is not None
        return [max(pair) for pair in zip(odds, others, strict=True)]

    assert _names(_said("第七条", _request("谁管", "bodies"), in_words)) == ["区财政局"]
    assert _names(_said("第七条", _request("谁管", "bodies"), both)) == ["区商务委", "区农业农村委"]


def test_a_body_that_is_surely_meant_is_named_though_the_question_was_taken_for_another() -> None:
    draft = _said("第六条", _request("去哪登记", "procedure"), pointing("第六条", "区城管局"))
    assert draft.text.startswith("区城管局[1]。")


def test_the_figure_that_is_meant_is_said_first() -> None:
    request = _request("要交多少", "value", value="money")
    draft = _said("第五条", request, pointing("第五条", "100元"))
    assert draft.text.split("[1]")[0].endswith("100元")
    assert "60元" not in draft.text.split("[1]")[0]


def test_a_figure_that_only_the_words_bind_is_not_said_against_the_marks() -> None:
    request = _request("登记收费", "value", value="money")
    bound = _said("第五条", request, pointing("第五条"))
    assert bound.text.split("[1]")[0].endswith("60元")
    doubted = _said("第五条", request, pointing("第五条", "100元", surely=-2.0))
    assert "[1]。" not in doubted.text
    assert "60元" in doubted.text


def test_each_piece_of_a_question_has_its_own() -> None:
    pieces = [
        Piece(_request("登记", "bodies"), (), pointing("第四条", "区城管局")),
        Piece(_request("防疫", "bodies"), (), pointing("第四条", "区卫健局")),
    ]
    draft = _said("第四条", _request("登记和防疫", "bodies"), pointing("第四条", "区公安局"), *pieces)
    assert set(_names(draft)) == {"区城管局", "区卫健局"}
