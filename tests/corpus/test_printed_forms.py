from __future__ import annotations

import pytest

from corpus.parse import parse
from corpus.printed_forms import places, usual, visible
from corpus.script import fold, simplify


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("⼈⺠政府", "人民政府"),
        ("⻓沙", "长沙"),
        ("⻔⻋⻢⻅⻉⻚⻛", "门车马见贝页风"),
        ("第⼀条", "第一条"),
        ("市⺠政局", "市民政局"),
    ],
)
def test_radicals_stand_for_the_characters_that_they_look_like(printed: str, plain: str) -> None:
    assert usual(printed) == fold(printed) == simplify(printed) == plain


def test_signs_that_do_not_show_are_left_out_and_their_places_kept() -> None:
    text = "\ufeff市\u200b民\u2060政\u00ad局"

    assert visible(text) == "市民政局"
    assert places(text) == [1, 3, 5, 7, 8]
    assert [text[place] for place in places(text)[:-1]] == list("市民政局")


def test_a_text_without_such_signs_is_itself() -> None:
    assert visible("市民政局") == "市民政局"
    assert places("市民") == [0, 1, 2]


@pytest.mark.parametrize("printed", ["市⺠政局", "市\u200b民政局", "市民\u00ad政局", "市民政\n局"])
def test_a_body_has_its_usual_name_and_its_printed_form(printed: str) -> None:
    text = f"青川市办法\n第一条 为了养老服务，做好保障，由{printed}负责监督检查，并且按照规定向社会公布。\n"

    (body,) = parse("any", text).nodes[1].departments

    assert (body.name, body.printed) == ("市民政局", printed)
    assert body.printed in text


def test_a_title_is_read_without_signs_that_do_not_show() -> None:
    document = parse("any", "青川市\u200b停车\u00ad办法\n第一条 甲。\n")

    assert document.metadata.title == "青川市停车办法"
    assert document.nodes[0].text == "青川市\u200b停车\u00ad办法"
