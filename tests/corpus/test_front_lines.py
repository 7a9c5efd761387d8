from __future__ import annotations

import pytest

from corpus.front_lines import is_addressees, is_date, is_number, is_organ, is_title


@pytest.mark.parametrize(
    "line",
    [
        "虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见",
        "上海市促进在线新经济发展行动方案（2020-2022年）",
        "长宁区在线新经济发展“十四五”规划",
        "上海市推進“互聯網+”行動實施意見",
        "关于印发《行动方案》的通知",
        "虹口区扶持办法（试行）",
        "# 就业促进法",
    ],
)
def test_a_short_line_that_ends_like_a_title_is_one(line: str) -> None:
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "为贯彻落实行动方案，制定本意见。",
        "主要措施：",
        "沪府办发〔2020〕1号",
        "虹口区人民政府",
        "加快推进" * 25 + "的实施意见",
    ],
)
def test_a_sentence_a_number_or_a_paragraph_is_no_title(line: str) -> None:
    assert not is_title(line)


@pytest.mark.parametrize(
    "line",
    ["沪府办发〔2020〕1号", "嘉府办发[2021]12号", "沪府规(2019)6号", "国办发【2021】第3号", " 沪府办发〔2020〕1号 "],
)
def test_a_document_number_is_known_in_any_brackets(line: str) -> None:
    assert is_number(line)


@pytest.mark.parametrize("line", ["1号", "沪府办发2020年1号", "沪府办发〔2020〕1号文件的要求"])
def test_other_words_are_no_document_number(line: str) -> None:
    assert not is_number(line)


@pytest.mark.parametrize(
    "line",
    [
        "2020年4月8日",
        "2020 年 4 月 8 日",
        "２０２０年４月８日",
        "(2020年4月8日)",
        "二〇二〇年四月八日",
        "二○二一年十二月三十一日",
    ],
)
def test_a_day_is_a_date_line_however_it_is_written(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize("line", ["2020年4月", "2020年", "到2020年4月8日为止", "2020-04-08", "第4日"])
def test_a_line_that_prints_more_or_less_than_a_day_is_no_date(line: str) -> None:
    assert not is_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "区政府有关部门、各街道办事处、有关单位:",
        "各区人民政府，市政府各委、办、局：",
        "各区、縣人民政府，市政府各委、辦、局:",
    ],
)
def test_those_written_to_end_in_a_colon(line: str) -> None:
    assert is_addressees(line)


@pytest.mark.parametrize(
    "line", ["现就有关事项通知如下：", "提出以下意见：", "根据有关规定：", "各区人民政府", "甲。各区人民政府："]
)
def test_an_opening_sentence_writes_to_nobody(line: str) -> None:
    assert not is_addressees(line)


@pytest.mark.parametrize("line", ["虹口区人民政府", "上海市科学技术委员会", "区科委", "上海市税务局", "國務院辦公廳"])
def test_an_office_is_an_organ(line: str) -> None:
    assert is_organ(line)


@pytest.mark.parametrize("line", ["", "有关企业", "由虹口区人民政府负责。", "支持高新技术企业" * 8 + "委员会"])
def test_a_sentence_or_a_company_is_no_organ(line: str) -> None:
    assert not is_organ(line)
