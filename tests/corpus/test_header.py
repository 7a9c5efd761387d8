from __future__ import annotations

from datetime import date

import pytest

from corpus.dates import day_of
from corpus.header import SignOff, metadata_of, place_of, sign_off, title_end
from corpus.lines import lines_of
from corpus.parse import parse
from corpus.types import Metadata, Period

NOTICE = """虹口区人民政府关于印发《虹口区行动方案(2021-2025年)》的通知
虹府发〔2021〕8号
区政府各委、办、局:
《虹口区行动方案(2021-2025年)》已经区政府同意,现印发给你们。
虹口区人民政府
2021年3月19日
虹口区行动方案(2021-2025年)
为贯彻要求,制定本方案。"""


def metadata_in(text: str) -> Metadata:
    lines = lines_of(text)
    return metadata_of(lines[: title_end(lines)], None, "demo")


def test_the_title_runs_to_the_last_title_line_before_the_opening_paragraph() -> None:
    assert title_end(lines_of(NOTICE)) == 7


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("", 0),
        ("虹口区意见", 1),
        ("虹口区意见\n为贯彻要求,制定本意见。", 1),
        ("虹口区通知\n各单位：\n现印发给你们。", 2),
        ("没有标题的第一句话。\n第二句话。", 0),
        ("在线新经济三问\n第一句话。", 1),
    ],
)
def test_lines_that_belong_to_the_title_are_counted(text: str, end: int) -> None:
    assert title_end(lines_of(text)) == end


def test_a_long_first_paragraph_ends_the_title() -> None:
    assert title_end(lines_of("虹口区意见\n" + "促进发展，" * 30 + "。\n2021年3月19日")) == 1


def test_a_long_notice_that_issues_the_document_does_not() -> None:
    assert title_end(lines_of("虹口区通知\n" + "现印发给你们，" * 30 + "。\n2021年3月19日\n虹口区意见")) == 4


def test_a_notice_prints_title_number_issuer_date_and_period() -> None:
    assert metadata_in(NOTICE) == Metadata(
        title="虹口区行动方案(2021-2025年)",
        notice_title="虹口区人民政府关于印发《虹口区行动方案(2021-2025年)》的通知",
        issuer="虹口区人民政府",
        document_number="虹府发〔2021〕8号",
        issued_on=date(2021, 3, 19),
        jurisdiction="虹口区",
        period=Period(date(2021, 1, 1), date(2025, 12, 31), "(2021-2025年)", "标题"),
    )


def test_what_is_not_printed_is_not_guessed() -> None:
    assert metadata_in("在线新经济发展规划\n为加快发展,制定本规划。") == Metadata(title="在线新经济发展规划")


def test_a_text_without_a_front_is_named_by_its_file() -> None:
    assert metadata_of((), None, "demo-2020") == Metadata(title="demo-2020")


def test_the_years_of_a_document_quoted_in_the_title_are_not_its_own() -> None:
    assert metadata_in("虹口区落实《上海市方案(2020-2022年)》的实施意见").period is None


@pytest.mark.parametrize(
    "years", ["(2020-2022年)", "（2020—2022年）", "(2020–2022年)", "(2020至2022年)", "(2020~2022)"]
)
def test_a_period_in_the_title_is_read_whatever_joins_its_years(years: str) -> None:
    assert metadata_in(f"虹口区行动方案{years}").period == Period(date(2020, 1, 1), date(2022, 12, 31), years, "标题")


def test_an_issuer_is_simplified_and_a_title_is_as_printed() -> None:
    metadata = metadata_in("上海市推進互聯網實施意見\n上海市經濟信息化委\n2016年2月1日")

    assert (metadata.title, metadata.issuer) == ("上海市推進互聯網實施意見", "上海市经济信息化委")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2020年4月8日", date(2020, 4, 8)),
        ("(2021 年 12 月 31 日)", date(2021, 12, 31)),
        ("２０２１年３月１９日", date(2021, 3, 19)),
        ("二〇二一年三月十九日", date(2021, 3, 19)),
        ("二○二一年十二月三十一日", date(2021, 12, 31)),
        ("二零二一年十月二十日", date(2021, 10, 20)),
        ("二OO八年五月一日", date(2008, 5, 1)),
    ],
)
def test_a_day_is_read_however_it_is_written(printed: str, day: date) -> None:
    assert day_of(printed) == day


@pytest.mark.parametrize("printed", ["2021年2月30日", "2021年13月1日", "2021年3月", ""])
def test_a_day_that_no_calendar_has_is_none(printed: str) -> None:
    assert day_of(printed) is None


def test_a_sign_off_is_the_organs_and_the_date_at_the_end() -> None:
    lines = lines_of("一、甲。\n虹口区财政局\n虹口区科学技术委员会\n2021年3月19日")

    assert sign_off(lines) == SignOff(1, "虹口区财政局 虹口区科学技术委员会", date(2021, 3, 19))


def test_a_few_lines_may_follow_a_sign_off() -> None:
    lines = lines_of("一、甲。\n虹口区人民政府\n2021年3月19日\n(此件公开发布)\n抄送:区委各部门。")

    assert sign_off(lines) == SignOff(1, "虹口区人民政府", date(2021, 3, 19))


def test_a_sign_off_may_name_nobody() -> None:
    assert sign_off(lines_of("一、甲。\n2021年3月19日")) == SignOff(1, None, date(2021, 3, 19))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、甲。",
        "2021年3月19日",
        "一、甲。\n自2021年3月19日起施行。",
        "虹口区通知\n虹口区人民政府\n2021年3月19日\n一、甲。\n二、乙。\n三、丙。\n四、丁。\n五、戊。",
    ],
)
def test_a_date_in_a_sentence_or_far_from_the_end_signs_nothing(text: str) -> None:
    assert sign_off(lines_of(text)) is None


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("上海市嘉定区人民政府办公室", "嘉定区"),
        ("上海市人民政府办公厅", "上海市"),
        ("虹口区人民政府", "虹口区"),
        ("浙江省杭州市余杭区人民政府", "余杭区"),
        ("上海市浦东新区人民政府", "浦东新区"),
        ("上海市推進“互聯網+”行動實施意見", "上海市"),
        ("长宁区在线新经济发展“十四五”规划", "长宁区"),
        ("浙江省人民政府办公厅", "浙江省"),
        ("天台县人民政府", "天台县"),
        ("吉林市人民政府", "吉林市"),
        ("长沙县人民政府", "长沙县"),
        ("深圳经济特区条例", "深圳市"),
    ],
)
def test_the_innermost_place_that_opens_a_name_is_its_place(words: str, place: str) -> None:
    assert place_of(words) == place


@pytest.mark.parametrize("words", [None, "", "国务院办公厅", "区块链发展规划", "长三角区域一体化规划"])
def test_a_name_that_opens_with_no_place_has_none(words: str | None) -> None:
    assert place_of(words) is None


@pytest.mark.parametrize("title", ["关于市场监管的意见", "住宅小区管理办法", "促进城市更新的若干措施"])
def test_a_title_about_markets_or_cities_names_no_place(title: str) -> None:
    assert place_of(title) is None


_AMENDED = "\n".join(
    [
        "# 青石市夜市条例",
        "2004年12月24日 青石市第十三届人民代表大会常务委员会第十七次会议通过",
        *(f"{year}年1月15日 青石市第十五届人民代表大会常务委员会第三次会议修正" for year in range(2011, 2020)),
        "第一条 本条例自公布之日起施行。",
    ]
)


def test_of_many_amendments_the_last_is_the_day_of_a_law() -> None:
    assert parse("demo", _AMENDED).metadata.issued_on == date(2019, 1, 15)


def test_a_law_holds_since_it_was_adopted_however_often_words_of_it_were_changed() -> None:
    period = parse("demo", _AMENDED).metadata.period
    assert period is not None
    assert period.start == date(2004, 12, 24)


def test_the_sign_off_of_a_notice_counts_and_not_that_of_the_report_it_forwards() -> None:
    text = (
        "青石市人民政府办公室转发市水务局关于防汛工作报告的通知\n各区人民政府：\n"
        f"市水务局的报告已经市人民政府同意，现转发给你们。{'请认真执行。' * 25}\n青石市人民政府办公室\n1996年2月5日\n"
        "关于防汛工作的报告\n市人民政府：\n一、汛情。今年雨多。\n二、措施。加固堤坝。\n市水务局\n1996年1月25日\n"
    )
    metadata = parse("demo", text).metadata
    assert (metadata.issuer, metadata.issued_on) == ("青石市人民政府办公室", date(1996, 2, 5))


def test_the_headline_above_what_a_page_prints_about_itself_is_its_title() -> None:
    text = "不用垫钱！青石市看病备案上网办！\n来源：青石市医疗保障局\n发布日期：2023-12-14\n青石市已开通直接结算。\n办理指引\n步骤1：打开网页。\n"
    assert parse("demo", text).metadata.title == "不用垫钱！青石市看病备案上网办！"
