from __future__ import annotations

import pytest

from corpus.sentences import sentences_of
from corpus.types import Corpus


def words(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


def subheads(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text) if sentence.is_subhead]


def test_heading_sentences_and_bracket_are_told_apart() -> None:
    text = "3.在线金融服务。加快金融科技融合,发挥集聚优势。支持创新,做大规模！(责任部门:区金融工作局、区科委)"

    sentences = sentences_of(text)

    assert [s.text for s in sentences] == [
        "3.在线金融服务。",
        "加快金融科技融合,发挥集聚优势。",
        "支持创新,做大规模！",
        "(责任部门:区金融工作局、区科委)",
    ]
    assert [s.is_heading for s in sentences] == [True, False, False, False]
    assert [s.is_bracket for s in sentences] == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n ", []),
        ("没有句号的一段", ["没有句号的一段"]),
        ("甲；乙;丙。", ["甲；", "乙;", "丙。"]),
        ("甲！乙？丙!丁?", ["甲！", "乙？", "丙!", "丁?"]),
        ("他说“好。”乙。", ["他说“好。”", "乙。"]),
        ("《办法》（试行。）乙。", ["《办法》（试行。）", "乙。"]),
        ("甲。。。乙", ["甲。。。", "乙"]),
        ("甲。\n\u3000\u3000乙。", ["甲。", "乙。"]),
        ("增长5.6%,达到1.5万亿元。", ["增长5.6%,达到1.5万亿元。"]),
    ],
)
def test_a_sentence_ends_at_its_stop_with_the_quotes_that_close_it(text: str, sentences: list[str]) -> None:
    assert words(text) == sentences


def test_a_sentence_is_a_slice_of_its_clause() -> None:
    text = "(一)发展现状\n\n\u3000\u3000规模强劲,增长5.6%。\u00a0速度快,质量好。\n(责任单位:市科委)"

    assert [(s.start, s.end, s.text) for s in sentences_of(text)] == [
        (0, 7, "(一)发展现状"),
        (11, 23, "规模强劲,增长5.6%。"),
        (24, 32, "速度快,质量好。"),
        (33, 43, "(责任单位:市科委)"),
    ]


def test_enumerated_subheads_name_the_sentences_under_them() -> None:
    text = (
        "(二)不足\n尽管具备优势,仍存在不足。"
        "一是规模尚待扩大。头部企业有待集聚,规模有待扩大。二是布局尚待优化。品牌园区少,产业分散。"
    )

    assert [(s.text, s.subhead) for s in sentences_of(text)[2:]] == [
        ("一是规模尚待扩大。", ""),
        ("头部企业有待集聚,规模有待扩大。", "一是规模尚待扩大"),
        ("二是布局尚待优化。", ""),
        ("品牌园区少,产业分散。", "二是布局尚待优化"),
    ]


def test_run_in_titles_name_the_sentences_under_them() -> None:
    text = "(四)基础设施\n推进“新网络”建设。建设宽带,实现覆盖。支持上云,支持上平台。推进“新平台”建设。推动一网通办,一网统管。"

    assert [(s.text, s.subhead) for s in sentences_of(text)[1:]] == [
        ("推进“新网络”建设。", ""),
        ("建设宽带,实现覆盖。", "推进“新网络”建设"),
        ("支持上云,支持上平台。", "推进“新网络”建设"),
        ("推进“新平台”建设。", ""),
        ("推动一网通办,一网统管。", "推进“新平台”建设"),
    ]


def test_bullets_name_the_sentences_under_them() -> None:
    text = "(二)目标\n——形成新动力。到2025年,增长5.6%。\n——打造新平台。培育10家,引进20家。"

    assert [(s.text, s.subhead) for s in sentences_of(text)[1:]] == [
        ("——形成新动力。", ""),
        ("到2025年,增长5.6%。", "形成新动力"),
        ("——打造新平台。", ""),
        ("培育10家,引进20家。", "打造新平台"),
    ]


def test_a_bullet_may_stand_on_a_line_of_its_own() -> None:
    text = "(二)目标\n——形成新动力。\n到2025年,增长5.6%。\n——打造新平台。\n培育10家,引进20家。"

    assert [s.subhead for s in sentences_of(text)[1:]] == ["", "形成新动力", "", "打造新平台"]


def test_a_short_sentence_before_the_bracket_is_no_subhead() -> None:
    assert subheads("1.无人工厂。加快改造,提升效率。做好配套服务。(责任部门:区科委)") == []


def test_only_a_numbered_line_opens_with_a_heading() -> None:
    assert [s.is_heading for s in sentences_of("加快发展。甲。")] == [False, False]
    assert [s.is_heading for s in sentences_of("第十五条 国家保护劳动者,实行八小时工作制,保障其休息。")] == [False]


SUBHEADS = {
    "changning-145#一/(二)": [
        "一是在线新经济产业规模和贡献尚待扩大。",
        "二是空间布局尚待优化。",
        "三是新兴领域发展相对滞后。",
        "四是产学研联动创新有待挖掘。",
        "五是制度供给尚不匹配。",
    ],
    "changning-145#三/(二)": ["加强招商引资力度。", "创新招商引资方式。", "全力当好服务企业的“店小二”。"],
    "changning-145#三/(三)": [
        "拓展东部创新策源和研发孵化功能。",
        "打造中部集聚应用示范功能。",
        "增强西部产业加速与融合发展功能。",
    ],
    "changning-145#三/(四)": ["推进“新网络”建设。", "推进“新设施”建设。", "推进“新平台”建设。", "推进“新终端”建设。"],
    "changning-145#三/(五)": ["加强法治化营商环境建设。", "加快制度引领创新。", "提升政务服务能级。"],
    "changning-145#三/(六)": ["吸引核心人才集聚。", "实施重点人才工程。", "促进企业与高校院所协同创新。"],
    "changning-145#三/(七)": ["重点把握三大板块。", "重点聚焦五个一批。", "重点落实十条举措。"],
    "hongkou-2020#一/(二)": [
        "培育一批创新型企业。",
        "推广一批应用示范项目。",
        "打造一批品牌产品。",
        "拥有一批关键技术。",
    ],
    "shanghai-2016#一/(三)": ["——形成經濟發展新動力。", "——營造互聯網發展新環境。", "——打造互聯網城市新品牌。"],
    "shanghai-2020#一/(二)": [
        "——集聚“100+”创新型企业。",
        "——推出“100+”应用场景。",
        "——打造“100+”品牌产品。",
        "——突破“100+”关键技术。",
    ],
}


def test_the_committed_policies_have_run_in_titles_in_ten_clauses(policies: Corpus) -> None:
    found = {clause.clause_id: subheads(clause.text) for clause in policies.clauses}

    assert {clause_id: titles for clause_id, titles in found.items() if titles} == SUBHEADS


def test_the_sentences_of_a_committed_clause_leave_out_only_white_space(policies: Corpus) -> None:
    for clause in policies.clauses:
        sentences = sentences_of(clause.text)
        assert all(clause.text[s.start : s.end] == s.text for s in sentences)
        assert "".join("".join(words(clause.text)).split()) == "".join(clause.text.split())


def test_one_sentence_of_a_committed_clause_is_its_bracket_where_it_has_one(policies: Corpus) -> None:
    for clause in policies.clauses:
        has_bracket = any(d.source == "bracket" for d in clause.departments)
        assert sum(s.is_bracket for s in sentences_of(clause.text)) == has_bracket, clause.clause_id
