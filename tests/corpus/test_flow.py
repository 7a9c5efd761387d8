from __future__ import annotations

from corpus.flow import flowing, paragraphs, unbroken
from corpus.sentences import sentences_of

PAGED = "第二条　市园林局负责城市绿化工\n－ 2 －\n作，并接受社会监督。"
WRAPPED = (
    "第二条　停车设施实行分类管理。违反本办法\n第十条情形之一的，由市交通局责令改正；属于\n第十二条的，由市发改委处理。"
)


def quotes(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


def test_a_page_number_is_in_no_sentence() -> None:
    assert quotes(PAGED) == ["第二条　市园林局负责城市绿化工", "作，并接受社会监督。"]


def test_a_sentence_runs_over_the_end_of_a_wrapped_line() -> None:
    assert quotes(WRAPPED) == [
        "第二条　停车设施实行分类管理。",
        "违反本办法\n第十条情形之一的，由市交通局责令改正；",
        "属于\n第十二条的，由市发改委处理。",
    ]


def test_a_heading_an_item_and_a_set_in_line_begin_anew() -> None:
    assert quotes("一、总体要求\n坚持创新。") == ["一、总体要求", "坚持创新。"]
    assert quotes("第一条 有下列情形，处罚款\n（一）甲\n（二）乙") == [
        "第一条 有下列情形，处罚款",
        "（一）甲",
        "（二）乙",
    ]
    assert quotes("坚持创新，加快发展步伐\n　　完善体系。") == ["坚持创新，加快发展步伐", "完善体系。"]
    assert quotes("坚持创新，加快发展步伐\n\n完善体系。") == ["坚持创新，加快发展步伐", "完善体系。"]


def test_the_running_head_of_the_next_page_is_in_no_sentence() -> None:
    assert quotes("第二条　甲，乙。\n— 1 —\n青川市停车管理办法\n丙。") == ["第二条　甲，乙。", "丙。"]


def test_words_are_read_over_breaks_and_quoted_as_printed() -> None:
    flow = flowing(PAGED)

    assert flow.words == "第二条　市园林局负责城市绿化工作，并接受社会监督。"
    assert flow.printed("绿化工作") == "绿化工\n－ 2 －\n作"
    assert flow.printed("没有") == "没有"
    assert all(PAGED[place] == word for place, word in zip(flow.at, flow.words, strict=True))


def test_an_ordinary_text_reads_as_it_is_printed() -> None:
    text = "一、甲\n（一）乙。\n"

    assert flowing(text).is_as_printed
    assert flowing("").words == ""


def test_paragraphs_and_stretches_to_quote() -> None:
    assert [PAGED[slice(*span)] for span in paragraphs(PAGED)] == [
        "第二条　市园林局负责城市绿化工",
        "作，并接受社会监督。",
    ]
    assert [WRAPPED[slice(*span)] for span in paragraphs(WRAPPED)] == [WRAPPED]
    assert unbroken(PAGED, 0, len(PAGED)) == [(0, 15), (22, len(PAGED))]
    assert unbroken(PAGED, 4, 9) == [(4, 9)]
    assert unbroken("一、甲\n乙。", 0, 6) == [(0, 6)]
