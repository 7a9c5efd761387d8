"""What each committed policy prints about itself, from reading; what it doesn't print is called 文本未载明."""

from __future__ import annotations

import time

import pytest

from corpus.types import Corpus, Document, Period
from rag.document_facts import READERS, Fact, implements
from tests.builders import a_policy

NOT_PRINTED = "文本未载明"
NUMBERS = {
    "changning-145": NOT_PRINTED,
    "hongkou-2020": NOT_PRINTED,
    "jiading-2021": "嘉府办发〔2021〕12号",
    "shanghai-2016": NOT_PRINTED,
    "shanghai-2020": "沪府办发〔2020〕1号",
}
ISSUED = {
    "changning-145": (NOT_PRINTED,),
    "hongkou-2020": ("虹口区人民政府", "2020年4月30日"),
    "jiading-2021": ("上海市嘉定区人民政府办公室", "2021年3月19日"),
    "shanghai-2016": ("上海市人民政府", "2016年2月1日"),
    "shanghai-2020": ("上海市人民政府办公厅", "2020年4月8日"),
}
ADDRESSEES = {
    "changning-145": NOT_PRINTED,
    "hongkou-2020": "区政府有关部门、各街道办事处、有关单位",
    "jiading-2021": "各镇人民政府,区政府各委、办、局、街道办事处,嘉定新城、嘉定工业区、菊园新区管委会",
    "shanghai-2016": "各区、县人民政府,市政府各委、办、局",
    "shanghai-2020": "各区人民政府，市政府各委、办、局",
}
BASES = {
    "changning-145": "《长宁区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》",
    "hongkou-2020": "《上海市促进在线新经济发展行动方案(2020—2022年)》",
    "jiading-2021": "《上海市促进在线新经济发展行动方案(2020-2022年)》",
    "shanghai-2016": "《关于积极推进“互联网+”行动的指导意见》",
    "shanghai-2020": NOT_PRINTED,
}
PERIODS = {
    "changning-145": ("到2025年末", "二/(二)"),
    "hongkou-2020": ("2020—2022年", "标题"),
    "jiading-2021": ("2021-2025年", "正文/标题"),
    "shanghai-2016": ("到2018年", "一/(三)"),
    "shanghai-2020": ("2020-2022年", "标题"),
}
PARTS = {
    "changning-145": ("4", "发展基础", "总体要求", "主要任务", "保障措施"),
    "hongkou-2020": ("4", "总体要求", "重点领域", "专项行动", "保障措施"),
    "jiading-2021": ("4", "指导思想", "主要目标", "聚力发展重点行业", "优化保障服务措施"),
    "shanghai-2016": ("3", "专项行动", "具体举措"),
    "shanghai-2020": ("4", "聚焦发展重点", "实施专项行动", "落实保障措施"),
}


def read(name: str, document_id: str, policies: Corpus) -> Fact:
    document = policies.document(document_id)
    assert document is not None
    return READERS[name](document)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("document_id", NUMBERS)
def test_every_fact_of_every_policy_rests_on_printed_words(name: str, document_id: str, policies: Corpus) -> None:
    said, evidence = read(name, document_id, policies)
    assert said
    assert evidence
    for item in evidence:
        assert item.clause.document_id == document_id
        assert item.quote == item.clause.text[item.start : item.end].strip() != ""


@pytest.mark.parametrize("document_id", NUMBERS)
def test_the_number_is_as_printed_or_not_stated(document_id: str, policies: Corpus) -> None:
    said, (line,) = read("document_number", document_id, policies)
    assert NUMBERS[document_id] in said
    if NUMBERS[document_id] != NOT_PRINTED:
        assert NUMBERS[document_id] in line.quote


@pytest.mark.parametrize("document_id", ISSUED)
def test_issuer_and_date_are_as_printed_or_not_stated(document_id: str, policies: Corpus) -> None:
    said, (line,) = read("issued", document_id, policies)
    for words in ISSUED[document_id]:
        assert words in said
        if words != NOT_PRINTED:
            assert words in line.quote.replace("\n", "")


@pytest.mark.parametrize("document_id", ADDRESSEES)
def test_the_addressees_are_as_printed_or_not_stated(document_id: str, policies: Corpus) -> None:
    assert ADDRESSEES[document_id] in read("addressees", document_id, policies)[0]


@pytest.mark.parametrize("document_id", BASES)
def test_what_it_implements_is_named_or_not_stated(document_id: str, policies: Corpus) -> None:
    assert BASES[document_id] in read("implements", document_id, policies)[0]


@pytest.mark.parametrize("document_id", PERIODS)
def test_its_period_is_named_with_where_it_stands(document_id: str, policies: Corpus) -> None:
    words, path = PERIODS[document_id]
    said, (line,) = read("period", document_id, policies)
    assert words in said
    assert words in line.quote
    assert line.clause.path == path


@pytest.mark.parametrize("document_id", PERIODS)
def test_whether_it_is_still_valid_is_never_guessed(document_id: str, policies: Corpus) -> None:
    said, _ = read("still_valid", document_id, policies)
    assert PERIODS[document_id][0] in said
    assert "未载明" in said


def test_annexes_are_counted_and_named(policies: Corpus) -> None:
    said, _ = read("annexes", "jiading-2021", policies)
    assert "4个附件" in said
    for topic in ("工业互联网", "在线新文娱", "电子商务", "智慧交通"):
        assert topic in said


@pytest.mark.parametrize("document_id", sorted(set(NUMBERS) - {"jiading-2021"}))
def test_a_policy_without_annexes_names_none(document_id: str, policies: Corpus) -> None:
    assert "个附件" not in read("annexes", document_id, policies)[0]


@pytest.mark.parametrize("document_id", PARTS)
def test_its_parts_are_counted_and_named(document_id: str, policies: Corpus) -> None:
    count, *names = PARTS[document_id]
    said, _ = read("parts", document_id, policies)
    assert f"{count}个部分" in said
    positions = [said.index(name) for name in names]
    assert positions == sorted(positions)


ANNEX_BASES = {
    "附件1": "工赋上海",
    "附件2": "《上海在线新文旅发展行动方案(2020-2022年)》",
    "附件3": NOT_PRINTED,
    "附件4": "《嘉定区促进在线新经济发展行动方案(2021-2025年)》",
}


@pytest.mark.parametrize("annex", ANNEX_BASES)
def test_an_annex_has_a_basis_of_its_own(annex: str, policies: Corpus) -> None:
    document = policies.document("jiading-2021")
    assert document is not None
    said, (line,) = implements(document, annex)
    assert ANNEX_BASES[annex] in said
    assert line.clause.path.startswith(f"{annex}/")


@pytest.mark.parametrize("name", READERS)
def test_a_bare_text_without_any_front_still_answers(name: str) -> None:
    said, evidence = READERS[name](a_bare())
    assert said
    assert all(item.quote for item in evidence)


@pytest.mark.parametrize("name", ["document_number", "issued", "addressees", "implements", "period", "annexes"])
def test_of_a_bare_text_nothing_is_guessed(name: str) -> None:
    assert NOT_PRINTED in READERS[name](a_bare())[0]


def a_bare() -> Document:
    return a_policy("加强在线教育。\n发展在线医疗。\n")


def test_an_issuer_without_a_date_leaves_the_date_not_stated() -> None:
    said, _ = READERS["issued"](a_policy("示例区方案\n示例区人民政府\n一、目标。建成高地。\n", issuer="示例区人民政府"))
    assert "示例区人民政府" in said
    assert f"{NOT_PRINTED}印发日期" in said


def test_a_period_that_is_not_in_the_text_is_still_named() -> None:
    said, _ = READERS["period"](a_policy(period=Period(None, None, "五年", "标题")))
    assert "五年" in said


@pytest.mark.parametrize("piece", ["根据《", "根据《甲》", "根据《甲》(", "根据《甲》、", "根据", "《", "根据《甲"])
def test_what_a_hostile_preamble_is_based_on_is_found_in_bounded_time(piece: str) -> None:
    document = a_policy("虹口区办法\n" + piece * (200_000 // len(piece)) + "\n一、甲。做好。\n")
    started = time.process_time()
    implements(document)
    assert time.process_time() - started < 1.0
